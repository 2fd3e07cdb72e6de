import { assert, describe, it } from "@effect/vitest"
import { compileFilter } from "../../../src/contacts/compileFilter.ts"
import { type After, dryRun, type Fits, type Look, type Step } from "../../../src/dialler/rules/dryRun.ts"
import type { History, PastAttempt } from "../../../src/dialler/rules/History.ts"
import { E164 } from "../../../src/domain/Contact.ts"
import { defaultRules } from "../../../src/domain/rules/defaultRules.ts"
import { known, rulesOf } from "../../domain/rules/setting.ts"
import { at, zone } from "../compliance/setting.ts"

const fits: Fits = (filter, subject, now) => compileFilter(filter, { now, zone: "Europe/Prague" })(subject)

const jana: Omit<History, "attempts"> = {
  position: 7,
  contact: {
    numbers: [{ number: E164.make("+420777123456"), column: "tel" }],
    fields: { city: "Brno" },
    parameters: { Balance: "1200", Stage: "old" }
  },
  zone: zone("Europe/Prague"),
  loadedAt: at("2026-11-01T08:00Z"),
  segment: "north"
}

const attempt = (time: string, outcome: PastAttempt["outcome"], more: Partial<PastAttempt> = {}): PastAttempt => ({
  endedAt: at(`2026-11-${time}+01:00`),
  outcome,
  ...more
})

const run = (rules: ReadonlyArray<object>, ...attempts: ReadonlyArray<PastAttempt>): ReadonlyArray<Step> =>
  dryRun(rulesOf(...rules), known, { ...jana, attempts }, fits)

/** `name: did …`, or the condition that failed. */
const lookText = (look: Look): string =>
  look.held
    ? `${look.rule}: ${JSON.stringify(look.then)}`
    : `${look.rule}: ${look.condition} is to be ${look.required}, is ${look.found}`

const untouched: After = {
  state: "finished",
  stop: null,
  dueAt: null,
  number: "same",
  by: "anyone",
  windowMinutes: 0,
  doNotCall: false,
  result: null,
  campaign: null,
  segment: "north",
  parameters: { Balance: "1200", Stage: "old" },
  attemptParameters: {}
}

