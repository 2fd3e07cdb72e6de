import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { compileRules } from "../../../src/dialler/rules/RuleBook.ts"
import { type OutcomeName, outcomeNames } from "../../../src/domain/Outcome.ts"
import type { Rule, Then, When } from "../../../src/domain/rules/Rule.ts"
import { known, problemsOf } from "../../domain/rules/setting.ts"
import { factsOf, ranOf, said, type Told } from "./setting.ts"

/*
 * Rules of every kind against a judge that reads them as they are written, one field after the other. Both run the same
 * history; the judge knows nothing of codes, bits, counters or columns.
 */

const city = { op: "=", field: "city", value: "Brno" } as const
const whens: ReadonlyArray<When> = [
  {},
  { outcome: ["busy", "no-answer", "connected"] },
  { outcome: ["machine"] },
  { connected: true },
  { connected: false },
  { attempts: { min: 2, max: 4 } },
  { attemptsWith: [{ outcome: ["busy", "machine"], min: 1, max: 2 }] },
  {
    attemptsWith: [
      { outcome: ["no-answer"], max: 1 },
      { outcome: ["connected"], max: 0 }
    ]
  },
  { disposition: ["call-later", "not-in"] },
  { segment: ["south"] },
  { hours: { weekdays: ["sat"], from: "12:00" } },
  { hours: { to: "13:00" } },
  { answers: { interested: ["yes", "maybe"] } },
  { contact: city }
]
const thens: ReadonlyArray<Then> = [
  { set: { Stage: "one" } },
  { set: { Stage: 2 }, setAttempt: { score: 1 }, segment: "south" },
  { segment: "north" },
  { again: { afterMinutes: 30 }, set: { Stage: "again" } },
  { again: { afterMinutes: 1, number: "next", by: "same-agent", windowMinutes: 2 } },
  { again: { at: "asked" } },
  { finish: "done" },
  { remove: true },
  { doNotCall: true },
  { campaign: "winter" }
]

interface Happened {
  readonly outcome: OutcomeName
  readonly disposition: string | null
  readonly segment: string
  readonly answers: ReadonlyArray<string>
  readonly lives: string
  readonly asked: boolean
  /** Hours after Saturday, 21 November 2026, 00:00 in UTC. */
  readonly hour: number
}

const isMet = (when: When, then: Then, all: ReadonlyArray<Happened>): boolean => {
  const last = all[all.length - 1]
  const within = (count: number, { max = 1_000, min = 0 }: { readonly min?: number; readonly max?: number } = {}) =>
    count >= min && count <= max
  const among = (values: ReadonlyArray<unknown> | undefined, value: unknown) =>
    values === undefined || values.includes(value)
  const { from = "00:00", to = "24:00", weekdays = ["sat", "sun"] } = when.hours ?? {}
  return (
    among(when.outcome, last.outcome) &&
    (when.connected === undefined || when.connected === (last.outcome === "connected")) &&
    within(all.length, when.attempts) &&
    (when.attemptsWith ?? []).every((test) =>
      within(all.filter((each) => test.outcome.includes(each.outcome)).length, test)
    ) &&
    among(when.disposition, last.disposition) &&
    among(when.segment, last.segment) &&
    weekdays.some((day) => day === (last.hour < 24 ? "sat" : "sun")) &&
    last.hour % 24 >= Number(from.slice(0, 2)) &&
    last.hour % 24 < Number(to.slice(0, 2)) &&
    (when.answers === undefined || last.answers.some((answer) => among(when.answers?.["interested"], answer))) &&
    (when.contact === undefined || last.lives === "Brno") &&
    (then.again?.at !== "asked" || last.asked)
  )
}

const saturday = Date.UTC(2026, 10, 21)
const hour = 3_600_000
const askedAt = saturday + 100 * hour

const judge = (rules: ReadonlyArray<Rule>, all: ReadonlyArray<Happened>) => {
  const { disposition, hour: at } = all[all.length - 1]
  const ran: Array<number> = []
  const set: Array<string> = []
  let segment = {}
  for (const [index, { then, when = {} }] of rules.entries()) {
    if (!isMet(when, then, all)) continue
    ran.push(index)
    for (const [name, value] of Object.entries(then.set ?? {})) set.push(`contact ${name}=${value}`)
    for (const [name, value] of Object.entries(then.setAttempt ?? {})) set.push(`attempt ${name}=${value}`)
    if (then.segment !== undefined) segment = { segment: then.segment }
    const decision = decisionOf(then, all.length, disposition === "sale", saturday + at * hour)
    if (decision !== null)
      return { ran, decidedBy: index, said: { ...decision, ...segment, ...(set.length > 0 ? { set } : {}) } }
  }
  return { ran, decidedBy: -1, said: { kind: "finished", ...segment, ...(set.length > 0 ? { set } : {}) } }
}

