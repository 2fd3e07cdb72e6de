import { Bound, type Floor, type Policy } from "../../src/dialler/pacing/Policy.ts"
import { Draws } from "../../sim/random/Draws.ts"
import { seedOf } from "../../sim/random/seed.ts"

/** Never looks at the agents: launches at the instants of a Poisson stream of its own. */
export class PoissonLaunches implements Policy {
  askAt = 0
  bound: number = Bound.ratio
  readonly #draws: Draws
  readonly #meanMillis: number
  #next: number

  constructor(ratePerSecond: number, seed: string, replication: number) {
    this.#draws = new Draws(...seedOf(`launches ${seed}`, replication))
    this.#draws.at(0, 0, 0)
    this.#meanMillis = 1_000 / ratePerSecond
    this.#next = this.#draws.nextExponential(this.#meanMillis)
  }

  oneMore(floor: Floor): boolean {
    if (this.#next > floor.now) {
      this.askAt = Math.ceil(this.#next)
      return false
    }
    this.#next += this.#draws.nextExponential(this.#meanMillis)
    return true
  }

  saw(): void {}
}

/** Keeps so many calls ringing, whatever the agents do. */
export class ConstantLines implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.lines
  readonly #lines: number

  constructor(lines: number) {
    this.#lines = lines
  }

  oneMore(floor: Floor): boolean {
    return floor.ringing < this.#lines
  }

  saw(): void {}
}

/** Dials k numbers at once for an idle agent, and again only when all of them are down. */
export class Waves implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.ratio
  readonly #k: number
  #left = 0

  constructor(k: number) {
    this.#k = k
  }

  oneMore(floor: Floor): boolean {
    if (floor.idle > 0 && floor.ringing === 0) this.#left = this.#k
    if (this.#left === 0) return false
    this.#left -= 1
    return true
  }

  saw(): void {}
}

/** Lets another policy place at its ticks only: once a second, when everything due in that second has happened. */
export class Ticked implements Policy {
  askAt: number
  bound: number = Bound.ratio
  readonly learns = true
  readonly #of: Policy

  /** `offsetMillis`: the ticks' place within the second. */
  constructor(of: Policy, offsetMillis: number) {
    this.#of = of
    this.askAt = offsetMillis
  }

  oneMore(floor: Floor, chance: number): boolean {
    if (floor.now < this.askAt) return false
    if (this.#of.oneMore(floor, chance)) return true
    this.askAt += 1_000
    return false
  }

  saw(): void {}
}
