import { dayMillis, weekdayOf } from "../../domain/compliance/civil.ts"
import { localMillis } from "../compliance/localTime.ts"
import type { Facts } from "./Facts.ts"
import type { Setting } from "./Verdict.ts"

/** The conditions of a rule, in the order in which they are looked at; `none` where all hold. */
export const Condition = {
  none: 0,
  outcome: 1,
  attempts: 2,
  attemptsWith: 3,
  disposition: 4,
  asked: 5,
  segment: 6,
  hours: 7,
  answers: 8,
  contact: 9
} as const

/** How many attempts ended with some outcomes: positions of their counters, and the counts that will do. */
export interface CountTest {
  readonly counters: ReadonlyArray<number>
  readonly min: number
  readonly max: number
}

export interface HoursTest {
  /** Bit 0 for Sunday to bit 6 for Saturday. */
  readonly weekdays: number
  /** Minutes after midnight, half open. */
  readonly from: number
  readonly to: number
}

export interface AnswerTest {
  readonly question: string
  readonly values: ReadonlySet<string>
}

/** When the contact is called again. */
export interface AgainPlan {
  readonly kind: "after" | "local" | "asked"
  readonly delayMillis: number
  /** The delay is up to so much longer. */
  readonly spreadMillis: number
  readonly days: number
  readonly minute: number
  readonly nextNumber: boolean
  readonly sameAgent: boolean
  readonly windowMillis: number
}

/** A rule with its names turned into numbers. All rules have the same fields, so that the engine can inline them. */
export interface CompiledRule {
  readonly index: number
  /** A bit for each outcome it is for. */
  readonly outcomes: number
  readonly attemptsMin: number
  readonly attemptsMax: number
  readonly counts: ReadonlyArray<CountTest>
  /** Whether there are conditions beside those above. */
  readonly more: boolean
  /** 1 for each position that will do; null for any. */
  readonly dispositions: Uint8Array | null
  readonly segments: Uint8Array | null
  readonly hours: HoursTest | null
  readonly answers: ReadonlyArray<AnswerTest>
  /** Position of its filter, -1 without one. */
  readonly filter: number
  /** What it does. */
  readonly decides: boolean
  readonly kind: number
  readonly again: AgainPlan | null
  readonly doNotCall: boolean
  readonly segment: number
  readonly campaign: number
  readonly result: number
  readonly settings: ReadonlyArray<Setting>
}

/** The first condition that does not hold, by its code; `Condition.none` when the rule holds. */
export const failedCondition = (rule: CompiledRule, facts: Facts): number => {
  if (((rule.outcomes >> facts.outcome) & 1) === 0) return Condition.outcome
  const { attempts } = facts
  if (attempts < rule.attemptsMin || attempts > rule.attemptsMax) return Condition.attempts
  const { counts } = rule
  for (let i = 0; i < counts.length; i += 1) if (!isCounted(counts[i], facts)) return Condition.attemptsWith
  return rule.more ? failedOther(rule, facts) : Condition.none
}

/** Attempts that ended with the outcomes of a test. */
export const countOf = ({ counters }: CountTest, { counts, countsAt }: Facts): number => {
  let sum = 0
  for (let i = 0; i < counters.length; i += 1) sum += counts[countsAt + counters[i]]
  return sum
}

export const isCounted = (test: CountTest, facts: Facts): boolean => {
  const count = countOf(test, facts)
  return count >= test.min && count <= test.max
}

const failedOther = (rule: CompiledRule, facts: Facts): number => {
  const { again, answers, dispositions, filter, hours, segments } = rule
  if (dispositions !== null && (facts.disposition < 0 || dispositions[facts.disposition] !== 1)) {
    return Condition.disposition
  }
  if (again !== null && again.kind === "asked" && facts.askedAt < 0) return Condition.asked
  if (segments !== null && segments[facts.segment] !== 1) return Condition.segment
  if (hours !== null && !isWithin(hours, facts)) return Condition.hours
  for (let i = 0; i < answers.length; i += 1) {
    if (!isAnswered(answers[i], facts)) return Condition.answers
  }
  return filter >= 0 && !facts.fits(filter) ? Condition.contact : Condition.none
}

/** The contact's wall clock at the end of the attempt, as if it were UTC, milliseconds. */
export const localNow = (facts: Facts): number => localMillis(facts.zone(), facts.now + facts.epochMillis)

const isWithin = ({ from, to, weekdays }: HoursTest, facts: Facts): boolean => {
  const local = localNow(facts)
  const day = Math.floor(local / dayMillis)
  const minute = (local - day * dayMillis) / 60_000
  return ((weekdays >> weekdayOf(day)) & 1) === 1 && minute >= from && minute < to
}

export const isAnswered = ({ question, values }: AnswerTest, facts: Facts): boolean => {
  const given = facts.answers(question)
  for (let i = 0; i < given.length; i += 1) if (values.has(given[i])) return true
  return false
}
