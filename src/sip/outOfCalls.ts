import { type Cause, Clock, Deferred, Effect, Queue, type Scope, Stream, SubscriptionRef } from "effect"
import {
  type Registration,
  registrationProblem,
  type RegistrationState,
  unregistered
} from "./registration/Registration.ts"
import { CallInvalid, type Ping, type Registered } from "./Sip.ts"
import type { SipEdge } from "./SipEdge.ts"
import { uriHop } from "./wire/headers.ts"

/** States of one registration not yet told at most; they come seconds apart. */
const statesMax = 64

const plainUri = /^sip:[^\s<>"]+$/i

/** `Sip.ping` of an edge. */
export const pingBy =
  (edge: SipEdge, now: () => number) =>
  (target: Ping): Effect.Effect<number> => {
    const hop = uriHop(target.via === undefined ? target.to : `sip:${target.via}`)
    if (hop === undefined || !plainUri.test(target.to) || !plainUri.test(target.from)) {
      return Effect.die(
        new CallInvalid({ problem: `ping of "${target.to}" from "${target.from}": expected sip: URIs, via host:port` })
      )
    }
    return Effect.callback<number>((resume) =>
      edge.ping(target, hop, (status) => resume(Effect.succeed(status)), now())
    )
  }

/** `Sip.register` of an edge. */
export const keepRegistered = (edge: SipEdge, now: () => number) =>
  Effect.fnUntraced(function* (registration: Registration): Effect.fn.Return<Registered, CallInvalid, Scope.Scope> {
    const problem = registrationProblem(registration)
    if (problem !== undefined) return yield* new CallInvalid({ problem })
    const clock = yield* Clock.Clock
    const epochMillis = (millis: number | undefined): number | undefined =>
      millis === undefined ? undefined : Math.round(clock.currentTimeMillisUnsafe() + millis - now())
    const told = (state: RegistrationState): RegistrationState => ({
      ...state,
      registeredUntilMillis: epochMillis(state.registeredUntilMillis),
      failingSinceMillis: epochMillis(state.failingSinceMillis)
    })
    const states = yield* Queue.sliding<RegistrationState, Cause.Done>(statesMax)
    const over = yield* Deferred.make<void>()
    yield* Effect.addFinalizer(() => Deferred.succeed(over, undefined))
    const current = yield* SubscriptionRef.make(unregistered)
    yield* Effect.forkScoped(
      Stream.runForEach(Stream.fromQueue(states), (state) => SubscriptionRef.set(current, state))
    )
    yield* Effect.acquireRelease(
      Effect.sync(() => edge.register(registration, (state) => Queue.offerUnsafe(states, told(state)), now())),
      (registering) => Effect.callback<void>((resume) => edge.leave(registering, () => resume(Effect.void), now()))
    )
    const changes = Stream.interruptWhen(SubscriptionRef.changes(current), Deferred.await(over))
    return { state: SubscriptionRef.get(current), changes }
  })
