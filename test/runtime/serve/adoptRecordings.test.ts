import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { SqlClient } from "effect/sql"
import { mkdirSync, utimesSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { readFloor } from "../../../src/config/floor/readFloor.ts"
import { recordingPath } from "../../../src/runtime/live/Recordings.ts"
import { adoptRecordings } from "../../../src/runtime/serve/adoptRecordings.ts"
import { insertRecording, recordingsOf as rowsOf } from "../../../src/store/floor/recordings.ts"
import { onStore } from "../../store/floor/onStore.ts"
import { contactOf, floorText, settingsAt, start } from "../store/floorFile.ts"
import { open } from "../store/LiveFloor.ts"
import { World } from "../store/World.ts"

const zone = "Europe/London"
const dayMillis = 86_400_000

describe("recordings of a floor that was killed", () => {
  it.effect("are put into its store once, those of its own calls alone, with the time they are kept for", () =>
    onStore((path) =>
      Effect.gen(function* () {
        const folder = join(dirname(path), "recordings")
        const context = { folder: dirname(path), epochMillis: start, writtenAt: new Map<string, number>() }
        const config = Result.getOrThrow(readFloor(floorText, "outpace.yaml", new Map(), context))
        const world = new World(7)
        const live = yield* open(path, start, settingsAt())
        yield* live.put(0, [0, 1, 2, 3].map(contactOf))
        yield* live.tell(world, 5, { kind: "contactsAdded", campaign: 0, count: 4, segment: null })
        yield* live.begin(world)
        yield* live.run(world, 100)
        const sql = yield* SqlClient.SqlClient
        const calls = yield* sql<{ readonly contact: number; readonly at: number }>`
          SELECT contact, min(placed_at) AS at FROM attempts WHERE campaign = 'Sales' GROUP BY contact ORDER BY contact`
        assert.isAbove(calls.length, 1)
        const fileAt = (contact: number, startedAt: number, name?: string) => {
          const place = recordingPath({ zone, campaign: "Sales", contact, attempt: 1, step: null, startedAt })
          const file = join(folder, place.folder, name ?? place.file)
          mkdirSync(dirname(file), { recursive: true })
          // Two seconds of it.
          writeFileSync(file, new Uint8Array(44 + 64_000))
          utimesSync(file, (startedAt + 2_000) / 1_000, (startedAt + 2_000) / 1_000)
          return file
        }
        const [one, two] = calls
        const stray = fileAt(one.contact, one.at + 3_000)
        const known = fileAt(two.contact, two.at + 3_000)
        // Of another floor that shares the folder, and what is no recording.
        fileAt(one.contact, one.at - 3_600_000)
        fileAt(4_000, one.at)
        fileAt(one.contact, one.at, "notes.wav")
        mkdirSync(join(folder, "archive"))
        const call = { run: "window-1", campaign: "Sales", attempt: 1, startedAt: two.at, seconds: 2, keepUntil: 1 }
        yield* insertRecording({ ...call, contact: two.contact, path: known })
        for (let times = 0; times < 2; times += 1) {
          yield* adoptRecordings(config, { folder, zone })
          assert.deepStrictEqual(yield* rowsOf("Sales", one.contact), [
            {
              run: "window-1",
              campaign: "Sales",
              contact: one.contact,
              attempt: 1,
              path: stray,
              startedAt: one.at + 3_000,
              seconds: 2,
              keepUntil: one.at + 3_000 + 90 * dayMillis
            }
          ])
          assert.strictEqual((yield* sql`SELECT 1 FROM recordings`).length, 2)
        }
      }).pipe(Effect.provide(NodeServices.layer))
    )
  )

  it.effect("are none where there is no folder yet", () =>
    onStore((path) =>
      Effect.gen(function* () {
        const context = { folder: dirname(path), epochMillis: start, writtenAt: new Map<string, number>() }
        const config = Result.getOrThrow(readFloor(floorText, "outpace.yaml", new Map(), context))
        yield* adoptRecordings(config, { folder: join(dirname(path), "none"), zone })
        const sql = yield* SqlClient.SqlClient
        assert.deepStrictEqual(yield* sql`SELECT 1 FROM recordings`, [])
      }).pipe(Effect.provide(NodeServices.layer))
    )
  )
})
