import { Array as Arr, Effect, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { E164 } from "../../domain/Contact.ts"

/** A number nobody is to call. */
export interface DoNotCallRow {
  readonly number: E164
  /** As compliance profiles name it: `US national`, `own`. */
  readonly source: string
  /** Unix milliseconds. */
  readonly since: number
}

const chunkSize = 5_000

/** Keeps numbers; those that are there from that source stay as they are. */
export const insertDoNotCall = Effect.fnUntraced(function* (rows: ReadonlyArray<DoNotCallRow>) {
  const sql = yield* SqlClient.SqlClient
  for (const chunk of Arr.chunksOf(rows, chunkSize)) {
    const values = JSON.stringify(chunk.map(({ number, since, source }) => [number, source, since]))
    yield* sql`
      INSERT INTO do_not_call (number, source, since)
      SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${values}) WHERE true ON CONFLICT DO NOTHING`
  }
})

/** Which of some numbers nobody is to call. */
export const forbiddenAmong = Effect.fnUntraced(function* (numbers: ReadonlyArray<E164>) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly number: E164 }>`
    SELECT DISTINCT number FROM do_not_call
    WHERE number IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`
  return new Set(rows.map(({ number }) => number))
})

/** Every number, once, read page by page. */
export const doNotCallNumbers = Stream.paginate("", (after) =>
  Effect.map(
    SqlClient.SqlClient.use(
      (sql) => sql<{ readonly number: E164 }>`
        SELECT DISTINCT number FROM do_not_call WHERE number > ${after} ORDER BY number LIMIT ${chunkSize}`
    ),
    (rows) =>
      [
        rows.map(({ number }) => number),
        rows.length < chunkSize ? Option.none() : Option.some<string>(rows[rows.length - 1].number)
      ] as const
  )
)

/**
 * Marks the contacts of a campaign whose number, any of them, must not be called, apart from those who asked to be; for
 * windows that are to be opened.
 */
export const forbidContacts = Effect.fn("forbidContacts")(function* (campaign: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    UPDATE contacts SET forbidden = 1 WHERE campaign = ${campaign} AND forbidden = 0 AND requested = 0 AND EXISTS (
      SELECT 1 FROM json_each(contacts.numbers) AS each JOIN do_not_call ON number = each.value ->> 'number')`
})
