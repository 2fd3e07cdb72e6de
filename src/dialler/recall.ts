import { dayMillis } from "../domain/compliance/civil.ts"
import { Outcome } from "../domain/Outcome.ts"
import type { CampaignState } from "./CampaignState.ts"
import type { Span } from "./compliance/restraints.ts"
import { restraintsOf } from "./compliance/restraints.ts"
import type { RawVector } from "./compliance/RawVector.ts"

/** A call of the past as the law and the numbers shown remember it. Instants are of the core's clock, before 0 too. */
export interface RecalledCall {
  readonly contact: number
  readonly placedAt: number
  readonly answeredAt: number | null
  readonly connectedAt: number | null
  readonly endedAt: number
  /** A code of `Outcome`. */
  readonly outcome: number
  /** Put through after the wait limit. */
  readonly late: boolean
  readonly silent: boolean
  /** The number shown, null for the trunk's own. */
  readonly callerId: string | null
}

/**
 * How far back a call still matters to a campaign that begins now: for its caps, lock-outs and windows of abandoned calls,
 * and for the number it shows. Infinity for ever.
 */
export const lookBackMillis = ({ settings: { callerIds, law } }: CampaignState): number => {
  const shown = callerIds === null ? 0 : callerIds.settings.rotation === "sticky" ? Infinity : 2 * dayMillis
  if (law === null) return shown
  const { rules } = law.composed
  const spans = restraintsOf(rules).map(({ span }) => spanMillis(span))
  const windows = (rules.abandon ?? []).map(({ window: { days, kind } }) => {
    if (kind === "campaign") return Infinity
    return (kind === "calendarMonth" ? 32 : (days ?? 1) + 1) * dayMillis
  })
  return Math.max(shown, ...spans, ...windows)
}

/** At least; days of any zone, and of 25 hours. */
const spanMillis = (span: Span): number => {
  switch (span.kind) {
    case "millis":
      return span.millis
    case "days":
      return (span.days + 2) * dayMillis
    case "week":
      return 9 * dayMillis
    case "month":
      return 33 * dayMillis
    case "forever":
      return Infinity
  }
}

/**
 * A call was placed and came to what it came to: counted as it was when it happened. Calls come in the order they were
 * placed, before anything else happens. Of short rings, which bear on no ceiling, nothing is known any more.
 */
export const recallPlaced = ({ compliance, settings, shown }: CampaignState, call: RecalledCall): void => {
  if (call.callerId !== null) shown?.recall(call.contact, call.callerId, call.placedAt)
  if (compliance === null) return
  compliance.calling.attempted(call.contact, call.placedAt)
  const dialledAt = call.placedAt + compliance.law.epochMillis
  compliance.ledger.add("attempts", dialledAt)
  for (const what of countsOf(call, settings.waitMillisMax)) compliance.ledger.add(what, dialledAt)
}

/** Somebody had listened to a call taken for a machine, placed then. */
export const recallSample = ({ compliance }: CampaignState, isPerson: boolean, placedAt: number): void =>
  compliance?.sampled(isPerson, placedAt)

/** What it meant to the contact when it was over; calls come in the order they ended. */
export const recallEnded = ({ compliance, settings }: CampaignState, call: RecalledCall): void =>
  compliance?.calling.ended(call.contact, call.outcome, call.endedAt, leftLate(call, settings.waitMillisMax))

const leftLate = ({ answeredAt, endedAt }: RecalledCall, waitMillisMax: number): boolean =>
  answeredAt !== null && endedAt - answeredAt > waitMillisMax

const countsOf = (call: RecalledCall, waitMillisMax: number): ReadonlyArray<keyof RawVector> => {
  const joined: ReadonlyArray<keyof RawVector> = call.connectedAt === null ? [] : [call.late ? "late" : "inTime"]
  switch (call.outcome) {
    case Outcome.abandoned:
      return [...joined, call.silent ? "abandonedSilent" : "abandonedMessage"]
    case Outcome.hungUpWaiting:
      return [...joined, leftLate(call, waitMillisMax) ? "calleeLate" : "calleeEarly"]
    case Outcome.machine:
      return [...joined, call.connectedAt === null ? "machines" : "agentMachines"]
    case Outcome.scripted:
      return [...joined, "inTime"]
    case Outcome.interrupted:
      // Who had answered, and waited for an agent when the dialler itself stopped.
      return call.silent ? [...joined, "abandonedSilent"] : joined
    default:
      return joined
  }
}
