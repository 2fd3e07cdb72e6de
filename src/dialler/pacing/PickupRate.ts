import { Bound, type Floor, type Policy } from "./Policy.ts"

/** So that 21 / 0.35 is 60 lines, whatever binary fractions make of it. */
const rounding = 1e-9

/** The manager's expected share of answers: places while fewer than `ceil(idle agents / rate)` calls ring. */
export class PickupRate implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.ratio
  readonly countsOnly = true
  readonly #rate: number

  constructor(rate: number) {
    this.#rate = rate
  }

  oneMore(floor: Floor): boolean {
    return floor.ringing < Math.ceil(floor.idle / this.#rate - rounding)
  }

  saw(): void {}
}
