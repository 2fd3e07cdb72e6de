import { Effect, Option, Queue, type Scope, Stream } from "effect"
import type { RegistrationState } from "../registration/Registration.ts"
import type { Sip } from "../Sip.ts"
import { parseNameAddress, splitOutside, uriTarget } from "../wire/headers.ts"
import { accountUri, credentialsOf, domainOf, hopOf } from "./callOf.ts"
import type { Trunk } from "./Trunk.ts"

/** How long an OPTIONS may stay unanswered: five sendings of it, and time for a second address of the name. */
export const pingMillisMax = 12_000

type Edge = Pick<Sip["Service"], "ping" | "register">

/**
 * Keeps a trunk's health known while the scope is open: registers where it is told to, asks by OPTIONS every so often and
 * when a rest is over. `rests` tells that a rest began.
 */
export const watchTrunk = (
  sip: Edge,
  trunk: Trunk,
  rests: Queue.Dequeue<void>,
  now: () => number
): Effect.Effect<void, never, Scope.Scope> =>
  Effect.gen(function* () {
    if (trunk.settings.register) yield* keepRegistered(sip, trunk, now)
    yield* Effect.forkScoped(keepProbed(sip, trunk, rests, now))
  })

const keepRegistered = Effect.fnUntraced(function* (sip: Edge, trunk: Trunk, now: () => number) {
  const credentials = credentialsOf(trunk.settings)
  // Cannot be invalid: the settings were decoded.
  const registration = yield* Effect.orDie(
    sip.register({
      address: accountUri(trunk.settings),
      via: hopOf(trunk.settings),
      expirySeconds: trunk.settings.registerSeconds,
      ...(credentials === undefined ? {} : { credentials })
    })
  )
  yield* Effect.forkScoped(
    Stream.runForEach(registration.changes, (state) =>
      Effect.sync(() => {
        trunk.serviceRoute = routesOf(state)
        trunk.health.registered(registrationProblem(state), now())
      })
    )
  )
})

/** The routes that can be written again; a header may hold several. */
const routesOf = ({ serviceRoute }: RegistrationState): ReadonlyArray<string> =>
  serviceRoute
    .flatMap((value) => splitOutside(value, ","))
    .map((value) => parseNameAddress(value)?.uri ?? "")
    .filter((uri) => uriTarget(uri) !== undefined && !/[\s<>"]/.test(uri))
    .map((uri) => `<${uri}>`)

const registrationProblem = ({ lastStatus, registeredUntilMillis }: RegistrationState): string | undefined => {
  if (registeredUntilMillis !== undefined) return undefined
  if (lastStatus === 0) return "not registered yet"
  return lastStatus === 408 ? "REGISTER is not answered" : `the last answer to REGISTER was ${lastStatus}`
}

const keepProbed = Effect.fnUntraced(function* (
  sip: Edge,
  trunk: Trunk,
  rests: Queue.Dequeue<void>,
  now: () => number
) {
  const { health, settings } = trunk
  const probes = settings.keepAliveSeconds > 0
  let pingAt = probes ? now() : Infinity
  return yield* Effect.forever(
    Effect.gen(function* () {
      const wait = (health.restUntil ?? pingAt) - now()
      if (wait === Infinity) return yield* Queue.take(rests)
      // A rest begins before the next OPTIONS is due: that one waits until the rest is over.
      if (wait > 0) return yield* Effect.asVoid(Effect.timeoutOption(Queue.take(rests), Math.ceil(wait)))
      if (!probes) return health.restOver(now())
      const status = yield* pinged(sip, trunk)
      if (status !== 408) trunk.answered(status, now())
      health.pinged(status, now())
      pingAt = now() + settings.keepAliveSeconds * 1_000
    })
  )
})

const pinged = (sip: Edge, { settings }: Trunk): Effect.Effect<number> =>
  sip
    .ping({
      to: `sip:${domainOf(settings)}`,
      from: accountUri(settings),
      via: hopOf(settings)
    })
    .pipe(Effect.timeoutOption(pingMillisMax), Effect.map(Option.getOrElse(() => 408)))
