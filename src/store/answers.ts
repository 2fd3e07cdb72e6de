import { Array as Arr, Effect } from "effect"
import { SqlClient, type Statement } from "effect/sql"
import { dayOfText } from "../domain/Filter.ts"
import { counted } from "../domain/form/fillForm.ts"
import type { Answers, AnswerValue, Form, QuestionKind } from "../domain/form/Form.ts"

/** An attempt by its key in `attempts`. */
export interface AttemptKey {
  readonly run: string
  readonly id: number
}

/** Rows in one statement; SQLite takes 32,766 values. */
const chunkSize = 500

/** Keeps the answers of an attempt to a form, in place of those it had. Those of ways that were left are left out. */
export const writeAnswers = Effect.fn("writeAnswers")(function* (attempt: AttemptKey, form: Form, answers: Answers) {
  const sql = yield* SqlClient.SqlClient
  const given = counted(form, answers)
  const rows = form.steps.flatMap(({ id, question }) =>
    question === undefined || !Object.hasOwn(given, id)
      ? []
      : valueRows(question.kind, given[id]).map((row) => ({ ...keyColumns(attempt, form.id), step: id, ...row }))
  )
  yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* sql`DELETE FROM answers WHERE run = ${attempt.run} AND attempt = ${attempt.id} AND form = ${form.id}`
      for (const chunk of Arr.chunksOf(rows, chunkSize)) yield* sql`INSERT INTO answers ${sql.insert(chunk)}`
    })
  )
})

/** Keeps texts, by step, as the answers of an attempt to a form that is not known as one: the keys of a call flow. */
export const writeTextAnswers = Effect.fn("writeTextAnswers")(function* (
  attempt: AttemptKey,
  form: string,
  given: Readonly<Record<string, string>>
) {
  const sql = yield* SqlClient.SqlClient
  const rows = Object.entries(given).flatMap(([step, text]) =>
    valueRows("text", text).map((row) => ({ ...keyColumns(attempt, form), step, ...row }))
  )
  yield* sql.withTransaction(
    Effect.gen(function* () {
      yield* sql`DELETE FROM answers WHERE run = ${attempt.run} AND attempt = ${attempt.id} AND form = ${form}`
      for (const chunk of Arr.chunksOf(rows, chunkSize)) yield* sql`INSERT INTO answers ${sql.insert(chunk)}`
    })
  )
})

/** The answers of an attempt to a form as they were given; none for an attempt without. */
export const answersOf = Effect.fn("answersOf")(function* (attempt: AttemptKey, form: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<Pick<AnswerRow, "step" | "kind" | "value" | "number">>`
    SELECT step, kind, value, number FROM answers
    WHERE run = ${attempt.run} AND attempt = ${attempt.id} AND form = ${form}
    ORDER BY step, position`
  const answers: Answers = Object.fromEntries(
    [...Map.groupBy(rows, ({ step }) => step)].map(([step, same]) => [step, valueOf(same)])
  )
  return answers
})

/** What is searched for. Texts are compared without regard to capitals; ranges include both ends. */
export type AnswerTest =
  | { readonly kind: "equal"; readonly value: string | number | boolean }
  | { readonly kind: "contains"; readonly text: string }
  | { readonly kind: "numbers"; readonly from?: number; readonly to?: number }
  /** Dates as `2026-11-21`. */
  | { readonly kind: "dates"; readonly from?: string; readonly to?: string }

export interface AnswerSearch {
  readonly form: string
  readonly step: string
  /** Null for any answer. */
  readonly test: AnswerTest | null
  /** The last attempt of the page before; null for the first page. */
  readonly after: AttemptKey | null
  /** Attempts on a page, 1 to 1,000. */
  readonly limit: number
}

/**
 * The attempts with such an answer, in the order of run and number, page by page. Equality and ranges are looked up in an
 * index; `contains` reads every answer to the step.
 */
export const searchAnswers = Effect.fn("searchAnswers")(function* (search: AnswerSearch) {
  const sql = yield* SqlClient.SqlClient
  const { after, form, step, test } = search
  const limit = Math.min(1_000, Math.max(1, Math.floor(search.limit)))
  const onPage = after === null ? sql`1` : sql`(run, attempt) > (${after.run}, ${after.id})`
  const rows = yield* sql<{ readonly run: string; readonly attempt: number }>`
    SELECT DISTINCT run, attempt FROM answers
    WHERE form = ${form} AND step = ${step} AND ${testSql(sql, test)} AND ${onPage}
    ORDER BY run, attempt LIMIT ${limit}`
  return rows.map(({ attempt, run }): AttemptKey => ({ run, id: attempt }))
})

const testSql = (sql: SqlClient.SqlClient, test: AnswerTest | null): Statement.Fragment => {
  switch (test?.kind) {
    case undefined:
      return sql`1`
    case "equal":
      return typeof test.value === "number"
        ? rangeSql(sql, "number", test.value, test.value)
        : sql`folded = ${fold(String(test.value))}`
    case "contains":
      return sql`instr(folded, ${fold(test.text)}) > 0`
    case "numbers":
      return rangeSql(sql, "number", test.from ?? -Infinity, test.to ?? Infinity)
    case "dates":
      return rangeSql(sql, "date", dayOr(test.from, -Infinity), dayOr(test.to, Infinity))
  }
}

/** A day that is none matches nothing: comparisons with NULL do not hold. */
const rangeSql = (sql: SqlClient.SqlClient, kind: QuestionKind, from: number | null, to: number | null) =>
  sql`kind = ${kind} AND number IS NOT NULL AND number >= ${from} AND number <= ${to}`

const dayOr = (text: string | undefined, otherwise: number): number | null =>
  text === undefined ? otherwise : dayOfText(text)

/** SQLite itself knows only the capitals of ASCII. */
const fold = (text: string): string => text.toLowerCase()

type AnswerRow = ReturnType<typeof keyColumns> & { readonly step: string } & ReturnType<typeof valueRows>[number]

const keyColumns = ({ id, run }: AttemptKey, form: string) => ({ run, attempt: id, form })

const valueRows = (kind: QuestionKind, answer: AnswerValue) => {
  const values: ReadonlyArray<string | number | boolean> = typeof answer === "object" ? answer : [answer]
  return values.map((each, position) => {
    const value = String(each)
    const number = kind === "number" ? Number(each) : kind === "date" ? dayOfText(value) : null
    return { position, kind, value, folded: fold(value), number }
  })
}

const valueOf = (rows: ReadonlyArray<Pick<AnswerRow, "kind" | "value" | "number">>): AnswerValue => {
  const [{ kind, number, value }] = rows
  switch (kind) {
    case "multiple":
      return rows.map((row) => row.value)
    case "number":
      return number ?? Number(value)
    case "yes-no":
      return value === "true"
    case "single":
    case "text":
    case "date":
      return value
  }
}
