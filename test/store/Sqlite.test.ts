import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem, Layer } from "effect"
import { systemError } from "effect/PlatformError"
import { SqlClient } from "effect/sql"
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { replaceText } from "../../src/store/replaceFile.ts"
import { saveResult } from "../../src/store/resultFile.ts"
import { layer, sqliteCode } from "../../src/store/Sqlite.ts"
import { emptyFolder, withFiles } from "./files.ts"
import { smallDisk } from "./fullDisk.ts"
import { attempt, stored } from "./stored.ts"

const on = <A, E>(path: string, effect: Effect.Effect<A, E, SqlClient.SqlClient>) =>
  Effect.provide(effect, Layer.fresh(layer(path)))

describe("SQLite in a file", () => {
  it.effect("writes ahead, syncs fully, holds to foreign keys, and leaves no lock behind", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const path = join(folder, "a.sqlite")
        const use = Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          yield* sql`CREATE TABLE parents (id INTEGER PRIMARY KEY)`
          yield* sql`CREATE TABLE children (parent INTEGER REFERENCES parents (id))`
          assert.deepStrictEqual(readdirSync(folder), ["a.sqlite", "a.sqlite-wal", "a.sqlite.lock"])
          const orphan = yield* Effect.flip(sql`INSERT INTO children VALUES (1)`)
          assert.strictEqual(orphan.reason._tag, "ConstraintError")
          return yield* Effect.forEach(["journal_mode", "synchronous", "foreign_keys"], (each) =>
            Effect.map(sql.unsafe(`PRAGMA ${each}`), ([row]) => Object.values(row)[0] as unknown)
          )
        })
        assert.deepStrictEqual(yield* on(path, use), ["wal", 2, 1])
        assert.deepStrictEqual(readdirSync(folder), ["a.sqlite"])
      })
    )
  )

  it.effect("belongs to one at a time", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "a.sqlite")
        const ping = SqlClient.SqlClient.use((sql) => sql`SELECT 1`)
        const error = yield* on(path, Effect.flip(on(path, ping)))
        assert.strictEqual(sqliteCode(error), "SQLITE_BUSY")
        assert.isFalse(existsSync(`${path}.lock`))
        yield* on(path, ping)
      })
    )
  )

  it.effect("undoes a transaction that fails", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "a.sqlite")
        const rows = yield* on(
          path,
          Effect.gen(function* () {
            const sql = yield* SqlClient.SqlClient
            yield* sql`CREATE TABLE t (a INTEGER UNIQUE)`
            const twice = Effect.andThen(sql`INSERT INTO t VALUES (1)`, sql`INSERT INTO t VALUES (1)`)
            assert.strictEqual((yield* Effect.flip(sql.withTransaction(twice))).reason._tag, "UniqueViolation")
            return yield* sql`SELECT * FROM t`.values
          })
        )
        assert.deepStrictEqual(rows, [])
      })
    )
  )
})

describe("a full disk", () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => attempt(i + 1))

  it.effect("is named as such, and what was half written is gone", () =>
    withFiles(
      Effect.gen(function* () {
        const disk = yield* smallDisk(64)
        // Without the right to mount a disk there is a device on which every write finds no space.
        const path = disk === null ? join("/dev", "full") : join(disk, "result.sqlite")
        if (disk !== null) {
          const error = yield* Effect.flip(saveResult(path, stored({ attempts: rows })))
          assert.deepStrictEqual([error._tag, error.problem], ["Unwritable", "full"])
          assert.match(error.message, /result\.sqlite: there is no space left\. Free some space/)
          assert.deepStrictEqual(readdirSync(disk), [])
        } else {
          const fs = yield* FileSystem.FileSystem
          yield* Effect.flip(fs.writeFileString(path, "x"))
        }
      })
    )
  )

  it.effect("leaves an earlier text as it was", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "report.html")
        yield* replaceText(path, "before")
        const fs = yield* FileSystem.FileSystem
        const cause = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" })
        const full: FileSystem.FileSystem = {
          ...fs,
          writeFileString: () =>
            Effect.fail(systemError({ _tag: "Unknown", module: "FileSystem", method: "writeFile", cause }))
        }
        const failed = replaceText(path, "after").pipe(Effect.provideService(FileSystem.FileSystem, full))
        const error = yield* Effect.flip(failed)
        assert.deepStrictEqual([error.problem, error.detail], ["full", "no space left on device"])
        assert.strictEqual(yield* fs.readFileString(path), "before")
      })
    )
  )
})
