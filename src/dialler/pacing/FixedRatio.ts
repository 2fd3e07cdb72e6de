import { Bound, type Floor, type Policy } from "./Policy.ts"

/** So that 1.15 × 100 is 115 lines, whatever binary fractions make of it. */
const rounding = 1e-9

/** Power dialling: places while fewer than `floor(linesPerAgent × idle agents)` calls ring. */
export class FixedRatio implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.ratio
  readonly countsOnly = true
  readonly #linesPerAgent: number

  constructor(linesPerAgent: number) {
    this.#linesPerAgent = linesPerAgent
  }

  oneMore(floor: Floor): boolean {
    return floor.ringing < Math.floor(this.#linesPerAgent * floor.idle + rounding)
  }

  saw(): void {}
}
