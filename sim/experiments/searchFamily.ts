import { Effect } from "effect"
import type { Workers } from "../workers/Workers.ts"
import { areLarge, differenceOf, valuesOf } from "./estimates.ts"
import type { Experiment } from "./Experiment.ts"
import { type Family, rounded } from "./Family.ts"
import type { Judge } from "./Judge.ts"
import { look, type LookRules } from "./look.ts"
import { precisionOf } from "./precisionOf.ts"
import type { Estimate, Setting, SettingResult } from "./Result.ts"
import { countExpected, type StoppingRule } from "../statistics/stopping.ts"

/** How many shifts a search spends on a setting. */
export interface SearchRules extends LookRules {
  /** Shifts a setting must stand before it is worth the many that show a small chance; large ones show it soon enough. */
  readonly screenShifts: number
  /** Precision of what may be recommended. */
  readonly precise: StoppingRule
  /** The same for large shifts. */
  readonly preciseLarge: StoppingRule
  /** Differences in occupancy below this are not worth a search: the zone of indifference, a share. */
  readonly indifference: number
}

/** What became of a family: a setting shown to keep the limit, none that is, or none that could be the busiest. */
export type SearchOutcome =
  | { readonly kind: "kept"; readonly result: SettingResult }
  | { readonly kind: "broken" }
  | { readonly kind: "beaten"; readonly best: SettingResult }

/** New positions of the knob tried beside the first look. */
const probesMax = 4
/** Settings of one family that may be taken to the end of the question. */
const settlesMax = 6

/** Occupancy of `a` minus that of `b`, on the same customers. */
export const occupancyGained = (a: SettingResult, b: SettingResult): Estimate =>
  differenceOf(valuesOf(a.counts, "occupancy"), valuesOf(b.counts, "occupancy"))

/**
 * Minutes of talk per agent-hour of `a` minus that of `b`, on the same customers. Settings are ranked by it: within a mode
 * it goes with occupancy, and across modes it does not count the reading of cards as work done.
 */
export const talkGained = (a: SettingResult, b: SettingResult): Estimate =>
  differenceOf(valuesOf(a.counts, "talkMinutesPerHour"), valuesOf(b.counts, "talkMinutesPerHour"))

/** The setting with more talk on the shifts both have; the first where they are equal, or there are no agents. */
export const busier = (a: SettingResult, b: SettingResult): SettingResult => (talkGained(b, a).mean > 0 ? b : a)

/** About how many shifts a step still takes; for the progress figure. */
export type Expect = (shifts: number) => void

/** How many shifts the setting is to be rehearsed on until its occupancy is precise; those there are when it is. */
const shiftsForPrecision = (result: SettingResult, { precise, preciseLarge }: SearchRules): number =>
  Math.max(result.replications, countExpected(precisionOf(result), areLarge(result.counts) ? preciseLarge : precise))

/** Rehearses the setting until it is shown to keep the limit and its occupancy is precise, or will not be shown. */
export const settle = (
  experiment: Experiment,
  judge: Judge,
  rules: SearchRules,
  setting: Setting,
  expect: Expect
): Effect.Effect<SettingResult, never, Workers> =>
  Effect.gen(function* () {
    let result = yield* experiment.upTo(setting, 1)
    for (;;) {
      const verdict = judge.verdict(result)
      if (verdict === "broken") return result
      // As many as would show it if the others are like these: few looks, so that luck has few chances.
      const shifts =
        verdict === "open"
          ? Math.max(result.replications + 1, judge.shiftsNeeded(result))
          : shiftsForPrecision(result, rules)
      if (shifts <= result.replications) return result
      expect(shifts - result.replications)
      result = yield* experiment.upTo(setting, shifts)
    }
  })

/** Rehearses the setting until its occupancy is precise, whatever there is to be shown of it. */
export const sharpen = (
  experiment: Experiment,
  rules: SearchRules,
  seen: SettingResult,
  expect: Expect
): Effect.Effect<SettingResult, never, Workers> =>
  Effect.suspend(() => {
    const shifts = shiftsForPrecision(seen, rules)
    if (shifts <= seen.replications) return Effect.succeed(seen)
    expect(shifts - seen.replications)
    return Effect.flatMap(experiment.upTo(seen.setting, shifts), (result) => sharpen(experiment, rules, result, expect))
  })

/**
 * Looks for the busiest setting of a family that keeps the limit. A first look at every position has been taken. The best
 * position that stands is approached from both sides by halving, then settled; if it does not hold, the next best is.
 * Gives up where nothing of the family can be busier than `rival`.
 */
export class FamilySearch {
  readonly #experiment: Experiment
  readonly #judge: Judge
  readonly #rules: SearchRules
  readonly #family: Family
  readonly #rival: SettingResult | null
  readonly #expect: Expect
  #knobs: Array<number>
  #probes = 0

