import { areLarge } from "./estimates.ts"
import type { LookRules } from "./look.ts"
import type { SettingResult } from "./Result.ts"
import { type RunOptions, stoppingRule } from "./RunOptions.ts"
import type { SearchRules } from "./searchFamily.ts"
import type { TeamEffort } from "./teamSizes.ts"

/** Shifts spent with "auto". First looks draw the frontier; what is compared with the recommendation gets more. */
const usual = {
  look: 8,
  lookBlock: 4,
  lookMax: 12,
  plain: 24,
  screen: 24,
  settle: 73,
  sensitivity: 20,
  team: [10, 30]
} as const
/**
 * The same of large shifts, which tell more and cost more. Four are the least an interval can be trusted with, and enough to see
 * which settings are no good; what may be recommended gets more, but no more than sixteen for the sake of precision.
 */
const large = { look: 4, settle: 10, precise: 16, team: [4, 10] } as const

/** How many shifts the parts of a tuning take; as many as asked for everywhere where a number was given. */
export class Effort {
  readonly #options: RunOptions
  #startsLarge = false

  constructor(options: RunOptions) {
    this.#options = options
  }

  /** From now on large shifts are expected if these are. */
  learn(results: ReadonlyArray<SettingResult>): void {
    this.#startsLarge = results.length > 0 && results.every(({ counts }) => areLarge(counts))
  }

  /** So many shifts with "auto", the number asked for otherwise. */
  atMost(shifts: number): number {
    const { replications, replicationsMax } = this.#options
    return replications === "auto" ? Math.min(shifts, replicationsMax) : replications
  }

  /** Shifts of one setting that may be spent. */
  get most(): number {
    return this.atMost(Number.POSITIVE_INFINITY)
  }

  /** Shifts of a mode without a knob. */
  get plain(): number {
    return this.atMost(usual.plain)
  }

  /** Shifts of a setting that is told of beside the recommendation; of large ones those there are. */
  beside({ counts, replications }: SettingResult): number {
    return areLarge(counts) ? replications : this.plain
  }

  get search(): SearchRules {
    const precise = stoppingRule(this.#options)
    return {
      ...this.#rules([usual.look, usual.lookBlock, usual.lookMax], [large.look, 1, large.look]),
      screenShifts: this.atMost(usual.screen),
      precise,
      preciseLarge: { ...precise, countMax: this.atMost(large.precise) },
      indifference: this.#options.precision
    }
  }

  get sensitivity(): LookRules {
    return this.#rules([usual.sensitivity, 1, usual.sensitivity], [large.look, 1, large.look])
  }

  get team(): TeamEffort {
    const steps = (shifts: ReadonlyArray<number>) => [...new Set(shifts.map((each) => this.atMost(each)))]
    return { usual: steps(usual.team), large: steps(large.team), startsLarge: this.#startsLarge }
  }

  /** Shifts a first look will take, and those that show what a setting can show; for the progress figure. */
  get expected(): { readonly look: number; readonly settle: number; readonly world: number; readonly team: number } {
    const isLarge = this.#startsLarge
    return {
      look: this.atMost(isLarge ? large.look : usual.look),
      settle: this.atMost(isLarge ? large.settle : usual.settle),
      world: this.atMost(isLarge ? large.look : usual.sensitivity),
      team: this.team[isLarge ? "large" : "usual"][0]
    }
  }

  #rules(few: readonly [number, number, number], fewLarge: readonly [number, number, number]): LookRules {
    const rule = ([first, block, most]: readonly [number, number, number]) => {
      const whole = stoppingRule(this.#options, first, block)
      return this.#options.replications === "auto" ? { ...whole, countMax: this.atMost(most) } : whole
    }
    return { usual: rule(few), large: rule(fewLarge), startsLarge: this.#startsLarge }
  }
}
