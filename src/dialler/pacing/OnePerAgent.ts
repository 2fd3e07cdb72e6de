import { Bound, type Floor, type Policy } from "./Policy.ts"

/**
 * One line for every idle agent, pooled. The modes that hold an agent for each call do the same by reserving; this serves
 * a predictive campaign that is to behave like them.
 */
export class OnePerAgent implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.ratio

  oneMore(floor: Floor): boolean {
    return floor.ringing + floor.waiting < floor.idle
  }

  saw(): void {}
}
