import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Layer, Scope, Stream } from "effect"
import { TestClock } from "effect/testing"
import { type Channel, channelInline, type ChannelFault } from "../../src/media/engine/Channel.ts"
import { PortPool } from "../../src/media/engine/PortPool.ts"
import { Media } from "../../src/media/Media.ts"
import type { Before, SoundState } from "../../src/media/SoundThreads.ts"
import { memoryNetwork } from "./engine/memoryNetwork.ts"
import { countingPrompt, remoteOf } from "./engine/rig.ts"
import { threadsBegun } from "./threadsBegun.ts"

const options = { silenceMillis: null }

/** Engines on networks in memory, each of which can be made to die. */
const mortal = Effect.gen(function* () {
  const engines: Array<{ readonly net: ReturnType<typeof memoryNetwork>; readonly before: Before }> = []
  const ends: Array<Deferred.Deferred<never, ChannelFault>> = []
  /** Engines that never come to run. */
  let isMute = false
  const died = (sentence: string): ChannelFault => ({ reason: "stopped", sentence })
  const layer = Media.layerOver((emit, before) =>
    Effect.gen(function* () {
      const net = memoryNetwork(() => 0, 10_000, 10_007)
      const channel = yield* channelInline(net.network, emit, before.namesAfter)
      const end = yield* Deferred.make<never, ChannelFault>()
      const mute = isMute
      engines.push({ net, before })
      ends.push(end)
      yield* Effect.addFinalizer(() => Deferred.fail(end, died("closed")))
      const living: Channel = {
        stopped: Deferred.await(end),
        request: (kind, input) =>
          Effect.raceFirst(mute ? Effect.never : channel.request(kind, input), Deferred.await(end))
      }
      return living
    })
  )
  const scope = yield* Scope.make()
  const context = yield* Layer.buildWithScope(layer, scope)
  const media = yield* Media.pipe(Effect.provideContext(context))
  const states: Array<SoundState["kind"]> = []
  yield* media.changes.pipe(
    Stream.runForEach(({ kind }) => Effect.sync(() => void states.push(kind))),
    Effect.forkIn(scope)
  )
  const settle = TestClock.adjust("1 millis").pipe(
    Effect.andThen(Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))),
    Effect.repeat({ times: 3 })
  )
  yield* settle
  return {
    media,
    scope,
    engines,
    states,
    settle,
    dies: Effect.suspend(() => Effect.andThen(Deferred.fail(ends[ends.length - 1], died("it died")), settle)),
    mute: (on: boolean) => void (isMute = on)
  }
})

