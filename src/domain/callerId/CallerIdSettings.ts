import { Effect, Schema } from "effect"
import { E164 } from "../Contact.ts"

/*
 * The numbers a campaign's calls show as the caller, as data. They are its own numbers: whether one may be shown at all is
 * for compliance (`fitsCallerId`).
 */

export const callerIdsMax = 1_000
export const prefixesMax = 500
export const callsPerDayMax = 1_000_000

/** How the number of a call is chosen among those that serve the contact and are below their cap. */
export const rotations = [
  /** By chance, anew for every attempt of every contact. */
  "random",
  /** Each in its turn: the one that was shown longest ago. */
  "round-robin",
  /** Those with the longest prefix of the contact's number, each in its turn; then those with the next shorter one. */
  "by-prefix",
  /** The one the contact saw first, as long as it can be shown; prefixes count where the first is chosen. */
  "sticky"
] as const
export type Rotation = (typeof rotations)[number]

/** Whether a rotation looks at the prefixes a number serves. */
export const looksAtPrefixes = (rotation: Rotation): boolean => rotation === "by-prefix" || rotation === "sticky"

const optional = Schema.optionalKey
const Number = E164.annotate({ expected: "a number with its country, such as +442079460000" })
const Label = Schema.String.check(Schema.isPattern(/^\S(.{0,78}\S)?$/u)).annotate({
  expected: "a label of 1 to 80 characters"
})
const Prefix = Schema.String.check(Schema.isPattern(/^\+[1-9]\d{0,13}$/)).annotate({
  expected: "the first digits of numbers, with the country, such as +44 or +4420"
})
const Cap = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: callsPerDayMax })).annotate({
  expected: `a whole number of calls from 1 to ${callsPerDayMax}`
})

const shown = {
  number: Number,
  /** What managers call it. */
  label: optional(Label),
  /** Calls it is shown on between two midnights of the campaign's clock; any number without. */
  capPerDay: optional(Cap)
}

/** A number of the rotation. */
export const CallerId = Schema.Struct({
  ...shown,
  /** Contacts whose numbers begin so are called with it; without prefixes it serves every contact. */
  prefixes: optional(
    Schema.Array(Prefix)
      .check(Schema.isMinLength(1), Schema.isMaxLength(prefixesMax))
      .annotate({ expected: `a list of 1 to ${prefixesMax}` })
  )
})
export type CallerId = typeof CallerId.Type

/** A number outside the rotation. */
export const FallbackCallerId = Schema.Struct(shown)
export type FallbackCallerId = typeof FallbackCallerId.Type

export const CallerIdSettings = Schema.Struct({
  rotation: Schema.Literals(rotations),
  numbers: Schema.Array(CallerId)
    .check(Schema.isMinLength(1), Schema.isMaxLength(callerIdsMax))
    .annotate({ expected: `a list of 1 to ${callerIdsMax}` }),
  /** What happens when every number that serves a contact is at its cap: the contact waits, or the fall-back is shown. */
  whenCapped: Schema.Literals(["stop", "fallback"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("stop" as const))
  ),
  /** Serves the contacts none of the numbers serves, and, with `whenCapped`, those whose numbers are all at their cap. */
  fallback: optional(FallbackCallerId)
})
export type CallerIdSettings = typeof CallerIdSettings.Type
/** Caller IDs as they are written down. */
export type CallerIdData = typeof CallerIdSettings.Encoded
