import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Fiber, Layer, Logger, Result, Scope, Stream } from "effect"
import { TestClock } from "effect/testing"
import { E164 } from "../../../src/domain/Contact.ts"
import type { LegEvent } from "../../../src/sip/Leg.ts"
import type { Leg } from "../../../src/sip/Sip.ts"
import { type PlacedCall, Trunks } from "../../../src/sip/trunks/Trunks.ts"
import { sdp } from "../pair/pair.ts"
import { answered, answers, ended, FakeSip, failed, over, refuses, ringing, rings, silent } from "./fakeSip.ts"
import { trunkOf } from "./trunkOf.ts"

const wanted = { number: E164.make("+442079460000"), sdp: sdp(4_000) }
const north = trunkOf("north")
const south = trunkOf("south", { priority: 2 })
const west = trunkOf("west", { priority: 3 })

/** One word an event. */
const word = (event: LegEvent): string =>
  event._tag === "Failed"
    ? `Failed ${event.cause.status}`
    : event._tag === "Ended"
      ? `Ended by ${event.by}${event.cause.status === 0 ? "" : ` ${event.cause.status}`}`
      : event._tag

const wordsOf = (leg: Leg) => Effect.map(Stream.runCollect(leg.events), (events) => events.map(word))
const attemptsOf = ({ attempts }: PlacedCall) =>
  Effect.map(attempts, (all) => all.map(({ callId, trunk }) => `${trunk} ${callId}`))
const place = Trunks.use((trunks) => trunks.place(wanted))
const status = Trunks.use((trunks) => trunks.status)
/** State, lines, calls placed and failed of each trunk. */
const figures = Effect.map(status, (all) =>
  all.map((each) => `${each.name} ${each.state} ${each.lines} ${each.callsPlaced} ${each.callsFailed}`)
)

/** One call, all that is told of it, and what tried it. */
const oneCall = Effect.scoped(
  Effect.gen(function* () {
    const call = yield* place
    const words = yield* Effect.forkChild(wordsOf(call.leg))
    yield* TestClock.adjust("10 minutes")
    return { words: yield* Fiber.join(words), attempts: yield* attemptsOf(call), first: call.trunk, id: call.leg.id }
  })
)

