import { type FailedOutcome, outcomeOf } from "../../sip/outcomeOf.ts"
import type { CallReport } from "./testCall.ts"

/** What came of a test call, in the dialler's words. */
export type CallOutcome = "answered" | FailedOutcome | "stopped"

/** Exit codes of `outpace call` by outcome. */
export const callExitCodes: Readonly<Record<CallOutcome, number>> = {
  answered: 0,
  busy: 10,
  "no-answer": 11,
  rejected: 12,
  invalid: 13,
  congestion: 14,
  stopped: 130
}

export const callOutcome = ({ answeredAt, final, ourReason, rangAt }: CallReport): CallOutcome => {
  if (answeredAt !== undefined) return "answered"
  if (final._tag === "Failed") return outcomeOf(final.cause, rangAt !== undefined)
  return ourReason === "stopped" ? "stopped" : "no-answer"
}

const words: Readonly<Record<CallOutcome, string>> = {
  answered: "answered",
  busy: "busy",
  "no-answer": "no answer",
  rejected: "rejected",
  invalid: "no such number",
  congestion: "not carried",
  stopped: "taken back"
}

const seconds = (millis: number): string => `${(millis / 1_000).toFixed(1)} s`

/** The summary of a call: a line for each thing worth knowing. `recordTo`: where it was recorded. */
export const callText = (report: CallReport, recordTo: string | null): string => {
  const outcome = callOutcome(report)
  const rows: Array<readonly [string, string]> = [[words[outcome], outcomeText(report)]]
  if (report.answeredAt !== undefined) rows.push(["talked", talkText(report, report.answeredAt)])
  if (report.remote !== undefined) rows.push(...soundRows(report))
  const { final, recording } = report
  if (recording !== undefined && recordTo !== null) rows.push(["recorded", `${recordTo}, ${seconds(recording.millis)}`])
  if (final._tag === "Ended" && !final.confirmed) {
    rows.push(["beware", "the far end never confirmed the end: the carrier's record may be longer"])
  }
  const longest = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `${name.padEnd(longest)}  ${text}`).join("\n")
}

const outcomeText = (report: CallReport): string => {
  const { answeredAt, endedAt, final, rangAt } = report
  const { cause } = final
  const until = answeredAt ?? endedAt
  const rang = rangAt === undefined ? `after ${seconds(until)}` : `after ${seconds(until - rangAt)} of ringing`
  if (answeredAt !== undefined) return rangAt === undefined ? `at once, ${rang}` : rang
  if (final._tag === "Ended") {
    return final.by === "them" ? `ended by the far end, ${rang}` : `we gave up, ${rang}`
  }
  const q850 = cause.q850 === undefined ? "" : ` (cause ${cause.q850})`
  return `${cause.status} ${cause.reason}`.trim().concat(q850, `, ${rang}`)
}

const talkText = ({ endedAt, final, ourReason }: CallReport, answeredAt: number): string => {
  const by =
    final._tag === "Ended" && final.by === "them"
      ? "the far end hung up"
      : ourReason === "stopped"
        ? "stopped"
        : "we hung up"
  return `${seconds(endedAt - answeredAt)}, ${by}`
}

const soundRows = ({ remote, statistics }: CallReport): ReadonlyArray<readonly [string, string]> => {
  const { farEnd, received, sent, source } = statistics
  const from = source === null ? "" : ` from ${source.address}:${source.port}`
  const all = received.packets + Math.max(0, received.lost)
  const share = all === 0 ? "" : ` (${((100 * Math.max(0, received.lost)) / all).toFixed(1)} %)`
  const rows: Array<readonly [string, string]> = [
    ["sent", `${sent.packets} packets of ${remote?.law === "alaw" ? "PCMA" : "PCMU"}`],
    [
      "received",
      received.packets === 0
        ? "nothing: no sound came"
        : `${received.packets} packets${from}, ${received.lost} lost${share}, jitter ${received.jitterMillis.toFixed(1)} ms`
    ]
  ]
  const dropped = received.dropped.stranger + received.dropped.payloadType + received.dropped.malformed
  if (dropped > 0) rows.push(["dropped", `${dropped} packets of strangers, or of a kind nobody agreed on`])
  if (farEnd !== null) {
    const trip = farEnd.roundTripMillis === null ? "" : `, round trip ${farEnd.roundTripMillis.toFixed(1)} ms`
    rows.push(["far end", `${farEnd.lost} lost, jitter ${farEnd.jitterMillis.toFixed(1)} ms${trip}`])
  }
  return rows
}

/** Where a trunk's packets came from, where it is no peer of ours. */
export const strangersText = (strangers: number): string =>
  strangers === 0
    ? ""
    : `${strangers} SIP packets came from addresses that are not in sip.peers and were not heard: add the trunk's.`
