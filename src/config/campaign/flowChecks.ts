import { Result } from "effect"
import type { ModeName } from "../../domain/Mode.ts"
import type { CallFlow } from "../../domain/flow/CallFlow.ts"
import { flowPathText, type FlowProblem } from "../../domain/flow/FlowProblem.ts"
import type { Known } from "../../domain/rules/Known.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import type { Report } from "./Campaign.ts"
import { decodeFlowOf } from "./conduct.ts"
import { type Flow, readyMadeNames } from "./Flow.ts"

/** The flow, if it can be played. `modes`: those the campaign may be in; `groups`: those that serve it. */
export const playedFlow = (
  flow: Flow,
  known: Pick<Known, "parameters">,
  modes: ReadonlyArray<ModeName>,
  groups: ReadonlyArray<string>,
  path: FieldPath,
  report: Report
): CallFlow | undefined => {
  if (modes.length > 0 && !modes.includes("automatic")) {
    report([...path, "flow"], "nothing: only mode automatic plays a flow")
  }
  const decoded = decodeFlowOf(flow, groups, known)
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
