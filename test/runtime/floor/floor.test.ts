import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Outcome } from "../../../src/domain/Outcome.ts"
import type { Command } from "../../../src/runtime/floor/Command.ts"
import { Floor } from "../../../src/runtime/floor/Floor.ts"
import { FloorCore } from "../../../src/runtime/floor/FloorCore.ts"
import type { FloorEvent } from "../../../src/runtime/floor/FloorEvent.ts"
import { layerFloorPort } from "../../../src/runtime/floor/FloorPort.ts"
import { Inbox } from "../../../src/runtime/floor/Inbox.ts"
import { Journal, JournalFailed } from "../../../src/runtime/floor/Journal.ts"
import { settingsOf, team } from "../../dialler/TestFloor.ts"
import { noBook } from "./noBook.ts"

const campaign = settingsOf({ ringMillisMax: 20_000 })
const names = { groups: [{ name: "team", agents: 1 }], campaigns: [{ settings: campaign, list: { segments: [] } }] }

/** A floor of one agent and one progressive campaign; `log` has commits and commands in the order they came. */
const floorOf = (failAt = Number.POSITIVE_INFINITY) => {
  const core = new FloorCore(
    {
      groups: team(1),
      campaigns: [campaign],
      trunk: { linesMax: 10, callsPerSecondMax: Number.POSITIVE_INFINITY, ringingReported: true },
      startMinutes: 0
    },
    names,
    noBook
  )
  const log: Array<string> = []
  const does = (command: Command) => Effect.sync(() => void log.push(command.kind))
  let commits = 0
  const journal = Layer.succeed(Journal, {
    commit: (events) =>
      Effect.suspend(() => {
        commits += 1
        if (commits >= failAt) return Effect.fail(new JournalFailed({ sentence: "the disk is full" }))
        log.push(`commit ${events.map(({ at, event }) => `${event.kind}@${at}`).join(" ")}`)
        return Effect.void
      })
  })
  const world = layerFloorPort(does)
  const layer = Floor.layer(core).pipe(Layer.provide([world, journal]), Layer.provideMerge(Inbox.layer(0)))
  return { core, log, layer }
}
const signIn: FloorEvent = { kind: "signedIn", agent: 0 }
const oneContact: FloorEvent = { kind: "contactsAdded", campaign: 0, count: 1, segment: null }
/** Lets every fibre run that can. */
const settle = TestClock.adjust(0)

