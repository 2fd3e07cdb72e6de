import { Equal, Schema } from "effect"
import type { Report } from "../../src/config/campaign/Campaign.ts"
import type { Words } from "../../src/config/campaign/conduct.ts"
import { playedFlow } from "../../src/config/campaign/flowChecks.ts"
import type { ModeName } from "../../src/domain/Mode.ts"
import type { FieldPath } from "../../src/yaml/FieldProblem.ts"
import { checkFlowPeople } from "../flow/checkFlowPeople.ts"
import { quietPeople } from "../flow/FlowPeople.ts"
import type { LooseCampaign } from "./crossChecks.ts"
import { People } from "./People.ts"

/** Whether a call flow can be played, and its people fit it. `words`: what the list has; `modes`: those of the day; `groups`: those that serve. */
export const flowChecks = (
  campaign: LooseCampaign,
  words: Words,
  path: FieldPath,
  modes: ReadonlyArray<ModeName>,
  groups: ReadonlyArray<string>,
  report: Report
): void => {
  const { flow, list, people } = campaign
  if (flow === undefined) return
  if (people !== undefined && !Equal.equals(people.script, silentScript)) {
    report([...path, "people", "script"], "nothing beside a flow: people.flow says what people do in it")
  }
  const played = playedFlow(flow, words, modes, groups, path, report)
  if (played === undefined || people === undefined) return
  const tell = (place: FieldPath, allowed: string) => report([...path, "people", "flow", ...place], allowed)
  checkFlowPeople(played, people.flow ?? quietPeople, tell, list?.file !== undefined)
}

/** What `people.script` is where a file does not speak of it. */
const silentScript = Schema.decodeUnknownSync(People)({ outcomes: { person: 1 } }).script
