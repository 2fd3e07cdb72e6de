/**
 * Counts events of the last so many seconds in one bucket per second: bounded memory, no allocation after construction.
 * An event counts from its instant until its second is `seconds` old, so the window is up to one second short.
 */
export class EventWindow {
  readonly #buckets: Int32Array
  #second = 0
  #total = 0

  constructor(seconds: number) {
    this.#buckets = new Int32Array(seconds)
  }

  /** One event at `now`, milliseconds, never before an earlier one. */
  add(now: number): void {
    this.#advance(now)
    this.#buckets[this.#second % this.#buckets.length] += 1
    this.#total += 1
  }

  /** Events still in the window at `now`. */
  count(now: number): number {
    this.#advance(now)
    return this.#total
  }

  #advance(now: number): void {
    const second = Math.floor(now / 1_000)
    if (second <= this.#second) return
    const { length } = this.#buckets
    if (this.#total === 0 || second - this.#second >= length) {
      if (this.#total > 0) this.#buckets.fill(0)
      this.#total = 0
    } else {
      for (let old = this.#second + 1; old <= second; old += 1) {
        this.#total -= this.#buckets[old % length]
        this.#buckets[old % length] = 0
      }
    }
    this.#second = second
  }
}
