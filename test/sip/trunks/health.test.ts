import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Redacted, Stream } from "effect"
import { TestClock } from "effect/testing"
import { E164 } from "../../../src/domain/Contact.ts"
import { Trunks } from "../../../src/sip/trunks/Trunks.ts"
import type { TrunkSettings } from "../../../src/sip/trunks/TrunkSettings.ts"
import { sdp } from "../pair/pair.ts"
import { answers, FakeSip, over, refuses, silent } from "./fakeSip.ts"
import { trunkOf } from "./trunkOf.ts"

const place = Trunks.use((trunks) => trunks.place({ number: E164.make("+442079460000"), sdp: sdp(4_000) }))
const states = Effect.map(
  Trunks.use((trunks) => trunks.status),
  (all) => all.map(({ name, reason, sinceMillis, state }) => `${name} ${state} ${sinceMillis} ${reason}`.trim())
)
/** Runs with the trunks, and answers all changes of state that came meanwhile. */
const watched = (sip: FakeSip, trunks: ReadonlyArray<TrunkSettings>, run: Effect.Effect<unknown, unknown, Trunks>) =>
  Effect.gen(function* () {
    const all: Array<string> = []
    const changes = yield* Trunks.use((service) => Effect.succeed(service.changes))
    const reading = yield* Effect.forkChild(
      Stream.runForEach(changes, ({ atMillis, from, reason, to, trunk }) =>
        Effect.sync(() => all.push(`${atMillis} ${trunk}: ${from} > ${to} ${reason}`.trim()))
      ),
      { startImmediately: true }
    )
    yield* run
    yield* TestClock.adjust(0)
    yield* Fiber.interrupt(reading)
    return all
  }).pipe(Effect.provide(over(sip, ...trunks)))

const north = trunkOf("north", { keepAliveSeconds: 30 })
const south = trunkOf("south", { priority: 2 })

describe("OPTIONS", () => {
  it.effect("are sent at once and then every so often, from the account to the host", () => {
    const sip = new FakeSip()
    sip.pings.set("north.example", 200)
    return watched(sip, [north, south], TestClock.adjust("65 seconds")).pipe(
      Effect.map((changes) => {
        assert.deepStrictEqual(changes, [])
        assert.deepStrictEqual(sip.pinged, ["0 north.example", "30000 north.example", "60000 north.example"])
      })
    )
  })
  it.effect("unanswered for 12 s put a trunk down; the first answer puts it up again", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", answers())
    sip.farEnds.set("south.example", answers())
    const run = Effect.gen(function* () {
      yield* TestClock.adjust("12 seconds")
      assert.deepStrictEqual(yield* states, ["north down 12000 OPTIONS is not answered", "south up 0"])
      assert.strictEqual((yield* place).trunk, "south")
      sip.pings.set("north.example", 404)
      yield* TestClock.adjust("29999 millis")
      assert.strictEqual((yield* place).trunk, "south")
      yield* TestClock.adjust("1 millis")
      assert.strictEqual((yield* place).trunk, "north")
      const [{ lastAnswer }] = yield* Trunks.use((trunks) => trunks.status)
      assert.deepStrictEqual(lastAnswer, { status: 404, atMillis: 42_000 })
    })
    return watched(sip, [north, south], Effect.scoped(run)).pipe(
      Effect.map((changes) =>
        assert.deepStrictEqual(changes, ["12000 north: up > down OPTIONS is not answered", "42000 north: down > up"])
      )
    )
  })
})

describe("a trunk that failed a call", () => {
  it.effect("rests, is asked by OPTIONS when that is over, and not before, and takes calls again", () => {
    const sip = new FakeSip()
    sip.pings.set("north.example", 200)
    sip.farEnds.set("north.example", refuses(503, 100, 45))
    sip.farEnds.set("south.example", answers())
    const run = Effect.gen(function* () {
      yield* place
      yield* TestClock.adjust("20 seconds")
      assert.deepStrictEqual(yield* states, ["north resting 100 a call was refused with 503", "south up 0"])
      assert.strictEqual((yield* place).trunk, "south")
      yield* TestClock.adjust("25099 millis")
      assert.strictEqual((yield* place).trunk, "south")
      yield* TestClock.adjust("1 millis")
      assert.strictEqual((yield* place).trunk, "north")
      assert.deepStrictEqual(sip.pinged, ["0 north.example", "45100 north.example"])
    })
    return watched(sip, [north, south], Effect.scoped(run)).pipe(
      Effect.map((changes) =>
        assert.deepStrictEqual(changes, [
          "100 north: up > resting a call was refused with 503",
          "45100 north: resting > up"
        ])
      )
    )
  })
  it.effect("is down when that OPTIONS is not answered", () => {
    const sip = new FakeSip()
    sip.pings.set("north.example", 200)
    sip.farEnds.set("north.example", silent)
    const run = Effect.gen(function* () {
      const { leg } = yield* place
      yield* TestClock.adjust("31 seconds")
      sip.pings.delete("north.example")
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual((yield* leg.ended)._tag, "Failed")
      yield* TestClock.adjust("30 seconds")
    })
    return watched(sip, [north], Effect.scoped(run)).pipe(
      Effect.map((changes) =>
        assert.deepStrictEqual(changes, [
          "32000 north: up > resting a call got no answer",
          "49000 north: resting > down OPTIONS is not answered"
        ])
      )
    )
  })
  it.effect("that gets no OPTIONS rests for 5, 10, 20 s, and takes calls as soon as that is over", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(500))
    const attempt = Effect.andThen(place, TestClock.adjust("30 seconds"))
    const run = Effect.andThen(attempt, Effect.andThen(attempt, attempt))
    return watched(sip, [trunkOf("north")], Effect.scoped(run)).pipe(
      Effect.map((changes) =>
        assert.deepStrictEqual(
          changes.map((each) => each.split(" a call")[0]),
          [
            ...["100 north: up > resting", "5100 north: resting > up"],
            ...["30100 north: up > resting", "40100 north: resting > up"],
            ...["60100 north: up > resting", "80100 north: resting > up"]
          ]
        )
      )
    )
  })
})

