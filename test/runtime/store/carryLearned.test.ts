import { assert, describe, it } from "@effect/vitest"
import { Effect, Logger } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import { replay } from "../../../src/runtime/store/replay.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { openWindow } from "../../../src/store/floor/windows.ts"
import { emptyFolder, withFiles } from "../../store/files.ts"
import { contactOf, floorText, settingsAt, start } from "./floorFile.ts"
import { type LiveFloor, open } from "./LiveFloor.ts"
import { World } from "./World.ts"

const dayMillis = 86_400_000
const inFile = <A, E>(use: (path: string) => Effect.Effect<A, E>) =>
  withFiles(Effect.flatMap(emptyFolder, (folder) => use(join(folder, "floor.sqlite"))))
const session = <A, E>(path: string, run: Effect.Effect<A, E, SqlClient.SqlClient>) => Effect.provide(run, layer(path))

const learnedOf = ({ floor: { core } }: Pick<LiveFloor, "floor">) =>
  core.dialler.campaigns.map(({ learned }) => learned.figures)

/** A day on which something is learnt; nothing is in hand at its end. */
const day = (path: string) =>
  session(
    path,
    Effect.gen(function* () {
      const world = new World(5)
      const live = yield* open(path, start, settingsAt())
      yield* live.put(
        0,
        Array.from({ length: 120 }, (_, index) => contactOf(index))
      )
      yield* live.tell(world, 5, { kind: "contactsAdded", campaign: 0, count: 120, segment: null })
      yield* live.begin(world)
      yield* live.run(world, 350)
      const { agents } = live.floor.core.dialler
      yield* live.tell(world, live.now, { kind: "stopping" })
      for (let agent = 0; agent < agents.size; agent += 1) yield* live.tell(world, live.now, { kind: "lost", agent })
      yield* live.run(world, 200)
      assert.strictEqual(live.floor.core.dialler.calls.size, 0)
      return learnedOf(live)
    })
  )

const closeTo = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): void => {
  assert.strictEqual(a.length, b.length)
  a.forEach((each, i) => assert.approximately(each, b[i], 1e-9))
}

describe("the next window", () => {
  it.effect("begins with what the one before had learnt, and comes back with it from its journal", () =>
    inFile((path) =>
      Effect.gen(function* () {
        const [sales] = yield* day(path)
        assert.notStrictEqual(sales.answer.level, 0.3)
        yield* session(
          path,
          Effect.gen(function* () {
            const world = new World(9)
            const at = start + 2 * dayMillis
            const live = yield* open(path, at, settingsAt())
            assert.strictEqual(live.floor.window.id, 2)
            const [next] = learnedOf(live)
            assert.strictEqual(next.answer.level, sales.answer.level)
            assert.deepStrictEqual(next.answer, sales.answer)
            assert.deepStrictEqual(next.speeds, sales.speeds)
            closeTo(next.talk.shares, sales.talk.shares)
            assert.approximately(next.talk.meanSeconds, sales.talk.meanSeconds, 1e-9)
            closeTo(next.rings.answers, sales.rings.answers)
            yield* live.begin(world)
            yield* live.run(world, 200)
            assert.notDeepEqual(learnedOf(live)[0].answer, sales.answer)
            const window = yield* openWindow
            assert.isNotNull(window)
            const replayed = yield* replay(path, window)
            assert.deepStrictEqual(
              replayed.core.dialler.campaigns.map(({ learned }) => learned.figures),
              learnedOf(live)
            )
          })
        )
      })
    )
  )

  it.effect("knows agents by who they are, and learns anew where something else is counted", () =>
    inFile((path) =>
      Effect.gen(function* () {
        const [sales] = yield* day(path)
        assert.includeMembers(
          sales.speeds.map(({ agent }) => agent),
          [0, 1, 2]
        )
        // Ann has left, so Ben and Cas have smaller numbers.
        const withoutAnn = settingsAt(floorText.replace("      - { name: Ann, user: ann, password: hush }\n", ""))
        const next = yield* session(path, Effect.map(open(path, start + dayMillis, withoutAnn), learnedOf))
        assert.deepStrictEqual(
          next[0].speeds,
          sales.speeds.filter(({ agent }) => agent > 0).map((each) => ({ ...each, agent: each.agent - 1 }))
        )
        const otherwise = settingsAt(floorText.replace("detection: { enabled: true }", "detection: { enabled: false }"))
        const anew = yield* session(path, Effect.map(open(path, start + 2 * dayMillis, otherwise), learnedOf))
        assert.deepStrictEqual([anew[0].speeds, anew[0].answer.answers.every((count) => count === 0)], [[], true])
      })
    )
  )

  it.effect("says so and learns anew where the figures are of another version", () => {
    const logged: Array<unknown> = []
    const logger = Logger.layer([Logger.make(({ message }) => void logged.push(message))])
    return inFile((path) =>
      Effect.gen(function* () {
        yield* day(path)
        const at = start + 2 * dayMillis
        yield* session(path, open(path, at, settingsAt()))
        const first = yield* session(
          path,
          Effect.gen(function* () {
            const sql = yield* SqlClient.SqlClient
            yield* sql`UPDATE floor_windows SET opening = json_set(opening, '$.campaigns[0].learned.version', 99)
              WHERE closed_at IS NULL`
            assert.deepStrictEqual(logged, [])
            return learnedOf(yield* open(path, at + 1_000, settingsAt()))
          })
        )
        assert.deepStrictEqual(first[0].speeds, [])
        assert.match(JSON.stringify(logged), /Sales: what the pacing had learnt is of another version/)
      })
    ).pipe(Effect.provide(logger))
  })
})