describe("a call over several trunks", () => {
  it.effect("is one leg, over the trunk with the first priority", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", answers())
    return Effect.gen(function* () {
      const { attempts, first, id, words } = yield* oneCall
      assert.deepStrictEqual(words, ["Ringing", "Answered", "Ended by them"])
      assert.deepStrictEqual([attempts, first, id], [["north call-0"], "north", "call-0"])
      assert.deepStrictEqual(yield* figures, ["south up 0 0 0", "north up 0 1 0"])
    }).pipe(Effect.provide(over(sip, south, north)))
  })
  it.effect.each([408, 500, 503])(
    "goes to the next trunk when the first fails it with %i, and nothing of that is told",
    (status) => {
      const sip = new FakeSip()
      sip.farEnds.set("north.example", refuses(status))
      sip.farEnds.set("south.example", answers())
      return Effect.gen(function* () {
        const { attempts, first, id, words } = yield* oneCall
        assert.deepStrictEqual(words, ["Ringing", "Answered", "Ended by them"])
        assert.deepStrictEqual([attempts, first, id], [["north call-0", "south call-1"], "north", "call-0"])
        assert.deepStrictEqual(yield* figures, ["north up 0 1 1", "south up 0 1 0"])
      }).pipe(Effect.provide(over(sip, north, south)))
    }
  )
  it.effect("goes on after six seconds of silence, or as many as the trunk's settings say", () => {
    const sip = new FakeSip()
    sip.farEnds.set("west.example", answers())
    const south = trunkOf("south", { priority: 2, silenceSecondsMax: 3 })
    return Effect.gen(function* () {
      assert.deepStrictEqual((yield* oneCall).words, ["Ringing", "Answered", "Ended by them"])
      assert.deepStrictEqual(
        sip.legs.map(({ beganAt, call }) => [beganAt, call.patience]),
        [
          [0, { millis: 6_000, also: true }],
          [6_000, { millis: 3_000, also: true }],
          [9_000, { millis: 6_000, also: false }]
        ]
      )
    }).pipe(Effect.provide(over(sip, north, south, west)))
  })
  it.effect("waits 32 s where no other trunk could take the call: the next is full, down, or there is none", () => {
    const sip = new FakeSip()
    const full = trunkOf("full", { priority: 2, linesMax: 1 })
    sip.farEnds.set("full.example", rings)
    return Effect.gen(function* () {
      const scope = yield* Scope.make()
      const other = new FakeSip()
      yield* Effect.gen(function* () {
        assert.deepStrictEqual((yield* oneCall).words, ["Failed 408"])
        assert.deepStrictEqual(other.legs[0].endedAt, 32_000)
      }).pipe(Effect.provide(over(other, north)))
      // The first call waits for an answer of north's, the second for one of the full trunk's only line.
      sip.farEnds.set("north.example", refuses(503))
      yield* Scope.provide(place, scope)
      yield* TestClock.adjust("1 second")
      sip.farEnds.set("north.example", silent)
      yield* TestClock.adjust("6 seconds")
      const began = sip.legs.length
      yield* Scope.provide(place, scope)
      assert.deepStrictEqual(sip.legs[began].call.patience, { millis: 6_000, also: false })
      yield* Scope.close(scope, Exit.void)
    }).pipe(Effect.provide(over(sip, north, full)))
  })
  it.effect.each([302, 401, 403, 404, 480, 486, 502, 600, 603])(
    "is over when the far end refuses with %i",
    (status) => {
      const sip = new FakeSip()
      sip.farEnds.set("north.example", refuses(status))
      return Effect.gen(function* () {
        const { attempts, words } = yield* oneCall
        assert.deepStrictEqual([words, attempts], [[`Failed ${status}`], ["north call-0"]])
        assert.deepStrictEqual(yield* figures, ["north up 0 1 0", "south up 0 0 0"])
      }).pipe(Effect.provide(over(sip, north, south)))
    }
  )
  it.effect("fails as the last trunk failed it, each trunk having had it once", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(503))
    sip.farEnds.set("south.example", refuses(408))
    sip.farEnds.set("west.example", refuses(500))
    return Effect.gen(function* () {
      const { attempts, words } = yield* oneCall
      assert.deepStrictEqual(words, ["Failed 500"])
      assert.deepStrictEqual(attempts, ["north call-0", "south call-1", "west call-2"])
    }).pipe(Effect.provide(over(sip, north, south, west)))
  })
  const heard: ReadonlyArray<readonly [string, LegEvent]> = [
    ["rang", ringing],
    ["had early media", { _tag: "EarlyMedia", sdp: "v=0\r\n" }]
  ]
  it.effect.each(heard)("is not tried elsewhere once it %s", ([, event]) => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", (leg) => Effect.andThen(leg.tell(event), leg.tell(failed(503))))
    return Effect.gen(function* () {
      assert.deepStrictEqual((yield* oneCall).words, [event._tag, "Failed 503"])
      assert.deepStrictEqual(yield* figures, ["north up 0 1 0", "south up 0 0 0"])
    }).pipe(Effect.provide(over(sip, north, south)))
  })
  it.effect("stays answered whatever the trunks say afterwards", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(503))
    sip.farEnds.set("south.example", (leg) =>
      leg.tell(answered).pipe(
        Effect.andThen(Effect.sleep(5_000)),
        // The first trunk comes late with another word, and the call ends by a BYE that gives 503 as its reason.
        Effect.andThen(sip.legs[0].tell(answered)),
        Effect.andThen(leg.tell(ended("them", 503)))
      )
    )
    return Effect.gen(function* () {
      const { attempts, words } = yield* oneCall
      assert.deepStrictEqual(words, ["Answered", "Ended by them 503"])
      assert.deepStrictEqual(attempts, ["north call-0", "south call-1"])
    }).pipe(Effect.provide(over(sip, north, south, west)))
  })
  it.effect("sends keys and offers to whichever trunk has it", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(503))
    sip.farEnds.set("south.example", answers())
    return Effect.gen(function* () {
      const { leg } = yield* place
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual(yield* leg.reoffer(sdp(4_002)), "call-1")
      yield* leg.sendKey("5", 100)
      assert.strictEqual((yield* Effect.flip(leg.sendKey("x", 100))).status, 400)
    }).pipe(Effect.scoped, Effect.provide(over(sip, north, south)))
  })
})

describe("a mistake of ours", () => {
  it.effect("ends the call it is made in, and frees its line", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(503))
    sip.breaksAt = "south.example"
    return Effect.gen(function* () {
      const { leg } = yield* place
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* wordsOf(leg), ["Failed 503"])
      const broken = yield* Effect.exit(place)
      assert.isTrue(Exit.isFailure(broken) && Cause.hasDies(broken.cause))
      assert.deepStrictEqual(yield* figures, ["north resting 0 1 1", "south up 0 2 0"])
    }).pipe(Effect.scoped, Effect.provide(over(sip, north, south)), Effect.provide(Logger.layer([])))
  })
})

