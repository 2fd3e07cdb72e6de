import type { ContactField } from "../domain/Contact.ts"
import {
  dayOfText,
  fieldKind,
  type Filter,
  type FilterCondition,
  type FilterDay,
  type FilterSubject,
  parameterPrefix
} from "../domain/Filter.ts"
import { countryOfNumber } from "./zonesOfNumber.ts"

/** What days and ages are counted from. */
export interface FilterTime {
  /** Milliseconds since 1970. */
  readonly now: number
  /** IANA zone whose days are meant, usually the campaign's. */
  readonly zone: string
}

export type FilterPredicate = (subject: FilterSubject) => boolean

/** A filter as a function, to be made once and called for every contact: some hundred nanoseconds a condition. */
export const compileFilter = (filter: Filter, time: FilterTime): FilterPredicate => {
  switch (filter.op) {
    case "and": {
      const all = filter.of.map((each) => compileFilter(each, time))
      return (subject) => all.every((holds) => holds(subject))
    }
    case "or": {
      const any = filter.of.map((each) => compileFilter(each, time))
      return (subject) => any.some((holds) => holds(subject))
    }
    case "not": {
      const holds = compileFilter(filter.filter, time)
      return (subject) => !holds(subject)
    }
    default:
      return fieldKind(filter.field) === "instant" ? instantCondition(filter, time) : condition(filter, time)
  }
}

/** How many of some contacts a filter means, to be shown before it is used. */
export const countMatches = (
  holds: FilterPredicate,
  subjects: Iterable<FilterSubject>
): { readonly matching: number; readonly total: number } => {
  let matching = 0
  let total = 0
  for (const subject of subjects) {
    total += 1
    if (holds(subject)) matching += 1
  }
  return { matching, total }
}

type Getter = (subject: FilterSubject) => string | number | null

/** The value of a field; null and the empty text are missing. */
const getter = (field: string): Getter => {
  if (field.startsWith(parameterPrefix)) {
    const name = field.slice(parameterPrefix.length)
    // A column named like a member of every object must not find that member.
    return ({ contact }) => (Object.hasOwn(contact.parameters, name) ? contact.parameters[name] : null)
  }
  switch (field) {
    case "attempts":
      return (subject) => subject.attempts
    case "lastOutcome":
      return (subject) => subject.lastOutcome
    case "state":
      return (subject) => subject.state
    case "number":
      return ({ contact }) => contact.numbers[0]?.number ?? null
    case "numberCount":
      return ({ contact }) => contact.numbers.length
    case "numberCountry":
      return ({ contact }) => (contact.numbers.length === 0 ? null : countryOfNumber(contact.numbers[0].number))
    default:
      return ({ contact }) => contact.fields[field as ContactField] ?? null
  }
}

const fold = (text: string): string => text.toLowerCase()

/** Numbers as people and programs write them plainly; `007` and `+420…` are texts. */
const plainNumber = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/
const numberOf = (value: string | number): number | null =>
  typeof value === "number" ? value : plainNumber.test(value) ? Number(value) : null

/** Below, equal or above zero; NaN where the two cannot be compared. Numbers are compared as such where both are. */
type Comparing = (value: string | number) => number

const comparingTo = (constant: string | number): Comparing => {
  const number = numberOf(constant)
  const text = fold(String(constant))
  return (value) => {
    const other = number === null ? null : numberOf(value)
    if (number !== null && other !== null) return other - number
    if (typeof constant === "number") return Number.NaN
    const folded = fold(String(value))
    return folded < text ? -1 : folded > text ? 1 : 0
  }
}

const condition = (filter: FilterCondition, time: FilterTime): FilterPredicate => {
  const get = getter(filter.field)
  const test = valueTest(filter, time)
  const present: FilterPredicate = (subject) => {
    const value = get(subject)
    return value !== null && value !== "" && test(value)
  }
  return filter.op === "!=" ? (subject) => !present(subject) : present
}

/** The test of a value that is there; for `!=` that of `=`. */
const valueTest = (filter: FilterCondition, time: FilterTime): ((value: string | number) => boolean) => {
  switch (filter.op) {
    case "exists":
      return () => true
    case "=":
    case "!=": {
      const compare = comparingTo(filter.value)
      return (value) => compare(value) === 0
    }
    case "<":
    case "<=":
    case ">":
    case ">=":
      return ordered(filter.op, comparingTo(filter.value))
    case "contains":
    case "startsWith":
    case "matches":
      return like(filter.op, fold(filter.value))
    case "in": {
      const numbers = new Set(filter.values.map(numberOf))
      const texts = new Set(filter.values.filter((each) => typeof each === "string").map(fold))
      return (value) => {
        const number = numberOf(value)
        return (number !== null && numbers.has(number)) || texts.has(fold(String(value)))
      }
    }
    case "between":
      return between(filter.from, filter.to)
    case "before":
    case "after": {
      const day = dayOf(filter.day, time)
      return (value) => {
        const other = dayOfText(String(value))
        return other !== null && (filter.op === "before" ? other < day : other > day)
      }
    }
  }
}

