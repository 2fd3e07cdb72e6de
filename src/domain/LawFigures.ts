import type { CallFigures } from "./CallFigures.ts"
import type { InboundFigures } from "./InboundCall.ts"
import type { AbandonRule } from "./compliance/Rules.ts"

/** One rule over one window, judged. */
export interface Standing {
  readonly verdict: "green" | "amber" | "red" | "not assessable"
  /** NaN where nobody answered, and where it cannot be known. */
  readonly ratio: number
  readonly numerator: number
  readonly base: number
  /** Further calls that may be abandoned before the ceiling is broken; Infinity without a ceiling. */
  readonly allowanceLeft: number
}

/** An abandonment rule over one window of a shift. */
export interface WindowFigures {
  readonly rule: AbandonRule
  /** Local days since 1970-01-01, half open; a window without an end has Infinity. */
  readonly fromDay: number
  readonly untilDay: number
  /** By what really became of every call: who was a person, and whom detection cut off. Known in simulation alone. */
  readonly truth: Standing
  /** By the dialler's own counts and estimates, which it acts on. */
  readonly ledger: Standing
}

/** What a campaign's law did in one shift. */
export interface LawFigures {
  /** Profiles and house rules, as `id version`. */
  readonly from: ReadonlyArray<string>
  /** How often a contact's turn came and it was held back, by reason (`dialler/compliance/Reason`). */
  readonly holds: Readonly<Record<string, number>>
  /** Contacts that wait at the end because of the law, by reason. */
  readonly heldAtEnd: Readonly<Record<string, number>>
  /** Unanswered calls ended before the shortest ringing. */
  readonly shortRings: number
  readonly windows: ReadonlyArray<WindowFigures>
}

/** How the list of a campaign stands after one shift. */
export interface ListFigures {
  /** Attempts by their number: first attempts, second ones, and so on; the last place has all further ones. */
  readonly attempts: ReadonlyArray<number>
  readonly loaded: number
  /** Contacts called at least once, and people talked to. */
  readonly attempted: number
  readonly reached: number
  /** Contacts finished, by how (`Closed` of the contact list). */
  readonly closed: Readonly<Record<string, number>>
}

/** Attempt numbers told apart in `ListFigures.attempts`. */
export const attemptNumbers = 8

/** Figures of one campaign in one shift beside its raw counts. `law` is null where no law was applied. */
export interface ShiftFigures {
  readonly list: ListFigures
  readonly law: LawFigures | null
  /** What came of the calls; missing where the scenario does not say. */
  readonly calls?: CallFigures
  /** What became of the calls to it; missing where nobody was to call. */
  readonly inbound?: InboundFigures
}
