import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Something a person did to the floor. */
export interface AuditEntry {
  /** Unix milliseconds. */
  readonly at: number
  readonly who: string
  readonly what: string
}

export const appendAudit = Effect.fn("appendAudit")(function* (entry: AuditEntry) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`INSERT INTO audit ${sql.insert({ ...entry })}`
})

/** The latest entries, newest first; `before` is the id of the last one of the page before, null for the first page. */
export const auditPage = Effect.fn("auditPage")(function* (before: number | null, limit: number) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<AuditEntry & { readonly id: number }>`
    SELECT id, at, who, what FROM audit WHERE id < ${before ?? Number.MAX_SAFE_INTEGER} ORDER BY id DESC LIMIT ${limit}`
})
