import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import type { Form } from "../../../src/domain/form/Form.ts"
import {
  answer,
  back,
  begin,
  counted,
  type FormState,
  missing,
  path,
  suggestedDisposition
} from "../../../src/domain/form/fillForm.ts"
import { dayOfText } from "../../../src/domain/Filter.ts"
import { formOf, insurance } from "./forms.ts"

const today = dayOfText("2026-11-21") ?? Number.NaN
const start = begin(insurance, today)

const given = (state: FormState, ...answers: ReadonlyArray<readonly [step: string, value: unknown]>): FormState =>
  answers.reduce(
    (before, [step, value]) =>
      Result.match(answer(insurance, before, step, value), {
        onSuccess: (after) => after,
        onFailure: (problem) => assert.fail(JSON.stringify(problem))
      }),
    state
  )
const refusal = (state: FormState, step: string, value: unknown): string =>
  Result.match(answer(insurance, state, step, value), {
    onSuccess: ({ answers }) => `taken: ${JSON.stringify(answers[step])}`,
    onFailure: (problem) => `${problem.step}: ${problem.found}; ${problem.allowed}`
  })

describe("a form on a call", () => {
  it("goes from step to step by the answers, to an end", () => {
    const steps: Array<string | null> = [start.at]
    let state = start
    for (const [step, value] of [
      ["has-car", true],
      ["cover", "full"],
      ["extras", ["theft", "glass", "theft"]],
      ["age", 12],
      ["note", "  a crack\r\nor two\u0007 "],
      ["renewal", "31. 1. 2027"],
      ["bye", null]
    ] as const) {
      state = given(state, [step, value])
      steps.push(state.at)
    }
    assert.deepStrictEqual(steps, ["has-car", "cover", "extras", "age", "note", "renewal", "bye", null])
    assert.deepStrictEqual(counted(insurance, state.answers), {
      "has-car": true,
      cover: "full",
      extras: ["glass", "theft"],
      age: 12,
      note: "a crack\nor two",
      renewal: "2027-01-31"
    })
    assert.deepStrictEqual(missing(insurance, state.answers), [])
    assert.strictEqual(suggestedDisposition(insurance, state.answers), "interested")
  })
  it("takes the first way whose conditions all hold, of earlier answers too", () => {
    const to = (extras: unknown, age: number) =>
      given(start, ["has-car", true], ["cover", "full"], ["extras", extras], ["age", age]).at
    assert.deepStrictEqual(
      [to(["glass"], 10), to(["glass"], 9), to(["theft"], 10), to(null, 10)],
      ["note", "renewal", "renewal", "renewal"]
    )
    const asked = given(start, ["has-car", true], ["cover", "full"], ["extras", null], ["age", 1])
    assert.strictEqual(given(asked, ["renewal", "2026-12-31"]).at, "soon")
    assert.strictEqual(given(asked, ["renewal", "2027-01-01"]).at, "bye")
  })
  it("suggests the last disposition on the way", () => {
    const asked = given(start, ["has-car", true], ["cover", "full"], ["extras", null], ["age", 1])
    assert.deepStrictEqual(
      [
        suggestedDisposition(insurance, {}),
        suggestedDisposition(insurance, given(start, ["has-car", false]).answers),
        suggestedDisposition(insurance, given(asked, ["renewal", "2026-12-31"]).answers),
        suggestedDisposition(formOf({ id: "a", text: "" }), {})
      ],
      ["interested", "no car", "urgent", null]
    )
  })

  it("goes back without losing answers, and forward again", () => {
    const asked = given(start, ["has-car", true], ["cover", "full"], ["extras", ["glass"]])
    const once = back(insurance, asked)
    assert.deepStrictEqual(once, { ...asked, at: "extras" })
    assert.strictEqual(back(insurance, back(insurance, once)).at, "has-car")
    assert.deepStrictEqual(back(insurance, start), start)
    assert.deepStrictEqual(given(once, ["extras", ["glass"]]), asked)
    const ended = given(start, ["has-car", false], ["bye", null])
    assert.deepStrictEqual([ended.at, back(insurance, ended).at], [null, "bye"])
  })
  it("does not count answers of a way that was left, and has them again when the agent returns to it", () => {
    const far = given(start, ["has-car", true], ["cover", "full"], ["extras", ["glass"]], ["age", 3])
    const left = given(far, ["has-car", false])
    assert.strictEqual(left.at, "bye")
    assert.deepStrictEqual(path(insurance, left.answers), ["has-car", "bye"])
    assert.deepStrictEqual(counted(insurance, left.answers), { "has-car": false })
    assert.deepStrictEqual(missing(insurance, left.answers), [])
    const returned = given(left, ["has-car", true])
    assert.strictEqual(returned.at, "cover")
    assert.deepStrictEqual(counted(insurance, returned.answers), counted(insurance, far.answers))
  })
  it("asks again where the way leads back", () => {
    const unknown = given(start, ["has-car", true], ["cover", "unknown"])
    assert.strictEqual(unknown.at, "explain")
    assert.deepStrictEqual(path(insurance, unknown.answers), ["has-car", "cover", "explain"])
    assert.deepStrictEqual(missing(insurance, unknown.answers), ["cover"])
    const again = given(unknown, ["explain", null])
    assert.deepStrictEqual(again, { today, at: "cover", answers: { "has-car": true } })
    assert.strictEqual(given(again, ["cover", "full"]).at, "extras")
  })

  it("tells which required answers are missing, beyond a missing one too", () => {
    assert.deepStrictEqual(missing(insurance, {}), ["has-car", "cover", "age", "renewal"])
    assert.deepStrictEqual(missing(insurance, { "has-car": true, age: 3 }), ["cover", "renewal"])
  })
  it("has answers by names that every object knows", () => {
    const form = formOf(
      {
        id: "constructor",
        text: "",
        question: { kind: "yes-no", required: true },
        next: [{ when: [{ op: "!=", value: true }], to: "no" }, { to: "yes" }]
      },
      { id: "no", text: "", end: true },
      { id: "yes", text: "" }
    )
    assert.deepStrictEqual(
      [path(form, {}), missing(form, {}), counted(form, {})],
      [["constructor", "no"], ["constructor"], {}]
    )
    assert.deepStrictEqual(path(form, { constructor: true }), ["constructor", "yes"])
  })
})

