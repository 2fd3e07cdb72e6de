import { Schema } from "effect"
import { Rules } from "./Rules.ts"

/** `2026-11-21`. */
const DateText = Schema.String.check(Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/))
const Words = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(500))

/**
 * Where a value is from. P: the official text or a regulator's page; S: secondary text; K: professional background,
 * unconfirmed; `?`: conflicting or open; h: our own value, where no rule was found; D: derived. Two letters: both hold.
 */
export const Mark = Schema.Literals(["P", "S", "K", "?", "h", "D"])
export type Mark = typeof Mark.Type

/** Whose calls a profile speaks of. A missing field means all. */
export const Applies = Schema.Struct({
  /** ISO 3166-1, two letters. */
  country: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[A-Z]{2}$/))),
  /** ISO 3166-2 without the country: `FL`. */
  regions: Schema.optionalKey(Schema.Array(Words)),
  purpose: Schema.optionalKey(Schema.Array(Schema.Literals(["marketing", "research", "collections", "service"]))),
  audience: Schema.optionalKey(Schema.Array(Schema.Literals(["consumer", "business"]))),
  modes: Schema.optionalKey(
    Schema.Array(Schema.Literals(["manual", "preview", "progressive", "predictive", "automatic", "callback"]))
  )
})
export type Applies = typeof Applies.Type

/**
 * One dated reading of the rules of one place. Not legal advice: every number in it may be tightened or switched off by
 * whoever answers for the calls.
 */
export const Profile = Schema.Struct({
  id: Schema.String.check(Schema.isPattern(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  /** Date of the reading, and a number where it was changed that day. */
  version: Words,
  /** First day it holds; missing where that was not established. */
  validFrom: Schema.optionalKey(DateText),
  /** First day it holds no more. */
  validTo: Schema.optionalKey(DateText),
  /** The law or code. */
  basis: Words,
  sources: Schema.Array(Schema.Struct({ document: Words, read: DateText })),
  confidence: Schema.Literals(["high", "medium", "low"]),
  applies: Applies,
  rules: Rules,
  /**
   * Where single values are from, by path (`abandon.0.ceiling`, or a group of them: `hours`). A value without a mark of
   * its own stands as its profile's sources and confidence have it.
   */
  marks: Schema.Record(Schema.String, Mark),
  /** What a reader must know: open questions, values that differ between sources. */
  notes: Schema.optionalKey(Schema.Array(Words))
})
export type Profile = typeof Profile.Type
/** A profile as it is written down. */
export type ProfileData = typeof Profile.Encoded

/** From plain data, such as a file of a customer's own. Unknown fields are mistakes. */
export const decodeProfile = Schema.decodeUnknownResult(Profile, { errors: "all", onExcessProperty: "error" })
