import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import process from "node:process"
import { ownerOf } from "../../../src/store/floor/claim.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { schemaVersion } from "../../../src/store/migrations.ts"
import { layer as layerSqlite } from "../../../src/store/Sqlite.ts"
import { emptyFolder, withFiles } from "../files.ts"

const on = <A, E>(path: string, effect: Effect.Effect<A, E, SqlClient.SqlClient>) => Effect.provide(effect, layer(path))
const windows = SqlClient.SqlClient.use((sql) => sql`SELECT count(*) AS count FROM floor_windows`)
const inFolder = <A, E>(use: (folder: string) => Effect.Effect<A, E>) =>
  withFiles(Effect.flatMap(emptyFolder, (folder) => use(folder)))

/** A process that has the store open, as a floor has, when its first line is out. */
const holder = (path: string) => {
  const code = `
    import { Effect, Layer } from "effect"
    import { layer } from ${JSON.stringify(new URL("../../../src/store/floor/floorFile.ts", import.meta.url).href)}
    const held = Effect.andThen(Effect.sync(() => console.log("open")), Effect.never)
    const alive = setInterval(() => {}, 1_000)
    await Effect.runPromise(Effect.provide(held, layer(${JSON.stringify(path)}))).catch(console.error)
    clearInterval(alive)`
  return spawn(process.execPath, ["--input-type=module-typescript", "--eval", code], {
    cwd: new URL("../../..", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"]
  })
}

describe("the store of a floor", () => {
  it.effect("is made where there is none, and leaves nothing beside it", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const path = join(folder, "floor.sqlite")
        assert.deepStrictEqual(yield* on(path, windows), [{ count: 0 }])
        assert.deepStrictEqual(readdirSync(folder), ["floor.sqlite"])
      })
    )
  )

  it.effect("belongs to one floor at a time", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const path = join(folder, "floor.sqlite")
        const error = yield* on(path, Effect.flip(on(path, windows)))
        assert.strictEqual(error._tag === "FloorFileProblem" && error.problem, "in-use")
        assert.deepStrictEqual(yield* on(path, windows), [{ count: 0 }])
      })
    )
  )

  it.live("is kept from a living process and taken over from one that was killed", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const path = join(folder, "floor.sqlite")
        const child = holder(path)
        yield* Effect.promise(() => once(child.stdout, "data"))
        const error = yield* Effect.flip(on(path, windows))
        assert.include(error.message, `another floor is running with it. Stop that one first`)
        assert.include(error.message, `(process ${child.pid})`)
        child.kill("SIGKILL")
        yield* Effect.promise(() => once(child, "close"))
        assert.isTrue(existsSync(`${path}.lock`))
        assert.deepStrictEqual(yield* on(path, windows), [{ count: 0 }])
        assert.deepStrictEqual(readdirSync(folder), ["floor.sqlite"])
      })
    )
  )

  it.effect("is taken over after a new start of the machine, and not from a machine nobody can see", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const path = join(folder, "floor.sqlite")
        const own = ownerOf(process.pid)
        const claim = `${path}.claim-1-1`
        mkdirSync(`${path}.lock`)
        writeFileSync(claim, JSON.stringify({ ...own, pid: 1, space: "another boot" }))
        assert.strictEqual(own.host, hostname())
        yield* on(path, windows)
        assert.deepStrictEqual(readdirSync(folder), ["floor.sqlite"])

        writeFileSync(claim, JSON.stringify({ ...own, pid: 1, host: "elsewhere.example" }))
        const error = yield* Effect.flip(on(path, windows))
        assert.include(error.message, `nobody knows whether ${claim} still holds`)
        assert.deepStrictEqual(readdirSync(folder).sort(), ["floor.sqlite", "floor.sqlite.claim-1-1"])
      })
    )
  )

  it.effect("does not break a lock that no floor has left", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const path = join(folder, "floor.sqlite")
        mkdirSync(`${path}.lock`)
        const error = yield* Effect.flip(on(path, windows))
        assert.include(
          error.message,
          `there is a lock ${path}.lock; delete that folder if no program has the file open`
        )
        assert.deepStrictEqual(readdirSync(folder), ["floor.sqlite.lock"])
      })
    )
  )

  it.effect("says what is wrong with a file that is none", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const text = join(folder, "text.sqlite")
        writeFileSync(text, "no database ".repeat(100))
        const broken = yield* Effect.flip(on(text, windows))
        assert.match(broken.message, /text\.sqlite: it is damaged, or no store of Outpace\. Put a backup in its place/)

        const newer = join(folder, "newer.sqlite")
        yield* on(newer, windows)
        const later = SqlClient.SqlClient.use(
          (sql) => sql`INSERT INTO outpace_migrations (migration_id, name) VALUES (${schemaVersion + 1}, 'later')`
        )
        yield* Effect.provide(later, Layer.fresh(layerSqlite(newer)))
        const tooNew = yield* Effect.flip(on(newer, windows))
        assert.include(tooNew.message, `newer Outpace. Update Outpace (schema ${schemaVersion + 1};`)

        const nowhere = yield* Effect.flip(on(join(folder, "none", "floor.sqlite"), windows))
        assert.include(nowhere.message, "it cannot be opened for writing. Check that its folder is there")
      })
    )
  )
})
