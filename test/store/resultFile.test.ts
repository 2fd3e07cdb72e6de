import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import sqlite from "node-sqlite3-wasm"
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import { schemaVersion } from "../../src/store/migrations.ts"
import { loadResult, saveResult } from "../../src/store/resultFile.ts"
import { emptyFolder, withFiles } from "./files.ts"
import { attempt, span, stored } from "./stored.ts"

const saved = Effect.gen(function* () {
  const folder = yield* emptyFolder
  const path = join(folder, "result.sqlite")
  yield* saveResult(path, stored())
  return { folder, path }
})

const sqlOn = (path: string, ...statements: ReadonlyArray<string>) => {
  const db = new sqlite.Database(path)
  for (const statement of statements) db.exec(statement)
  db.close()
}

describe("a result file", () => {
  it.effect("gives back exactly what was saved, and nothing else is left beside it", () =>
    withFiles(
      Effect.gen(function* () {
        const { folder, path } = yield* saved
        assert.deepStrictEqual(yield* loadResult(path), stored())
        assert.deepStrictEqual(readdirSync(folder), ["result.sqlite"])
        assert.strictEqual(statSync(path).mode & 0o777 & ~process.umask(), 0o666 & ~process.umask())
      })
    )
  )

  it.effect("keeps more rows than one statement takes", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "result.sqlite")
        const many = stored({
          attempts: Array.from({ length: 2_345 }, (_, i) => attempt(i + 1)),
          spans: Array.from({ length: 1_001 }, (_, i) => span(i, i + 1))
        })
        yield* saveResult(path, many)
        assert.deepStrictEqual(yield* loadResult(path), many)
      })
    )
  )

  it.effect("is made with its folders and replaces an earlier one whole", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "a", "b", "result.sqlite")
        yield* saveResult(path, stored())
        const next = stored({ kind: "compare", attempts: [], spans: [] })
        yield* saveResult(path, next)
        assert.deepStrictEqual(yield* loadResult(path), next)
      })
    )
  )

  it.effect("is one plain file in any SQLite: no log and no lock are needed to read it", () =>
    withFiles(
      Effect.gen(function* () {
        const { path } = yield* saved
        // Bytes 18 and 19 of the header are 2 in write-ahead mode.
        assert.deepStrictEqual([...readFileSync(path).subarray(18, 20)], [1, 1])
      })
    )
  )

  it.effect("is read from a folder that cannot be written, while another holds the lock", () =>
    withFiles(
      Effect.gen(function* () {
        const { folder, path } = yield* saved
        mkdirSync(`${path}.lock`)
        chmodSync(folder, 0o555)
        assert.deepStrictEqual(yield* loadResult(path), stored())
        chmodSync(folder, 0o755)
      })
    )
  )
})

describe("a file that is no result", () => {
  const failure = (path: string) => Effect.map(Effect.flip(loadResult(path)), (error) => [error._tag, error.message])
  const broken = (name: string, spoil: (path: string) => void, tag: string, sentence: RegExp) =>
    it.effect(name, () =>
      withFiles(
        Effect.gen(function* () {
          const { path } = yield* saved
          spoil(path)
          const [found, message] = yield* failure(path)
          assert.strictEqual(found, tag)
          assert.match(message, sentence)
          assert.include(message, path)
        })
      )
    )

  broken(
    "of a newer version says so",
    (path) => sqlOn(path, `INSERT INTO outpace_migrations (migration_id, name) VALUES (${schemaVersion + 1}, 'later')`),
    "NewerSchema",
    new RegExp(
      `newer Outpace \\(schema ${schemaVersion + 1}; this one knows up to ${schemaVersion}\\)\\. Update Outpace`
    )
  )
  broken("of text", (path) => writeFileSync(path, "name: x\n".repeat(50)), "NotAResult", /not an SQLite file/)
  broken("that is empty", (path) => writeFileSync(path, ""), "NotAResult", /not an SQLite file/)
  broken("that was cut", (path) => truncateSync(path, 5_000), "NotAResult", /malformed|not a database/)
  broken("with a damaged result", (path) => sqlOn(path, "UPDATE results SET body = '{'"), "NotAResult", /understood/)
  broken("without a result", (path) => sqlOn(path, "DELETE FROM results"), "NotAResult", /no result is in it/)
  broken(
    "with other tables",
    (path) => sqlOn(path, "DROP TABLE results", "CREATE TABLE results (id INTEGER)"),
    "NotAResult",
    /no such column/
  )

  it.effect("of another program", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "other.sqlite")
        sqlOn(path, "CREATE TABLE t (a)")
        const before = readFileSync(path)
        assert.match((yield* failure(path))[1], /none of Outpace's tables/)
        assert.deepStrictEqual(readFileSync(path), before)
      })
    )
  )

  it.effect("that is missing, or a folder", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        assert.match((yield* failure(join(folder, "no.sqlite")))[1], /no such file or directory/)
        assert.deepStrictEqual(yield* failure(folder), ["Unreadable", `cannot read ${folder}: it is a folder.`])
      })
    )
  )
})

describe("a place that cannot be written", () => {
  const failure = (path: string) =>
    Effect.map(Effect.flip(saveResult(path, stored())), (error) => [error._tag, error.path, error.problem])

  it.effect("below a file", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeFileSync(join(folder, "file"), "")
        const path = join(folder, "file", "result.sqlite")
        assert.deepStrictEqual(yield* failure(path), ["Unwritable", path, "not-a-folder"])
      })
    )
  )

  it.effect("where a folder has the name", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const path = join(folder, "result.sqlite")
        mkdirSync(join(path, "inside"), { recursive: true })
        assert.deepStrictEqual(yield* failure(path), ["Unwritable", path, "a-folder"])
        assert.deepStrictEqual(readdirSync(folder), ["result.sqlite"])
      })
    )
  )

  it.effect("leaves an earlier result as it was when the new one cannot be kept", () =>
    withFiles(
      Effect.gen(function* () {
        const { folder, path } = yield* saved
        // A row SQLite refuses: half a millisecond in a column of whole ones.
        const refused = stored({ attempts: [attempt(1, { placedAt: 0.5 })] })
        assert.deepStrictEqual((yield* Effect.flip(saveResult(path, refused))).problem, "other")
        assert.deepStrictEqual(yield* loadResult(path), stored())
        assert.deepStrictEqual(readdirSync(folder), ["result.sqlite"])
        copyFileSync(path, `${path}.copy`)
        assert.deepStrictEqual(yield* loadResult(`${path}.copy`), stored())
      })
    )
  )
})
