import type { Disposition } from "../disposition/Disposition.ts"

/** A question of the campaign's script. */
export interface Question {
  readonly name: string
  /** What can be answered, numbers, true and false as text; null where anything can. */
  readonly answers: ReadonlyArray<string> | null
}

/** What a campaign has that its rules can name. The positions are the numbers the core uses. */
export interface Known {
  /** The campaign's own, without the system's. */
  readonly dispositions: ReadonlyArray<Disposition>
  readonly segments: ReadonlyArray<string>
  /** Campaigns a contact can be moved to. */
  readonly campaigns: ReadonlyArray<string>
  readonly questions: ReadonlyArray<Question>
  /** Columns of its lists; null when they are not known yet, then a filter may name any. */
  readonly parameters: ReadonlyArray<string> | null
  /** After so many attempts a contact is finished whatever the rules say, at least 1. */
  readonly attemptsMax: number
}
