import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** A call that is up or being set up: what another process needs to end it. */
export interface OpenCall {
  /** Call-ID. */
  readonly id: string
  /** The trunk whose credentials it went with; null for none. */
  readonly trunk: string | null
  /** IPv4 address and port. */
  readonly address: string
  /** The SIP message that ends it. */
  readonly message: string
}

export type OpenCallChange = ({ readonly kind: "kept" } & OpenCall) | { readonly kind: "over"; readonly id: string }

/** Calls read at a start at most. */
const callsMax = 10_000

/** The table, from schema 8 on; empty after a floor that was not killed. */
export const openCallTables: ReadonlyArray<string> = [
  `CREATE TABLE open_calls (
  id TEXT PRIMARY KEY,
  trunk TEXT,
  address TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT, WITHOUT ROWID`
]

/** Writes what became of calls, one change each at most. Two statements, however many. */
export const writeOpenCalls = Effect.fnUntraced(function* (changes: ReadonlyArray<OpenCallChange>) {
  const sql = yield* SqlClient.SqlClient
  const kept = changes.flatMap((each) =>
    each.kind === "kept" ? [[each.id, each.trunk, each.address, each.message]] : []
  )
  const over = changes.flatMap(({ id, kind }) => (kind === "over" ? [id] : []))
  if (kept.length > 0) {
    yield* sql`
      INSERT OR REPLACE INTO open_calls (id, trunk, address, message)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(kept)})`
  }
  if (over.length > 0) {
    yield* sql`DELETE FROM open_calls WHERE id IN (SELECT value FROM json_each(${JSON.stringify(over)}))`
  }
})

/** The calls that were open when the process that kept them ended. */
export const openCalls = SqlClient.SqlClient.use(
  (sql) => sql<OpenCall>`SELECT id, trunk, address, message FROM open_calls LIMIT ${callsMax}`
)
