import { figures } from "./liveResults.ts"
import { shown } from "../callResults.ts"
import { callersTitle, inboundTable, waitWords } from "../inbound.ts"
import type { Html } from "../html.ts"
import { shareOf } from "./liveEstimates.ts"
import type { LiveSubject } from "./LiveSubject.ts"

/** The people who called the campaign; nothing where nobody did. */
export const liveInbound = ({ inbound }: LiveSubject): ReadonlyArray<Html> => {
  if (inbound.calls === 0) return []
  const table = inboundTable(figures, (key) => {
    const { high, low, mean } = shareOf(inbound[key], inbound.calls)
    return key === "calls" ? [inbound.calls, null, null, null] : [inbound[key], mean, low, high]
  })
  const caption = `Calls that came in the reported time; shares of all of them with 95 % binomial (Wilson) intervals.${waitWords(inbound.waitMean, inbound.waitP95)}`
  return [shown("callers", callersTitle, table, caption)]
}
