import type { OutcomeName } from "../domain/Outcome.ts"
import type { Cause } from "./Leg.ts"

/** Outcomes a call can have that was never answered and that we did not take back. */
export type FailedOutcome = Extract<OutcomeName, "busy" | "no-answer" | "rejected" | "invalid" | "congestion">

/**
 * What a final SIP status says about the called number. The statuses are RFC 3261 §21's unless a row says otherwise;
 * beside each stands the Q.850 cause that RFC 3398 §8.2.6.1 gives it, through which both tables agree. `congestion`
 * stands for everything that is the network's trouble and says nothing about the number.
 */
export const statusOutcomes: ReadonlyMap<number, FailedOutcome> = new Map([
  [301, "invalid"], // moved permanently: 22, number changed (RFC 3398 §7.2.4.1)
  [400, "congestion"], // 41
  [401, "rejected"], // 21
  [402, "rejected"], // 21
  [403, "rejected"], // 21
  [404, "invalid"], // 1
  [405, "congestion"], // 63
  [406, "congestion"], // 79
  [407, "rejected"], // 21
  [410, "invalid"], // 22
  [433, "rejected"], // anonymity disallowed (RFC 5079)
  [480, "no-answer"], // 18
  [481, "congestion"], // 41
  [482, "congestion"], // 25
  [483, "congestion"], // 25
  [484, "invalid"], // 28
  [485, "invalid"], // 1
  [486, "busy"], // 17
  [487, "no-answer"], // ended by the network, or by a forwarding that rang out
  [488, "congestion"], // no common codec
  [500, "congestion"], // 41
  [501, "congestion"], // 79
  [502, "congestion"], // 38
  [503, "congestion"], // 41
  [504, "congestion"], // 102
  [505, "congestion"], // 127
  [513, "congestion"], // 127
  [600, "busy"], // 17
  [603, "rejected"], // 21
  [604, "invalid"], // 1
  [606, "congestion"], // no common codec
  [607, "rejected"], // unwanted (RFC 8197)
  [608, "rejected"] // rejected by an intermediary (RFC 8688)
])

/** The same for the cause values of ITU-T Q.850, by the statuses RFC 3398 §7.2.4.1 gives them. */
export const q850Outcomes: ReadonlyMap<number, FailedOutcome> = new Map([
  [1, "invalid"], // unallocated number: 404
  [2, "congestion"], // no route to network: 404, but of the network, not of the number
  [3, "invalid"], // no route to destination: 404
  [4, "invalid"], // special information tone: vacant, out of service
  [17, "busy"], // user busy: 486
  [18, "no-answer"], // no user responding: 408
  [19, "no-answer"], // no answer from the user: 480
  [20, "no-answer"], // subscriber absent: 480
  [21, "rejected"], // call rejected: 403
  [22, "invalid"], // number changed: 410
  [23, "invalid"], // redirection to new destination: 410
  [25, "congestion"], // exchange routing error
  [26, "no-answer"], // non-selected user clearing: answered elsewhere
  [27, "congestion"], // destination out of order: 502
  [28, "invalid"], // address incomplete: 484
  [29, "congestion"], // facility rejected: 501
  [34, "congestion"], // no circuit available: 503
  [38, "congestion"], // network out of order: 503
  [41, "congestion"], // temporary failure: 503
  [42, "congestion"], // switching equipment congestion: 503
  [44, "congestion"], // requested circuit not available
  [47, "congestion"], // resource unavailable: 503
  [55, "rejected"], // incoming calls barred: 403
  [57, "rejected"], // bearer capability not authorised: 403
  [58, "congestion"], // bearer capability not available: 503
  [65, "congestion"], // bearer capability not implemented: 488
  [70, "congestion"], // only restricted digital information: 488
  [79, "congestion"], // service not implemented: 501
  [87, "rejected"], // user not member of closed group: 403
  [88, "congestion"], // incompatible destination: 503
  [102, "congestion"], // recovery on timer expiry: 504
  [111, "congestion"] // protocol error: 500
])

/** What the class of an unknown status says (RFC 3261 §8.1.3.2 and §21). */
const byClass: Readonly<Record<number, FailedOutcome>> = {
  3: "rejected",
  4: "congestion",
  5: "congestion",
  6: "rejected"
}

/**
 * The outcome of a call that was not answered. A Q.850 cause is the word of the network behind the trunk and goes first,
 * unless it says nothing (16, 31 and 127 are in no table). `rang`: the far end was ringing, which turns a 408 from
 * silence of the trunk into a call nobody answered.
 */
export const outcomeOf = ({ q850, status }: Cause, rang: boolean): FailedOutcome => {
  const byCause = q850 === undefined ? undefined : q850Outcomes.get(q850)
  if (byCause !== undefined) return byCause
  if (status === 408) return rang ? "no-answer" : "congestion"
  return statusOutcomes.get(status) ?? byClass[Math.floor(status / 100)] ?? "congestion"
}
