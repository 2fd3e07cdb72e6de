import { Effect, FileSystem, Path } from "effect"
import { type Migrator, SqlClient, type SqlError } from "effect/sql"
import { holdsOf, insertHistory, notesOf } from "./contactHistory.ts"
import { readJson, writeJson } from "./losslessJson.ts"
import { migrate, schemaOf, schemaVersion } from "./migrations.ts"
import { replaceFile } from "./replaceFile.ts"
import { inboundOf } from "./inboundRows.ts"
import { attemptsOf, insertShift, spansOf } from "./rows.ts"
import type { AttemptRow, HoldRow, InboundRow, NoteRow, SpanRow } from "./schema.ts"
import { layer, seal } from "./Sqlite.ts"
import { NewerSchema, NotAResult, Unreadable } from "./StoreError.ts"
import { probe, systemError } from "./writeProblem.ts"

/** A finished run as its file holds it: what came out (`body`), and one shift of it call by call. */
export interface StoredResult {
  readonly kind: string
  readonly version: string
  /** ISO 8601. */
  readonly createdAt: string
  /** Names the recorded shift. */
  readonly run: string
  readonly body: unknown
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly spans: ReadonlyArray<SpanRow>
  /** Calls to us; none where nobody kept them. */
  readonly arrivals?: ReadonlyArray<InboundRow>
  /** What held contacts back and what else happened to them; none where nobody kept it. */
  readonly holds?: ReadonlyArray<HoldRow>
  readonly notes?: ReadonlyArray<NoteRow>
}

/** Writes a result to an SQLite file of its own, whole or not at all. */
export const saveResult = (path: string, stored: StoredResult) =>
  replaceFile(path, (temporary) =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const paths = yield* Path.Path
      // Made here for the usual permissions: SQLite would shut everybody else out.
      yield* fs.writeFile(temporary, new Uint8Array(0))
      const diskProblem = (error: SqlError.SqlError | Migrator.MigrationError) =>
        Effect.flatMap(probe(path, paths.dirname(temporary), detailOf(error)), Effect.fail)
      yield* fill(stored).pipe(
        Effect.provide(layer(temporary)),
        Effect.catchTags({ SqlError: diskProblem, MigrationError: diskProblem })
      )
    })
  )

const fill = Effect.fnUntraced(function* (stored: StoredResult) {
  const sql = yield* SqlClient.SqlClient
  yield* migrate
  yield* sql.withTransaction(
    Effect.gen(function* () {
      const body = writeJson({ run: stored.run, result: stored.body })
      const { createdAt, kind, version } = stored
      yield* sql`INSERT INTO results ${sql.insert({ id: 1, created_at: createdAt, version, kind, body })}`
      yield* insertShift(stored.run, stored.attempts, stored.spans, stored.arrivals ?? [])
      yield* insertHistory(stored.run, stored.holds ?? [], stored.notes ?? [])
    })
  )
  yield* seal
})

/**
 * Reads a result back as it was saved. It is read from a copy: the file may lie in a folder that cannot be written, and
 * several may read it at once.
 */
export const loadResult = (path: string) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    yield* checkIsDatabase(path)
    const folder = yield* fs.makeTempDirectoryScoped({ prefix: "outpace-" })
    const copy = paths.join(folder, "result.sqlite")
    yield* fs.writeFile(copy, yield* fs.readFile(path))
    const damaged = (error: SqlError.SqlError | Migrator.MigrationError) =>
      Effect.fail(new NotAResult({ path, detail: detailOf(error) }))
    return yield* read(path).pipe(
      Effect.provide(layer(copy)),
      Effect.catchTags({
        SqlError: damaged,
        MigrationError: damaged,
        SchemaError: ({ message }) => Effect.fail(new NotAResult({ path, detail: message }))
      })
    )
  }).pipe(
    Effect.scoped,
    Effect.catchTag("PlatformError", (error) => {
      const { message } = systemError(error)
      return Effect.fail(new Unreadable({ path, detail: message }))
    })
  )

const read = Effect.fnUntraced(function* (path: string) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* schemaOf
  if (found > schemaVersion) return yield* new NewerSchema({ path, found, known: schemaVersion })
  if (found === 0) return yield* new NotAResult({ path, detail: "it has none of Outpace's tables" })
  yield* migrate
  const rows = yield* sql<{ created_at: string; version: string; kind: string; body: string }>`
    SELECT created_at, version, kind, body FROM results ORDER BY id LIMIT 1`
  if (rows.length === 0) return yield* new NotAResult({ path, detail: "no result is in it" })
  const [{ body, created_at: createdAt, kind, version }] = rows
  const { result, run } = yield* Effect.try({
    try: () => readJson(body) as { readonly run: string; readonly result: unknown },
    catch: () => new NotAResult({ path, detail: "its result cannot be understood" })
  })
  const attempts = yield* attemptsOf(run)
  const spans = yield* spansOf(run)
  const arrivals = yield* inboundOf(run)
  const holds = yield* holdsOf(run)
  const notes = yield* notesOf(run)
  const stored: StoredResult = { kind, version, createdAt, run, body: result, attempts, spans, arrivals, holds, notes }
  return stored
})

const magic = "SQLite format 3\0"

const checkIsDatabase = Effect.fnUntraced(function* (path: string) {
  const fs = yield* FileSystem.FileSystem
  const { type } = yield* fs.stat(path)
  if (type === "Directory") return yield* new Unreadable({ path, detail: "it is a folder" })
  const start = new Uint8Array(magic.length)
  const length = yield* Effect.scoped(Effect.flatMap(fs.open(path, { flag: "r" }), (file) => file.read(start)))
  if (Number(length) < magic.length || new TextDecoder().decode(start) !== magic) {
    return yield* new NotAResult({ path, detail: "it is not an SQLite file" })
  }
})

const detailOf = (error: SqlError.SqlError | Migrator.MigrationError): string => {
  if (error._tag === "SqlError") return error.reason.message
  const { cause } = error
  return cause instanceof Error ? cause.message : error.message
}
