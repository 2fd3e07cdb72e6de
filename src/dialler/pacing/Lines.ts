import { Bound, type Floor, type Policy } from "./Policy.ts"

/** Automatic mode: keeps a number of lines in use; the call rate and the trunk are limited by the core. */
export class Lines implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.lines
  readonly #linesMax: number

  constructor(linesMax: number) {
    this.#linesMax = linesMax
  }

  oneMore(floor: Floor): boolean {
    return floor.ringing + floor.waiting + floor.bridged < this.#linesMax
  }

  saw(): void {}
}
