import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Result, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import process from "node:process"
import { createInterface } from "node:readline"
import { replayedCore } from "../../../sim/floor/Rehearsal.ts"
import type { FloorEvent } from "../../../src/runtime/floor/FloorEvent.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import { checkStore } from "../../../src/runtime/store/checkStore.ts"
import { layer as layerJournal } from "../../../src/runtime/store/storedJournal.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { eventsOf } from "../../../src/store/floor/journalRows.ts"
import { insertWindow, runOf } from "../../../src/store/floor/windows.ts"
import { attemptsOf } from "../../../src/store/rows.ts"
import type { AttemptRow } from "../../../src/store/schema.ts"
import { floors } from "../../sim/worldFloors.ts"
import { emptyFolder, withFiles } from "../../store/files.ts"
import { smallDisk } from "../../store/fullDisk.ts"
import { contactOf, settingsAt, start } from "./floorFile.ts"
import { open } from "./LiveFloor.ts"
import { World } from "./World.ts"

const floorName = "everything at once"
const child = new URL("./rehearseInto.ts", import.meta.url).pathname

/** Lets a process rehearse into a file and kills it after so many commits; returns the number of the last event it knew kept. */
const killedAfter = (path: string, commits: number) =>
  Effect.promise(async () => {
    const running = spawn(process.execPath, [child, path, floorName], { stdio: ["ignore", "pipe", "inherit"] })
    let told = 0
    let lines = 0
    for await (const line of createInterface({ input: running.stdout })) {
      told = Number(line)
      lines += 1
      if (lines === commits) running.kill("SIGKILL")
    }
    if (running.exitCode === null && running.signalCode === null) await once(running, "exit")
    assert.strictEqual(running.signalCode, "SIGKILL")
    return told
  })

describe("a floor that is killed", () => {
  it.live.each([1, 37, 260])(
    "after %i commits and more keeps all it had committed, and every attempt once",
    (commits) =>
      withFiles(
        Effect.gen(function* () {
          const path = join(yield* emptyFolder, "floor.sqlite")
          const told = yield* killedAfter(path, commits)
          const found = yield* Effect.provide(
            Effect.gen(function* () {
              const sql = yield* SqlClient.SqlClient
              return {
                integrity: yield* sql`PRAGMA integrity_check`.values,
                events: yield* Stream.runCollect(eventsOf(1)),
                attempts: yield* attemptsOf(runOf(1))
              }
            }),
            layer(path)
          )
          assert.deepStrictEqual(found.integrity, [["ok"]])
          assert.isAtLeast(found.events.length, told)
          const core = replayedCore(floors[floorName], 1)
          const again: Array<AttemptRow> = []
          for (const { at, event } of found.events) {
            core.tell(event as FloorEvent, at)
            again.push(...core.takeRecords().attempts)
          }
          assert.deepStrictEqual(found.attempts, again)
          const keys = again.map(({ attempt, campaign, contact }) => `${campaign} ${contact} ${attempt}`)
          assert.strictEqual(new Set(keys).size, keys.length)
        })
      )
  )
})

describe("a store that cannot be written", () => {
  it.effect("ends the floor with what to do, and nothing of the batch is left", () =>
    withFiles(
      Effect.gen(function* () {
        const disk = yield* smallDisk(1_024)
        // Only a user who may mount a disk can fill one.
        if (disk === null) return
        const path = join(disk, "floor.sqlite")
        const run = Effect.gen(function* () {
          const live = yield* open(path, start, settingsAt())
          const world = new World(1)
          yield* live.put(
            0,
            Array.from({ length: 60 }, (_, index) => contactOf(index))
          )
          yield* live.tell(world, 0, { kind: "contactsAdded", campaign: 0, count: 60, segment: null })
          yield* live.begin(world)
          const failed = yield* Effect.flip(live.run(world, 100_000))
          const dialled = live.dialled.length
          const again = yield* Effect.flip(live.tell(world, live.now, { kind: "timers" }))
          return { failed, again, dialled, same: live.dialled.length }
        })
        const { again, dialled, failed, same } = yield* Effect.provide(run, layer(path))
        assert.match(failed.message, /^The floor has stopped: its store .*floor\.sqlite cannot be written \(.*\)\. /)
        assert.include(failed.message, "There is no space left on the disk: free some, then start the floor again")
        assert.strictEqual(again, failed)
        assert.strictEqual(same, dialled)
      })
    )
  )

  it.effect("is known by what is read of it", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "floor.sqlite")
        const checked = Effect.gen(function* () {
          assert.strictEqual((yield* checkStore(path)).openedAt, null)
          const live = yield* open(path, start, settingsAt())
          yield* live.put(0, [contactOf(1), contactOf(2)])
          yield* live.tell(new World(1), 5, { kind: "contactsAdded", campaign: 0, count: 2, segment: null })
          const whole = yield* checkStore(path)
          const sql = yield* SqlClient.SqlClient
          yield* sql`UPDATE journal SET event = '{"kind":"nothing of ours"}'`
          return [whole, yield* Effect.flip(checkStore(path))] as const
        })
        const [whole, broken] = yield* Effect.provide(checked, layer(path))
        assert.deepStrictEqual([whole.openedAt, whole.events, whole.callsInHand], [start, 1, 0])
        assert.deepStrictEqual(whole.campaigns[0], { name: "Sales", contacts: 2, closed: 0 })
        assert.match(broken.message, /it is damaged.*event 0 of its journal cannot be told/)
      })
    )
  )

  it.effect("takes no more after a commit that failed", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "floor.sqlite")
        const twice = Effect.gen(function* () {
          const window = yield* insertWindow({ openedAt: 0, epoch: 0, settings: {}, opening: {} })
          const sql = yield* SqlClient.SqlClient
          const journal = yield* Effect.provide(Journal, Layer.fresh(layerJournal({ path, window, eventCount: 0 })))
          const none = { attempts: [], arrivals: [], spans: [], holds: [], notes: [] }
          const commit = journal.commit([{ at: 0, event: { kind: "timers" } }], none)
          yield* sql`ALTER TABLE journal RENAME TO elsewhere`
          const first = yield* Effect.result(commit)
          yield* sql`ALTER TABLE elsewhere RENAME TO journal`
          return [first, yield* Effect.result(commit), yield* Stream.runCollect(eventsOf(1))] as const
        })
        const [first, second, events] = yield* Effect.provide(twice, layer(path))
        assert.isTrue(Result.isFailure(first))
        assert.deepStrictEqual(second, first)
        assert.deepStrictEqual(events, [])
      })
    )
  )
})