describe("hanging up", () => {
  it.effect("a ringing call ends it on its trunk, and no other has it", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", rings)
    return Effect.gen(function* () {
      const { leg } = yield* place
      yield* TestClock.adjust("1 second")
      assert.strictEqual(word(yield* leg.hangUp), "Ended by us")
      assert.strictEqual(word(yield* leg.ended), "Ended by us")
      assert.deepStrictEqual(yield* wordsOf(leg), ["Ringing", "Ended by us"])
      assert.deepStrictEqual(yield* figures, ["north up 0 1 0", "south up 0 0 0"])
    }).pipe(Effect.scoped, Effect.provide(over(sip, north, south)))
  })
  it.effect("while the second trunk is tried ends it for good", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(503))
    return Effect.gen(function* () {
      const { leg } = yield* place
      yield* TestClock.adjust("1 second")
      assert.strictEqual(word(yield* leg.hangUp), "Ended by us")
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(sip.log, ["calls north.example", "calls south.example", "hangs up south.example"])
    }).pipe(Effect.scoped, Effect.provide(over(sip, north, south, west)))
  })
  it.effect("at the very moment of a failure ends it for good, with that failure as its cause", () => {
    const sip = new FakeSip()
    return Effect.gen(function* () {
      const { leg } = yield* place
      // Nobody has read the failure yet when the hang-up comes.
      yield* sip.legs[0].tell(failed(503))
      assert.strictEqual(word(yield* leg.hangUp), "Ended by us 503")
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(sip.log, ["calls north.example"])
      assert.deepStrictEqual(yield* figures, ["north up 0 1 1", "south up 0 0 0"])
    }).pipe(Effect.scoped, Effect.provide(over(sip, north, south)))
  })
  it.effect("while it waits for its turn on the second trunk ends it at once", () => {
    const sip = new FakeSip()
    const quick = trunkOf("north", { callsPerSecondMax: 500 })
    const slow = trunkOf("south", { priority: 2, callsPerSecondMax: 1 })
    sip.farEnds.set("north.example", refuses(503))
    sip.farEnds.set("south.example", rings)
    return Effect.gen(function* () {
      const placing = yield* Effect.forkChild(Effect.all([place, place]))
      yield* TestClock.adjust("300 millis")
      const [first, second] = yield* Fiber.join(placing)
      assert.deepStrictEqual(yield* figures, ["north resting 0 2 2", "south up 2 1 0"])
      assert.strictEqual(word(yield* second.leg.hangUp), "Ended by us 503")
      assert.deepStrictEqual(yield* figures, ["north resting 0 2 2", "south up 1 1 0"])
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(yield* attemptsOf(first), ["north call-0", "south call-2"])
      assert.deepStrictEqual(yield* attemptsOf(second), ["north call-1"])
      assert.lengthOf(sip.legs, 3)
    }).pipe(Effect.scoped, Effect.provide(over(sip, quick, slow)))
  })
  it.effect("may be done again and again, and after the end", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(486))
    return Effect.gen(function* () {
      const { leg } = yield* place
      yield* TestClock.adjust("1 second")
      const all = yield* Effect.all([leg.hangUp, leg.hangUp, leg.ended], { concurrency: "unbounded" })
      assert.deepStrictEqual(all.map(word), ["Failed 486", "Failed 486", "Failed 486"])
    }).pipe(Effect.scoped, Effect.provide(over(sip, north)))
  })
  it.effect("is what leaving the scope does; the line is in use until the far end has confirmed it", () => {
    const sip = new FakeSip()
    sip.hangUpMillis = 3_000
    sip.farEnds.set("north.example", answers())
    return Effect.gen(function* () {
      const scope = yield* Scope.make()
      const { leg } = yield* Scope.provide(place, scope)
      yield* TestClock.adjust("5 seconds")
      const closing = yield* Effect.forkChild(Scope.close(scope, Exit.void))
      yield* TestClock.adjust("2999 millis")
      assert.deepStrictEqual([yield* figures, closing.pollUnsafe()], [["north up 1 1 0"], undefined])
      yield* TestClock.adjust("1 millis")
      yield* Fiber.join(closing)
      assert.deepStrictEqual(yield* figures, ["north up 0 1 0"])
      assert.deepStrictEqual(yield* wordsOf(leg), ["Ringing", "Answered", "Ended by us"])
    }).pipe(Effect.provide(over(sip, north)))
  })
  it.effect("is what interrupting does to a call that waits for its turn: nothing is sent", () => {
    const sip = new FakeSip()
    const slow = trunkOf("north", { callsPerSecondMax: 1 })
    return Effect.gen(function* () {
      yield* place
      const waiting = yield* Effect.forkChild(Effect.scoped(place), { startImmediately: true })
      yield* TestClock.adjust("500 millis")
      assert.deepStrictEqual(yield* figures, ["north up 2 1 0"])
      yield* Fiber.interrupt(waiting)
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual(yield* figures, ["north up 1 1 0"])
    }).pipe(Effect.scoped, Effect.provide(over(sip, slow)))
  })
  it.effect("is what closing the layer does to all calls at once, before it leaves its registrars", () => {
    const sip = new FakeSip()
    sip.hangUpMillis = 3_000
    sip.farEnds.set("north.example", answers())
    const trunk = trunkOf("north", { register: true, credentials: { user: "u", password: "p" } })
    return Effect.gen(function* () {
      const world = yield* Scope.make()
      const context = yield* Layer.buildWithScope(over(sip, trunk), world)
      yield* sip.register("north.example", { registeredUntilMillis: 600_000 })
      yield* TestClock.adjust("1 millis")
      const placing = yield* Effect.forkChild(Effect.provide(Effect.all([place, place, place]), context))
      yield* TestClock.adjust("5 seconds")
      const legs = (yield* Fiber.join(placing)).map(({ leg }) => leg)
      const closing = yield* Effect.forkChild(Scope.close(world, Exit.void))
      yield* TestClock.adjust("3 seconds")
      yield* Fiber.join(closing)
      assert.deepStrictEqual(sip.log.slice(3), [
        ...Array<string>(3).fill("hangs up north.example"),
        "leaves north.example"
      ])
      const words = yield* Effect.forEach(legs, wordsOf)
      assert.deepStrictEqual(words, Array(3).fill(["Ringing", "Answered", "Ended by us"]))
      // Whoever still wants to place a call is not left waiting.
      const late = yield* Effect.exit(Effect.scoped(Effect.provide(place, context)))
      assert.isTrue(Exit.hasInterrupts(late))
    }).pipe(Effect.scoped)
  })
})

