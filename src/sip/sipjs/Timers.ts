interface Timer {
  readonly callback: () => void
  readonly everyMillis: number
  at: number
}

/**
 * The package's timers, run from outside: time is ours to give, so tests need not wait, and what a timer throws is
 * caught by whoever runs it. The package has one set of timers for all its agents, so there is one of these.
 */
export class Timers {
  readonly #timers = new Set<Timer>()
  /** Milliseconds; whoever calls the package sets it first. */
  now = 0

  set(callback: () => void, millis: number, everyMillis = Infinity): Timer {
    const timer = { callback, everyMillis, at: this.now + millis }
    this.#timers.add(timer)
    return timer
  }

  clear(timer: unknown): void {
    this.#timers.delete(timer as Timer)
  }

  /** Runs what is due at `now`, also what that makes due at once; `guard` gets each callback to run. */
  run(now: number, guard: (callback: () => void) => void): void {
    this.now = now
    for (const timer of this.#timers) {
      if (timer.at > now) continue
      if (timer.everyMillis === Infinity) this.#timers.delete(timer)
      else timer.at = now + timer.everyMillis
      guard(timer.callback)
    }
  }

  get size(): number {
    return this.#timers.size
  }
}
