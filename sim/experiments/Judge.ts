import { modes } from "../../src/domain/Mode.ts"
import type { CampaignScenario } from "../Scenario.ts"
import { normalExceedance } from "../statistics/exceedance.ts"
import { bySpreadChance, chanceOf, marginOf } from "./estimates.ts"
import type { Chance, Setting, SettingResult } from "./Result.ts"

/** Whether a setting keeps the abandon limit: shown, shown not to (or not to be shown any more), or still open. */
export type Verdict = "kept" | "broken" | "open"

/** Whether nobody can be abandoned by design: an agent is held for every call, or there is none to wait for. */
export const neverAbandons = ({ mode }: Setting, { settings }: CampaignScenario): boolean =>
  modes[mode].firstLeg === "agent" || (modes[mode].servedBy === "script" && settings.groups.length === 0)

/** Large shifts before their spread decides anything: ten replications are the customary least. */
const spreadShiftsMin = 10

/**
 * Answers one question about a setting: is the chance that a shift ends above the abandon limit, or breaks a ceiling of
 * the campaign's law, at most so large? By
 * Wilson's two-sided limits: at 95 % the smallest sample that can show 5 % is 73 shifts, none of them over. Of large shifts
 * by their spread: ten show it where the limit is 3.3 standard deviations away.
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
  chance({ counts, overLimit }: SettingResult): Chance {
    return overLimit.bySpread === true
      ? bySpreadChance(overLimit, this.#margin({ counts, overLimit }), this.#confidence)
      : chanceOf(overLimit.successes, overLimit.n, this.#confidence)
  }

  /** To the limit or the nearest ceiling, in standard deviations between shifts. */
  #margin({ counts, overLimit }: Pick<SettingResult, "counts" | "overLimit">): number {
    const { lawMargin = Number.POSITIVE_INFINITY } = overLimit
    return Math.min(marginOf(counts, this.#campaign.settings.abandonLimit), lawMargin)
  }

  neverAbandons(setting: Setting): boolean {
    return neverAbandons(setting, this.#campaign)
  }

  verdict(result: SettingResult): Verdict {
    if (this.neverAbandons(result.setting)) return "kept"
    const { bySpread, high, low, n } = this.chance(result)
    if (high <= this.#overLimitMax && !(bySpread === true && n < spreadShiftsMin)) return "kept"
    // Even if every shift that may still be spent were as wished, it could not be shown.
    return low > this.#overLimitMax || this.shiftsNeeded(result) > this.shiftsMax ? "broken" : "open"
  }

  /** Whether a first look says no already: broken, or two shifts over the limit and more of them than are tolerated. */
  looksBroken(result: SettingResult): boolean {
    const { n, successes } = result.overLimit
    if (this.neverAbandons(result.setting)) return false
    return this.verdict(result) === "broken" || (successes >= 2 && successes > this.#overLimitMax * n)
  }

  /**
   * How many shifts it takes to show that the limit is kept, if those to come are clean, or large ones like those seen; Infinity
   * for never.
   */
  shiftsNeeded({ counts, overLimit }: SettingResult): number {
    if (overLimit.bySpread !== true) return this.shiftsToShow(overLimit.successes)
    if (overLimit.n < spreadShiftsMin) return spreadShiftsMin
    const margin = this.#margin({ counts, overLimit })
    return this.#fewest(overLimit.n, (n) => normalExceedance(margin, n, this.#confidence))
  }

  /** How many shifts it takes to show that the limit is kept, if so many of them are over it; Infinity for never. */
  shiftsToShow(overLimit: number): number {
    return this.#fewest(Math.max(0, overLimit - 1), (n) => chanceOf(overLimit, n, this.#confidence))
  }

  /** The fewest shifts, more than `few`, at which the chance is shown; it falls with every shift. */
  #fewest(from: number, chance: (n: number) => Pick<Chance, "high">): number {
    if (this.#overLimitMax <= 0) return Number.POSITIVE_INFINITY
    const isShown = (n: number): boolean => chance(n).high <= this.#overLimitMax
    let [few, enough] = [from, this.shiftsMax]
    if (enough <= few || !isShown(enough)) return Number.POSITIVE_INFINITY
    while (enough - few > 1) {
      const middle = Math.floor((few + enough) / 2)
      if (isShown(middle)) enough = middle
      else few = middle
    }
    return enough
  }
}