describe("sound whose thread dies", () => {
  it.effect("ends its legs, and begins anew with all prompts", () =>
    Effect.gen(function* () {
      const { dies, engines, media, settle, states } = yield* mortal
      const hello = yield* media.load(countingPrompt(160))
      yield* Effect.scoped(media.load(countingPrompt(160)))
      const leg = yield* media.open(options)
      const reading = yield* Effect.forkChild(Stream.runCollect(leg.events), { startImmediately: true })
      const playing = yield* Effect.forkChild(Effect.flip(leg.loop(hello)), { startImmediately: true })
      yield* dies
      assert.deepStrictEqual(yield* Fiber.join(reading), [])
      assert.strictEqual((yield* Fiber.join(playing))._tag, "MediaStopped")
      assert.strictEqual((yield* Effect.flip(leg.statistics))._tag, "MediaStopped")
      assert.deepStrictEqual(states, ["up", "restarting", "up"])
      const next = yield* media.open(options)
      yield* next.setRemote(remoteOf(1))
      const heard = yield* Effect.forkChild(next.play(hello), { startImmediately: true })
      yield* TestClock.adjust("100 millis")
      yield* settle
      assert.strictEqual(yield* Fiber.join(heard), "finished")
      assert.strictEqual(engines[1].net.sent(next.local.port).length, 1)
    }).pipe(Effect.scoped)
  )
  it.effect("gives nobody the name, or first the port, of a leg that went with it", () =>
    Effect.gen(function* () {
      const { dies, engines, media } = yield* mortal
      const old = yield* media.open(options)
      yield* dies
      const next = yield* media.open(options)
      assert.notStrictEqual(next.id, old.id)
      assert.deepStrictEqual(engines[1].before, { namesAfter: 1e9, portAfter: old.local.port })
      assert.strictEqual((yield* Effect.flip(media.bridge(next, old)))._tag, "LegUnusable")
      const pool = new PortPool(10_000, 10_007, 10_002)
      assert.deepStrictEqual([pool.take(), pool.take(), pool.take(), pool.take()], [10_004, 10_006, 10_000, 10_002])
    }).pipe(Effect.scoped)
  )
  it.effect("keeps those waiting who want a leg meanwhile; who gives up waiting is let go", () =>
    Effect.gen(function* () {
      const { dies, media, mute, settle } = yield* mortal
      mute(true)
      yield* dies
      assert.strictEqual((yield* media.state).kind, "restarting")
      const opening = yield* Effect.forkChild(media.open(options), { startImmediately: true })
      const givesUp = yield* Effect.forkChild(media.open(options), { startImmediately: true })
      yield* settle
      yield* Fiber.interrupt(givesUp)
      mute(false)
      // One that does not come to run within ten seconds has died, too.
      yield* TestClock.adjust("10 seconds")
      yield* settle
      assert.strictEqual((yield* media.state).kind, "up")
      assert.strictEqual((yield* Fiber.join(opening)).local.port, 10_000)
    }).pipe(Effect.scoped)
  )
  it.effect("is gone for good when it dies a fourth time within ten minutes", () =>
    Effect.gen(function* () {
      const { dies, engines, media, states } = yield* mortal
      for (let deaths = 0; deaths < 3; deaths += 1) {
        yield* dies
        yield* TestClock.adjust("3 minutes")
      }
      yield* dies
      assert.strictEqual(engines.length, 4)
      assert.deepStrictEqual(states, [
        ...["up", "restarting", "up", "restarting", "up", "restarting", "up"],
        "gone"
      ] as ReadonlyArray<SoundState["kind"]>)
      assert.deepStrictEqual(yield* media.state, { kind: "gone", sentence: "it died" })
      const error = yield* Effect.flip(media.open(options))
      assert.deepStrictEqual([error._tag, error.message], ["MediaStopped", "it died"])
    }).pipe(Effect.scoped)
  )
  it.effect("goes on for ever where deaths are further apart", () =>
    Effect.gen(function* () {
      const { dies, engines, media } = yield* mortal
      for (let deaths = 0; deaths < 5; deaths += 1) {
        yield* dies
        yield* TestClock.adjust("4 minutes")
      }
      assert.strictEqual(engines.length, 6)
      assert.strictEqual((yield* media.state).kind, "up")
    }).pipe(Effect.scoped)
  )
  it.effect("is not begun anew by its own end", () =>
    Effect.gen(function* () {
      const { engines, media, scope, settle } = yield* mortal
      yield* Scope.close(scope, Exit.void)
      yield* settle
      assert.strictEqual(engines.length, 1)
      assert.strictEqual((yield* Effect.flip(media.open(options)))._tag, "MediaStopped")
    }).pipe(Effect.scoped)
  )
})

describe("a real thread that dies", () => {
  it.live("is replaced by one that makes sound", () =>
    Effect.gen(function* () {
      const { begun } = yield* threadsBegun
      const media = yield* Media
      const hello = yield* media.load(countingPrompt(800))
      const old = yield* media.open(options)
      const [first] = begun
      yield* Effect.promise(() => first.terminate())
      const leg = yield* media.open(options)
      assert.strictEqual(leg.local.port, old.local.port + 2)
      yield* leg.setRemote({ ...remoteOf(1), endpoint: { address: "127.0.0.1", port: 9 } })
      assert.strictEqual(yield* leg.play(hello), "finished")
      assert.strictEqual(begun.size, 2)
    }).pipe(
      Effect.scoped,
      Effect.provide(Media.layer({ address: "127.0.0.1", portMin: 27_300, portMax: 27_307 })),
      Effect.timeout("60 seconds")
    )
  )
  it.live("is given up, and everything that waits for it, when each one dies", () =>
    Effect.gen(function* () {
      const { begun } = yield* threadsBegun
      const media = yield* Media
      for (let deaths = 0; deaths < 4; deaths += 1) {
        yield* media.open(options)
        yield* Effect.promise(() => [...begun][deaths].terminate())
      }
      const error = yield* Effect.flip(media.open(options))
      assert.strictEqual(error._tag, "MediaStopped")
      assert.match(error.message, /^the media thread stopped/)
    }).pipe(
      Effect.scoped,
      Effect.provide(Media.layer({ address: "127.0.0.1", portMin: 27_310, portMax: 27_317 })),
      Effect.timeout("60 seconds")
    )
  )
})
