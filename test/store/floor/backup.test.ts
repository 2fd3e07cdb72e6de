import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { backup } from "../../../src/store/floor/backup.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { appendEvents, eventsOf } from "../../../src/store/floor/journalRows.ts"
import { insertWindow } from "../../../src/store/floor/windows.ts"
import { emptyFolder, withFiles } from "../files.ts"

const window = { openedAt: 1, epoch: 1, settings: {}, opening: {} }
const text = "x".repeat(900)

describe("a backup", () => {
  it.live("is whole while the floor goes on, and the floor loses nothing by it", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "floor.sqlite")
        const copy = join(dirname(path), "backups", "copy.sqlite")
        let atEnd = 0
        yield* Effect.provide(
          Effect.gen(function* () {
            const { id } = yield* insertWindow(window)
            const append = (seq: number) =>
              appendEvents(
                id,
                seq,
                Array.from({ length: 20 }, (_, i) => ({ at: seq + i, event: { text } }))
              )
            for (let seq = 0; seq < 2_000; seq += 20) yield* append(seq)
            const copying = yield* Effect.forkChild(backup(path, copy))
            let seq = 2_000
            while (copying.pollUnsafe() === undefined) {
              yield* append(seq)
              seq += 20
              yield* Effect.yieldNow
            }
            yield* Fiber.join(copying)
            for (const until = seq + 1_500; seq < until; seq += 20) yield* append(seq)
            atEnd = seq
          }),
          layer(path)
        )
        const kept = (file: string) => Effect.provide(Stream.runCollect(eventsOf(1)), layer(file))
        const copied = yield* kept(copy)
        assert.isAtLeast(copied.length, 2_000)
        assert.deepStrictEqual(
          copied.map(({ at }) => at),
          Array.from(copied, (_, at) => at)
        )
        assert.strictEqual((yield* kept(path)).length, atEnd)
        const whole = SqlClient.SqlClient.use((sql) => sql`PRAGMA integrity_check`.values)
        assert.deepStrictEqual(yield* Effect.provide(whole, layer(copy)), [["ok"]])
        assert.deepStrictEqual(readdirSync(dirname(copy)), ["copy.sqlite"])
      })
    )
  )

  it.live("that cannot be made leaves the one before, and says why", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "floor.sqlite")
        const blocked = join(dirname(path), "file")
        writeFileSync(blocked, "")
        const error = yield* Effect.flip(Effect.provide(backup(path, join(blocked, "copy.sqlite")), layer(path)))
        assert.strictEqual(error._tag === "Unwritable" && error.problem, "not-a-folder")
      })
    )
  )
})
