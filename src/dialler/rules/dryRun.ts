import type { Contact } from "../../domain/Contact.ts"
import type { Filter, FilterSubject } from "../../domain/Filter.ts"
import type { Known } from "../../domain/rules/Known.ts"
import type { Rule, Then } from "../../domain/rules/Rule.ts"
import { attemptsCounted } from "../../domain/rules/ruleParts.ts"
import { codeOf } from "./compileRule.ts"
import { Condition, failedCondition } from "./CompiledRule.ts"
import type { Facts } from "./Facts.ts"
import type { History, PastAttempt } from "./History.ts"
import { compileRules, type RuleBook } from "./RuleBook.ts"
import { type Situation, unmet, type Unmet } from "./unmet.ts"
import { type Verdict, VerdictKind } from "./Verdict.ts"

/** What became of one rule: it held and did something, or its first condition that did not hold. */
export type Look =
  | { readonly rule: string; readonly held: true; readonly then: Then }
  | ({ readonly rule: string; readonly held: false } & Unmet)

/** The contact after an attempt. */
export interface After {
  readonly state: "again" | "finished" | "removed" | "moved"
  /** What ended a contact that a rule would have called again. */
  readonly stop: "attemptsMax" | "finalDisposition" | null
  readonly dueAt: number | null
  readonly number: "same" | "next"
  readonly by: "anyone" | "same-agent"
  readonly windowMinutes: number
  readonly doNotCall: boolean
  readonly result: string | null
  readonly campaign: string | null
  readonly segment: string | null
  readonly parameters: Readonly<Record<string, string>>
  readonly attemptParameters: Readonly<Record<string, string>>
}

export interface Step {
  /** From 1. */
  readonly attempt: number
  /** Whether these rules would have had it: `early`, before it was due; `over`, when nothing more was to be tried. */
  readonly timing: "planned" | "early" | "over"
  /** The rules in order, up to the one that decided; those after it were not looked at. */
  readonly looks: ReadonlyArray<Look>
  /** Null where no rule decided: then the contact is finished. */
  readonly decidedBy: string | null
  readonly after: After
}

/** Whether a contact fits a filter at an instant; `compileFilter` of the contacts tells. */
export type Fits = (filter: Filter, subject: FilterSubject, now: number) => boolean

/**
 * What the rules would do to a contact with this history: every attempt is judged by the rule book that dials, whether or not
 * the rules would have made it. `rules` must have been decoded with the same `known`.
 */
export const dryRun = (rules: ReadonlyArray<Rule>, known: Known, history: History, fits: Fits): ReadonlyArray<Step> => {
  const book = compileRules(rules, known)
  const counts = new Uint8Array(book.countedOutcomes.length)
  const steps: Array<Step> = []
  let { contact, segment } = history
  let before: After | null = null
  for (const [index, attempt] of history.attempts.entries()) {
    const subject: FilterSubject = {
      contact,
      attempts: index + 1,
      lastOutcome: attempt.outcome,
      state: "in-work",
      loadedAt: history.loadedAt,
      lastAttemptAt: attempt.endedAt,
      dueAt: null
    }
    book.count(counts, 0, codeOf(attempt.outcome))
    const facts = factsOf(book, known, history, { attempt, segment, subject, counts, fits })
    const verdict = book.decide(facts)
    const after = afterOf(verdict, book, known, contact, segment)
    steps.push({
      attempt: index + 1,
      timing: timingOf(before, attempt.endedAt),
      looks: looksOf(book, verdict, { facts, attempt, segment, subject }),
      decidedBy: verdict.decidedBy < 0 ? null : rules[verdict.decidedBy].name,
      after
    })
    before = after
    contact = { ...contact, parameters: after.parameters }
    segment = after.segment
  }
  return steps
}

const timingOf = (before: After | null, endedAt: number): Step["timing"] => {
  if (before === null) return "planned"
  if (before.dueAt === null) return "over"
  return endedAt < before.dueAt ? "early" : "planned"
}

interface Moment {
  readonly attempt: PastAttempt
  readonly segment: string | null
  readonly subject: FilterSubject
  readonly counts: Uint8Array
  readonly fits: Fits
}

const factsOf = (book: RuleBook, known: Known, history: History, moment: Moment): Facts => {
  const { attempt, counts, fits, segment, subject } = moment
  const { answers = {}, disposition } = attempt
  return {
    contact: history.position,
    outcome: codeOf(attempt.outcome),
    disposition: known.dispositions.findIndex((each) => each.code === disposition),
    attempts: Math.min(attemptsCounted, subject.attempts),
    counts,
    countsAt: 0,
    segment: segment === null ? -1 : known.segments.indexOf(segment),
    now: attempt.endedAt,
    epochMillis: 0,
    askedAt: attempt.askedAt ?? -1,
    zone: () => history.zone,
    fits: (filter) => fits(book.filters[filter], subject, attempt.endedAt),
    answers: (question) => (Object.hasOwn(answers, question) ? answers[question] : [])
  }
}

const looksOf = ({ compiled, rules }: RuleBook, verdict: Verdict, situation: Situation): ReadonlyArray<Look> => {
  const last = verdict.decidedBy < 0 ? rules.length - 1 : verdict.decidedBy
  return compiled.slice(0, last + 1).map((each): Look => {
    const rule = rules[each.index]
    const failed = failedCondition(each, situation.facts)
    if (failed === Condition.none) return { rule: rule.name, held: true, then: rule.then }
    return { rule: rule.name, held: false, ...unmet(failed, rule, each, situation) }
  })
}

/** By code of `VerdictKind`, of `Stop`. */
const kindNames = ["finished", "again", "removed", "moved"] as const
const stopNames = [null, "attemptsMax", "finalDisposition"] as const

const afterOf = (verdict: Verdict, book: RuleBook, known: Known, contact: Contact, segment: string | null): After => {
  const parameters = new Map(Object.entries(contact.parameters))
  const attemptParameters = new Map<string, string>()
  for (const { name, of, value } of verdict.settings.slice(0, verdict.settingCount)) {
    const target = of === "contact" ? parameters : attemptParameters
    if (value === "") target.delete(name)
    else target.set(name, value)
  }
  return {
    state: kindNames[verdict.kind],
    stop: stopNames[verdict.stop],
    dueAt: verdict.kind === VerdictKind.again ? verdict.dueAt : null,
    number: verdict.nextNumber ? "next" : "same",
    by: verdict.sameAgent ? "same-agent" : "anyone",
    windowMinutes: verdict.windowMillis / 60_000,
    doNotCall: verdict.doNotCall,
    result: verdict.result < 0 ? null : book.results[verdict.result],
    campaign: verdict.campaign < 0 ? null : known.campaigns[verdict.campaign],
    segment: verdict.segment < 0 ? segment : known.segments[verdict.segment],
    parameters: Object.fromEntries(parameters),
    attemptParameters: Object.fromEntries(attemptParameters)
  }
}
