import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber } from "effect"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { runFloor } from "../../src/cli/floor/runFloor.ts"
import { threadsBegun } from "../media/threadsBegun.ts"
import { attemptsOf, type FloorPlan, socketOf, writeFloor } from "./harness/floor.ts"
import { newHost, until } from "./harness/host.ts"
import { folder } from "./harness/program.ts"
import { sippTrunk } from "./harness/sippTrunk.ts"

const contacts = 8

/** A floor in this process that calls two people at a time, who listen for three seconds. */
const working = Effect.gen(function* () {
  const cwd = yield* folder("sound")
  const { begun } = yield* threadsBegun
  const trunk = yield* sippTrunk({ rules: [], otherwise: { _tag: "Answer", ringMillis: 100, hertz: 700 } })
  const plan: FloorPlan = {
    host: newHost(),
    trunk: trunk.address.host,
    users: ["ann"],
    alwaysOn: true,
    contacts,
    campaign: [
      "mode: automatic",
      "pacing: { kind: lines, lines: 2 }",
      "groups: []",
      "rules: { attemptsMax: 1, ringSecondsMax: 20 }",
      "flow:",
      "  name: Notice",
      "  language: en",
      "  steps: [{ name: notice, do: say, text: Your order is here and waits for you. }, { name: done, do: hang-up, result: told }]"
    ]
  }
  writeFloor(cwd, plan)
  const floor = yield* Effect.forkScoped(
    runFloor({ config: join(cwd, "outpace.yaml"), untilDone: true, stopSeconds: 5 }).pipe(
      Effect.provide(NodeServices.layer)
    )
  )
  yield* until("the floor is ready", () => existsSync(socketOf(cwd)) || floor.pollUnsafe() !== undefined, 30)
  const calls = (count: number) => until(`${count} calls`, () => trunk.calls().length >= count, 20)
  return { cwd, begun, floor, trunk, calls }
})

describe("a floor whose audio thread dies", () => {
  it.live(
    "hangs up the calls there are, and goes on with a new one: nobody else notices",
    () =>
      Effect.gen(function* () {
        const { begun, calls, cwd, floor, trunk } = yield* working
        yield* calls(1)
        yield* Effect.sleep("400 millis")
        const before = trunk.calls().length
        yield* Effect.promise(() => [...begun][0].terminate())
        yield* Fiber.join(floor)
        assert.strictEqual(trunk.calls().length, contacts)
        const attempts = yield* attemptsOf(cwd)
        assert.strictEqual(attempts.length, contacts)
        assert.deepStrictEqual(
          attempts.filter(({ outcome }) => outcome === "congestion"),
          []
        )
        // Everybody called later was told.
        const told = attempts.filter(({ outcome }) => outcome === "scripted").length
        assert.isAtLeast(told, contacts - before)
      }).pipe(Effect.scoped),
    90_000
  )
  it.live(
    "ends in good order, with a word, when no other comes to live: nobody is called who could not be heard",
    () =>
      Effect.gen(function* () {
        const { begun, calls, cwd, floor, trunk } = yield* working
        yield* calls(1)
        for (let deaths = 0; deaths < 4; deaths += 1) {
          yield* until("another thread lives", () => begun.size > deaths)
          yield* Effect.promise(() => [...begun][deaths].terminate())
        }
        const exit = yield* Fiber.await(floor)
        assert.isTrue(Exit.isFailure(exit))
        assert.match(
          String(yield* Effect.flip(Fiber.join(floor))),
          /the media thread stopped.*so the floor has ended: start it again/
        )
        const attempts = yield* attemptsOf(cwd)
        // Everybody who was called is on record, and few were.
        assert.strictEqual(attempts.length, trunk.calls().length)
        assert.isBelow(attempts.length, contacts)
        assert.deepStrictEqual(
          attempts.filter(({ outcome }) => outcome === "interrupted"),
          []
        )
      }).pipe(Effect.scoped),
    90_000
  )
})
