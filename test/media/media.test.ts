import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, Scope, Stream } from "effect"
import { TestClock } from "effect/testing"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { toneOf } from "../../src/media/audio/tones.ts"
import { Media } from "../../src/media/Media.ts"
import { promptOf } from "../../src/media/prompts/Prompt.ts"
import { memoryNetwork } from "./engine/memoryNetwork.ts"
import { countingPrompt, farEnd, filled, readRtp, remoteOf, rtp } from "./engine/rig.ts"
import { bridgeOverUdp } from "./overUdp.ts"

const options = { silenceMillis: null }

/** A service on a network in memory under the test's clock. */
const inMemory = Effect.gen(function* () {
  const net = memoryNetwork(() => 0, 10_000, 10_007)
  const scope = yield* Scope.make()
  const context = yield* Layer.buildWithScope(Media.layerInline(net.network), scope)
  const media = yield* Media.pipe(Effect.provideContext(context))
  return { media, net, scope }
})
const ended = (fiber: Fiber.Fiber<unknown, unknown>) => fiber.pollUnsafe() !== undefined

describe("the media service", () => {
  it.effect("plays a prompt to its end and says so, in the time it takes", () =>
    Effect.gen(function* () {
      const { media, net } = yield* inMemory
      const leg = yield* media.open(options)
      yield* leg.setRemote(remoteOf(1))
      const prompt = yield* media.load(countingPrompt(50 * 160))
      assert.strictEqual(prompt.millis, 1_000)
      const playing = yield* Effect.forkChild(leg.play(prompt), { startImmediately: true })
      yield* TestClock.adjust("900 millis")
      assert.isFalse(ended(playing))
      yield* TestClock.adjust("200 millis")
      assert.strictEqual(yield* Fiber.join(playing), "finished")
      assert.strictEqual(net.sent(leg.local.port).length, 50)
    }).pipe(Effect.scoped)
  )
  it.effect("stops a prompt that is interrupted, and tells one that is replaced", () =>
    Effect.gen(function* () {
      const { media, net } = yield* inMemory
      const leg = yield* media.open(options)
      yield* leg.setRemote(remoteOf(1))
      const prompt = yield* media.load(countingPrompt(5_000 * 160))
      const first = yield* Effect.forkChild(leg.play(prompt), { startImmediately: true })
      yield* TestClock.adjust("100 millis")
      const second = yield* Effect.forkChild(leg.loop(prompt), { startImmediately: true })
      yield* TestClock.adjust("100 millis")
      assert.strictEqual(yield* Fiber.join(first), "replaced")
      yield* Fiber.interrupt(second)
      const count = net.sent(leg.local.port).length
      yield* TestClock.adjust("1 second")
      assert.strictEqual(net.sent(leg.local.port).length, count)
      const third = yield* Effect.forkChild(leg.loop(prompt), { startImmediately: true })
      yield* TestClock.adjust("100 millis")
      yield* leg.stop
      assert.strictEqual(yield* Fiber.join(third), "stopped")
    }).pipe(Effect.scoped)
  )
  it.effect("gives a leg's events to its reader until the leg is closed", () =>
    Effect.gen(function* () {
      const { media, net } = yield* inMemory
      const scope = yield* Scope.make()
      const leg = yield* Scope.provide(media.open({ silenceMillis: 3_000 }), scope)
      yield* leg.setRemote(remoteOf(1))
      net.deliver(leg.local.port, rtp(1, 0, filled(1)), farEnd(1))
      net.deliver(leg.local.port, rtp(2, 160, Uint8Array.of(9, 0x8a, 0, 160), { payloadType: 101 }), farEnd(1))
      yield* TestClock.adjust("3 seconds")
      const reading = yield* Effect.forkChild(Stream.runCollect(leg.events), { startImmediately: true })
      yield* Scope.close(scope, Exit.void)
      const events = yield* Fiber.join(reading)
      assert.deepStrictEqual(
        events.map(({ atMillis, event }) => [Math.round(atMillis), event.kind]),
        [
          [0, "latched"],
          [0, "key"],
          [3_000, "silent"]
        ]
      )
    }).pipe(Effect.scoped)
  )
  it.effect("closes legs with their scope and all the rest with its own", () =>
    Effect.gen(function* () {
      const { media, net, scope } = yield* inMemory
      const legScope = yield* Scope.make()
      const leg = yield* Scope.provide(media.open(options), legScope)
      yield* Effect.scoped(media.open(options))
      assert.strictEqual(net.open(), 1)
      yield* media.open(options)
      yield* Scope.close(legScope, Exit.void)
      assert.strictEqual(net.open(), 1)
      const closed = yield* Effect.flip(leg.statistics)
      assert.deepStrictEqual([closed._tag, closed.message], ["LegUnusable", `leg ${leg.id} is closed`])
      yield* Scope.close(scope, Exit.void)
      assert.strictEqual(net.open(), 0)
    }).pipe(Effect.scoped)
  )
  it.effect("fails with typed errors", () =>
    Effect.gen(function* () {
      const { media } = yield* inMemory
      const leg = yield* media.open(options)
      for (let i = 0; i < 3; i += 1) yield* media.open(options)
      assert.strictEqual((yield* Effect.flip(media.open(options)))._tag, "PortsExhausted")
      assert.strictEqual((yield* Effect.flip(media.bridge(leg, leg)))._tag, "LegUnusable")
      assert.strictEqual((yield* Effect.flip(leg.play({ id: 999, millis: 0 })))._tag, "NotPlayable")
      assert.strictEqual((yield* Effect.flip(leg.sendKeys("hello")))._tag, "NotPlayable")
      assert.strictEqual((yield* Effect.flip(leg.stopRecording))._tag, "RecordingFailed")
      assert.strictEqual((yield* Effect.flip(leg.record("no/such/folder/call.wav")))._tag, "RecordingFailed")
    }).pipe(Effect.scoped)
  )
  it.effect("drops a prompt with its scope", () =>
    Effect.gen(function* () {
      const { media } = yield* inMemory
      const leg = yield* media.open(options)
      const prompt = yield* Effect.scoped(media.load(promptOf(toneOf([{ hertz: [700], millis: 20, dBm0: -9 }]))))
      assert.strictEqual((yield* Effect.flip(leg.play(prompt)))._tag, "NotPlayable")
    }).pipe(Effect.scoped)
  )
})

