import { Effect, FileSystem, Layer, Option } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { schemaOf, schemaVersion } from "../../store/migrations.ts"
import { snapshot } from "../../store/snapshot.ts"
import { layer } from "../../store/Sqlite.ts"
import { systemError } from "../../store/writeProblem.ts"
import { Failed, WrongInput } from "../CommandFailure.ts"

/**
 * Uses a copy of the store of a live floor, whole as it was at some instant; the floor may go on writing it meanwhile.
 * None where the file is no such store: it may be a result, or nothing of ours.
 */
export const withStore = <A>(
  path: string,
  use: Effect.Effect<A, WrongInput | SqlError.SqlError, SqlClient.SqlClient>
) =>
  Effect.gen(function* () {
    if (!(yield* isDatabase(path))) return Option.none<A>()
    const fs = yield* FileSystem.FileSystem
    const folder = yield* fs.makeTempDirectoryScoped({ prefix: "outpace-" })
    const copy = yield* snapshot(path, folder).pipe(
      Effect.catchTag("NeverStill", ({ message }) => Effect.fail(new Failed({ sentence: message })))
    )
    const found = yield* Effect.option(Layer.build(Layer.fresh(layer(copy))))
    if (Option.isNone(found)) return Option.none<A>()
    return yield* Effect.gen(function* () {
      if (!(yield* isStore(path))) return Option.none<A>()
      return Option.some(yield* use)
    }).pipe(Effect.provide(found.value))
  }).pipe(
    Effect.scoped,
    Effect.catchTags({
      SqlError: ({ reason }) => unreadable(path, reason.message),
      PlatformError: (error) => unreadable(path, systemError(error).message)
    })
  )

const unreadable = (path: string, detail: string) =>
  Effect.fail(new Failed({ sentence: `${path} cannot be read: ${detail}. Nothing was changed.` }))

const magic = "SQLite format 3\0"

const isDatabase = Effect.fnUntraced(
  function* (path: string) {
    const fs = yield* FileSystem.FileSystem
    const start = new Uint8Array(magic.length)
    const length = yield* Effect.scoped(Effect.flatMap(fs.open(path, { flag: "r" }), (file) => file.read(start)))
    return Number(length) === magic.length && new TextDecoder().decode(start) === magic
  },
  Effect.orElseSucceed(() => false)
)

/** Whether a floor has written it. A damaged file is none. */
const isStore = Effect.fnUntraced(
  function* (path: string) {
    const sql = yield* SqlClient.SqlClient
    const found = yield* schemaOf
    const tables = yield* sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'floor_windows'`
    if (tables.length === 0) return false
    const windows = yield* sql`SELECT 1 FROM floor_windows LIMIT 1`
    const results = yield* sql`SELECT 1 FROM results LIMIT 1`
    if (results.length > 0) return false
    if (found > schemaVersion) {
      return yield* new WrongInput({
        sentence: `${path} is the store of a newer Outpace (schema ${found}; this one knows up to ${schemaVersion}). Update Outpace.`
      })
    }
    if (windows.length === 0 && (yield* sql`SELECT 1 FROM attempts LIMIT 1`).length > 0) return false
    return true
  },
  Effect.catchTag("SqlError", () => Effect.succeed(false))
)
