import { Effect } from "effect"
import { type MeasureKey, measures } from "../../src/domain/measures.ts"
import { meanInterval } from "../statistics/interval.ts"
import { countExpected, decide } from "../statistics/stopping.ts"
import type { Scenario } from "../Scenario.ts"
import type { Workers } from "../workers/Workers.ts"
import { differenceOf, intervalConfidence, measureKeys, valuesOf } from "./estimates.ts"
import { Experiment, type Place } from "./Experiment.ts"
import { kindOf } from "./Pace.ts"
import type { Estimate, Result, Setting, SettingResult } from "./Result.ts"
import { campaignIndexOf, type RunOptions, type Source, stoppingRule } from "./RunOptions.ts"
import { ownSetting } from "./settingOf.ts"
import { percentWithin, points } from "./words.ts"

/** Two scenarios on the same customers. */
export interface Comparison {
  /** Kind `compare`: two settings, that of `a` first. Scenario, text, seed and recorded shift are those of `a`. */
  readonly result: Result
  /** Second scenario minus first, paired shift by shift, with 95 % intervals. */
  readonly differences: Readonly<Record<MeasureKey, Estimate>>
  /** The second scenario, with the seed it was rehearsed with, and its file as it was read. */
  readonly second: Pick<Result, "scenario" | "scenarioText">
  /** What differs, in plain words. */
  readonly sentences: ReadonlyArray<string>
}

const settingAt = ({ campaignIndex, scenario }: Place, letter: string, namesDiffer: boolean): Setting => {
  const setting = ownSetting(scenario.campaigns[campaignIndex])
  const name = namesDiffer ? scenario.name : letter.toUpperCase()
  return { ...setting, key: `${letter}/${setting.key}`, label: `${name}: ${setting.label}` }
}

/**
 * Rehearses two scenarios as they are on the same customers (the seed is that of `a`), until the difference in occupancy
 * is as precise as wanted. A campaign that is named must be in both.
 */
export const compare = (
  a: Scenario,
  b: Scenario,
  sourceA: Source,
  sourceB: Source,
  options: RunOptions
): Effect.Effect<Comparison, never, Workers> =>
  Effect.gen(function* () {
    const placeA = { scenario: a, campaignIndex: campaignIndexOf(a, options.campaign) }
    const placeB = { scenario: { ...b, seed: a.seed }, campaignIndex: campaignIndexOf(b, options.campaign) }
    const origin = { kind: "compare", version: sourceA.version, scenarioText: sourceA.text } as const
    const settings = [placeA, placeB].map((place, i) => settingAt(place, i === 0 ? "a" : "b", a.name !== b.name))
    const order = ({ key }: Setting): number => (key === settings[0].key ? 0 : 1)
    const experiment = new Experiment(a, placeA.campaignIndex, origin, order)
    const rule = stoppingRule(options)
    let count = Math.min(rule.firstCount, rule.countMax)
    const expect = (shifts: number) => experiment.expect(settings.map((setting) => ({ kind: kindOf(setting), shifts })))
    expect(count)
    for (;;) {
      const first = yield* experiment.upTo(settings[0], count, placeA)
      const second = yield* experiment.upTo(settings[1], count, placeB)
      const precision = precisionOfPair(first, second)
      const decision = decide(precision, rule)
      if (decision.kind !== "more") {
        const result = yield* experiment.finish({})
        return {
          result,
          differences: differencesOf(first, second),
          second: { scenario: placeB.scenario, scenarioText: sourceB.text },
          sentences: sentencesOf(first, second)
        }
      }
      count += decision.count
      expect(countExpected(precision, rule) - first.replications)
    }
  })

/** The paired difference that decides whether there are enough shifts: of occupancy, or of the live rate without agents. */
const precisionOfPair = (first: SettingResult, second: SettingResult) => {
  const differences = (key: MeasureKey) =>
    valuesOf(second.counts, key)
      .map((value, i) => value - measures[key].of(first.counts[i]))
      .filter(Number.isFinite)
  const occupancy = differences("occupancy")
  const values = occupancy.length > 0 ? occupancy : differences("liveRate")
  return { ...meanInterval(values, intervalConfidence), count: first.counts.length }
}

const differencesOf = (first: SettingResult, second: SettingResult): Comparison["differences"] =>
  Object.fromEntries(
    measureKeys.map((key) => [key, differenceOf(valuesOf(second.counts, key), valuesOf(first.counts, key))])
  ) as Record<MeasureKey, Estimate>

const told = [
  { key: "occupancy", verb: "keeps agents busy", more: "more of the time", less: "less of the time" },
  {
    key: "abandonRate",
    verb: "abandons",
    more: "more of the people who answer",
    less: "fewer of the people who answer"
  }
] as const

const sentencesOf = (first: SettingResult, second: SettingResult): ReadonlyArray<string> =>
  told.flatMap(({ key, less, more, verb }) => {
    const difference = differencesOf(first, second)[key]
    if (!Number.isFinite(difference.mean)) return []
    const figures = `${percentWithin(second.estimates[key])} against ${percentWithin(first.estimates[key])}`
    if (!(difference.low > 0 || difference.high < 0)) {
      return [`${second.setting.label} ${verb} ${figures}: no clear difference to ${first.setting.label}.`]
    }
    const positive = difference.mean > 0
    const size = positive
      ? difference
      : { ...difference, mean: -difference.mean, low: -difference.high, high: -difference.low }
    return [
      `${second.setting.label} ${verb} ${points(size)} ${positive ? more : less} than ${first.setting.label}: ${figures}.`
    ]
  })
