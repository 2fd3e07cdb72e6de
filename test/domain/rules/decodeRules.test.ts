import { assert, describe, it } from "@effect/vitest"
import { outcomeNames } from "../../../src/domain/Outcome.ts"
import { decoded, finish, known, problemsOf } from "./setting.ts"

/** The problems of one rule, without its path. */
const problemsOfRule = (input: object): ReadonlyArray<string> =>
  problemsOf([{ name: "one", ...input }]).map((line) => line.replace("rules[0].", ""))

describe("rules", () => {
  it("are taken as they are written", () => {
    const rules = [
      {
        name: "everything",
        why: "to see it all",
        when: {
          outcome: ["connected", "machine"],
          connected: true,
          attempts: { min: 1, max: 3 },
          attemptsWith: [{ outcome: ["busy", "congestion"], max: 0 }],
          disposition: ["call-later"],
          segment: ["north"],
          hours: { weekdays: ["mon", "fri"], from: "08:00", to: "24:00" },
          answers: { interested: ["yes", "maybe"], rating: [9, 10], "owns-car": [true] },
          contact: { op: "and", of: [{ op: ">", field: "parameter.Balance", value: 100 }] }
        },
        then: {
          again: { at: "asked", number: "next", by: "same-agent", windowMinutes: 30 },
          set: { Stage: 2, Fresh: "" },
          setAttempt: { score: "high" },
          segment: "south"
        }
      },
      { name: "never again", then: { doNotCall: true, finish: "refused" } }
    ]
    const { rules: taken, warnings } = decoded(rules)
    assert.deepStrictEqual<unknown>(taken, rules)
    assert.deepStrictEqual(warnings, [])
  })
  it("may be none, and may be of every kind of again", () => {
    const agains = [
      { afterMinutes: 0 },
      { afterMinutes: { from: 5, to: 10.5 } },
      { at: { days: 0, time: "23:59" } },
      { afterMinutes: 1, by: "anyone", number: "same" }
    ]
    assert.deepStrictEqual(decoded([]).rules, [])
    for (const again of agains) assert.deepStrictEqual(problemsOfRule({ then: { again } }), [])
  })
  it("may ask for parameters that other rules set, and for any while the columns are not known", () => {
    const asks = { name: "a", when: { contact: { op: "exists", field: "parameter.Promised" } }, then: { finish: "x" } }
    const sets = { name: "b", then: { set: { Promised: "yes" } } }
    assert.deepStrictEqual(problemsOf([asks, sets]), [])
    assert.deepStrictEqual(problemsOf([asks]), [
      'rules[0].when.contact.field | "parameter.Promised" | there is no column Promised; the columns are Balance, Stage'
    ])
    assert.deepStrictEqual(problemsOf([asks], { ...known, parameters: null }), [])
  })
})

const then = finish.then
const minutes = "minutes from 0 to 525600, or a block with from and to"
const span = "min, max or both, min not above max"
const hours = "weekdays, from, to or several of them, from before to (a night takes two rules)"
const deciding = "one of again, finish, remove, campaign, doNotCall; doNotCall also together with finish or remove"
const window = "windowMinutes together with by: same-agent (after that time anyone may call), and not without"

