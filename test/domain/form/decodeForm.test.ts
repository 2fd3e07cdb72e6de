import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { decodeForm } from "../../../src/domain/form/decodeForm.ts"
import { problemsOf, problemText } from "./forms.ts"

const yesNo = { kind: "yes-no" }
const choice = (id: string, label: string) => ({ id, label })
const when = (value: unknown, rest: object = {}) => [{ op: "=", value, ...rest }]

describe("a form that cannot be meant", () => {
  const cases: ReadonlyArray<readonly [name: string, steps: ReadonlyArray<unknown>, problems: ReadonlyArray<string>]> =
    [
      [
        "two steps with one id",
        [
          { id: "a", text: "" },
          { id: "b", text: "" },
          { id: "a", text: "" }
        ],
        ['a, steps[2].id: "a"; an id no other step has']
      ],
      [
        "a way to a step that does not exist",
        [
          { id: "a", text: "", next: [{ to: "c" }] },
          { id: "b", text: "" }
        ],
        ['a, steps[0].next[0].to: "c"; one of a, b']
      ],
      [
        "choices that are the same",
        [
          { id: "a", text: "", question: { kind: "single", choices: [choice("x", "X"), choice("x", "Y")] } },
          { id: "b", text: "", question: { kind: "multiple", choices: [choice("x", "X"), choice("y", "X")] } }
        ],
        [
          'a, steps[0].question.choices: "x" twice; choices with different ids',
          'b, steps[1].question.choices: "X" twice; choices with different labels'
        ]
      ],
      [
        "ranges without anything in them",
        [
          { id: "a", text: "", question: { kind: "number", min: 5, max: 4 } },
          { id: "b", text: "", question: { kind: "date", from: "2026-02-01", to: "2026-01-31" } },
          { id: "c", text: "", question: { kind: "date", from: { daysFromToday: 1 }, to: { daysFromToday: -1 } } },
          { id: "d", text: "", question: { kind: "date", from: { daysFromToday: 1 }, to: "2020-01-01" } }
        ],
        [
          "a, steps[0].question.max: 4; 5 or more, as min is 5",
          "b, steps[1].question.to: 2026-01-31; a day that is not before 2026-02-01",
          "c, steps[2].question.to: today - 1; a day that is not before today + 1"
        ]
      ],
      [
        "ways out of their place",
        [
          { id: "a", text: "", question: yesNo, next: [{ when: when(true), to: "b" }] },
          { id: "b", text: "", next: [{ to: "c" }, { to: "a" }] },
          { id: "c", text: "", end: true, next: [{ to: "b" }] }
        ],
        [
          "a, steps[0].next[0].when: a list of 1; no condition in the last way: it is taken when no other is",
          "b, steps[1].next[0].when: nothing; conditions in all but the last",
          "c, steps[2].next: a list of 1; no way on from a step that ends the form"
        ]
      ],
      [
        "conditions that can never be weighed",
        [
          {
            id: "a",
            text: "",
            next: [
              { when: when(true), to: "b" },
              { when: when(1, { step: "b" }), to: "b" },
              { when: when("x", { step: "c" }), to: "b" },
              { when: when("x", { step: "d" }), to: "b" },
              { when: when("y", { step: "d", op: "has" }), to: "b" },
              { when: when(true, { step: "b", op: "<" }), to: "b" },
              { when: when("2026-13-01", { step: "e" }), to: "b" },
              { when: when(7, { step: "f" }), to: "b" },
              { when: when("7", { step: "g" }), to: "b" },
              { when: when(true, { step: "none" }), to: "b" },
              { to: "b" }
            ]
          },
          { id: "b", text: "", question: yesNo },
          { id: "c", text: "", question: { kind: "single", choices: [choice("y", "Y"), choice("z", "Z")] } },
          { id: "d", text: "", question: { kind: "multiple", choices: [choice("x", "X")] } },
          { id: "e", text: "", question: { kind: "date" } },
          { id: "f", text: "", question: { kind: "text" } },
          { id: "g", text: "", question: { kind: "number" } }
        ],
        [
          "a, steps[0].next[0].when[0].step: nothing; a step with a question",
          "a, steps[0].next[1].when[0].value: 1; true or false",
          'a, steps[0].next[2].when[0].value: "x"; one of y, z',
          "a, steps[0].next[3].when[0].op: =; has for an answer of the kind multiple",
          'a, steps[0].next[4].when[0].value: "y"; one of x',
          "a, steps[0].next[5].when[0].op: <; = != for an answer of the kind yes-no",
          'a, steps[0].next[6].when[0].value: "2026-13-01"; a date such as 2026-11-21',
          "a, steps[0].next[7].when[0].value: 7; a text",
          'a, steps[0].next[8].when[0].value: "7"; a number',
          'a, steps[0].next[9].when[0].step: "none"; a step with a question'
        ]
      ],
      [
        "a way round without a question",
        [
          { id: "a", text: "" },
          { id: "b", text: "" },
          { id: "c", text: "", next: [{ to: "b" }] }
        ],
        ["b, steps[1].next: b → c → b; a way round with a question in it whose answer can lead out"]
      ],
      [
        "a way round whose question leads nowhere else",
        [
          { id: "a", text: "", question: yesNo, next: [{ when: when(true), to: "b" }, { to: "b" }] },
          { id: "b", text: "", next: [{ to: "a" }] }
        ],
        ["a, steps[0].next: a → b → a; a way round with a question in it whose answer can lead out"]
      ],
      [
        "a way round that only a question outside of it could leave",
        [
          { id: "a", text: "", question: yesNo },
          { id: "b", text: "", next: [{ when: when(true, { step: "a" }), to: "d" }, { to: "c" }] },
          { id: "c", text: "", question: yesNo, next: [{ to: "b" }] },
          { id: "d", text: "" }
        ],
        ["b, steps[1].next: b → c → b; a way round with a question in it whose answer can lead out"]
      ],
      [
        "two ways round that lead only into each other",
        [
          { id: "a", text: "", question: yesNo, next: [{ when: when(true), to: "b" }, { to: "c" }] },
          { id: "b", text: "", next: [{ to: "a" }] },
          { id: "c", text: "", next: [{ to: "a" }] },
          { id: "d", text: "" }
        ],
        ["a, steps[0].next: no way to an end; a way to an end"]
      ],
      [
        "a step that no way leads to (a warning)",
        [
          { id: "a", text: "", next: [{ to: "c" }] },
          { id: "b", text: "" },
          { id: "c", text: "" }
        ],
        ["warning: b, steps[1]: no way leads to this step; a way from the first"]
      ],
      [
        "nothing: a way round with a question that can leave it",
        [
          { id: "a", text: "", question: yesNo, next: [{ when: when(true), to: "c" }, { to: "b" }] },
          { id: "b", text: "", next: [{ to: "a" }] },
          { id: "c", text: "" }
        ],
        []
      ]
    ]
  for (const [name, steps, problems] of cases) {
    it(`has ${name}`, () => assert.deepStrictEqual(problemsOf(...steps), problems))
  }
})

