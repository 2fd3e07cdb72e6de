import { Context } from "effect"
import type { CallKey } from "../floor/FloorEvent.ts"

/** The telephone numbers of contacts and campaigns, by their numbers in the core. */
export class Numbers extends Context.Service<
  Numbers,
  {
    /** `index`: which of the contact's numbers. E.164; undefined for one that is not there. */
    readonly numberOf: (campaign: number, contact: number, index: number) => string | undefined
    /** `index`: which of the campaign's caller IDs; undefined for the trunk's own. */
    readonly shownOf: (campaign: number, index: number) => string | undefined
  }
>()("outpace/live/Numbers") {}

/** Whose call it is. */
export interface CallOf extends CallKey {
  readonly campaign: number
  readonly contact: number
}

/** What prompts say of the person called. */
export class SpokenFields extends Context.Service<
  SpokenFields,
  {
    /** A field of the contact, `parameter.` and a column, or `answer.` and a name; null for what is missing. */
    readonly valueOf: (call: CallOf, field: string) => string | null
  }
>()("outpace/live/SpokenFields") {}
