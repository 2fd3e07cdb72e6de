import { dateText, dayMillis, weekdayOf } from "../../domain/compliance/civil.ts"
import { type Filter, type FilterSubject, parameterPrefix } from "../../domain/Filter.ts"
import type { Hours, Rule } from "../../domain/rules/Rule.ts"
import { weekdayNames } from "../../domain/rules/ruleParts.ts"
import { type CompiledRule, Condition, countOf, isAnswered, isCounted, localNow } from "./CompiledRule.ts"
import type { Facts } from "./Facts.ts"
import type { PastAttempt } from "./History.ts"

/** A condition that did not hold, in words. */
export interface Unmet {
  /** As it stands in the rule; `at: asked` is one as well. */
  readonly condition: string
  readonly required: string
  readonly found: string
}

/** What an attempt was like; `segment` is null where the contact has none. */
export interface Situation {
  readonly facts: Facts
  readonly attempt: PastAttempt
  readonly segment: string | null
  readonly subject: FilterSubject
}

/** What a rule asked for and what it found, where `failed` is its first condition that did not hold (`Condition`). */
export const unmet = (failed: number, { when = {} }: Rule, compiled: CompiledRule, situation: Situation): Unmet => {
  const { attempt, facts, segment, subject } = situation
  const say = (condition: string, required: string, found: string): Unmet => ({ condition, required, found })
  switch (failed) {
    case Condition.outcome:
      return when.outcome === undefined || when.outcome.includes(attempt.outcome)
        ? say("connected", String(when.connected), attempt.outcome)
        : say("outcome", when.outcome.join(", "), attempt.outcome)
    case Condition.attempts:
      return say("attempts", rangeText(when.attempts), String(facts.attempts))
    case Condition.attemptsWith: {
      const index = compiled.counts.findIndex((test) => !isCounted(test, facts))
      const range = when.attemptsWith?.[index]
      const found = String(countOf(compiled.counts[index], facts))
      return say(`attemptsWith ${listText(range?.outcome)}`, rangeText(range), found)
    }
    case Condition.disposition:
      return say("disposition", listText(when.disposition), attempt.disposition ?? "none chosen")
    case Condition.asked:
      return say("at: asked", "a callback time", "none")
    case Condition.segment:
      return say("segment", listText(when.segment), segment ?? "none")
    case Condition.hours:
      return say("hours", hoursText(when.hours), clockText(localNow(facts)))
    case Condition.answers: {
      const open = compiled.answers.filter((test) => !isAnswered(test, facts))
      const { question } = open[0]
      const given = facts.answers(question)
      return say(`answers ${question}`, listText(when.answers?.[question]), given.join(", ") || "no answer")
    }
    default:
      return say(
        "contact",
        JSON.stringify(when.contact),
        when.contact === undefined ? "" : valuesText(when.contact, subject)
      )
  }
}

const listText = (list: ReadonlyArray<string | number | boolean> = []): string => list.join(", ")

const rangeText = ({ max, min }: { readonly min?: number; readonly max?: number } = {}): string => {
  if (max === undefined) return `at least ${min}`
  if (min === undefined) return `at most ${max}`
  return min === max ? String(min) : `${min} to ${max}`
}

const hoursText = ({ from = "00:00", to = "24:00", weekdays = weekdayNames }: Hours = {}): string =>
  `${weekdays.length === 7 ? "every day" : weekdays.join(", ")} ${from}-${to}`

const two = (value: number): string => String(value).padStart(2, "0")

/** `sat 2026-11-21 09:05` */
const clockText = (local: number): string => {
  const day = Math.floor(local / dayMillis)
  const minute = Math.floor((local - day * dayMillis) / 60_000)
  return `${weekdayNames[weekdayOf(day)]} ${dateText(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** What the contact has in the fields a filter asks for. */
const valuesText = (filter: Filter, subject: FilterSubject): string =>
  [...new Set(fieldsOf(filter))].map((field) => `${field}: ${valueText(field, subject)}`).join(", ")

const fieldsOf = (filter: Filter): ReadonlyArray<string> => {
  switch (filter.op) {
    case "and":
    case "or":
      return filter.of.flatMap(fieldsOf)
    case "not":
      return fieldsOf(filter.filter)
    default:
      return [filter.field]
  }
}

const valueText = (field: string, { contact, loadedAt }: FilterSubject): string => {
  switch (field) {
    case "number":
    case "numberCountry":
      return contact.numbers[0]?.number ?? "nothing"
    case "numberCount":
      return String(contact.numbers.length)
    case "loadedAt":
      return dateText(Math.floor(loadedAt / dayMillis))
    default: {
      const name = field.startsWith(parameterPrefix) ? field.slice(parameterPrefix.length) : field
      const value = new Map(Object.entries(name === field ? contact.fields : contact.parameters)).get(name) ?? ""
      return value === "" ? "nothing" : JSON.stringify(value)
    }
  }
}
