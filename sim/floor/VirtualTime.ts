import { Clock, Context, Duration, Effect, Scheduler } from "effect"

/**
 * Time and fibres of a rehearsal of the runtime: nothing runs but when `drain` or `wake` lets it, and time stands still in
 * between. Sleepers of one instant wake in the order they went to sleep. Nothing inside may wait for a promise.
 */
export class VirtualTime {
  now = 0
  readonly #ready: Array<() => void> = []
  /** Earliest last. */
  readonly #sleepers: Array<{ readonly at: number; readonly wake: () => void }> = []

  /** When the next sleeper wakes; Infinity where nobody sleeps. */
  get nextAt(): number {
    return this.#sleepers.at(-1)?.at ?? Number.POSITIVE_INFINITY
  }

  /** Runs whatever can run now. */
  drain(): void {
    while (this.#ready.length > 0) for (const task of this.#ready.splice(0)) task()
  }

  /** Goes on to the next sleeper's instant, wakes it, and drains. */
  wake(): void {
    const sleeper = this.#sleepers.pop()
    if (sleeper === undefined) return
    this.now = sleeper.at
    sleeper.wake()
    this.drain()
  }

  /** Starts a program in this time. */
  fork<A, E>(program: Effect.Effect<A, E>) {
    const scheduler = new Scheduler.MixedScheduler("async", (task) => {
      let live = true
      this.#ready.push(() => {
        if (live) task()
      })
      return () => {
        live = false
      }
    })
    const context = Context.empty().pipe(
      Context.add(Clock.Clock, this.#clock),
      Context.add(Scheduler.Scheduler, scheduler)
    )
    const fiber = Effect.runForkWith(context)(program)
    this.drain()
    return fiber
  }

  get #clock(): Clock.Clock {
    const millis = () => this.now
    const nanos = () => BigInt(this.now) * 1_000_000n
    return {
      currentTimeMillisUnsafe: millis,
      currentTimeMillis: Effect.sync(millis),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: nanos,
      monotonicTimeNanos: Effect.sync(nanos),
      sleep: (duration) =>
        Effect.callback<void>((resume) => {
          const sleeper = { at: this.now + Math.ceil(Duration.toMillis(duration)), wake: () => resume(Effect.void) }
          const index = this.#sleepers.findIndex(({ at }) => at <= sleeper.at)
          this.#sleepers.splice(index < 0 ? this.#sleepers.length : index, 0, sleeper)
          return Effect.sync(() => {
            const place = this.#sleepers.indexOf(sleeper)
            if (place >= 0) this.#sleepers.splice(place, 1)
          })
        })
    }
  }
}
