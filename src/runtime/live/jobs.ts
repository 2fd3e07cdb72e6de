import { Effect, Fiber } from "effect"
import type { CustomerCall } from "./CustomerCall.ts"

/** What a call hears or is asked from now on, in place of what it was before. What goes wrong in it is logged. */
export const startJob = <E>(call: CustomerCall, job: Effect.Effect<void, E>): Effect.Effect<void> =>
  Effect.gen(function* () {
    yield* stopJob(call)
    const { scope } = call
    if (scope === undefined) return
    const calm = Effect.catchCause(job, (cause) => Effect.logDebug("something for a call to hear failed", cause))
    call.job = yield* Effect.forkIn(calm, scope, { startImmediately: true })
  })

/** Ends it, and waits until it has ended. */
export const stopJob = (call: CustomerCall): Effect.Effect<void> =>
  Effect.suspend(() => {
    const { job } = call
    call.job = undefined
    return job === undefined ? Effect.void : Fiber.interrupt(job)
  })