  /** `expect` is told before every step about how many shifts the search still takes. */
  constructor(
    experiment: Experiment,
    judge: Judge,
    rules: SearchRules,
    family: Family,
    rival: SettingResult | null,
    expect: Expect
  ) {
    this.#expect = expect
    this.#experiment = experiment
    this.#judge = judge
    this.#rules = rules
    this.#family = family
    this.#rival = rival
    this.#knobs = [...family.knobs]
  }

  run(): Effect.Effect<SearchOutcome, never, Workers> {
    return Effect.gen({ self: this }, function* () {
      let settles = 0
      while (settles < settlesMax) {
        const standing = this.#standing()
        if (standing.length === 0) break
        const best = standing.reduce(busier)
        const probe = this.#probe(standing, standing.indexOf(best))
        if (!this.#canWin(best) && probe === null) return { kind: "beaten", best }
        const { setting } = best
        this.#expect(this.#shiftsAhead(best, probe !== null))
        if (probe !== null) {
          this.#insert(probe)
          const probed = this.#family.setting(probe)
          yield* look((count) => this.#experiment.upTo(probed, count), this.#rules)
        } else if (best.replications < this.#rules.screenShifts && !areLarge(best.counts)) {
          yield* this.#experiment.upTo(setting, this.#rules.screenShifts)
        } else {
          settles += 1
          const knob = this.#knobs[standing.indexOf(best)]
          const result = yield* settle(this.#experiment, this.#judge, this.#rules, setting, this.#expect)
          if (this.#judge.verdict(result) === "kept" && this.#stands(result, knob)) return { kind: "kept", result }
        }
      }
      return { kind: "broken" }
    })
  }

  #shiftsAhead(best: SettingResult, isProbed: boolean): number {
    const { firstCount } = this.#rules.startsLarge ? this.#rules.large : this.#rules.usual
    const toShow = Math.min(this.#judge.shiftsNeeded(best), this.#judge.shiftsMax) - best.replications
    return (isProbed ? firstCount : 0) + (this.#canWin(best) ? Math.max(0, toShow) : 0)
  }

  #result(index: number): SettingResult | undefined {
    return this.#experiment.result(this.#family.setting(this.#knobs[index]).key)
  }

  /** Positions before the first that does not stand: bolder ones will not either. */
  #standing(): ReadonlyArray<SettingResult> {
    const standing: Array<SettingResult> = []
    for (let index = 0; index < this.#knobs.length; index += 1) {
      const result = this.#result(index)
      if (result === undefined || !this.#stands(result, this.#knobs[index])) break
      standing.push(result)
    }
    return standing
  }

  #stands(result: SettingResult, knob: number): boolean {
    const { isGoodEnough, isTooBold } = this.#family
    return !this.#judge.looksBroken(result) && isTooBold?.(knob) !== true && isGoodEnough?.(result) !== false
  }

  /** Whether the setting, or one like it, may be busier than the rival. Without agents no interval says no. */
  #canWin(result: SettingResult): boolean {
    return this.#rival === null || !(talkGained(result, this.#rival).high < 0)
  }

  /** Whether what lies between the two cannot be worth finding. */
  #isAlike(a: SettingResult, b: SettingResult): boolean {
    return Math.abs(talkGained(a, b).mean) < 60 * this.#rules.indifference
  }

  /**
   * Where to look next to the best position: towards the bolder one that no longer stands, or around a peak on the side
   * with more room. `null` where neighbours are a step away, or cannot win.
   */
  #probe(standing: ReadonlyArray<SettingResult>, best: number): number | null {
    if (this.#probes >= probesMax || best + 1 >= this.#knobs.length) return null
    const isPeak = standing.length > best + 1
    const room = (neighbour: number): number => Math.abs(this.#knobs[neighbour] - this.#knobs[best])
    const neighbours = [best + 1, ...(isPeak && best > 0 ? [best - 1] : [])].sort((a, b) => room(b) - room(a))
    for (const neighbour of neighbours) {
      const middle = rounded((this.#knobs[best] + this.#knobs[neighbour]) / 2, this.#family.step)
      const result = this.#result(neighbour)
      if (this.#knobs.includes(middle) || this.#family.isTooBold?.(middle)) continue
      if (result !== undefined && this.#isAlike(result, standing[best])) continue
      if (result !== undefined && (this.#canWin(result) || this.#canWin(standing[best]))) return middle
    }
    return null
  }

  #insert(knob: number): void {
    this.#probes += 1
    const { knobs } = this.#family
    const bolder = knobs[knobs.length - 1] >= knobs[0] ? 1 : -1
    this.#knobs = [...this.#knobs, knob].sort((a, b) => bolder * (a - b))
  }
}
