import { Effect, FileSystem, Path } from "effect"
import { SqlClient } from "effect/sql"
import { statfs } from "node:fs/promises"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { schemaOf, schemaVersion } from "../../store/migrations.ts"
import { layer, sqliteCode } from "../../store/Sqlite.ts"
import { systemError } from "../../store/writeProblem.ts"
import { type Finding, ok, problem, warning } from "./Finding.ts"

const gigabyte = 1e9
const freeWarned = gigabyte
const freeWrong = 0.1 * gigabyte
/** An hour of a recorded call: stereo, 16 bits, 8 kHz. */
const recordedHourBytes = 115.2e6

/** The folder itself, or the nearest above it that is there: what is missing is made. */
const nearest = (folder: string): Effect.Effect<string, never, FileSystem.FileSystem | Path.Path> =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    const isThere = yield* Effect.orElseSucceed(fs.exists(folder), () => false)
    const above = paths.dirname(folder)
    return isThere || above === folder ? folder : yield* nearest(above)
  })

/** Whether a folder can be written to, and has room. `recorded`: whether calls are recorded there. */
const folder = Effect.fnUntraced(function* (check: string, path: string, recorded: boolean) {
  const fs = yield* FileSystem.FileSystem
  const place = yield* nearest(path)
  const written = yield* Effect.result(
    Effect.scoped(
      Effect.flatMap(fs.makeTempFileScoped({ directory: place, prefix: "outpace-" }), (file) =>
        fs.writeFile(file, new Uint8Array(4_096))
      )
    )
  )
  if (written._tag === "Failure") {
    const { message } = systemError(written.failure)
    return problem(
      check,
      `${path} cannot be written: ${message}`,
      `Let this user write to ${place}, or choose another place.`
    )
  }
  const free = yield* Effect.orElseSucceed(
    Effect.tryPromise(async () => {
      const { bavail, bsize } = await statfs(place)
      return bavail * bsize
    }),
    () => null
  )
  if (free === null) return ok(check, `${path} can be written; its free space is not known`)
  const hours = recorded ? `, ${Math.floor(free / recordedHourBytes)} hours of recorded calls` : ""
  const found = `${path} can be written, ${(free / gigabyte).toFixed(1)} GB free${hours}`
  if (free < freeWrong) return problem(check, found, "Free some space, or choose another disk.")
  return free < freeWarned ? warning(check, found, "Free some space, or choose another disk.") : ok(check, found)
})

/** Whether what is kept has its place. */
export const disk = Effect.fnUntraced(function* ({ campaigns, recordings, store }: FloorConfig) {
  const paths = yield* Path.Path
  const isRecorded = campaigns.some(({ record }) => record)
  const findings: Array<Finding> = [
    yield* folder("disk of the store", paths.dirname(store), false),
    ...(isRecorded ? [yield* folder("disk of recordings", recordings.folder, true)] : [])
  ]
  return [...findings, yield* integrity(store)]
})

/** Whether the store is whole. SQLite reads all of it: seconds for a gigabyte. */
const integrity = Effect.fnUntraced(function* (path: string) {
  const fs = yield* FileSystem.FileSystem
  const check = "store"
  if (!(yield* Effect.orElseSucceed(fs.exists(path), () => false)))
    return ok(check, `${path} is not there yet; it is made at the first start`)
  const looked = Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql<{ readonly integrity_check: string }>`PRAGMA integrity_check(5)`
    const wrong = rows.map((row) => row.integrity_check).filter((each) => each !== "ok")
    return { wrong, schema: yield* schemaOf }
  })
  const repair = "Stop the floor, keep a copy of the file, and bring back the last good one."
  return yield* Effect.scoped(Effect.provide(looked, layer(path))).pipe(
    Effect.match({
      onSuccess: ({ schema, wrong }) => {
        if (wrong.length > 0) return problem(check, `${path} is damaged: ${wrong[0]}`, repair)
        return schema > schemaVersion
          ? problem(check, `${path} was written by a newer Outpace (schema ${schema})`, "Update Outpace.")
          : ok(check, `${path} is whole`)
      },
      onFailure: (error) => {
        const code = sqliteCode(error)
        if (code === "SQLITE_BUSY") {
          return warning(
            check,
            `${path} is in use and was not checked`,
            "Fine while a floor runs; check it again when it has stopped."
          )
        }
        const found =
          code === "SQLITE_NOTADB" || code === "SQLITE_CORRUPT"
            ? "is no SQLite file, or damaged"
            : `cannot be read: ${error.message}`
        return problem(check, `${path} ${found}`, repair)
      }
    })
  )
})
