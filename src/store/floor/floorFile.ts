import { Effect, Layer } from "effect"
import { type Migrator, type SqlClient, type SqlError } from "effect/sql"
import { migrate, schemaOf, schemaVersion } from "../migrations.ts"
import { layer as layerSqlite, sqliteCode } from "../Sqlite.ts"
import { claim } from "./claim.ts"
import { FloorFileProblem } from "./FloorFileProblem.ts"

/**
 * The store of a live floor: an SQLite file that belongs to this process as long as the layer lives, made where there is
 * none, brought to the newest schema. What a floor left that was killed is cleared away.
 */
export const layer = (path: string): Layer.Layer<SqlClient.SqlClient, FloorFileProblem> => {
  const problem = (error: SqlError.SqlError | Migrator.MigrationError) => Effect.fail(problemOf(path, error))
  const sqlite = layerSqlite(path).pipe(Layer.catchTag("SqlError", (error) => Layer.effectDiscard(problem(error))))
  const ready = Layer.effectDiscard(
    Effect.gen(function* () {
      const found = yield* schemaOf
      if (found > schemaVersion) {
        const detail = `schema ${found}; this one knows up to ${schemaVersion}`
        return yield* new FloorFileProblem({ path, problem: "newer", detail })
      }
      yield* migrate
    }).pipe(Effect.catchTags({ SqlError: problem, MigrationError: problem }))
  )
  const claimed = Layer.effectDiscard(claim(path))
  return Layer.fresh(ready.pipe(Layer.provideMerge(sqlite), Layer.provide(claimed))) as Layer.Layer<
    SqlClient.SqlClient,
    FloorFileProblem
  >
}

/** What a failed statement says about the file. */
export const problemOf = (path: string, error: SqlError.SqlError | Migrator.MigrationError): FloorFileProblem => {
  if (error._tag === "MigrationError") {
    const { cause } = error
    const detail = cause instanceof Error ? cause.message : error.message
    return new FloorFileProblem({ path, problem: "broken", detail })
  }
  const detail = error.reason.message
  switch (sqliteCode(error)) {
    case "SQLITE_BUSY":
      return new FloorFileProblem({ path, problem: "in-use", detail })
    case "SQLITE_CANTOPEN":
    case "SQLITE_READONLY":
    case "SQLITE_FULL":
    case "SQLITE_IOERR":
      return new FloorFileProblem({ path, problem: "unwritable", detail })
    default:
      return new FloorFileProblem({ path, problem: "broken", detail })
  }
}
