import { assert, describe, it } from "@effect/vitest"
import { NodeServices } from "@effect/platform-node"
import { Effect, Logger } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { endRecordings } from "../../../src/runtime/serve/endRecordings.ts"
import { insertRecording } from "../../../src/store/floor/recordings.ts"
import { onStore } from "../../store/floor/onStore.ts"

const hour = 3_600_000
/** Lets the fibre that deletes go on until it has nothing to do. */
const settle = <E, R>(condition: Effect.Effect<boolean, E, R>) =>
  Effect.gen(function* () {
    for (let turns = 0; turns < 1_000 && !(yield* condition); turns += 1) {
      yield* TestClock.withLive(Effect.sleep("2 millis"))
    }
    assert.isTrue(yield* condition)
  })

const keeping = (folder: string) => (name: string, keepUntil: number) =>
  Effect.gen(function* () {
    const path = join(folder, name)
    writeFileSync(path, "sound")
    const call = { run: "window-1", campaign: "Sales", contact: 1, attempt: 1, startedAt: 0, seconds: 1 }
    yield* insertRecording({ ...call, path, keepUntil })
    return path
  })

const known = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  return (yield* sql<{ readonly path: string }>`SELECT path FROM recordings ORDER BY path`).map(({ path }) => path)
})

const isKnown = (paths: ReadonlyArray<string>) =>
  Effect.map(known, (found) => JSON.stringify(found) === JSON.stringify(paths))

const onFolder = <A, E>(use: (folder: string) => Effect.Effect<A, E, SqlClient.SqlClient>) =>
  onStore((path) => use(join(path, "..")))

describe("recordings whose time is over", () => {
  it.effect("are deleted at the start and while the floor runs, with what the store has of them", () =>
    onFolder((folder) =>
      Effect.gen(function* () {
        const keep = keeping(folder)
        yield* TestClock.setTime(10 * hour)
        const many = yield* Effect.forEach(
          Array.from({ length: 250 }, (_, index) => `due-${index}.wav`),
          (name) => keep(name, 10 * hour)
        )
        const later = yield* keep("later.wav", 12 * hour)
        const last = yield* keep("last.wav", 14 * hour)
        yield* endRecordings
        yield* settle(isKnown([last, later]))
        assert.isFalse(many.some(existsSync))
        yield* TestClock.adjust("1 hours")
        assert.deepStrictEqual([later, last].map(existsSync), [true, true])
        yield* TestClock.adjust("1 hours")
        yield* settle(isKnown([last]))
        assert.deepStrictEqual([later, last].map(existsSync), [false, true])
      }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
    )
  )

  it.effect("are forgotten where the file is gone, and told of each hour where it cannot be deleted", () => {
    const logged: Array<unknown> = []
    const logger = Logger.layer([Logger.make(({ message }) => void logged.push(message))])
    const failures = () => logged.filter((message) => JSON.stringify(message).includes("cannot be deleted")).length
    return onFolder((folder) =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const keep = keeping(folder)
        const gone = yield* keep("gone.wav", 0)
        yield* sql`UPDATE recordings SET path = ${`${gone}-elsewhere`}`
        // A folder is no file: it cannot be deleted as one.
        const stuck = join(folder, "stuck.wav")
        mkdirSync(join(stuck, "inside"), { recursive: true })
        const call = { run: "window-1", campaign: "Sales", contact: 1, attempt: 1, startedAt: 0, seconds: 1 }
        yield* insertRecording({ ...call, path: stuck, keepUntil: 0 })
        const behind = yield* keep("behind.wav", 1)
        yield* TestClock.setTime(hour)
        yield* endRecordings
        yield* settle(isKnown([stuck]))
        assert.deepStrictEqual([existsSync(behind), failures()], [false, 1])
        yield* TestClock.adjust("1 hours")
        yield* settle(Effect.sync(() => failures() === 2))
      }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
    ).pipe(Effect.provide(logger))
  })
})