describe("a registration", () => {
  const account = { register: true, credentials: { user: "u@x", password: "p" }, registerSeconds: 300 }
  const trunk = trunkOf("north", { ...account, outboundProxy: "192.0.2.1:5070" })
  const host = "192.0.2.1:5070"

  it.effect("is asked for as the settings have it, and its routes go into calls", () => {
    const sip = new FakeSip()
    const run = Effect.gen(function* () {
      const serviceRoute = ['<sip:a.example;lr>, "B" <sip:b.example:5080;lr>;x=1', "<tel:+49>", "nonsense"]
      yield* sip.register(host, { registeredUntilMillis: 300_000, serviceRoute })
      yield* TestClock.adjust("1 second")
      yield* place
      assert.deepStrictEqual(sip.legs[0].call.route, ["<sip:a.example;lr>", "<sip:b.example:5080;lr>"])
      assert.strictEqual(sip.legs[0].call.credentials?.password, "p")
    })
    return watched(sip, [trunk], Effect.scoped(run)).pipe(
      Effect.map(() =>
        assert.deepStrictEqual(sip.registered, [
          {
            address: "sip:u%40x@north.example",
            via: host,
            expirySeconds: 300,
            credentials: { user: "u@x", password: Redacted.value(Redacted.make("p")) }
          }
        ])
      )
    )
  })
  it.effect("has to hold for calls to be placed; calls there are stay", () => {
    const sip = new FakeSip()
    sip.farEnds.set(host, answers())
    const run = Effect.gen(function* () {
      assert.deepStrictEqual(yield* states, ["north unregistered 0 not registered yet"])
      assert.strictEqual((yield* Effect.flip(place))._tag, "NoTrunk")
      yield* TestClock.adjust("1 second")
      yield* sip.register(host, { registeredUntilMillis: 300_000, lastStatus: 200 })
      yield* TestClock.adjust("1 second")
      const { leg } = yield* place
      yield* TestClock.adjust("2 seconds")
      yield* sip.register(host, { failingSinceMillis: 4_000, lastStatus: 403 })
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* Effect.flip(place))._tag, "NoTrunk")
      yield* sip.register(host, { failingSinceMillis: 4_000, lastStatus: 408 })
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* states, ["north unregistered 4000 REGISTER is not answered"])
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual((yield* leg.ended)._tag, "Ended")
      assert.lengthOf(sip.legs, 1)
    })
    return watched(sip, [trunk], Effect.scoped(run)).pipe(
      Effect.map((changes) =>
        assert.deepStrictEqual(changes, [
          "1000 north: unregistered > up",
          "4000 north: up > unregistered the last answer to REGISTER was 403"
        ])
      )
    )
  })
  it.effect("that fails to be refreshed still holds until it runs out", () => {
    const sip = new FakeSip()
    const run = Effect.gen(function* () {
      yield* sip.register(host, { registeredUntilMillis: 300_000, failingSinceMillis: 1_000, lastStatus: 503 })
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* states, ["north up 0"])
    })
    return watched(sip, [trunk], run)
  })
})

describe("changes", () => {
  it.effect("end for their readers when the trunks are closed", () => {
    const sip = new FakeSip()
    return Effect.gen(function* () {
      const changes = yield* Trunks.use((trunks) => Effect.succeed(trunks.changes)).pipe(
        Effect.flatMap((stream) => Effect.forkDetach(Stream.runCollect(stream), { startImmediately: true })),
        Effect.provide(Layer.fresh(over(sip, south)))
      )
      assert.deepStrictEqual(yield* Fiber.join(changes), [])
    })
  })
})
