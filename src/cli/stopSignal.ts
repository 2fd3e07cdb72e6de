import { Deferred, Effect, Exit } from "effect"

export type Signal = "SIGINT" | "SIGTERM" | "SIGHUP"
const signals: ReadonlyArray<Signal> = ["SIGINT", "SIGTERM", "SIGHUP"]

/** Some launchers pass a Ctrl-C on that the terminal has already sent to everybody: within this time it is the same one. */
const echoMillis = 300

/**
 * Listens for a request to stop, Ctrl-C for one, until the scope closes. `requested` waits for it. After it, `letGo` gives
 * the signals back to the system: from then on another Ctrl-C ends the process at once, whatever it is doing.
 */
export const stopSignal = Effect.gen(function* () {
  const first = Deferred.makeUnsafe<Signal>()
  const listeners = signals.map(
    (signal) => [signal, () => void Deferred.doneUnsafe(first, Exit.succeed(signal))] as const
  )
  const release = Effect.sync(() => listeners.forEach(([signal, listener]) => process.off(signal, listener)))
  yield* Effect.acquireRelease(
    Effect.sync(() => listeners.forEach(([signal, listener]) => process.on(signal, listener))),
    () => release
  )
  return { requested: Deferred.await(first), letGo: Effect.andThen(Effect.sleep(echoMillis), release) }
})