describe("the floor", () => {
  it.effect("commits what happened before anything follows from it", () => {
    const { core, layer, log } = floorOf()
    return Effect.gen(function* () {
      const inbox = yield* Inbox
      yield* Effect.forkScoped((yield* Floor).run)
      yield* inbox.tell(oneContact)
      yield* settle
      yield* inbox.tell(signIn)
      yield* settle
      assert.deepStrictEqual(log, [
        "commit contactsAdded@0",
        "commit signedIn@0",
        "agentChanged",
        "listLow",
        "agentChanged",
        "dial"
      ])
      assert.strictEqual(core.dialler.calls.size, 1)
    }).pipe(Effect.scoped, Effect.provide(layer))
  })

  it.effect("wakes at the instant the core waits for, once, and says so in the journal", () => {
    const { layer, log } = floorOf()
    return Effect.gen(function* () {
      const inbox = yield* Inbox
      yield* Effect.forkScoped((yield* Floor).run)
      yield* inbox.tell(oneContact)
      yield* inbox.tell(signIn)
      yield* settle
      yield* TestClock.adjust(1_500)
      yield* inbox.tell({ kind: "ringing", call: 0, generation: 0 })
      yield* settle
      log.length = 0
      yield* TestClock.adjust(19_999)
      assert.deepStrictEqual(log, [])
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(log, ["commit timers@21500", "hangUp"])
      yield* TestClock.adjust(60_000)
      assert.deepStrictEqual(log.slice(2), [])
    }).pipe(Effect.scoped, Effect.provide(layer))
  })

  it.effect("takes what came meanwhile in one commit, in order, and time between it", () => {
    const { core, layer, log } = floorOf()
    return Effect.gen(function* () {
      const inbox = yield* Inbox
      yield* inbox.tell(oneContact)
      yield* inbox.tell(signIn)
      yield* TestClock.adjust(2_000)
      yield* inbox.tell({ kind: "ringing", call: 0, generation: 0 })
      yield* TestClock.adjust(30_000)
      yield* inbox.tell({ kind: "failed", call: 0, generation: 0, outcome: Outcome.busy })
      yield* Effect.forkScoped((yield* Floor).run)
      yield* settle
      // The ring limit was over before the failure came: the call was being ended then.
      assert.strictEqual(log[0], "commit contactsAdded@0 signedIn@0 ringing@2000 timers@22000 failed@32000")
      assert.strictEqual(core.takeRecords().attempts.length, 0)
      assert.strictEqual(core.now, 32_000)
    }).pipe(Effect.scoped, Effect.provide(layer))
  })

  it.effect("ignores what comes for a call whose slot is used anew", () => {
    const { core, layer } = floorOf()
    return Effect.gen(function* () {
      const inbox = yield* Inbox
      yield* Effect.forkScoped((yield* Floor).run)
      yield* inbox.tell({ kind: "contactsAdded", campaign: 0, count: 2, segment: null })
      yield* inbox.tell(signIn)
      yield* inbox.tell({ kind: "failed", call: 0, generation: 0, outcome: Outcome.busy })
      yield* settle
      assert.strictEqual(core.dialler.calls.size, 1)
      yield* inbox.tell({ kind: "failed", call: 0, generation: 0, outcome: Outcome.busy })
      yield* settle
      assert.strictEqual(core.dialler.calls.size, 1)
    }).pipe(Effect.scoped, Effect.provide(layer))
  })

  it.effect("ends when nothing can be written down any more, before anything else is done", () => {
    const { layer, log } = floorOf(2)
    return Effect.gen(function* () {
      const inbox = yield* Inbox
      const running = yield* Effect.forkScoped((yield* Floor).run)
      yield* inbox.tell(oneContact)
      yield* settle
      yield* inbox.tell(signIn)
      const failed = yield* Effect.flip(Fiber.join(running))
      assert.strictEqual(failed.message, "the disk is full")
      assert.deepStrictEqual(log, ["commit contactsAdded@0"])
    }).pipe(Effect.scoped, Effect.provide(layer))
  })

  it.effect("is interrupted between two batches, not within one", () => {
    const { core } = floorOf()
    const done: Array<string> = []
    return Effect.gen(function* () {
      const begun = yield* Deferred.make<void>()
      const goOn = yield* Deferred.make<void>()
      const slow = Layer.succeed(Journal, {
        commit: () =>
          Effect.andThen(
            Deferred.succeed(begun, undefined),
            Effect.andThen(
              Deferred.await(goOn),
              Effect.sync(() => done.push("committed"))
            )
          )
      })
      const does = (command: Command) => Effect.sync(() => void done.push(command.kind))
      const world = layerFloorPort(does)
      const layer = Floor.layer(core).pipe(Layer.provide([world, slow]), Layer.provideMerge(Inbox.layer(0)))
      yield* Effect.gen(function* () {
        const inbox = yield* Inbox
        const running = yield* Effect.forkScoped((yield* Floor).run)
        yield* inbox.tell(signIn)
        yield* Deferred.await(begun)
        const stopping = yield* Effect.forkScoped(Fiber.interrupt(running))
        yield* settle
        assert.deepStrictEqual(done, [])
        yield* Deferred.succeed(goOn, undefined)
        yield* Fiber.join(stopping)
        assert.deepStrictEqual(done, ["committed", "agentChanged"])
      }).pipe(Effect.provide(layer))
    }).pipe(Effect.scoped)
  })
})
