import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { Answers, AnswerValue } from "../../src/domain/form/Form.ts"
import {
  answersOf,
  type AnswerSearch,
  type AnswerTest,
  type AttemptKey,
  searchAnswers,
  writeAnswers
} from "../../src/store/answers.ts"
import { migrate, schemaOf, schemaVersion } from "../../src/store/migrations.ts"
import { tables } from "../../src/store/schema.ts"
import { layer } from "../../src/store/Sqlite.ts"
import { formOf, insurance } from "../domain/form/forms.ts"

const inMemory = <A, E>(effect: Effect.Effect<A, E, SqlClient.SqlClient>) =>
  effect.pipe(Effect.provide(Layer.fresh(layer(":memory:"))))

const key = (id: number, run = "floor"): AttemptKey => ({ run, id })
const all: Answers = {
  "has-car": true,
  cover: "third-party",
  extras: ["glass", "theft"],
  age: 12.5,
  note: "It's ŽLUŤOUČKÝ;\n100 % 'x'",
  renewal: "2027-01-31"
}

const find = (step: string, test: AnswerTest | null, more: Partial<AnswerSearch> = {}) =>
  Effect.map(searchAnswers({ form: "test", step, test, after: null, limit: 100, ...more }), (found) =>
    found.map(({ id, run }) => (run === "floor" ? id : `${run} ${id}`))
  )

describe("answers of an attempt", () => {
  it.effect("are given back as they were, without those of ways that were left", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        yield* writeAnswers(key(1), insurance, all)
        assert.deepStrictEqual(yield* answersOf(key(1), "test"), all)
        yield* writeAnswers(key(2), insurance, { ...all, "has-car": false })
        assert.deepStrictEqual(yield* answersOf(key(2), "test"), { "has-car": false })
        assert.deepStrictEqual(yield* answersOf(key(1), "other"), {})
        assert.deepStrictEqual(yield* answersOf(key(1, "other"), "test"), {})
      })
    )
  )
  it.effect("replace those the attempt had, and no others", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        yield* writeAnswers(key(1), insurance, all)
        yield* writeAnswers(key(2), insurance, all)
        yield* writeAnswers(key(1), insurance, { ...all, extras: ["towing"] })
        yield* writeAnswers(key(2), { ...insurance, id: "other" }, { "has-car": false })
        const changed = yield* answersOf(key(1), "test")
        assert.deepStrictEqual(changed["extras"], ["towing"])
        assert.deepStrictEqual(yield* answersOf(key(2), "test"), all)
        assert.deepStrictEqual(yield* answersOf(key(2), "other"), { "has-car": false })
        yield* writeAnswers(key(1), insurance, {})
        assert.deepStrictEqual(yield* answersOf(key(1), "test"), {})
      })
    )
  )
  it.effect("can be more than one statement takes", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        const choices = Array.from({ length: 200 }, (_, i) => ({ id: `c${i}`, label: `Choice ${i}` }))
        const ids = choices.map(({ id }) => id)
        const steps = Array.from({ length: 40 }, (_, i) => ({
          id: `s${i}`,
          text: "",
          question: { kind: "multiple", choices }
        }))
        const many = Object.fromEntries(steps.map(({ id }) => [id, ids]))
        yield* writeAnswers(key(1), formOf(...steps), many)
        assert.deepStrictEqual(yield* answersOf(key(1), "test"), many)
      })
    )
  )
})

