import { Schema } from "effect"
import type { Contact } from "./Contact.ts"
import { contactFields } from "./Contact.ts"
import { type OutcomeName, outcomeNames } from "./Outcome.ts"

/** States of a contact in its campaign, by name; the position is the code the core uses. */
export const contactStates = ["fresh", "in-work", "retry", "closed"] as const
export type ContactStateName = (typeof contactStates)[number]

/** What a filter looks at. Instants are milliseconds since 1970. */
export interface FilterSubject {
  readonly contact: Contact
  readonly attempts: number
  readonly lastOutcome: OutcomeName | null
  readonly state: ContactStateName
  readonly loadedAt: number
  readonly lastAttemptAt: number | null
  /** When it is to be called again. */
  readonly dueAt: number | null
}

/** What the value of a field is: instants are compared by day, choices are one of a few words. */
export type FilterFieldKind = "text" | "number" | "choice" | "instant"

/** Fields of a filter beside those of the contact and its parameters, which are `parameter.` and the name. */
export const campaignFields = {
  /** The number that is dialled first, E.164. */
  number: "text",
  /** Country of that number, ISO 3166. */
  numberCountry: "text",
  numberCount: "number",
  attempts: "number",
  lastOutcome: "choice",
  state: "choice",
  loadedAt: "instant",
  lastAttemptAt: "instant",
  dueAt: "instant"
} as const satisfies Readonly<Record<string, FilterFieldKind>>
export type CampaignField = keyof typeof campaignFields

export const parameterPrefix = "parameter."

/** Words a choice has. */
export const choicesOf: Readonly<Record<"lastOutcome" | "state", ReadonlyArray<string>>> = {
  lastOutcome: outcomeNames,
  state: contactStates
}

/** Kind of a field; null for a name that is none. Any parameter has one, also where no contact has the parameter. */
export const fieldKind = (field: string): FilterFieldKind | null => {
  if (Object.hasOwn(campaignFields, field)) return campaignFields[field as CampaignField]
  if (field.startsWith(parameterPrefix) && field.length > parameterPrefix.length) return "text"
  return contactFields.some((each) => each === field) ? "text" : null
}

export const filterDepthMax = 20
/** Conditions, groups and listed values together. */
export const filterSizeMax = 5_000

const Field = Schema.String.check(
  Schema.isMaxLength(300),
  Schema.makeFilter((field: string) => fieldKind(field) !== null, {
    message: "a field of the contact or the campaign, or parameter. and the name of a column"
  })
)
const Text = Schema.String.check(Schema.isMaxLength(1_000))
const Value = Schema.Union([Text, Schema.Finite])
const DayText = Schema.String.check(
  Schema.makeFilter((text: string) => dayOfText(text) !== null, { message: "a date such as 2026-11-21" })
)

/** A day: a date of the calendar, or so many days before today (after it, when negative). */
export const FilterDay = Schema.Union([
  DayText,
  Schema.Struct({ daysAgo: Schema.Int.check(Schema.isBetween({ minimum: -36_525, maximum: 36_525 })) })
])
export type FilterDay = typeof FilterDay.Type

const Compare = Schema.Struct({
  op: Schema.Literals(["=", "!=", "<", "<=", ">", ">="]),
  field: Field,
  value: Value
})
const Like = Schema.Struct({
  op: Schema.Literals(["contains", "startsWith", "matches"]),
  field: Field,
  /** For `matches`, `*` stands for any characters and `?` for one. */
  value: Schema.String.check(Schema.isMaxLength(200))
})
const In = Schema.Struct({ op: Schema.Literal("in"), field: Field, values: Schema.Array(Value) })
const Exists = Schema.Struct({ op: Schema.Literal("exists"), field: Field })
const Between = Schema.Struct({ op: Schema.Literal("between"), field: Field, from: Value, to: Value })
const Dated = Schema.Struct({ op: Schema.Literals(["before", "after"]), field: Field, day: FilterDay })

/** The schema of the conditions with an operator. */
export const conditionOf = {
  "=": Compare,
  "!=": Compare,
  "<": Compare,
  "<=": Compare,
  ">": Compare,
  ">=": Compare,
  contains: Like,
  startsWith: Like,
  matches: Like,
  in: In,
  exists: Exists,
  between: Between,
  before: Dated,
  after: Dated
} as const

/** A condition on one field. */
export const FilterCondition = Schema.Union([Compare, Like, In, Exists, Between, Dated])
export type FilterCondition = typeof FilterCondition.Type

/**
 * Which contacts are meant, as data; it is never evaluated as code. A condition on a value that is missing does not hold
 * (`!=` does, being the opposite of `=`). `and` of nothing holds, `or` of nothing does not.
 */
export type Filter =
  | FilterCondition
  | { readonly op: "and" | "or"; readonly of: ReadonlyArray<Filter> }
  | { readonly op: "not"; readonly filter: Filter }

/** Input of unknown depth and size goes through `decodeFilter`, which limits both first. */
export const Filter: Schema.Codec<Filter> = Schema.Union([
  FilterCondition,
  Schema.Struct({
    op: Schema.Literals(["and", "or"]),
    of: Schema.Array(Schema.suspend((): Schema.Codec<Filter> => Filter))
  }),
  Schema.Struct({ op: Schema.Literal("not"), filter: Schema.suspend((): Schema.Codec<Filter> => Filter) })
])

const isoDay = /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/
const dottedDay = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?: .*)?$/

/**
 * The day a text names, in days since 1970-01-01; null when it names none. Taken are `2026-11-21` and `21. 11. 2026`, a
 * time after them is left out. `11/21/2026` is not: half the world reads such dates the other way round.
 */
export const dayOfText = (text: string): number | null => {
  const iso = isoDay.exec(text)
  if (iso !== null) return dayNumber(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const dotted = dottedDay.exec(text)
  return dotted === null ? null : dayNumber(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
}

const dayNumber = (year: number, month: number, day: number): number | null => {
  const date = new Date(Date.UTC(year, month - 1, day))
  // Date.UTC takes years below 100 for years of the last century, and the 31st of June for the 1st of July.
  const exact = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exact ? date.getTime() / 86_400_000 : null
}