describe("an answer", () => {
  const at = (step: string): FormState => {
    const all = [
      ["has-car", true],
      ["cover", "full"],
      ["extras", ["glass"]],
      ["age", 12],
      ["note", "x"]
    ] as const
    return given(
      start,
      ...all.slice(
        0,
        all.findIndex(([id]) => id === step)
      )
    )
  }
  const asked = { ...at("note"), at: "note" }
  const renewal = given(asked, ["note", "x"])
  const cases: ReadonlyArray<readonly [state: FormState, step: string, value: unknown, said: string]> = [
    [start, "has-car", "yes", 'has-car: "yes"; true or false'],
    [start, "has-car", null, "has-car: nothing; an answer; this one is required"],
    [start, "has-car", undefined, "has-car: nothing; an answer; this one is required"],
    [start, "has-car", false, "taken: false"],
    [start, "age", 3, "age: a step that is not on the way; one of has-car"],
    [start, "none", 3, "none: a step that is not on the way; one of has-car"],
    [at("cover"), "cover", "FULL", 'cover: "FULL"; one of full, third-party, unknown'],
    [at("cover"), "cover", ["full"], "cover: a list of 1; one of full, third-party, unknown"],
    [at("extras"), "extras", "glass", 'extras: "glass"; a list of some of glass, theft, towing'],
    [at("extras"), "extras", ["glass", "tyres"], "extras: a list of 2; a list of some of glass, theft, towing"],
    [at("extras"), "extras", [], "taken: undefined"],
    [at("age"), "age", -1, "age: -1; a whole number from 0 up to 60"],
    [at("age"), "age", 61, "age: 61; a whole number from 0 up to 60"],
    [at("age"), "age", 1.5, "age: 1.5; a whole number from 0 up to 60"],
    [at("age"), "age", "5", 'age: "5"; a whole number from 0 up to 60'],
    [at("age"), "age", Number.NaN, "age: NaN; a whole number from 0 up to 60"],
    [at("age"), "age", 60, "taken: 60"],
    [asked, "note", "x".repeat(21), `note: "${"x".repeat(21)}"; a text of at most 20 characters`],
    [asked, "note", " \n ", "taken: undefined"],
    [asked, "note", 7, "note: 7; a text of at most 20 characters"],
    [renewal, "renewal", "2026-11-20", 'renewal: "2026-11-20"; a date from 2026-11-21 up to 2027-12-31'],
    [renewal, "renewal", "2026-11-21", 'taken: "2026-11-21"'],
    [renewal, "renewal", "2027-12-31", 'taken: "2027-12-31"'],
    [renewal, "renewal", "2028-01-01", 'renewal: "2028-01-01"; a date from 2026-11-21 up to 2027-12-31'],
    [renewal, "renewal", "2027-02-29", 'renewal: "2027-02-29"; a date from 2026-11-21 up to 2027-12-31'],
    [renewal, "renewal", "12/31/2026", 'renewal: "12/31/2026"; a date from 2026-11-21 up to 2027-12-31'],
    [given(start, ["has-car", false]), "bye", "x", 'bye: "x"; nothing: this step asks no question']
  ]
  for (const [state, step, value, said] of cases) {
    it(`${JSON.stringify(value)} to ${step} is ${said}`, () => assert.strictEqual(refusal(state, step, value), said))
  }
  it("of a number has no minus zero, which no store keeps", () => {
    const form = formOf({ id: "n", text: "", question: { kind: "number" } })
    const state = Result.getOrThrow(answer(form, begin(form, today), "n", -0))
    assert.isTrue(Object.is(state.answers["n"], 0))
  })
})