const ordered = (op: "<" | "<=" | ">" | ">=", compare: Comparing): ((value: string | number) => boolean) => {
  switch (op) {
    case "<":
      return (value) => compare(value) < 0
    case "<=":
      return (value) => compare(value) <= 0
    case ">":
      return (value) => compare(value) > 0
    case ">=":
      return (value) => compare(value) >= 0
  }
}

const like = (op: "contains" | "startsWith" | "matches", text: string): ((value: string | number) => boolean) => {
  switch (op) {
    case "contains":
      return (value) => fold(String(value)).includes(text)
    case "startsWith":
      return (value) => fold(String(value)).startsWith(text)
    case "matches":
      return (value) => matchesWildcards(fold(String(value)), text)
  }
}

/** Both ends included; dates are compared as dates where both ends and the value are. */
const between = (from: string | number, to: string | number): ((value: string | number) => boolean) => {
  const days = [dayOfText(String(from)), dayOfText(String(to))]
  const [first, last] = days
  if (first !== null && last !== null) {
    return (value) => {
      const day = dayOfText(String(value))
      return day !== null && day >= first && day <= last
    }
  }
  const above = comparingTo(from)
  const below = comparingTo(to)
  return (value) => above(value) >= 0 && below(value) <= 0
}

/**
 * Whether a whole text fits a pattern in which `*` stands for any characters and `?` for one. On a mismatch only the
 * last `*` takes one character more, so the time is at most the product of the lengths, never exponential.
 */
export const matchesWildcards = (text: string, pattern: string): boolean => {
  let at = 0
  let star = -1
  let starAt = 0
  let p = 0
  while (at < text.length) {
    if (pattern[p] === "*") {
      star = p
      starAt = at
      p += 1
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[at])) {
      p += 1
      at += 1
    } else if (star >= 0) {
      starAt += 1
      at = starAt
      p = star + 1
    } else return false
  }
  while (pattern[p] === "*") p += 1
  return p === pattern.length
}

/** Conditions on instants, by the days of the zone. */
const instantCondition = (filter: FilterCondition, time: FilterTime): FilterPredicate => {
  const [from, until] = instantSpan(filter, time)
  const field = filter.field as "loadedAt" | "lastAttemptAt" | "dueAt"
  return (subject) => {
    const instant = subject[field]
    return instant !== null && instant >= from && instant < until
  }
}

/** The instants that fit, half open. */
const instantSpan = (filter: FilterCondition, time: FilterTime): readonly [from: number, until: number] => {
  switch (filter.op) {
    case "exists":
      return [-Infinity, Infinity]
    case "before":
      return [-Infinity, startOfDay(dayOf(filter.day, time), time.zone)]
    case "after":
      return [startOfDay(dayOf(filter.day, time) + 1, time.zone), Infinity]
    case "between": {
      const first = dayOfText(String(filter.from))
      const last = dayOfText(String(filter.to))
      if (first === null || last === null) return [0, 0]
      return [startOfDay(first, time.zone), startOfDay(last + 1, time.zone)]
    }
    default:
      // `decodeFilter` lets no other operator through.
      return [0, 0]
  }
}

const dayMillis = 86_400_000

/** Day number of a day of a filter. */
const dayOf = (day: FilterDay, time: FilterTime): number =>
  typeof day === "string" ? (dayOfText(day) ?? Number.NaN) : localDay(time.now, time.zone) - day.daysAgo

const localDay = (instant: number, zone: string): number => Math.floor((instant + offsetAt(instant, zone)) / dayMillis)

/** The first instant of a local day; where midnight is left out by a clock change, the first there is. */
const startOfDay = (day: number, zone: string): number => {
  const midnight = day * dayMillis
  const early = midnight - offsetAt(midnight - dayMillis, zone)
  const late = midnight - offsetAt(midnight + dayMillis, zone)
  const candidates = [Math.min(early, late), Math.max(early, late)]
  return candidates.find((instant) => localDay(instant, zone) === day) ?? candidates[1]
}

/** Local time less UTC, milliseconds. */
const offsetAt = (instant: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric"
  }).format(instant)
  const [month, day, year, hour, minute, second] = parts.split(/\D+/).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000
}