describe("the media thread", () => {
  it.live("bridges two far ends over UDP and records them", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "media-"))
      yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(folder, { recursive: true })))
      const path = join(folder, "call.wav")
      const { heard, statistics } = yield* bridgeOverUdp(path, 27_000)
      assert.deepStrictEqual(
        heard.map((bytes) => readRtp(bytes).payload[0]),
        Array.from({ length: 20 }, (_, i) => 0x80 + i)
      )
      assert.strictEqual(new Set(heard.map((bytes) => readRtp(bytes).ssrc)).size, 1)
      assert.deepStrictEqual([statistics.received.packets, statistics.received.lost], [20, 0])
      assert.strictEqual(readFileSync(path).toString("latin1", 0, 4), "RIFF")
    }).pipe(Effect.scoped, Effect.timeout("60 seconds"))
  )
  it.live("leaves nothing running when its scope closes", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const range = { address: "127.0.0.1", portMin: 27_100, portMax: 27_103 }
      const context = yield* Layer.buildWithScope(Media.layer(range), scope)
      const media = yield* Media.pipe(Effect.provideContext(context))
      const leg = yield* Scope.provide(media.open(options), scope)
      yield* Scope.close(scope, Exit.void)
      const gone = yield* Effect.flip(leg.statistics)
      assert.deepStrictEqual(gone._tag, "MediaStopped")
      // The ports are free again: another thread gets them.
      const again = yield* Effect.gen(function* () {
        const media = yield* Media
        return [(yield* media.open(options)).local.port, (yield* media.open(options)).local.port]
      }).pipe(Effect.scoped, Effect.provide(Media.layer(range)))
      assert.deepStrictEqual(again, [27_100, 27_102])
    }).pipe(Effect.timeout("60 seconds"))
  )
  it.live("goes around ports that others hold, and says when there is none", () =>
    Effect.gen(function* () {
      const range = { address: "127.0.0.1", portMin: 27_200, portMax: 27_205 }
      yield* Effect.gen(function* () {
        const first = yield* Media
        const taken = yield* first.open(options)
        yield* Effect.gen(function* () {
          const second = yield* Media
          assert.strictEqual(taken.local.port, 27_200)
          assert.strictEqual((yield* second.open(options)).local.port, 27_202)
          assert.strictEqual((yield* second.open(options)).local.port, 27_204)
          assert.strictEqual((yield* Effect.flip(second.open(options)))._tag, "PortsExhausted")
        }).pipe(Effect.scoped, Effect.provide(Layer.fresh(Media.layer(range))))
      }).pipe(Effect.scoped, Effect.provide(Layer.fresh(Media.layer(range))))
      const elsewhere = Media.layer({ ...range, address: "203.0.113.1" })
      const error = yield* Media.use((media) => Effect.flip(media.open(options))).pipe(
        Effect.scoped,
        Effect.provide(elsewhere)
      )
      assert.match(error.message, /media ports cannot be opened.*EADDRNOTAVAIL/)
    }).pipe(Effect.timeout("60 seconds"))
  )
})
