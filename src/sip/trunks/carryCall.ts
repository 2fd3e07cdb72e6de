import { Cause, Deferred, Effect, Exit, Stream } from "effect"
import { type FinalEvent, type Leg, LegRefused, type Sip } from "../Sip.ts"
import type { CallDesk } from "./CallDesk.ts"
import { callOf, type TrunkCall } from "./callOf.ts"
import { chooseTrunk, objectionOf } from "./chooseTrunk.ts"
import type { Trunk } from "./Trunk.ts"

/** What calls need of the world. */
export interface Exchange {
  readonly sip: Pick<Sip["Service"], "place">
  readonly trunks: ReadonlyArray<Trunk>
  /** Milliseconds that never go back. */
  readonly now: () => number
}

/**
 * Tries trunks until one has the call, and goes with it to its end: to be run apart from whoever placed the call, so that
 * its line is kept until it has ended. Interrupted, it hangs up.
 */
export const carryCall = (exchange: Exchange, wanted: TrunkCall, desk: CallDesk): Effect.Effect<void> =>
  Effect.onExit(tries(exchange, wanted, desk), (exit) => {
    if (Exit.isSuccess(exit)) return Effect.sync(() => desk.finish(exit.value))
    Deferred.doneUnsafe(desk.first, Exit.failCause(exit.cause))
    // What was placed has been hung up by leaving its scope.
    const final = desk.current?.ended ?? Effect.succeed(desk.takenBack)
    const report = Cause.hasDies(exit.cause)
      ? Effect.logError("a call over the trunks broke off", exit.cause)
      : Effect.void
    return Effect.andThen(
      report,
      Effect.map(final, (event) => desk.finish(event))
    )
  }).pipe(Effect.asVoid)

/** Each trunk once at most. */
const tries = Effect.fnUntraced(function* (exchange: Exchange, wanted: TrunkCall, desk: CallDesk) {
  const { now, trunks } = exchange
  while (!desk.isHungUp) {
    const seized = seize(exchange, desk)
    if (seized === undefined) {
      return desk.noneLeft(trunks.map((each) => `${each.settings.name} ${objectionOf(each, desk.tried, now())}`))
    }
    const free = Effect.sync(() => seized.trunk.release())
    const final = yield* Effect.ensuring(tryTrunk(exchange, wanted, desk, seized), free)
    if (final !== undefined) return final
  }
  return desk.takenBack
})

interface Seized {
  readonly trunk: Trunk
  /** When its turn comes. */
  readonly turnAt: number
}

const seize = ({ now, trunks }: Exchange, desk: CallDesk): Seized | undefined => {
  const trunk = chooseTrunk(trunks, desk.tried, now())
  if (trunk === undefined) return undefined
  desk.tried.add(trunk)
  return { trunk, turnAt: trunk.take(now()) }
}

/** The call's end on this trunk; undefined when it did not begin there or the trunk failed it. */
const tryTrunk = Effect.fnUntraced(function* (exchange: Exchange, wanted: TrunkCall, desk: CallDesk, seized: Seized) {
  const { now, sip } = exchange
  const { trunk } = seized
  yield* awaitTurn(exchange, desk, seized)
  if (desk.isHungUp || trunk.health.state !== "up") return undefined
  const startedAt = now()
  trunk.begin(startedAt)
  const isLast = chooseTrunk(exchange.trunks, desk.tried, startedAt) === undefined
  // Cannot be invalid: every trunk's call was checked before the first was placed.
  const leg = yield* Effect.orDie(sip.place(callOf(trunk.settings, wanted, trunk.serviceRoute, isLast)))
  desk.begun(trunk, leg)
  if (desk.isHungUp) yield* Effect.forkScoped(leg.hangUp)
  yield* Stream.runForEach(leg.events, (event) => Effect.sync(() => desk.hear(event, trunk, now())))
  return desk.judge(yield* leg.ended, trunk, startedAt, now())
}, Effect.scoped)

/** Waits for the trunk's turn or a hang-up. Somebody else may have begun late, so the turn may come later than thought. */
const awaitTurn = Effect.fnUntraced(function* ({ now }: Exchange, desk: CallDesk, { trunk, turnAt }: Seized) {
  const asked = Deferred.await(desk.hangUpAsked)
  while (!desk.isHungUp) {
    const wait = Math.max(turnAt - now(), trunk.untilTurn(now()))
    if (wait <= 0) return
    yield* Effect.raceFirst(Effect.sleep(Math.ceil(wait)), asked)
  }
})

/** Ends the call for good, whatever it is at, and waits for that. */
export const hangUpCall = (desk: CallDesk): Effect.Effect<FinalEvent> =>
  Effect.suspend(() => {
    Deferred.doneUnsafe(desk.hangUpAsked, Exit.void)
    return Effect.andThen(desk.current?.hangUp ?? Effect.void, Deferred.await(desk.final))
  })

/** The call as one leg. */
export const legOf = (desk: CallDesk, id: string): Leg => {
  const within = <A>(ask: (leg: Leg) => Effect.Effect<A, LegRefused>) =>
    Effect.suspend(() =>
      desk.current === undefined ? Effect.fail(new LegRefused({ status: 481 })) : ask(desk.current)
    )
  return {
    id,
    events: Stream.fromQueue(desk.events),
    hangUp: hangUpCall(desk),
    ended: Deferred.await(desk.final),
    sendKey: (key, durationMillis) => within((leg) => leg.sendKey(key, durationMillis)),
    reoffer: (sdp) => within((leg) => leg.reoffer(sdp)),
    isThere: Effect.suspend(() => desk.current?.isThere ?? Effect.succeed(false))
  }
}
