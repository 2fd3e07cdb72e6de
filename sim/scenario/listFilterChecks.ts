import type { Report } from "../../src/config/campaign/Campaign.ts"
import { filterChecks } from "../../src/config/campaign/ListFilter.ts"
import { campaignFields, parameterPrefix } from "../../src/domain/Filter.ts"
import type { FieldPath } from "../../src/yaml/FieldProblem.ts"
import { fieldsIn } from "../lists/fieldsIn.ts"
import type { LooseCampaign } from "./crossChecks.ts"

/** Fields of the campaign that follow from the number alone. */
const ofNumber: ReadonlyArray<string> = ["number", "numberCountry", "numberCount"]
/** What a filter can ask of contacts that are made up, beside their parameters. */
const madeUpFields = ["segment", ...Object.keys(campaignFields).filter((name) => !ofNumber.includes(name))]

/** Whether the filter of a list can be used. `parameters`: its columns; null where they are not known. */
export const listFilterChecks = (
  { list }: LooseCampaign,
  parameters: ReadonlyArray<string> | null,
  path: FieldPath,
  report: Report
): void => {
  if (list?.filter === undefined) return
  const at = [...path, "list", "filter"]
  const isOfFile = list.file !== undefined
  const filter = filterChecks(list.filter, isOfFile ? parameters : (parameters ?? []), at, report)
  if (filter === undefined || isOfFile) return
  for (const field of fieldsIn(filter)) {
    if (field.startsWith(parameterPrefix) || madeUpFields.includes(field)) continue
    const allowed = `${madeUpFields.join(", ")} or ${parameterPrefix}…: contacts that are made up have nothing else`
    report(at, allowed, undefined, field)
  }
}