describe("no trunk", () => {
  it.effect("takes a call when all are out, and it is said why of each", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(503))
    sip.farEnds.set("south.example", rings)
    const small = trunkOf("south", { linesMax: 1 })
    return Effect.gen(function* () {
      yield* Effect.forkScoped(place)
      yield* TestClock.adjust("1 second")
      const error = yield* Effect.flip(place)
      assert.strictEqual(
        error.message,
        "no trunk can take the call: north is resting (a call was refused with 503), south has all of its 1 lines in use"
      )
    }).pipe(Effect.scoped, Effect.provide(over(sip, north, small)))
  })
  it.effect("has a call whose trunk fails another while it waits for its turn there: it goes on, or nowhere", () => {
    const sip = new FakeSip()
    const slow = trunkOf("north", { callsPerSecondMax: 1 })
    sip.farEnds.set("north.example", refuses(503))
    sip.farEnds.set("south.example", rings)
    const both = Effect.forkChild(Effect.all([place, Effect.result(place)], { concurrency: "unbounded" }))
    const second = Effect.gen(function* () {
      const placing = yield* both
      yield* TestClock.adjust("2 seconds")
      return (yield* Fiber.join(placing))[1]
    })
    return Effect.gen(function* () {
      const alone = yield* Effect.provide(second, over(sip, slow), { local: true })
      assert.strictEqual(
        Result.isFailure(alone) && alone.failure.message,
        "no trunk can take the call: north is resting (a call was refused with 503)"
      )
      const helped = yield* Effect.provide(second, over(sip, slow, south), { local: true })
      assert.strictEqual(Result.isSuccess(helped) && helped.success.trunk, "south")
      assert.lengthOf(sip.at("north.example"), 2)
    }).pipe(Effect.scoped)
  })
  it.effect("takes a call that is none, and nothing is sent", () => {
    const sip = new FakeSip()
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Trunks.use((trunks) => trunks.place({ ...wanted, sdp: "" })))
      assert.strictEqual(error._tag, "CallInvalid")
      assert.deepStrictEqual([sip.log, yield* figures], [[], ["north up 0 0 0"]])
    }).pipe(Effect.scoped, Effect.provide(over(sip, north)))
  })
})