describe("any form with any answers", () => {
  const Small = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 4 }))
  const Steps = Schema.Array(
    Schema.Struct({ required: Schema.Boolean, yes: Small, otherwise: Small, of: Small })
  ).check(Schema.isMinLength(4), Schema.isMaxLength(4))
  /** Steps s0 to s3 ask, s4 ends. A yes leads onwards, so that the form is never refused. */
  const drawnForm = (drawn: typeof Steps.Type): Form =>
    formOf(
      ...drawn.map(({ of, otherwise, required, yes }, i) => ({
        id: `s${i}`,
        text: "",
        question: { kind: "yes-no", required },
        next: [
          { when: [{ op: "=", value: true }], to: `s${Math.max(i + 1, yes)}` },
          {
            when: [
              { op: "=", value: true, step: `s${Math.min(3, of)}` },
              { op: "!=", value: true }
            ],
            to: `s${yes}`
          },
          { to: `s${otherwise}` }
        ]
      })),
      { id: "s4", text: "" }
    )
  const Moves = Schema.Array(Schema.Literals(["yes", "no", "none", "back"])).check(Schema.isMaxLength(30))

  it.prop(
    "stays on its way, never loops, and is finished exactly when nothing required is missing",
    { drawn: Steps, moves: Moves },
    ({ drawn, moves }) => {
      const form = drawnForm(drawn)
      let state = begin(form, today)
      for (const move of moves) {
        const { at } = state
        if (move === "back" || at === null) state = back(form, state)
        else {
          const next = answer(form, state, at, at === "s4" || move === "none" ? null : move === "yes")
          if (Result.isFailure(next)) {
            assert.deepStrictEqual([next.failure.step, next.failure.found, move], [at, "nothing", "none"])
          } else state = next.success
        }
        const way = path(form, state.answers)
        assert.strictEqual(new Set(way).size, way.length)
        assert.isTrue(state.at === null || way.includes(state.at), `${state.at} is not on ${way.join()}`)
        assert.isTrue(Object.keys(counted(form, state.answers)).every((id) => way.includes(id)))
        assert.deepStrictEqual(path(form, counted(form, state.answers)), way)
        const lacking = missing(form, state.answers)
        if (state.at === null) assert.deepStrictEqual(lacking, [])
        assert.strictEqual(
          lacking.length === 0,
          way.at(-1) === "s4" && way.every((id) => isGivenOrFree(form, id, state))
        )
      }
      for (let i = 0; i < 5 && state.at !== null; i += 1) {
        state = Result.getOrThrow(answer(form, state, state.at, state.at === "s4" ? null : true))
      }
      assert.isNull(state.at, "five times yes lead to the end from anywhere")
    },
    { arbitrary: { runs: 500, seed: 1 } }
  )
  const isGivenOrFree = (form: Form, id: string, { answers }: FormState): boolean =>
    form.steps.find((step) => step.id === id)?.question?.required !== true || id in answers
})
