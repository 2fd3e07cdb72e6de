import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Schema, Stream } from "effect"
import { TestClock } from "effect/testing"
import { E164 } from "../../../src/domain/Contact.ts"
import { Trunks } from "../../../src/sip/trunks/Trunks.ts"
import type { TrunkSettings } from "../../../src/sip/trunks/TrunkSettings.ts"
import { randomBelow, sdp } from "../pair/pair.ts"
import { answers, type FarEnd, FakeSip, over, refuses, rings, silent } from "./fakeSip.ts"
import { trunkOf } from "./trunkOf.ts"

const wanted = { number: E164.make("+442079460000"), sdp: sdp(4_000) }
const place = Trunks.use((trunks) => trunks.place(wanted))

/** The most lines a trunk ever had in use, as its far end counts them. */
const linesMaxOf = (sip: FakeSip, host: string): number => {
  const legs = sip.at(host)
  const changes = legs.flatMap(({ beganAt, endedAt }) => [
    { at: beganAt, by: 1 },
    { at: endedAt, by: -1 }
  ])
  // A line that is freed may be used again in the same moment.
  changes.sort((a, b) => a.at - b.at || a.by - b.by)
  let lines = 0
  return changes.reduce((most, { by }) => Math.max(most, (lines += by)), 0)
}
/** The most calls a trunk was given within any second. */
const callsInSecondMaxOf = (sip: FakeSip, host: string): number => {
  const begins = sip.at(host).map(({ beganAt }) => beganAt)
  return Math.max(0, ...begins.map((from) => begins.filter((at) => at >= from && at < from + 1_000).length))
}

describe("the limits of a trunk", () => {
  it.effect("space 10 calls at 5 a second 200 ms apart, six at once, and refuse the rest", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", answers())
    return Effect.gen(function* () {
      const placing = yield* Effect.forkChild(
        Effect.all(
          Array(10).fill(Effect.option(place)) as Array<Effect.Effect<{ readonly _tag: string }, never, Trunks>>,
          {
            concurrency: "unbounded"
          }
        )
      )
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual(
        sip.legs.map(({ beganAt }) => beganAt),
        [0, 200, 400, 600, 800, 1_000]
      )
      const refused = (yield* Fiber.join(placing)).filter(({ _tag }) => _tag === "None")
      assert.lengthOf(refused, 4)
    }).pipe(Effect.scoped, Effect.provide(over(sip, trunkOf("north", { callsPerSecondMax: 5 }))))
  })
  it.effect("send what is beyond a second's waiting to the next trunk", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", answers())
    sip.farEnds.set("south.example", answers())
    const trunks = [trunkOf("north", { callsPerSecondMax: 1 }), trunkOf("south", { priority: 2 })]
    return Effect.gen(function* () {
      yield* Effect.forkScoped(Effect.all([place, place, place, place], { concurrency: "unbounded" }))
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual(
        sip.legs.map(({ beganAt, call }) => `${beganAt} ${call.via}`),
        ["0 north.example", "0 south.example", "100 south.example", "1000 north.example"]
      )
    }).pipe(Effect.scoped, Effect.provide(over(sip, ...trunks)))
  })
  it.effect("give the next call the line of one that failed on its way to another trunk", () => {
    const sip = new FakeSip()
    sip.farEnds.set("north.example", refuses(486))
    return Effect.gen(function* () {
      for (let call = 0; call < 3; call += 1) {
        yield* place
        yield* TestClock.adjust("100 millis")
      }
      const [north] = yield* Trunks.use((trunks) => trunks.status)
      assert.deepStrictEqual([north.lines, north.callsPlaced, north.callsFailed], [0, 3, 0])
    }).pipe(Effect.scoped, Effect.provide(over(sip, trunkOf("north", { linesMax: 1 }))))
  })
})

const Seed = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1e6 }))

/** Three trunks with limits by chance. */
const trunksBy = (random: (below: number) => number): ReadonlyArray<TrunkSettings> =>
  ["north", "south", "west"].map((name) =>
    trunkOf(name, {
      priority: 1 + random(2),
      linesMax: 1 + random(6),
      callsPerSecondMax: 1 + random(9),
      keepAliveSeconds: random(2) * 5
    })
  )

/** A call that is hung up after so long, or left by its scope, or waited for. */
const oneCall = (delayMillis: number, patienceMillis: number, leaves: boolean) =>
  Effect.gen(function* () {
    yield* Effect.sleep(delayMillis)
    const { leg } = yield* place
    const reading = yield* Effect.forkChild(Stream.runCollect(leg.events))
    yield* Effect.raceFirst(leg.ended, Effect.sleep(patienceMillis))
    if (leaves) return undefined
    yield* leg.hangUp
    return yield* Fiber.join(reading)
  }).pipe(
    Effect.scoped,
    Effect.catchTag("NoTrunk", () => Effect.succeed(undefined))
  )

describe("whatever is called and whatever the trunks do", () => {
  it.effect.prop(
    "no trunk has more lines or more calls a second than its limits, each call ends once, and nothing is left",
    { seed: Seed },
    ({ seed }) => {
      const random = randomBelow(seed)
      const sip = new FakeSip()
      sip.hangUpMillis = random(3) * 700
      const farEnds: ReadonlyArray<() => FarEnd> = [
        () => refuses([408, 486, 500, 503][random(4)], random(3_000), random(2) === 0 ? undefined : random(10)),
        () => answers(random(20_000)),
        () => answers(random(2_000)),
        () => rings,
        () => silent
      ]
      const trunks = trunksBy(random)
      for (const { host } of trunks) {
        sip.farEnds.set(host, (leg) => farEnds[random(farEnds.length)]()(leg))
        if (random(4) > 0) sip.pings.set(host, [200, 503, 404][random(3)])
      }
      const calls = Array.from({ length: 60 }, () => oneCall(random(12_000), random(30_000), random(2) === 0))
      return Effect.gen(function* () {
        const calling = yield* Effect.forkChild(Effect.all(calls, { concurrency: "unbounded" }))
        yield* TestClock.adjust("3 minutes")
        for (const events of yield* Fiber.join(calling)) {
          if (events === undefined) continue
          const finals = events.filter(({ _tag }) => _tag === "Ended" || _tag === "Failed")
          assert.deepStrictEqual(finals, events.slice(-1))
          assert.isAtMost(events.filter(({ _tag }) => _tag === "Answered").length, 1)
        }
        for (const { callsPerSecondMax, host, linesMax, name } of trunks) {
          assert.isAtMost(linesMaxOf(sip, host), linesMax, `lines of ${name}`)
          assert.isAtMost(callsInSecondMaxOf(sip, host), callsPerSecondMax, `calls a second of ${name}`)
        }
        const status = yield* Trunks.use((service) => service.status)
        for (const { callsPlaced, lines, name } of status) {
          assert.deepStrictEqual([name, lines, callsPlaced], [name, 0, sip.at(`${name}.example`).length])
        }
      }).pipe(Effect.provide(over(sip, ...trunks)))
    },
    { arbitrary: { runs: 100, seed: 1 } }
  )
})
