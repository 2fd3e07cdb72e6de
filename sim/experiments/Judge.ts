import { modes } from "../../src/domain/Mode.ts"
import type { CampaignScenario } from "../Scenario.ts"
import { chanceOf } from "./estimates.ts"
import type { Chance, Setting, SettingResult } from "./Result.ts"

/** Whether a setting keeps the abandon limit: shown, shown not to (or not to be shown any more), or still open. */
export type Verdict = "kept" | "broken" | "open"

/** Whether nobody can be abandoned by design: an agent is held for every call, or there is none to wait for. */
export const neverAbandons = ({ mode }: Setting, { settings }: CampaignScenario): boolean =>
  modes[mode].firstLeg === "agent" || (modes[mode].servedBy === "script" && settings.groups.length === 0)

/**
 * Answers one question about a setting: is the chance that a shift ends above the abandon limit at most so large? By
 * Wilson's two-sided limits: at 95 % the smallest sample that can show 5 % is 73 shifts, none of them over.
 */
export class Judge {
  readonly #campaign: CampaignScenario
  readonly #overLimitMax: number
  readonly #confidence: number
  /** Shifts that may be spent on one setting. */
  readonly shiftsMax: number

  constructor(campaign: CampaignScenario, overLimitMax: number, confidence: number, shiftsMax: number) {
    this.#campaign = campaign
    this.#overLimitMax = overLimitMax
    this.#confidence = confidence
    this.shiftsMax = shiftsMax
  }

  /** The chance of a shift over the limit, with limits at the judge's confidence. */
  chance({ overLimit }: SettingResult): Chance {
    return chanceOf(overLimit.successes, overLimit.n, this.#confidence)
  }

  neverAbandons(setting: Setting): boolean {
    return neverAbandons(setting, this.#campaign)
  }

  verdict(result: SettingResult): Verdict {
    if (this.neverAbandons(result.setting)) return "kept"
    const { successes } = result.overLimit
    const { high, low } = this.chance(result)
    if (high <= this.#overLimitMax) return "kept"
    // Even if every shift that may still be spent were clean, it could not be shown.
    return low > this.#overLimitMax || this.shiftsToShow(successes) > this.shiftsMax ? "broken" : "open"
  }

  /** Whether a first look says no already: broken, or two shifts over the limit and more of them than are tolerated. */
  looksBroken(result: SettingResult): boolean {
    const { n, successes } = result.overLimit
    if (this.neverAbandons(result.setting)) return false
    return this.verdict(result) === "broken" || (successes >= 2 && successes > this.#overLimitMax * n)
  }

  /** How many shifts it takes to show that the limit is kept, if so many of them are over it; Infinity for never. */
  shiftsToShow(overLimit: number): number {
    if (this.#overLimitMax <= 0) return Number.POSITIVE_INFINITY
    const isShown = (n: number): boolean => chanceOf(overLimit, n, this.#confidence).high <= this.#overLimitMax
    // The limit falls with every clean shift: halve between too few and enough.
    let [few, enough] = [Math.max(0, overLimit - 1), this.shiftsMax]
    if (enough <= few || !isShown(enough)) return Number.POSITIVE_INFINITY
    while (enough - few > 1) {
      const middle = Math.floor((few + enough) / 2)
      if (isShown(middle)) enough = middle
      else few = middle
    }
    return enough
  }
}