const decisionOf = (
  { again, campaign, doNotCall, finish, remove }: Then,
  attempts: number,
  final: boolean,
  now: number
) => {
  if (finish !== undefined) return { kind: "finished", result: finish }
  if (remove !== undefined) return { kind: "removed" }
  if (doNotCall !== undefined) return { kind: "finished", doNotCall: true }
  if (campaign !== undefined) return { kind: "moved", campaign }
  if (again === undefined) return null
  if (attempts >= known.attemptsMax) return { kind: "finished", stop: "attemptsMax" }
  if (final) return { kind: "finished", stop: "finalDisposition" }
  if (again.at === "asked") return { kind: "again", dueAt: askedAt, asked: true }
  const planned = { kind: "again", dueAt: now + Number(again.afterMinutes) * 60_000 }
  return again.number === "next" ? { ...planned, nextNumber: true, sameAgent: true, windowMillis: 120_000 } : planned
}

const toldOf = (all: ReadonlyArray<Happened>): Told => {
  const { answers, asked, disposition, hour: at, lives, outcome, segment } = all[all.length - 1]
  const counted: Partial<Record<OutcomeName, number>> = {}
  for (const each of all) counted[each.outcome] = (counted[each.outcome] ?? 0) + 1
  return {
    outcome,
    counted,
    segment,
    attempts: all.length,
    now: saturday + at * hour,
    zone: "UTC",
    askedAt: asked ? askedAt : -1,
    given: { interested: answers },
    fits: () => lives === "Brno",
    ...(disposition === null ? {} : { disposition })
  }
}

const below = (count: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: count - 1 }))
const RuleOf = Schema.Struct({ one: below(whens.length), other: below(whens.length), then: below(thens.length) })
const RuleList = Schema.Array(RuleOf).check(Schema.isMaxLength(12))
const HappenedOf = Schema.Struct({
  outcome: Schema.Literals(outcomeNames),
  disposition: Schema.NullOr(Schema.Literals(["sale", "call-later", "not-in"])),
  segment: Schema.Literals(["north", "south"]),
  answers: Schema.Array(Schema.Literals(["yes", "no", "maybe"])).check(Schema.isMaxLength(2)),
  lives: Schema.Literals(["Brno", "Praha"]),
  asked: Schema.Boolean,
  hour: below(48)
})
const History = Schema.Array(HappenedOf).check(Schema.isMaxLength(25))

const rulesOf = (list: typeof RuleList.Type): ReadonlyArray<Rule> =>
  list.map(({ one, other, then }, index) => {
    const both = { ...whens[one], ...whens[other] }
    const when = both.connected === undefined ? both : { connected: both.connected }
    return { name: `rule ${index}`, when, then: thens[then] }
  })

describe("the rule book", () => {
  it.prop(
    "says what the rules say as they are written, for any rules and history, however often it is asked",
    { list: RuleList, history: History },
    ({ history, list }) => {
      const rules = rulesOf(list)
      const book = compileRules(rules, known)
      for (let count = 1; count <= history.length; count += 1) {
        const all = history.slice(0, count)
        const facts = factsOf(book, toldOf(all))
        for (let time = 0; time < 2; time += 1) {
          const verdict = book.decide(facts)
          const found = { ran: ranOf(verdict), decidedBy: verdict.decidedBy, said: said(book, verdict) }
          assert.deepStrictEqual<unknown>(found, judge(rules, all))
        }
      }
    },
    { arbitrary: { runs: 400, seed: 5 } }
  )
  it.prop(
    "does not heed rules after the one that decided, nor rules for other outcomes",
    { list: RuleList, happened: HappenedOf },
    ({ happened, list }) => {
      const rules = rulesOf(list)
      const told = toldOf([happened])
      const saidBy = (own: ReadonlyArray<Rule>) => {
        const other = compileRules(own, known)
        // Counters differ from book to book.
        return said(other, other.decide(factsOf(other, told)))
      }
      const book = compileRules(rules, known)
      const { decidedBy } = book.decide(factsOf(book, told))
      const whole = saidBy(rules)
      if (decidedBy >= 0) assert.deepStrictEqual(saidBy(rules.slice(0, decidedBy + 1)), whole)
      const same = rules.filter(({ when }) => when?.outcome?.includes(happened.outcome) ?? true)
      assert.deepStrictEqual(saidBy(same), whole)
    },
    { arbitrary: { runs: 200, seed: 6 } }
  )
  it("judges rules that can be written", () => {
    for (const when of whens) {
      for (const then of thens) {
        const problems = problemsOf([{ name: "a", when, then }], { ...known, parameters: null })
        // A time is asked for by dispositions that ask for it.
        if (then.again?.at !== "asked" || when.disposition === undefined) assert.deepStrictEqual(problems, [])
      }
    }
  })
})
