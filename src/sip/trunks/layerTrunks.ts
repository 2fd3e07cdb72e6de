import { type Cause, Clock, Deferred, Effect, FiberSet, Layer, PubSub, Queue, Stream } from "effect"
import type { LegEvent } from "../Leg.ts"
import { Sip } from "../Sip.ts"
import { CallDesk } from "./CallDesk.ts"
import { problemOf, type TrunkCall } from "./callOf.ts"
import { carryCall, type Exchange, hangUpCall, legOf } from "./carryCall.ts"
import { Trunk } from "./Trunk.ts"
import { TrunkHealth } from "./TrunkHealth.ts"
import { type TrunkChange, Trunks, type TrunkStatus } from "./Trunks.ts"
import type { TrunkSettings } from "./TrunkSettings.ts"
import { watchTrunk } from "./watchTrunk.ts"

/** Changes of state that a reader may be behind. */
const changesMax = 256

/** The trunks over the SIP edge. Closing the layer ends all calls first, then takes back what was registered. */
export const layerTrunks = (settings: ReadonlyArray<TrunkSettings>): Layer.Layer<Trunks, never, Sip> =>
  Layer.effect(
    Trunks,
    Effect.gen(function* () {
      const sip = yield* Sip
      const time = yield* clockOf
      const changes = yield* Effect.acquireRelease(PubSub.sliding<TrunkChange>(changesMax), PubSub.shutdown)
      const trunks: Array<Trunk> = []
      for (const each of settings) {
        const rests = yield* Queue.sliding<void>(1)
        const health = new TrunkHealth(each.register, time.now(), ({ from, now, to }) => {
          if (to === "resting") Queue.offerUnsafe(rests, undefined)
          const { reason } = health
          PubSub.publishUnsafe(changes, { trunk: each.name, from, to, reason, atMillis: time.wallOf(now) })
        })
        const trunk = new Trunk(each, health)
        trunks.push(trunk)
        yield* watchTrunk(sip, trunk, rests, time.now)
      }
      const place = yield* placing({ sip, trunks, now: time.now })
      return Trunks.of({
        place,
        status: Effect.sync(() => trunks.map((trunk) => statusOf(trunk, time.wallOf))),
        changes: Stream.fromPubSub(changes)
      })
    })
  )

/** Limits and rests go by a clock that never goes back; what people read is the time of day. */
const clockOf = Effect.map(Clock.Clock, (clock) => {
  const now = (): number => Number(clock.monotonicTimeNanosUnsafe() / 1_000n) / 1_000
  const wallOf = (at: number): number => Math.round(clock.currentTimeMillisUnsafe() - (now() - at))
  return { now, wallOf }
})

const placing = Effect.fnUntraced(function* (exchange: Exchange) {
  const settings = exchange.trunks.map((trunk) => trunk.settings)
  // Apart from their callers: a line is in use until its call has ended, whoever still waits for that.
  const calls = yield* FiberSet.make<void>()
  const begin = Effect.fnUntraced(function* (wanted: TrunkCall) {
    const desk = new CallDesk(yield* Queue.unbounded<LegEvent, Cause.Done>())
    const fiber = yield* FiberSet.run(calls, carryCall(exchange, wanted, desk))
    // Nothing runs any more once the layer is closing.
    if (fiber.pollUnsafe() !== undefined) desk.finish(desk.takenBack)
    return desk
  })
  return Effect.fn("Trunks.place")(function* (wanted: TrunkCall) {
    const problem = problemOf(settings, wanted)
    if (problem !== undefined) return yield* problem
    const desk = yield* Effect.acquireRelease(begin(wanted), hangUpCall)
    const { callId, trunk } = yield* Deferred.await(desk.first)
    return { leg: legOf(desk, callId), trunk, attempts: Effect.sync(() => [...desk.attempts]) }
  })
})

const statusOf = (trunk: Trunk, wallOf: (at: number) => number): TrunkStatus => {
  const { health, lastAnswer, settings } = trunk
  return {
    name: settings.name,
    priority: settings.priority,
    state: health.state,
    sinceMillis: wallOf(health.since),
    reason: health.reason,
    lines: trunk.lines,
    linesMax: settings.linesMax,
    callsPlaced: trunk.placed,
    callsFailed: trunk.failed,
    lastAnswer: lastAnswer === undefined ? undefined : { status: lastAnswer.status, atMillis: wallOf(lastAnswer.at) }
  }
}
