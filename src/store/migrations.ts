import { Effect } from "effect"
import { Migrator, SqlClient } from "effect/sql"
import { erasedTables } from "./floor/erasedRows.ts"
import { floorTables, phoneSources } from "./floor/floorTables.ts"
import { openCallTables } from "./floor/openCalls.ts"
import { answerTables, callerIdColumn, historyTables, inboundTables, tables } from "./schema.ts"

/** Keeps which migrations a file has had. */
export const migrationTable = "outpace_migrations"

const run = (statements: ReadonlyArray<string>) =>
  SqlClient.SqlClient.use((sql) => Effect.forEach(statements, (each) => sql.unsafe(each), { discard: true }))

const migrations = {
  "1_attempts_spans_results": run(tables),
  "2_answers": run(answerTables),
  "3_contact_history": run(historyTables),
  "4_caller_id": run(callerIdColumn),
  "5_floor": run(floorTables),
  "6_phone_sources": run(phoneSources),
  "7_inbound_calls": run(inboundTables),
  "8_open_calls": run(openCallTables),
  "9_erased_people": run(erasedTables)
}

/** Number of the newest schema this version knows. */
export const schemaVersion = Object.keys(migrations).length

/** Brings a file to the newest schema; an empty one gets its tables. */
export const migrate = Migrator.make({})({ loader: Migrator.fromRecord(migrations), table: migrationTable })

/** Number of the schema of an open file; 0 when it has none of ours. */
export const schemaOf = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const found = yield* sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ${migrationTable}`
  if (found.length === 0) return 0
  const rows = yield* sql<{ readonly newest: number | null }>`
    SELECT max(migration_id) AS newest FROM ${sql(migrationTable)}`
  return rows[0].newest ?? 0
})
