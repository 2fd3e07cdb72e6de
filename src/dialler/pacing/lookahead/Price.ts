const priceMin = 1e-4
const priceMax = 0.95

/**
 * The price of risk: the largest chance of an abandonment one more call may have. It follows the abandon budget: every
 * person served raises it a little, every abandoned one lowers it much, so that the long-run rate converges to the target
 * whatever the model's error; log(price)/gain is the balance of the budget. With a guard, the price counts as 0 while one
 * more abandonment would break the limit of the window, and does not rise meanwhile.
 */
export class Price {
  #price = 0
  readonly #limit: number
  readonly #guard: boolean
  readonly #rise: number
  readonly #fall: number
  #live = 0
  #abandoned = 0

  /** `target` and `limit` are shares of answering people. */
  constructor(target: number, gain: number, start: number, limit: number, guard: boolean) {
    this.#price = start
    this.#limit = limit
    this.#guard = guard
    this.#rise = Math.exp(gain * target)
    this.#fall = Math.exp(gain * (target - 1))
  }

  /** The price in force; 0 allows only calls that cannot cause an abandonment. */
  get now(): number {
    return this.guarded ? 0 : this.#price
  }

  /** Whether one more abandonment would break the limit. */
  get guarded(): boolean {
    return this.#guard && this.#abandoned + 1 > this.#limit * (this.#live + 1)
  }

  /** The price the budget alone makes, whether or not the guard allows a call. */
  get unguarded(): number {
    return this.#price
  }

  /** An answer was served; `person`: the chance that it was a person's. */
  served(person: number): void {
    this.#live += person
    if (!this.guarded)
      this.#price = Math.min(priceMax, this.#price * (person === 1 ? this.#rise : this.#rise ** person))
  }

  /** An answer was abandoned; `person`: the chance that it was a person's. */
  abandoned(person: number): void {
    this.#live += person
    this.#abandoned += person
    this.#price = Math.max(priceMin, this.#price * (person === 1 ? this.#fall : this.#fall ** person))
  }
}