describe("a dry run", () => {
  it("tells of every attempt which rules held and did what, which did not and why, and the contact after it", () => {
    const steps = run(
      [
        { name: "mark", when: { attempts: { min: 2 } }, then: { set: { Stage: "second" }, setAttempt: { late: 1 } } },
        {
          name: "busy",
          when: { outcome: ["busy"], attemptsWith: [{ outcome: ["busy"], max: 1 }] },
          then: { again: { afterMinutes: 10, number: "next" }, segment: "south" }
        },
        { name: "busy often", when: { outcome: ["busy"] }, then: { finish: "always busy", set: { Balance: "" } } },
        { name: "rest", then: { campaign: "winter" } }
      ],
      attempt("21T09:00", "busy"),
      attempt("21T09:10", "busy"),
      attempt("21T09:12", "machine")
    )
    const later = {
      ...untouched,
      segment: "south",
      parameters: { Stage: "second" },
      attemptParameters: { late: "1" }
    }
    assert.deepStrictEqual(steps, [
      {
        attempt: 1,
        timing: "planned",
        decidedBy: "busy",
        looks: [
          { rule: "mark", held: false, condition: "attempts", required: "at least 2", found: "1" },
          { rule: "busy", held: true, then: { again: { afterMinutes: 10, number: "next" }, segment: "south" } }
        ],
        after: {
          ...untouched,
          state: "again",
          dueAt: at("2026-11-21T09:10+01:00"),
          number: "next",
          segment: "south"
        }
      },
      {
        attempt: 2,
        timing: "planned",
        decidedBy: "busy often",
        looks: [
          { rule: "mark", held: true, then: { set: { Stage: "second" }, setAttempt: { late: 1 } } },
          { rule: "busy", held: false, condition: "attemptsWith busy", required: "at most 1", found: "2" },
          { rule: "busy often", held: true, then: { finish: "always busy", set: { Balance: "" } } }
        ],
        after: { ...later, result: "always busy" }
      },
      {
        attempt: 3,
        timing: "over",
        decidedBy: "rest",
        looks: [
          { rule: "mark", held: true, then: { set: { Stage: "second" }, setAttempt: { late: 1 } } },
          { rule: "busy", held: false, condition: "outcome", required: "busy", found: "machine" },
          { rule: "busy often", held: false, condition: "outcome", required: "busy", found: "machine" },
          { rule: "rest", held: true, then: { campaign: "winter" } }
        ],
        after: { ...later, state: "moved", campaign: "winter" }
      }
    ])
  })
  it("names each condition that did not hold with what it found", () => {
    const contact = {
      op: "and",
      of: [
        { op: "=", field: "city", value: "Praha" },
        { op: "not", filter: { op: ">", field: "parameter.Balance", value: 5 } },
        { op: "exists", field: "email" }
      ]
    }
    const told = attempt("21T12:34", "connected", {
      disposition: "not-in",
      answers: { interested: ["no"], rating: ["3", "4"] }
    })
    const finish = { finish: "x" }
    const [{ looks, decidedBy }] = run(
      [
        { when: { outcome: ["busy", "machine"] }, then: finish },
        { when: { connected: false }, then: finish },
        { when: { outcome: ["connected"], connected: true, attempts: { min: 2, max: 3 } }, then: finish },
        { when: { attempts: { min: 2, max: 2 } }, then: finish },
        { when: { attemptsWith: [{ outcome: ["busy", "machine"], min: 1 }] }, then: finish },
        { when: { disposition: ["sale", "refused"] }, then: finish },
        { then: { again: { at: "asked" } } },
        { when: { segment: ["south"] }, then: finish },
        { when: { hours: { weekdays: ["mon", "tue"], from: "08:00", to: "12:00" } }, then: finish },
        { when: { hours: { to: "12:00" } }, then: finish },
        { when: { answers: { interested: ["yes", "maybe"] } }, then: finish },
        { when: { answers: { rating: [9, 10] } }, then: finish },
        { when: { answers: { rating: [3], "owns-car": [true] } }, then: finish },
        { when: { contact }, then: finish }
      ],
      told
    )
    assert.isNull(decidedBy)
    assert.deepStrictEqual(looks.map(lookText), [
      "rule 0: outcome is to be busy, machine, is connected",
      "rule 1: connected is to be false, is connected",
      "rule 2: attempts is to be 2 to 3, is 1",
      "rule 3: attempts is to be 2, is 1",
      "rule 4: attemptsWith busy, machine is to be at least 1, is 0",
      "rule 5: disposition is to be sale, refused, is not-in",
      "rule 6: at: asked is to be a callback time, is none",
      "rule 7: segment is to be south, is north",
      "rule 8: hours is to be mon, tue 08:00-12:00, is sat 2026-11-21 12:34",
      "rule 9: hours is to be every day 00:00-12:00, is sat 2026-11-21 12:34",
      "rule 10: answers interested is to be yes, maybe, is no",
      "rule 11: answers rating is to be 9, 10, is 3, 4",
      "rule 12: answers owns-car is to be true, is no answer",
      `rule 13: contact is to be ${JSON.stringify(contact)}, ` +
        'is city: "Brno", parameter.Balance: "1200", email: nothing'
    ])
  })
  it("names what is not there", () => {
    const rules = rulesOf(
      { when: { disposition: ["sale"] }, then: { finish: "x" } },
      { when: { segment: ["south"] }, then: { finish: "x" } },
      { when: { contact: { op: "=", field: "numberCount", value: 2 } }, then: { finish: "x" } },
      { when: { contact: { op: "startsWith", field: "number", value: "+1" } }, then: { finish: "x" } },
      { when: { contact: { op: "after", field: "loadedAt", day: "2026-11-20" } }, then: { finish: "x" } }
    )
    const history = { ...jana, segment: null, attempts: [attempt("21T09:00", "busy")] }
    assert.deepStrictEqual(
      dryRun(rules, known, history, fits)[0].looks.map((look) => (look.held ? "held" : look.found)),
      ["none chosen", "none", "numberCount: 1", "number: +420777123456", "loadedAt: 2026-11-01"]
    )
  })
  it("takes no member every object has for an answer", () => {
    const campaign = { ...known, questions: [{ name: "constructor", answers: null }] }
    const rules = [{ name: "a", when: { answers: { constructor: ["x"] } }, then: { finish: "x" } }]
    const history = { ...jana, attempts: [attempt("21T09:00", "connected", { answers: {} })] }
    assert.deepStrictEqual(dryRun(rules, campaign, history, fits)[0].looks.map(lookText), [
      "a: answers constructor is to be x, is no answer"
    ])
  })
  it("lets later attempts see what rules set, and says when an attempt came before its time", () => {
    const steps = run(
      [
        { name: "first", when: { attempts: { max: 1 } }, then: { set: { Stage: "new" }, segment: "south" } },
        {
          name: "known",
          when: { segment: ["south"], contact: { op: "=", field: "parameter.Stage", value: "new" } },
          then: { finish: "seen" }
        },
        { name: "rest", then: { again: { at: { days: 1, time: "10:00" } } } }
      ],
      attempt("21T09:00", "machine"),
      attempt("22T09:59", "machine")
    )
    assert.deepStrictEqual(
      steps.map(({ after, decidedBy, timing }) => [timing, decidedBy, after.result, after.dueAt]),
      [
        ["planned", "rest", null, at("2026-11-22T10:00+01:00")],
        ["early", "known", "seen", null]
      ]
    )
  })
  it("shows the same agent, a callback, do-not-call, removal and what stopped another call", () => {
    const rules = [
      {
        name: "later",
        when: { disposition: ["call-later"] },
        then: { again: { at: "asked", by: "same-agent", windowMinutes: 45 } }
      },
      { name: "refused", when: { disposition: ["refused"] }, then: { doNotCall: true, remove: true } },
      { name: "rest", then: { again: { afterMinutes: 5 } } }
    ]
    const askedAt = at("2026-11-24T10:00+01:00")
    const steps = run(
      rules,
      attempt("21T09:00", "connected", { disposition: "call-later", askedAt }),
      attempt("24T10:00", "connected", { disposition: "sale" }),
      attempt("24T11:00", "connected", { disposition: "refused" })
    )
    assert.deepStrictEqual(
      steps.map(({ after }) => after),
      [
        { ...untouched, state: "again", dueAt: askedAt, by: "same-agent", windowMinutes: 45 },
        { ...untouched, stop: "finalDisposition" },
        { ...untouched, state: "removed", doNotCall: true }
      ]
    )
    const many = run(rules.slice(2), ...Array.from({ length: 300 }, () => attempt("21T09:00", "busy")))
    assert.deepStrictEqual(
      [many[18].after.state, many[19].after.stop, many[299].after.stop],
      ["again", "attemptsMax", "attemptsMax"]
    )
  })
  it("of the default rules: three busy calls, then finished", () => {
    const steps = run(
      defaultRules(),
      attempt("21T09:00", "busy"),
      attempt("21T09:10", "busy"),
      attempt("21T09:20", "busy")
    )
    assert.deepStrictEqual(
      steps.map(({ after, decidedBy, timing }) => [timing, decidedBy, after.state]),
      [
        ["planned", "busy again soon", "again"],
        ["planned", "busy again soon", "again"],
        ["planned", null, "finished"]
      ]
    )
  })
  it("changes nothing it is given", () => {
    const history: History = { ...jana, attempts: [attempt("21T09:00", "busy")] }
    const before = structuredClone({ ...history, zone: null })
    dryRun(rulesOf({ then: { set: { Stage: "new" }, segment: "south", finish: "x" } }), known, history, fits)
    assert.deepStrictEqual({ ...history, zone: null }, before)
  })
})
