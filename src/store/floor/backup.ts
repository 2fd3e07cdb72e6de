import { Effect, FileSystem, Semaphore } from "effect"
import { SqlClient } from "effect/sql"
import { replaceFile } from "../replaceFile.ts"

/** Pages in the write-ahead log after which SQLite moves them to the file: its own default. */
const pagesMax = 1_000

const oneAtATime = Semaphore.makeUnsafe(1)

/**
 * Copies the store at `path`, which this process has open, to another place: whole, as it was at one instant, or not at all.
 * The floor goes on meanwhile: what is committed stays in the write-ahead log until the file is copied.
 */
export const backup = Effect.fn("backup")(
  function* (path: string, to: string) {
    const fs = yield* FileSystem.FileSystem
    const sql = yield* SqlClient.SqlClient
    yield* replaceFile(to, (temporary) =>
      Effect.acquireUseRelease(
        Effect.andThen(sql`PRAGMA wal_autocheckpoint = 0`, sql`PRAGMA wal_checkpoint(TRUNCATE)`),
        () => fs.copyFile(path, temporary),
        () => Effect.ignore(sql.unsafe(`PRAGMA wal_autocheckpoint = ${pagesMax}`))
      )
    )
  },
  (copying) => oneAtATime.withPermits(1)(copying)
)
