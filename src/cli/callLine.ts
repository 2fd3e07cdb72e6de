import { count, percent } from "../../reports/format.ts"
import type { CallResult, FlowResult, PromiseResult } from "../../sim/experiments/callResult.ts"
import type { Result } from "../../sim/experiments/Result.ts"
import { toldSetting } from "./toldSetting.ts"

/** One sentence on what came of the calls; empty where the scenario does not say. */
export const callLine = (result: Result): string => {
  const calls = toldSetting(result)?.calls
  if (calls === undefined) return ""
  const { doNotCall, flow, promises } = calls
  const parts = [
    ...(flow === null ? [] : [flowText(flow)]),
    ...(calls.dispositions.length === 0 ? [] : [talkText(calls)]),
    ...(promises === null ? [] : [promiseText(promises)]),
    ...(doNotCall.mean > 0 ? [`${amount(doNotCall.mean)} want no more calls`] : [])
  ]
  return `What came of a shift: ${parts.join("; ")}.`
}

const amount = (mean: number): string => (mean > 0 && mean < 1 ? "under 1" : count(mean))

const talkText = ({ rightParties, successes, talks }: CallResult): string =>
  `${amount(talks.mean)} talks, ${amount(rightParties.mean)} with the right party, ${amount(successes.mean)} ` +
  `${Math.round(successes.mean) === 1 ? "success" : "successes"} (${percent(successes.mean / talks.mean)})`

const promiseText = ({ byOther, due, inTime, late }: PromiseResult): string =>
  `of ${amount(due.mean)} calls promised for the day ${percent(inTime.mean / due.mean, 0)} in time, ` +
  `${percent(late.mean / due.mean, 0)} later, ${amount(byOther.mean)} by another agent`

/** Ends of a flow named, the most frequent first. */
const resultsMax = 4

const flowText = ({ calls, results, transfers, transfersLost }: FlowResult): string => {
  const named = results
    .toSorted((a, b) => b.times.mean - a.times.mean)
    .slice(0, resultsMax)
    .map(({ name, times }) => `${name} ${percent(times.mean / calls.mean, 0)}`)
  const lost =
    transfers.mean > 0 ? `; ${amount(transfers.mean)} asked for an agent, ${amount(transfersLost.mean)} in vain` : ""
  return `${amount(calls.mean)} calls heard the flow (${named.join(", ")})${lost}`
}