describe("bad rules say where, what was found and what is allowed", () => {
  const cases: ReadonlyArray<readonly [input: object, ...problems: ReadonlyArray<string>]> = [
    // Names and fields.
    [{ name: "", then }, 'name | "" | a name of 1 to 80 characters'],
    [{ why: "", then }, 'why | "" | text of 1 to 500 characters'],
    [{}, "then | nothing | a block with again, finish, remove, campaign, doNotCall, set, setAttempt, segment"],
    [{ then, if: {} }, 'if | an unknown field "if" | name, why, when, then'],
    [
      { when: { outcomes: ["busy"] }, then },
      'when.outcomes | an unknown field "outcomes" | ' +
        "outcome, connected, attempts, attemptsWith, disposition, segment, hours, answers, contact"
    ],
    [
      { when: 4, then },
      "when | 4 | a block with outcome, connected, attempts, attemptsWith, disposition, segment, hours, answers, contact"
    ],
    // Conditions.
    [{ when: { outcome: ["engaged"] }, then }, `when.outcome[0] | "engaged" | one of ${outcomeNames.join(", ")}`],
    [{ when: { outcome: "busy" }, then }, 'when.outcome | "busy" | a list of 1 to 12'],
    [{ when: { outcome: [] }, then }, "when.outcome | [] | a list of 1 to 12"],
    [{ when: { connected: "yes" }, then }, 'when.connected | "yes" | true or false'],
    [
      { when: { connected: true, outcome: ["busy"] }, then },
      'when | { connected: true, outcome: ["busy"] } | ' +
        "outcome and connected that go together: connected is true for the outcome connected alone"
    ],
    [{ when: { attempts: { min: 0 } }, then }, "when.attempts.min | 0 | a whole number from 1 to 254"],
    [{ when: { attempts: { max: 255 } }, then }, "when.attempts.max | 255 | a whole number from 1 to 254"],
    [{ when: { attempts: { max: 1.5 } }, then }, "when.attempts.max | 1.5 | a whole number from 1 to 254"],
    [{ when: { attempts: {} }, then }, `when.attempts | {} | ${span}`],
    [{ when: { attempts: { min: 3, max: 2 } }, then }, `when.attempts | { min: 3, max: 2 } | ${span}`],
    [{ when: { attempts: 3 }, then }, "when.attempts | 3 | a block with min, max"],
    [{ when: { attemptsWith: [{ max: 2 }] }, then }, "when.attemptsWith[0].outcome | nothing | a list of 1 to 12"],
    [
      { when: { attemptsWith: [{ outcome: ["busy"] }] }, then },
      `when.attemptsWith[0] | { outcome: ["busy"] } | ${span}`
    ],
    [
      { when: { hours: { weekdays: ["monday"] } }, then },
      'when.hours.weekdays[0] | "monday" | one of sun, mon, tue, wed, thu, fri, sat'
    ],
    [{ when: { hours: { from: "9:00" } }, then }, 'when.hours.from | "9:00" | a clock time such as "09:30"'],
    [
      { when: { hours: { to: "24:01" } }, then },
      'when.hours.to | "24:01" | a clock time such as "09:30", up to "24:00"'
    ],
    [{ when: { hours: {} }, then }, `when.hours | {} | ${hours}`],
    [
      { when: { hours: { from: "20:00", to: "08:00" } }, then },
      `when.hours | { from: "20:00", to: "08:00" } | ${hours}`
    ],
    [
      { when: { answers: { interested: [null] } }, then },
      "when.answers.interested[0] | null | a number, true, false, or text of at most 1000 characters"
    ],
    [{ when: { answers: {} }, then }, "when.answers | {} | at least one question"],
    // What the campaign does not have.
    [
      { when: { disposition: ["sale", "sold"] }, then },
      'when.disposition[1] | "sold" | a disposition of the campaign: sale, refused, call-later, not-in'
    ],
    [
      { when: { disposition: ["busy"] }, then },
      'when.disposition[0] | "busy" | a disposition of the campaign: sale, refused, call-later, not-in'
    ],
    [{ when: { segment: ["west"] }, then }, 'when.segment[0] | "west" | a segment of the campaign: north, south'],
    [{ then: { segment: "west" } }, 'then.segment | "west" | a segment of the campaign: north, south'],
    [{ then: { campaign: "summer" } }, 'then.campaign | "summer" | another campaign: winter, reminders'],
    [
      { when: { answers: { happy: ["yes"] } }, then },
      'when.answers.happy | ["yes"] | a question of the script: interested, rating, owns-car'
    ],
    [
      { when: { answers: { interested: ["perhaps"] } }, then },
      'when.answers.interested[0] | "perhaps" | an answer to this question: yes, no, maybe'
    ],
    // The contact's fields.
    [
      { when: { contact: { op: "=", field: "town", value: "Brno" } }, then },
      'when.contact.field | "town" | a field of the contact or the campaign, or parameter. and the name of a column'
    ],
    [
      {
        when: { contact: { op: "and", of: [{ op: "not", filter: { op: "exists", field: "parameter.Debt" } }] } },
        then
      },
      'when.contact.of[0].filter.field | "parameter.Debt" | there is no column Debt; the columns are Balance, Stage'
    ],
    [
      { when: { contact: { op: "not", filter: { op: "or", of: [{ op: ">", field: "attempts", value: 2 }] } } }, then },
      'when.contact.filter.of[0].field | "attempts" | attempts of the rule, beside contact'
    ],
    // Actions.
    [{ then: {} }, "then | {} | at least one thing to do"],
    [{ then: { finish: "x", remove: true } }, `then | { finish: "x", remove: true } | ${deciding}`],
    [{ then: { doNotCall: true, campaign: "winter" } }, `then | { doNotCall: true, campaign: "winter" } | ${deciding}`],
    [
      { then: { doNotCall: true, again: { afterMinutes: 1 } } },
      `then | { doNotCall: true, again: { afterMinutes: 1 } } | ${deciding}`
    ],
    [{ then: { remove: false } }, "then.remove | false | true"],
    [{ then: { doNotCall: "yes" } }, 'then.doNotCall | "yes" | true'],
    [{ then: { finish: "" } }, 'then.finish | "" | a name of 1 to 200 characters'],
    [{ then: { again: {} } }, "then.again | {} | either afterMinutes or at"],
    [
      { then: { again: { afterMinutes: 5, at: "asked" } } },
      'then.again | { afterMinutes: 5, at: "asked" } | either afterMinutes or at'
    ],
    [{ then: { again: { afterMinutes: -1 } } }, `then.again.afterMinutes | -1 | ${minutes}`],
    [{ then: { again: { afterMinutes: "10" } } }, `then.again.afterMinutes | "10" | ${minutes}`],
    [
      { then: { again: { afterMinutes: { from: 10, to: 5 } } } },
      "then.again.afterMinutes | { from: 10, to: 5 } | from that is not above to"
    ],
    [
      { then: { again: { afterMinutes: { from: 10 } } } },
      "then.again.afterMinutes.to | nothing | minutes from 0 to 525600"
    ],
    [
      { then: { again: { at: "tomorrow" } } },
      'then.again.at | "tomorrow" | asked, or a block with days and time such as { days: 1, time: "09:30" }'
    ],
    [
      { then: { again: { at: { days: 400, time: "10:00" } } } },
      "then.again.at.days | 400 | a whole number from 0 to 365"
    ],
    [{ then: { again: { at: { days: 1, time: "10" } } } }, 'then.again.at.time | "10" | a clock time such as "09:30"'],
    [{ then: { again: { afterMinutes: 5, number: "last" } } }, 'then.again.number | "last" | one of same, next'],
    [
      { then: { again: { afterMinutes: 5, by: "same-agent" } } },
      `then.again | { afterMinutes: 5, by: "same-agent" } | ${window}`
    ],
    [
      { then: { again: { afterMinutes: 5, windowMinutes: 5 } } },
      `then.again | { afterMinutes: 5, windowMinutes: 5 } | ${window}`
    ],
    [
      { then: { again: { afterMinutes: 5, by: "same-agent", windowMinutes: 0 } } },
      "then.again.windowMinutes | 0 | minutes from 1 to 10080"
    ],
    [{ then: { set: {} } }, "then.set | {} | at least one name with its value"],
    [{ then: { set: { Stage: true } } }, "then.set.Stage | true | a number, or text of at most 1000 characters"],
    [{ then: { setAttempt: [] } }, "then.setAttempt | [] | a block"],
    [{ then: { set: { "": "x" } } }, 'then.set. | an unknown field "" | a name of 1 to 200 characters'],
    // Against each other.
    [
      { when: { disposition: ["not-in", "sale"] }, then: { again: { afterMinutes: 5 } } },
      'when.disposition[1] | "sale" | a disposition that is not final, as the contact is called again'
    ],
    [
      { when: { disposition: ["not-in"] }, then: { again: { at: "asked" } } },
      'when.disposition[0] | "not-in" | a disposition that asks for a callback time, as the rule has at: asked'
    ]
  ]
  for (const [input, ...problems] of cases) {
    it(problems[0], () => {
      assert.deepStrictEqual(problemsOfRule(input), problems)
    })
  }
  it("for all rules at once, each field by itself", () => {
    assert.deepStrictEqual(
      problemsOf([
        { name: "a", when: { outcome: ["bsy"], segment: ["west"] }, then: { finish: "" } },
        finish,
        { name: "b", when: { segment: ["west"], contact: { op: "is" } }, then: { campaign: "summer" } },
        finish
      ]),
      [
        `rules[0].when.outcome[0] | "bsy" | one of ${outcomeNames.join(", ")}`,
        'rules[0].then.finish | "" | a name of 1 to 200 characters',
        'rules[2].when.contact.op | "is" | one of and or not = != < <= > >= contains startsWith matches in exists between before after',
        'rules[2].when.segment[0] | "west" | a segment of the campaign: north, south',
        'rules[2].then.campaign | "summer" | another campaign: winter, reminders',
        'rules[3].name | "done" | a name of its own; rules[1] has this one'
      ]
    )
  })
  it("names that no campaign of this kind has", () => {
    const bare = { ...known, segments: [], dispositions: [] }
    assert.deepStrictEqual(problemsOf([{ ...finish, when: { segment: ["a"], disposition: ["b"] } }], bare), [
      'rules[0].when.disposition[0] | "b" | a disposition of the campaign; there is none',
      'rules[0].when.segment[0] | "a" | a segment of the campaign; there is none'
    ])
  })
  it("fields of filters that a rule has in its own words", () => {
    const fields = ["attempts", "lastOutcome", "state", "lastAttemptAt", "dueAt", "segment"]
    for (const field of fields) {
      const problems = problemsOfRule({ when: { contact: { op: "exists", field } }, then })
      assert.strictEqual(problems.length, 1, field)
      assert.isTrue(problems[0].startsWith(`when.contact.field | "${field}" | `), problems[0])
    }
    assert.deepStrictEqual(problemsOfRule({ when: { contact: { op: "exists", field: "loadedAt" } }, then }), [])
  })
})

