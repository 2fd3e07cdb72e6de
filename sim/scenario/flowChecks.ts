import { Equal, Result, Schema } from "effect"
import type { ModeName } from "../../src/domain/Mode.ts"
import type { CallFlow } from "../../src/domain/flow/CallFlow.ts"
import { flowPathText, type FlowProblem } from "../../src/domain/flow/FlowProblem.ts"
import { checkFlowPeople } from "../flow/checkFlowPeople.ts"
import { quietPeople } from "../flow/FlowPeople.ts"
import type { LooseCampaign, Report } from "./crossChecks.ts"
import type { FieldPath } from "./FieldProblem.ts"
import { type Flow, readyMadeNames } from "./Flow.ts"
import { People } from "./People.ts"
import { decodeFlowOf, knownOf } from "./toConduct.ts"

/** Whether a call flow can be played, and its people fit it. `modes`: those of the day; `groups`: those that serve. */
export const flowChecks = (
  campaign: LooseCampaign,
  path: FieldPath,
  modes: ReadonlyArray<ModeName>,
  groups: ReadonlyArray<string>,
  report: Report
): void => {
  const { flow, people } = campaign
  if (flow === undefined) return
  if (modes.length > 0 && !modes.includes("automatic")) {
    report([...path, "flow"], "nothing: only mode automatic plays a flow")
  }
  if (people !== undefined && !Equal.equals(people.script, silentScript)) {
    report([...path, "people", "script"], "nothing beside a flow: people.flow says what people do in it")
  }
  const played = playedFlow(flow, campaign, groups, path, report)
  if (played === undefined || people === undefined) return
  checkFlowPeople(played, people.flow ?? quietPeople, (place, allowed) => {
    report([...path, "people", "flow", ...place], allowed)
  })
}

/** What `people.script` is where a file does not speak of it. */
const silentScript = Schema.decodeUnknownSync(People)({ outcomes: { person: 1 } }).script

/** The flow, if it can be played. */
const playedFlow = (
  flow: Flow,
  campaign: LooseCampaign,
  groups: ReadonlyArray<string>,
  path: FieldPath,
  report: Report
): CallFlow | undefined => {
  const decoded = decodeFlowOf(flow, groups, knownOf(campaign, []))
  if (Result.isSuccess(decoded)) return decoded.success.flow
  const made = readyMadeNames.find((name) => flow[name] !== undefined)
  for (const problem of decoded.failure) {
    if (problem.severity === "warning") continue
    if (made !== undefined) reportMade(problem, [...path, "flow", made], report)
    else report([...path, "flow", ...problem.path], problem.allowed, undefined, problem.found)
  }
  return undefined
}

/** Steps of a ready-made flow stand nowhere in the file: what is wrong with one is said of the whole. */
const reportMade = ({ allowed, found, path: place }: FlowProblem, path: FieldPath, report: Report): void => {
  if (place.at(-1) === "group") return report([...path, "to", "group"], allowed)
  report(path, allowed, undefined, `${flowPathText(place)}: ${found}`)
}
