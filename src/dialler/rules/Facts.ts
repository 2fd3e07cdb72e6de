import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"

/**
 * What rules may ask of an attempt that just ended and of its contact. Plain numbers, so that the core can keep one such
 * object and fill it anew for every attempt; the methods are called only where a rule asks for what they know.
 */
export interface Facts {
  /** The contact's number in its list; with `attempts` it spreads delays. */
  readonly contact: number
  /** Code of the outcome. */
  readonly outcome: number
  /** Position in the campaign's own dispositions of the one the agent chose; -1 without one. */
  readonly disposition: number
  /** Attempts so far, this one among them; what is beyond 255 counts as 255. */
  readonly attempts: number
  /**
   * Attempts by outcome, this one counted (`RuleBook.count`): the contact's counters begin at `countsAt`, one for each of
   * `RuleBook.countedOutcomes` in their order.
   */
  readonly counts: Uint8Array
  readonly countsAt: number
  /** Position of the contact's segment in those of the campaign. */
  readonly segment: number
  /** Milliseconds of the core's clock, and the instant, in milliseconds since 1970 UTC, that this clock calls 0. */
  readonly now: number
  readonly epochMillis: number
  /** When the contact asked to be called, by the same clock; -1 if it did not. */
  readonly askedAt: number
  /** The contact's clock; that of the campaign where nobody knows the contact's. */
  readonly zone: () => ZoneTable
  /** Whether the contact's fields and parameters fit the filter at this position of `RuleBook.filters`. */
  readonly fits: (filter: number) => boolean
  /** Answers to a question of the script, as text; none where it was not asked. */
  readonly answers: (question: string) => ReadonlyArray<string>
}
