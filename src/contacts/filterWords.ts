import { type Filter, type FilterCondition, type FilterDay, parameterPrefix } from "../domain/Filter.ts"

const fieldWords: Readonly<Record<string, string>> = {
  externalId: "the identifier",
  title: "the title",
  firstName: "the first name",
  lastName: "the last name",
  company: "the company",
  email: "the e-mail address",
  street: "the street",
  postcode: "the postcode",
  city: "the city",
  region: "the region",
  country: "the country",
  language: "the language",
  zone: "the time zone",
  segment: "the segment",
  priority: "the priority",
  note: "the note",
  number: "the first number",
  numberCountry: "the country of the first number",
  numberCount: "the count of numbers",
  attempts: "the count of attempts",
  lastOutcome: "the last outcome",
  state: "the state",
  loadedAt: "the day it was loaded",
  lastAttemptAt: "the day of the last attempt",
  dueAt: "the day it is due"
}

/** Values shown of a long list. */
const valuesShown = 10

/** A filter in plain words, for managers: `the city is “Praha” and the count of attempts is less than 3`. */
export const filterWords = (filter: Filter): string => {
  switch (filter.op) {
    case "and":
      return filter.of.length === 0 ? "every contact" : joined(filter.of, "and")
    case "or":
      return filter.of.length === 0 ? "no contact" : joined(filter.of, "or")
    case "not":
      return `not (${filterWords(filter.filter)})`
    default:
      return `${field(filter.field)} ${test(filter)}`
  }
}

const joined = (filters: ReadonlyArray<Filter>, word: "and" | "or"): string => {
  if (filters.length === 1) return filterWords(filters[0])
  return filters
    .map((each) => {
      const group = (each.op === "and" || each.op === "or") && each.of.length > 1 && each.op !== word
      return group ? `(${filterWords(each)})` : filterWords(each)
    })
    .join(` ${word} `)
}

const field = (name: string): string =>
  name.startsWith(parameterPrefix) ? `“${name.slice(parameterPrefix.length)}”` : (fieldWords[name] ?? name)

const value = (of: string | number): string => (typeof of === "number" ? String(of) : `“${of}”`)

const day = (of: FilterDay): string => {
  if (typeof of === "string") return of
  if (of.daysAgo === 0) return "today"
  const count = Math.abs(of.daysAgo)
  return `the day ${count} ${count === 1 ? "day" : "days"} ${of.daysAgo > 0 ? "ago" : "from now"}`
}

const comparing = {
  "=": "is",
  "!=": "is not",
  "<": "is less than",
  "<=": "is at most",
  ">": "is more than",
  ">=": "is at least",
  contains: "contains",
  startsWith: "starts with",
  matches: "looks like",
  before: "is before",
  after: "is after"
} as const

const test = (filter: FilterCondition): string => {
  switch (filter.op) {
    case "exists":
      return "is there"
    case "between":
      return `is between ${value(filter.from)} and ${value(filter.to)}`
    case "before":
    case "after":
      return `${comparing[filter.op]} ${day(filter.day)}`
    case "in": {
      const shown = filter.values.slice(0, valuesShown).map(value).join(", ")
      const more = filter.values.length - valuesShown
      return `is one of ${shown}${more > 0 ? ` and ${more} more` : ""}`
    }
    default:
      return `${comparing[filter.op]} ${value(filter.value)}`
  }
}
