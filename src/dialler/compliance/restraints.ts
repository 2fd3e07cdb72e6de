import { monthOf, monthStart, weekOf, weekStart } from "../../domain/compliance/civil.ts"
import type { Cap, Rules } from "../../domain/compliance/Rules.ts"
import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"
import { type CallHistory, Last } from "./CallHistory.ts"
import { dayStart, localDay } from "./localTime.ts"
import { Reason } from "./Reason.ts"

/** How long an event holds calls back. */
export type Span =
  | { readonly kind: "millis"; readonly millis: number }
  /** Until the local day so many days after that of the event begins: 1 is the day of the event. */
  | { readonly kind: "days"; readonly days: number }
  /** Until the next local Monday, the next local month. */
  | { readonly kind: "week" }
  | { readonly kind: "month" }
  | { readonly kind: "forever" }

/**
 * Every cap and lock-out has one form: some past event holds calls back for a span. A cap of n is the n-th latest attempt
 * or conversation, a lock-out the last abandoned call, machine, refusal or conversation.
 */
export interface Restraint {
  readonly event: "attempt" | "conversation" | "abandoned" | "machine" | "refused"
  /** The n-th latest, from 1. */
  readonly n: number
  readonly span: Span
  /** Whether a call for which an agent is reserved is not held back. */
  readonly lifted: boolean
  readonly reason: number
}

/** The restraints of composed rules. */
export const restraintsOf = ({ caps = [], redial = {} }: Rules): ReadonlyArray<Restraint> => {
  const found: Array<Restraint> = caps.map(restraintOfCap)
  const add = (event: Restraint["event"], span: Span, lifted: boolean, reason: number) =>
    found.push({ event, n: 1, span, lifted, reason })
  for (const { liftedBy, n, thenReserved, unit } of redial.afterAbandon ?? []) {
    add("abandoned", unit === "hours" ? hours(n) : fullDays(n), liftedBy === "reservedAgent", Reason.abandoned)
    if (thenReserved) add("abandoned", { kind: "forever" }, true, Reason.reservedAgentOnly)
  }
  for (const { kind, liftedBy, n } of redial.afterAmd ?? []) {
    const span: Span = kind === "hours" ? hours(n) : { kind: "days", days: n }
    add("machine", span, liftedBy === "reservedAgent", Reason.machine)
  }
  const { afterConversationDays, afterRefusalDays } = redial
  if (afterRefusalDays !== undefined) add("refused", fullDays(afterRefusalDays), false, Reason.refusal)
  if (afterConversationDays !== undefined) {
    add("conversation", fullDays(afterConversationDays), false, Reason.conversation)
  }
  return found
}

const hours = (n: number): Span => ({ kind: "millis", millis: n * 3_600_000 })
/** Full calendar days after the day of the event. */
const fullDays = (n: number): Span => ({ kind: "days", days: n + 1 })

const restraintOfCap = ({ count, n, window }: Cap): Restraint => {
  const talks = count === "conversations"
  const cap = (span: Span, reason: number): Restraint => ({
    event: talks ? "conversation" : "attempt",
    n,
    span,
    lifted: false,
    reason: talks ? Reason.conversations : reason
  })
  switch (window.kind) {
    case "rolling":
      return cap(hours(window.hours), Reason.attemptsRolling)
    case "localDays": {
      const reason = window.days === 1 ? Reason.attemptsPerDay : Reason.attemptsInDays
      return cap({ kind: "days", days: window.days }, reason)
    }
    case "week":
      return cap({ kind: "week" }, Reason.attemptsPerWeek)
    case "month":
      return cap({ kind: "month" }, Reason.attemptsPerMonth)
    case "campaign":
      return cap({ kind: "forever" }, Reason.attemptsPerCampaign)
  }
}

/** How many instants of an event the restraints look back to; what holds for ever needs only the count. */
export const depthOf = (restraints: ReadonlyArray<Restraint>, event: Restraint["event"]): number =>
  Math.max(0, ...restraints.map((own) => (own.event === event && own.span.kind !== "forever" ? own.n : 0)))

/** When a restraint no longer holds a contact, by the latest of its zones; -Infinity where it does not hold at all. */
export const freeAt = (
  restraint: Restraint,
  history: CallHistory,
  contact: number,
  zones: ReadonlyArray<ZoneTable>,
  epochMillis: number
): number => {
  const { span } = restraint
  if (span.kind === "forever") {
    return hasHappened(restraint, history, contact) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  }
  const event = eventOf(restraint, history, contact)
  if (event === Number.NEGATIVE_INFINITY) return event
  if (span.kind === "millis") return event + span.millis
  let free = Number.NEGATIVE_INFINITY
  for (let i = 0; i < zones.length; i += 1) {
    const day = localDay(zones[i], event + epochMillis)
    free = Math.max(free, dayStart(zones[i], dayAfter(span, day)) - epochMillis)
  }
  return free
}

const dayAfter = (span: Span, day: number): number => {
  if (span.kind === "days") return day + span.days
  return span.kind === "week" ? weekStart(weekOf(day) + 1) : monthStart(monthOf(day) + 1)
}

const eventOf = ({ event, n }: Restraint, history: CallHistory, contact: number): number => {
  switch (event) {
    case "attempt":
      return history.attempt(contact, n)
    case "conversation":
      return history.conversation(contact, n)
    case "abandoned":
      return history.last(contact, Last.abandoned)
    case "machine":
      return history.last(contact, Last.machine)
    case "refused":
      return history.last(contact, Last.refused)
  }
}

const hasHappened = (restraint: Restraint, history: CallHistory, contact: number): boolean => {
  if (restraint.event === "attempt") return history.attemptCount(contact) >= restraint.n
  if (restraint.event === "conversation") return history.conversationCount(contact) >= restraint.n
  return eventOf(restraint, history, contact) !== Number.NEGATIVE_INFINITY
}
