import { Effect, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { readJson, writeJson } from "../losslessJson.ts"

/** An event of the journal: `at` by the window's clock, `event` whatever it is, given back exactly. */
export interface JournalRow {
  readonly at: number
  readonly event: unknown
}

/** Rows read at a time. */
const pageSize = 2_000

/** Writes events behind those that are there; `firstSeq` is the number of the first. One statement, however many. */
export const appendEvents = Effect.fnUntraced(function* (
  window: number,
  firstSeq: number,
  events: ReadonlyArray<JournalRow>
) {
  const sql = yield* SqlClient.SqlClient
  const rows = JSON.stringify(events.map(({ at, event }) => [at, writeJson(event)]))
  yield* sql`
    INSERT INTO journal (window_id, seq, at, event)
    SELECT ${window}, ${firstSeq} + key, value ->> 0, value ->> 1 FROM json_each(${rows})`
})

/** The events of a window in their order, read page by page. A text that is none of `writeJson` is a SyntaxError, as a defect. */
export const eventsOf = (window: number) =>
  Stream.paginate(0, (from) =>
    Effect.map(
      eventPage(window, from),
      (page) => [page, page.length < pageSize ? Option.none() : Option.some(from + page.length)] as const
    )
  )

/** How many events a window has. */
export const eventCount = Effect.fnUntraced(function* (window: number) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly count: number }>`
    SELECT count(*) AS count FROM journal WHERE window_id = ${window}`
  return rows[0].count
})

const eventPage = Effect.fnUntraced(function* (window: number, from: number) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly at: number; readonly event: string }>`
    SELECT at, event FROM journal WHERE window_id = ${window} AND seq >= ${from} ORDER BY seq LIMIT ${pageSize}`
  return rows.map(({ at, event }): JournalRow => ({ at, event: readJson(event) }))
})