describe("a search for answers", () => {
  it.effect("is by step, for a value, a text in it, a range of numbers or dates", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        yield* writeAnswers(key(3), insurance, all)
        yield* writeAnswers(key(1), insurance, { ...all, age: -0.5, cover: "full", renewal: "2026-12-31" })
        yield* writeAnswers(key(7, "before"), insurance, { ...all, extras: ["glass"], note: "100" })
        yield* writeAnswers(key(2), insurance, { "has-car": false })
        yield* writeAnswers(key(9), { ...insurance, id: "other" }, all)
        const cases: ReadonlyArray<readonly [step: string, test: AnswerTest | null, found: ReadonlyArray<unknown>]> = [
          ["has-car", null, ["before 7", 1, 2, 3]],
          ["has-car", { kind: "equal", value: false }, [2]],
          ["cover", { kind: "equal", value: "FULL" }, [1]],
          ["cover", { kind: "equal", value: "third" }, []],
          ["extras", { kind: "equal", value: "glass" }, ["before 7", 1, 3]],
          ["extras", { kind: "equal", value: "theft" }, [1, 3]],
          ["extras", { kind: "contains", text: "" }, ["before 7", 1, 3]],
          ["note", { kind: "contains", text: "žluťoučký" }, [3]],
          ["note", { kind: "contains", text: "100 % 'X" }, [3]],
          ["note", { kind: "contains", text: "%" }, [3]],
          ["note", { kind: "contains", text: "_" }, []],
          ["note", { kind: "numbers", from: 0 }, []],
          ["age", { kind: "equal", value: 12.5 }, ["before 7", 3]],
          ["age", { kind: "equal", value: "12.5" }, ["before 7", 3]],
          ["age", { kind: "numbers", from: 12.5, to: 12.5 }, ["before 7", 3]],
          ["age", { kind: "numbers", to: 12 }, [1]],
          ["age", { kind: "numbers" }, ["before 7", 1, 3]],
          ["age", { kind: "dates" }, []],
          ["renewal", { kind: "dates", from: "2027-01-01", to: "2027-01-31" }, ["before 7", 3]],
          ["renewal", { kind: "dates", to: "2026-12-31" }, [1]],
          ["renewal", { kind: "dates", from: "2027-02-01" }, []],
          ["renewal", { kind: "dates", from: "1. 1. 2027" }, ["before 7", 3]],
          ["renewal", { kind: "dates", from: "soon" }, []],
          ["renewal", { kind: "numbers" }, []],
          ["renewal", { kind: "equal", value: "2026-12-31" }, [1]],
          ["none", null, []]
        ]
        for (const [step, test, found] of cases) {
          assert.deepStrictEqual(yield* find(step, test), found, `${step} ${JSON.stringify(test)}`)
        }
      })
    )
  )
  it.effect("comes page by page, without gaps", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        for (const run of ["b", "a"]) {
          for (let id = 1; id <= 7; id += 1) yield* writeAnswers(key(id, run), insurance, all)
        }
        const pages: Array<ReadonlyArray<AttemptKey>> = []
        let after: AttemptKey | null = null
        for (;;) {
          const search: AnswerSearch = { form: "test", step: "extras", test: null, after, limit: 4 }
          const page: ReadonlyArray<AttemptKey> = yield* searchAnswers(search)
          if (page.length === 0) break
          pages.push(page)
          after = page[page.length - 1]
        }
        assert.deepStrictEqual(
          pages.map((page) => page.map(({ id, run }) => `${run}${id}`).join(" ")),
          ["a1 a2 a3 a4", "a5 a6 a7 b1", "b2 b3 b4 b5", "b6 b7"]
        )
      })
    )
  )
  it.effect("looks equality and ranges up in an index", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        const sql = yield* SqlClient.SqlClient
        const plan = (condition: string) =>
          Effect.map(
            sql.unsafe<{ readonly detail: string }>(
              `EXPLAIN QUERY PLAN SELECT run, attempt FROM answers WHERE form = 'a' AND step = 'b' AND ${condition}`
            ),
            (rows) => rows.map(({ detail }) => detail).join()
          )
        assert.match(yield* plan("folded = 'x'"), /answers_by_text \(form=\? AND step=\? AND folded=\?\)/)
        assert.match(
          yield* plan("kind = 'number' AND number IS NOT NULL AND number >= 1 AND number <= 2"),
          /answers_by_number \(form=\? AND step=\? AND kind=\? AND number>\? AND number<\?\)/
        )
      })
    )
  )

  const Word = Schema.Literals(["Ano", "ano", "ne", "Možná", "MOŽNÁ ne", "a%", "%"])
  const Given = Schema.Struct({
    text: Word,
    number: Schema.Int.check(Schema.isBetween({ minimum: -3, maximum: 3 })),
    picks: Schema.Array(Schema.Literals(["x", "y", "z"])).check(Schema.isMaxLength(3))
  })
  const form = formOf(
    { id: "text", text: "", question: { kind: "text" } },
    { id: "number", text: "", question: { kind: "number" } },
    {
      id: "picks",
      text: "",
      question: { kind: "multiple", choices: ["x", "y", "z"].map((id) => ({ id, label: id })) }
    }
  )
  const holds = (answer: AnswerValue | undefined, test: AnswerTest): boolean => {
    const values: ReadonlyArray<string | number | boolean> =
      answer === undefined ? [] : typeof answer === "object" ? answer : [answer]
    const small = (value: unknown) => String(value).toLowerCase()
    return values.some((value) => {
      if (test.kind === "equal") return small(value) === small(test.value)
      if (test.kind === "contains") return small(value).includes(small(test.text))
      return test.kind === "numbers" && Number(value) >= (test.from ?? -9) && Number(value) <= (test.to ?? 9)
    })
  }
  it.effect.prop(
    "finds what reading every answer finds",
    { given: Schema.Array(Given).check(Schema.isMaxLength(12)), word: Word, from: Given, to: Given },
    ({ from, given, to, word }) =>
      inMemory(
        Effect.gen(function* () {
          yield* migrate
          const kept = given.map(({ picks, ...rest }): Answers => ({ ...rest, ...(picks.length > 0 ? { picks } : {}) }))
          for (const [i, answers] of kept.entries()) yield* writeAnswers(key(i), form, answers)
          const tests: ReadonlyArray<readonly [string, AnswerTest]> = [
            ["text", { kind: "equal", value: word }],
            ["text", { kind: "contains", text: word.slice(1) }],
            ["number", { kind: "equal", value: from.number }],
            ["number", { kind: "numbers", from: from.number, to: to.number }],
            ["number", { kind: "numbers", to: to.number }],
            ["picks", { kind: "equal", value: "y" }]
          ]
          for (const [step, test] of tests) {
            const expected = kept.flatMap((answers, i) => (holds(answers[step], test) ? [i] : []))
            assert.deepStrictEqual(yield* find(step, test), expected)
          }
        })
      ),
    { arbitrary: { runs: 60, seed: 1 } }
  )
})

describe("a file from before there were answers", () => {
  it.effect("gets their table and keeps what it has", () =>
    inMemory(
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        for (const statement of tables) yield* sql.unsafe(statement)
        yield* sql`CREATE TABLE outpace_migrations (migration_id integer PRIMARY KEY NOT NULL, created_at datetime NOT NULL
          DEFAULT current_timestamp, name VARCHAR(255) NOT NULL)`
        yield* sql`INSERT INTO outpace_migrations (migration_id, name) VALUES (1, 'attempts_spans_results')`
        yield* sql`INSERT INTO results VALUES (1, '', '0.1.0', 'tune', '{}')`
        yield* migrate
        assert.strictEqual(yield* schemaOf, schemaVersion)
        yield* writeAnswers(key(1), insurance, all)
        assert.deepStrictEqual(yield* answersOf(key(1), "test"), all)
        assert.strictEqual((yield* sql`SELECT * FROM results`).length, 1)
      })
    )
  )
})
