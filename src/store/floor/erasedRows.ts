import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { ErasedEntry } from "../../contacts/ErasedNumbers.ts"

/** Erased people, as keyed hashes of their numbers; `made_with` is the mark of the secret, which lies beside the store. */
export const erasedTables: ReadonlyArray<string> = [
  `CREATE TABLE erased_people (
  hash TEXT NOT NULL,
  erased_on TEXT NOT NULL,
  scope TEXT,
  made_with TEXT NOT NULL
) STRICT`,
  `CREATE UNIQUE INDEX erased_people_once ON erased_people (hash, ifnull(scope, ''))`
]

/** An entry, and the mark of the secret it was made with: `ErasedNumbers.mark`. */
export interface ErasedRow extends ErasedEntry {
  readonly madeWith: string
}

export const erasedRows = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<ErasedRow>`
    SELECT hash, erased_on AS erasedOn, scope, made_with AS madeWith FROM erased_people ORDER BY hash`
})

/** Keeps entries; who was erased before is so with the later day. To be called within a transaction. */
export const insertErased = Effect.fnUntraced(function* (entries: ReadonlyArray<ErasedEntry>, madeWith: string) {
  const sql = yield* SqlClient.SqlClient
  const values = JSON.stringify(entries.map(({ erasedOn, hash, scope }) => [hash, erasedOn, scope]))
  yield* sql`
    INSERT INTO erased_people (hash, erased_on, scope, made_with)
    SELECT value ->> 0, value ->> 1, value ->> 2, ${madeWith} FROM json_each(${values}) WHERE true
    ON CONFLICT (hash, ifnull(scope, '')) DO UPDATE SET erased_on = max(erased_on, excluded.erased_on)`
})

/** Forgets entries, of whatever scope. */
export const deleteErased = Effect.fnUntraced(function* (hashes: ReadonlyArray<string>) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM erased_people WHERE hash IN (SELECT value FROM json_each(${JSON.stringify(hashes)}))`
})

/** Deletes entries that were not made with the secret of this mark, and says how many. */
export const deleteOthers = Effect.fnUntraced(function* (madeWith: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`DELETE FROM erased_people WHERE made_with <> ${madeWith} RETURNING 1`
  return rows.length
})