describe("a form that is not one", () => {
  const problems = (input: unknown) =>
    Result.match(decodeForm(input), { onSuccess: () => [], onFailure: (all) => all.map(problemText) })

  it("is told by step what stands there and what is allowed", () => {
    const steps = [
      { id: "Has Car", text: "Do you have a {car}?", question: { kind: "boolean" } },
      { id: "age", text: "", question: { kind: "number", max: "9" }, extra: 1 },
      { id: "when", text: "", question: { kind: "date", from: "tomorrow" }, next: [] },
      7
    ]
    const found = problems({ id: "test", steps })
    assert.deepStrictEqual(
      found.filter((each) => !each.includes("in braces")),
      [
        "the form, title: nothing; a value; this one is needed",
        'Has Car, steps[0].id: "Has Car"; a name of small letters, digits and -, such as has-car',
        'Has Car, steps[0].question: an object whose kind is "boolean"; an object whose kind is one of single, multiple, ' +
          "text, number, date, yes-no",
        "age, steps[1].extra: 1; no key of this name",
        'age, steps[1].question.max: "9"; a number',
        'when, steps[2].question.from: "tomorrow"; a date such as 2026-11-21',
        "when, steps[2].next: a list of 0; 1 to 100 ways",
        "the form, steps[3]: 7; an object"
      ]
    )
    assert.strictEqual(found.length, 9)
    for (const input of [null, undefined, 7, "x", []]) assert.strictEqual(problems(input).length >= 1, true)
  })
  it("is refused at once when it is too long", () => {
    const steps = Array.from({ length: 100_000 }, () => 7)
    assert.deepStrictEqual(problems({ id: "a", title: "A", steps }), [
      "the form, steps: a list of 100000; a list of at most 500"
    ])
    const choices = Array.from({ length: 100_000 }, () => 7)
    assert.deepStrictEqual(
      problems({ id: "a", title: "A", steps: [{ id: "a", question: { kind: "single", choices } }] }),
      ["a, steps[0].question.choices: a list of 100000; a list of at most 200"]
    )
  })
})

describe("the check of ways", () => {
  const Target = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5 }))
  const Steps = Schema.Array(
    Schema.Struct({
      asks: Schema.Boolean,
      yes: Target,
      otherwise: Target,
      end: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 }))
    })
  ).check(Schema.isMinLength(6), Schema.isMaxLength(6))

  it.prop(
    "refuses a form exactly when some step can be reached from which no answers lead to an end",
    { drawn: Steps },
    ({ drawn }) => {
      /** Where the answers of a step can lead, said without the form's own code. */
      const targets = drawn.map(({ asks, end, otherwise, yes }) =>
        end === 0 ? [] : asks ? [yes, otherwise] : [otherwise]
      )
      const canEnd = (from: number): boolean => {
        const seen = new Set([from])
        for (const at of seen) targets[at].forEach((to) => seen.add(to))
        return [...seen].some((at) => targets[at].length === 0)
      }
      const steps = drawn.map(({ asks, end, otherwise, yes }, i) => ({
        id: `s${i}`,
        text: "",
        ...(asks ? { question: yesNo } : {}),
        ...(end === 0
          ? { end: true }
          : { next: [...(asks ? [{ when: when(true), to: `s${yes}` }] : []), { to: `s${otherwise}` }] })
      }))
      const refused = problemsOf(...steps).some((each) => !each.startsWith("warning"))
      assert.strictEqual(refused, !drawn.every((_, i) => canEnd(i)))
    },
    { arbitrary: { runs: 1_000, seed: 1 } }
  )
})