describe("hostile rules are refused in a moment", () => {
  it("no list, too many, too deep, too large", () => {
    let deep: unknown = { op: "exists", field: "city" }
    for (let i = 0; i < 100_000; i += 1) deep = { op: "not", filter: deep }
    const loop: { when?: unknown } = {}
    loop.when = loop
    assert.deepStrictEqual(problemsOf(null), ["rules | null | a list of rules"])
    assert.deepStrictEqual(problemsOf(Array(501).fill(finish)), ["rules | 501 rules | at most 500 rules"])
    const large = ["rules | more than anybody reads | at most 100000 values, nested at most 40 deep"]
    assert.deepStrictEqual(problemsOf([{ ...finish, when: { contact: deep } }]), large)
    assert.deepStrictEqual(problemsOf([loop]), large)
    assert.deepStrictEqual(problemsOf([{ ...finish, when: { outcome: Array(200_000).fill("x") } }]), large)
  })
  it("names of members every object has", () => {
    const input = JSON.parse(
      '[{"name":"a","__proto__":{"then":{"finish":"x"}},"then":{"set":{"__proto__":"1"}}}]'
    ) as unknown
    assert.deepStrictEqual(problemsOf(input), [
      'rules[0].__proto__ | an unknown field "__proto__" | name, why, when, then'
    ])
    const set = JSON.parse('[{"name":"a","then":{"set":{"__proto__":"1","constructor":"2"}}}]') as unknown
    assert.deepStrictEqual(Object.entries(decoded(set).rules[0].then.set ?? {}), [
      ["__proto__", "1"],
      ["constructor", "2"]
    ])
  })
  it("with two hundred problems at most", () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ name: `r${i}`, then: { finish: "" } }))
    assert.strictEqual(problemsOf(many).length, 200)
    const three = { name: "", why: "", then: { finish: "" } }
    assert.strictEqual(problemsOf([...many.slice(0, 199), three]).length, 200)
  })
})
