import { pathFrom, toListFile } from "../../src/config/campaign/ListFile.ts"
import { campaignFields } from "../../src/domain/Filter.ts"
import { fieldsIn } from "../lists/fieldsIn.ts"
import type { ListAsked } from "./ListsRead.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"

/** The file of contacts of a campaign that was checked; null without one. `folder`: that the scenario lies in. */
export const listAsked = (
  { afterAttempt, flow, list }: ScenarioFile["campaigns"][number],
  folder: string
): ListAsked | null => {
  const { country, file, numbers } = list
  if (file === undefined || country === undefined || numbers === undefined) return null
  const asked = fieldsIn([list.filter, afterAttempt, flow]).filter((field) => !Object.hasOwn(campaignFields, field))
  return {
    ...toListFile({ ...list, file, country, numbers }, (path) => pathFrom(folder, path)),
    name: file,
    asked: [...asked].sort()
  }
}
