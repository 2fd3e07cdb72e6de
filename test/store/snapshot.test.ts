import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, FileSystem, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { snapshot } from "../../src/store/snapshot.ts"
import { layer } from "../../src/store/Sqlite.ts"
import { emptyFolder, withFiles } from "./files.ts"

const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url))
const sqlite = new URL("../../src/store/Sqlite.ts", import.meta.url).href
const effect = import.meta.resolve("effect")
const effectSql = import.meta.resolve("effect/sql")

/** Another process that writes as many rows to one table as to the other, over and over, until it is told to end. */
const writer = (path: string): string => `
import { Effect } from ${JSON.stringify(effect)}
import { SqlClient } from ${JSON.stringify(effectSql)}
import { layer } from ${JSON.stringify(sqlite)}
let over = false
process.stdin.on("end", () => { over = true }).resume()
await Effect.runPromise(Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql\`CREATE TABLE a (x TEXT)\`
  yield* sql\`CREATE TABLE b (x TEXT)\`
  yield* sql\`PRAGMA wal_autocheckpoint = 20\`
  for (let i = 0; i < 20_000 && !over; i += 1) {
    yield* sql.withTransaction(Effect.gen(function* () {
      yield* sql\`INSERT INTO a VALUES (\${"x".repeat(700 + (i % 50))})\`
      yield* sql\`INSERT INTO b VALUES (\${"y".repeat(900)})\`
    }))
    if (i % 7 === 0) yield* sql\`DELETE FROM a WHERE rowid = \${i / 7}\`.pipe(Effect.andThen(sql\`DELETE FROM b WHERE rowid = \${i / 7}\`), sql.withTransaction)
    if (i === 50) process.stdout.write("going")
    if (i % 5 === 0) yield* Effect.sleep(1)
  }
}).pipe(Effect.provide(layer(${JSON.stringify(path)}))))
`

const countIn = (path: string) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const [{ sound }] = yield* sql<{
      readonly sound: string
    }>`SELECT integrity_check AS sound FROM pragma_integrity_check`
    const [{ a }] = yield* sql<{ readonly a: number }>`SELECT count(*) AS a FROM a`
    const [{ b }] = yield* sql<{ readonly b: number }>`SELECT count(*) AS b FROM b`
    const [{ newest }] = yield* sql<{ readonly newest: number | null }>`SELECT max(rowid) AS newest FROM b`
    return { sound, a, b, newest }
  }).pipe(Effect.provide(Layer.fresh(layer(path))))

describe("a copy of a database that is in use", () => {
  it.live("is whole, whatever its owner writes meanwhile", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const path = join(folder, "floor.sqlite")
        const program = join(folder, "writer.mts")
        writeFileSync(program, writer(path))
        const child = spawn(node, [program], {
          stdio: ["pipe", "pipe", "inherit"],
          timeout: 110_000,
          killSignal: "SIGKILL"
        })
        const ended = once(child, "close")
        yield* Effect.promise(() => Promise.race([once(child.stdout, "data"), ended]))
        let last = 0
        for (let copy = 0; copy < 12; copy += 1) {
          const fs = yield* FileSystem.FileSystem
          const { a, b, newest, sound } = yield* countIn(yield* snapshot(path, yield* fs.makeTempDirectoryScoped()))
          assert.strictEqual(sound, "ok")
          assert.strictEqual(a, b)
          // Old rows go now and then, so their number may fall.
          assert.isAtLeast(Number(newest), last)
          last = Number(newest)
        }
        child.stdin.end()
        yield* Effect.promise(() => ended)
        assert.isAbove(last, 20)
        assert.strictEqual(child.exitCode, 0)
      })
    )
  )

  it.effect("waits for a moment without a new log, twenty times over if need be, and not for ever", () =>
    withFiles(
      Effect.gen(function* () {
        const fs = yield* FileSystem.FileSystem
        const folder = yield* emptyFolder
        const path = join(folder, "floor.sqlite")
        writeFileSync(path, "pages")
        const clock = yield* Clock.Clock
        const hasty = Object.create(clock, { sleep: { value: () => Effect.void } }) as Clock.Clock
        /** The log begins anew at one step of each of the first tries: before it is copied, or while it is. */
        const triesBusy = (times: number, step: "file" | "log") => {
          let copies = 0
          let counted = 0
          const renewed: FileSystem.FileSystem = {
            ...fs,
            copyFile: (from, to) => {
              if (from === path) copies += 1
              const begins = from === (step === "file" ? path : `${path}-wal`) && copies <= times
              const renew = Effect.sync(() => {
                counted += 1
                if (begins) writeFileSync(`${path}-wal`, String(counted).padEnd(64))
              })
              return step === "file"
                ? Effect.andThen(renew, fs.copyFile(from, to))
                : Effect.tap(fs.copyFile(from, to), () => renew)
            }
          }
          return snapshot(path, folder).pipe(
            Effect.provideService(FileSystem.FileSystem, renewed),
            Effect.provideService(Clock.Clock, hasty),
            Effect.map((copy) => [copy, copies])
          )
        }
        writeFileSync(`${path}-wal`, "0".padEnd(64))
        assert.deepStrictEqual(yield* triesBusy(20, "file"), [join(folder, "copy.sqlite"), 21])
        assert.deepStrictEqual(yield* triesBusy(20, "log"), [join(folder, "copy.sqlite"), 21])
        assert.strictEqual((yield* Effect.flip(triesBusy(10_000, "log")))._tag, "NeverStill")
      })
    )
  )

  it.effect("has what is only in the log, and nothing that was not committed", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const path = join(folder, "floor.sqlite")
        const seen = yield* Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          yield* sql`CREATE TABLE a (x TEXT)`
          yield* sql`CREATE TABLE b (x TEXT)`
          yield* sql`INSERT INTO a VALUES ('kept')`
          return yield* sql.withTransaction(
            Effect.gen(function* () {
              yield* sql`INSERT INTO a VALUES ('not yet')`
              return yield* countIn(yield* snapshot(path, yield* emptyFolder))
            })
          )
        }).pipe(Effect.provide(Layer.fresh(layer(path))))
        assert.deepStrictEqual(seen, { sound: "ok", a: 1, b: 0, newest: null })
      })
    )
  )

  it.effect("of a file that is not there fails as such", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const failed = yield* Effect.flip(snapshot(join(folder, "none.sqlite"), folder))
        assert.strictEqual(failed._tag, "PlatformError")
      })
    )
  )
})
