import { Effect, Layer, Semaphore, Stream } from "effect"
import { Reactivity } from "effect/reactivity"
import { SqlClient, type SqlConnection, SqlError, Statement } from "effect/sql"
import sqlite, { type Database } from "node-sqlite3-wasm"
import { rmdirSync } from "node:fs"

/**
 * SQLite in a file, through its WebAssembly build: a client for `effect/sql`. Every commit is on the disk when it
 * returns (write-ahead log, full synchronisation). The file belongs to one process at a time: that build has no shared
 * memory, so the log needs the exclusive lock, which it keeps as a folder `<file>.lock`.
 */
export const layer = (filename: string): Layer.Layer<SqlClient.SqlClient, SqlError.SqlError> =>
  Layer.effect(
    SqlClient.SqlClient,
    Effect.gen(function* () {
      const db = yield* Effect.acquireRelease(open(filename), (db) => Effect.sync(() => close(db, filename)))
      const connection = connectionOf(db)
      return yield* SqlClient.make({
        ...SqlClient.makeSqliteAcquirers({
          connection: Effect.succeed(connection),
          semaphore: yield* Semaphore.make(1),
          isTransaction: () => db.inTransaction
        }),
        driver: "node-sqlite3-wasm",
        compiler: Statement.makeCompilerSqlite(),
        spanAttributes: [["db.system.name", "sqlite"]],
        beginTransaction: "BEGIN IMMEDIATE",
        releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`
      })
    })
  ).pipe(Layer.provide(Reactivity.layer))

/**
 * Folds the write-ahead log into the file and leaves the mode that needs it, so that the file alone holds everything and
 * can be copied, sent and opened anywhere. For a file that is complete.
 */
export const seal: Effect.Effect<void, SqlError.SqlError, SqlClient.SqlClient> = SqlClient.SqlClient.use(
  (sql) => sql`PRAGMA journal_mode = DELETE`
).pipe(Effect.asVoid)

const pragmas = ["locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"]

const open = (filename: string) =>
  attempt("open", () => {
    const db = new sqlite.Database(filename)
    try {
      for (const pragma of pragmas) db.all(`PRAGMA ${pragma}`)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  })

const close = (db: Database, filename: string): void => {
  try {
    db.close()
  } catch {
    // The lock is ours from the opening on, and a failed close leaves it behind.
    removeFolder(`${filename}.lock`)
  }
}

const removeFolder = (path: string): void => {
  try {
    rmdirSync(path)
  } catch {
    // Gone already.
  }
}

const connectionOf = (db: Database): SqlConnection.Connection => {
  const execute: SqlConnection.Connection["execute"] = (statement, params, transform) =>
    attempt("execute", () => db.all(statement, params as Array<never>)).pipe(
      Effect.map((rows) => (transform === undefined ? rows : transform(rows)))
    )
  const values = (statement: string, params: ReadonlyArray<unknown>) =>
    Effect.map(execute(statement, params, undefined), (rows) =>
      rows.map((row) => Object.values(row as Record<string, unknown>))
    )
  return {
    execute,
    executeUnprepared: execute,
    executeRaw: (statement, params) => execute(statement, params, undefined),
    executeValues: values,
    executeValuesUnprepared: values,
    executeStream: (statement, params, transform) => Stream.fromIterableEffect(execute(statement, params, transform))
  }
}

const attempt = <A>(operation: string, body: () => A): Effect.Effect<A, SqlError.SqlError> =>
  Effect.try({
    try: body,
    catch: (error) => {
      const message = error instanceof Error ? error.message : String(error)
      const cause = Object.assign(new Error(message, { cause: error }), { code: codeOf(message) })
      return new SqlError.SqlError({ reason: SqlError.classifySqliteError(cause, { message, operation }) })
    }
  })

/** The WebAssembly build tells what went wrong only by SQLite's own English sentence. */
const codeOf = (message: string): string => codes.find(([sentence]) => sentence.test(message))?.[1] ?? "SQLITE_ERROR"

const codes: ReadonlyArray<readonly [RegExp, string]> = [
  [/^UNIQUE constraint failed/, "SQLITE_CONSTRAINT_UNIQUE"],
  [/constraint failed/, "SQLITE_CONSTRAINT"],
  [/^database (table )?is locked/, "SQLITE_BUSY"],
  [/^database or disk is full/, "SQLITE_FULL"],
  [/^disk I\/O error/, "SQLITE_IOERR"],
  [/^file is not a database/, "SQLITE_NOTADB"],
  [/^database disk image is malformed/, "SQLITE_CORRUPT"],
  [/^attempt to write a readonly database/, "SQLITE_READONLY"],
  [/^(unable to open database file|Could not open the database)/, "SQLITE_CANTOPEN"]
]

/** SQLite's name for what went wrong, such as `SQLITE_FULL`. */
export const sqliteCode = (error: SqlError.SqlError): string => {
  const { cause } = error.reason
  return typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "SQLITE_ERROR"
}
