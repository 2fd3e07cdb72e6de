import { boundNames } from "../../src/dialler/pacing/Policy.ts"
import type { Counts } from "../../src/domain/Counts.ts"
import { modes } from "../../src/domain/Mode.ts"
import { abandoned, connected, live, type MeasureKey, measures } from "../../src/domain/measures.ts"
import { controlledMean } from "../statistics/controlled.ts"
import { exceedanceCountMin, normalExceedance } from "../statistics/exceedance.ts"
import { meanInterval } from "../statistics/interval.ts"
import { pairedDifference } from "../statistics/paired.ts"
import { wilson } from "../statistics/proportion.ts"
import { ratioInterval } from "../statistics/ratio.ts"
import { sampleMean, sampleVariance } from "../statistics/sample.ts"
import type { ShiftOutcome } from "../workers/shiftJob.ts"
import { callResult } from "./callResult.ts"
import { inboundResult } from "./inboundResult.ts"
import { lawAndList, type LawKept, lawKept } from "./lawResult.ts"
import type { Chance, Estimate, Setting, SettingResult } from "./Result.ts"

/** Confidence of every interval in a result. */
export const intervalConfidence = 0.95

export const measureKeys = Object.keys(measures) as ReadonlyArray<MeasureKey>

/** The measure shift by shift; NaN where a shift has no denominator for it. */
export const valuesOf = (counts: ReadonlyArray<Counts>, key: MeasureKey): ReadonlyArray<number> =>
  counts.map((one) => measures[key].of(one))

/** Student's interval over shifts, one value each. Shifts without a denominator do not count; `n` says how many do. */
export const estimateOf = (values: ReadonlyArray<number>): Estimate => {
  const known = values.filter(Number.isFinite)
  const { high, low, mean } = meanInterval(known, intervalConfidence)
  const n = known.length
  return n < 2 ? { mean, low: Number.NaN, high: Number.NaN, n } : { mean, low, high, n }
}

/** Mean of `candidate` minus `baseline`, paired shift by shift over the shifts both have. */
export const differenceOf = (candidate: ReadonlyArray<number>, baseline: ReadonlyArray<number>): Estimate => {
  const n = Math.min(candidate.length, baseline.length)
  const pairs = Array.from({ length: n }, (_, i) => [candidate[i], baseline[i]] as const).filter((pair) =>
    pair.every(Number.isFinite)
  )
  if (pairs.length < 2) return estimateOf(pairs.map(([a, b]) => a - b))
  const { difference } = pairedDifference(
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
    intervalConfidence
  )
  return { mean: difference.mean, low: difference.low, high: difference.high, n: pairs.length }
}

/** With fewer shifts than this the spread of the differences is known too badly to tell a mean from. */
export const controlledShiftsMin = 8

/** A mean told from a baseline with more shifts on the same customers; plain of few shifts, or where one has no figure. */
export const controlledEstimate = (candidate: ReadonlyArray<number>, baseline: ReadonlyArray<number>): Estimate => {
  if (candidate.length < controlledShiftsMin || ![...candidate, ...baseline].every(Number.isFinite))
    return estimateOf(candidate)
  const { count, high, low, mean } = controlledMean(candidate, baseline, intervalConfidence)
  return { mean, low, high, n: count }
}

/**
 * The same setting in step with `chosen`, which has been rehearsed on more shifts: what is compared is told from the paired
 * difference, so that figures side by side differ by what is said of the difference.
 */
export const inStepWith =
  (chosen: SettingResult) =>
  (result: SettingResult): SettingResult => {
    if (result.replications >= chosen.replications) return result
    const told = (key: MeasureKey): Estimate =>
      controlledEstimate(valuesOf(result.counts, key), valuesOf(chosen.counts, key))
    const { estimates } = result
    const compared = { occupancy: told("occupancy"), talkMinutesPerHour: told("talkMinutesPerHour") }
    return { ...result, estimates: { ...estimates, ...compared } }
  }

/** From so many answers on a shift is large: its abandon rate is a sum of so many small parts that its law is the normal one. */
const largeShiftAnswers = 5_000

/** Whether every shift is large: each tells much more than one of a small floor, and costs much more. */
export const areLarge = (counts: ReadonlyArray<Counts>): boolean =>
  counts.length > 0 && counts.every((one) => live(one) >= largeShiftAnswers)

/** How far the limit lies above the mean abandon rate, in standard deviations between shifts; NaN if they do not differ. */
export const marginOf = (counts: ReadonlyArray<Counts>, limit: number): number =>
  marginBelow(valuesOf(counts, "abandonRate"), limit)

const marginBelow = (rates: ReadonlyArray<number>, limit: number): number => {
  const spread = Math.sqrt(sampleVariance(rates))
  return spread > 0 ? (limit - sampleMean(rates)) / spread : Number.NaN
}

/** The smallest margin under a ceiling of the law; Infinity without one. */
const lawMarginOf = ({ ratios }: LawKept): number =>
  ratios.reduce((least, of) => {
    const margin = marginBelow(of.ratios, of.ceiling)
    return Number.isNaN(margin) ? least : Math.min(least, margin)
  }, Number.POSITIVE_INFINITY)

/**
 * Chance that a shift ends above the limit or breaks a ceiling of its law: of large shifts by their spread, where they
 * differ, else by counting.
 */
export const overLimitChance = (
  counts: ReadonlyArray<Counts>,
  limit: number,
  confidence: number = intervalConfidence,
  law: LawKept = { broken: [], ratios: [] }
): Chance => {
  const n = counts.length
  const over = counts.filter((one, shift) => isOverLimit(one, limit) || law.broken[shift] === true).length
  const counted = chanceOf(over, n, confidence)
  const bySpread = n >= exceedanceCountMin && areLarge(counts) && !law.broken.includes(true)
  const ownMargin = bySpread ? marginOf(counts, limit) : Number.NaN
  if (Number.isNaN(ownMargin)) return counted
  const lawMargin = lawMarginOf(law)
  const told = bySpreadChance(counted, Math.min(ownMargin, lawMargin), confidence)
  return told.bySpread === true && lawMargin < Number.POSITIVE_INFINITY ? { ...told, lawMargin } : told
}

/** A chance told from a margin, in standard deviations; as counted where more were over the limit than the spread explains. */
export const bySpreadChance = (counted: Chance, margin: number, confidence: number): Chance => {
  const { estimate, high, low } = normalExceedance(margin, counted.n, confidence)
  const { n, successes } = counted
  return high < successes / n ? counted : { ...counted, share: estimate, low, high, bySpread: true }
}

/** A probability with Wilson's interval; NaN share without trials. */
export const chanceOf = (successes: number, n: number, confidence: number = intervalConfidence): Chance => {
  const { estimate, high, low } = wilson(successes, n, confidence)
  // Rounding leaves a trace where the limits are exactly 0 and 1.
  return { successes, n, share: estimate, low: successes === 0 ? 0 : low, high: successes === n ? 1 : high }
}

/** Whether the shift ended above the limit, a share of answers by people; a shift without such answers did not. */
export const isOverLimit = (counts: Counts, limit: number): boolean => {
  const answers = live(counts)
  return answers > 0 && abandoned(counts) / answers > limit
}

/** Words for what kept the core from placing one more call while agents waited, for a chart. */
const boundLabels: Readonly<Record<(typeof boundNames)[number], string>> = {
  price: "risk of an abandonment",
  budget: "abandon budget of the shift",
  ratio: "calls per agent",
  lines: "trunk lines",
  "calls-per-second": "calls per second",
  contacts: "nobody to call now",
  hours: "calling rules: nobody may be called now",
  agents: "nobody at work",
  stopped: "campaign stopped"
}

const boundsOf = (outcomes: ReadonlyArray<ShiftOutcome>): SettingResult["bounds"] => {
  const millis = boundNames.map((_, bound) => outcomes.reduce((sum, one) => sum + one.boundMillis[bound], 0))
  const total = millis.reduce((sum, one) => sum + one, 0)
  if (total === 0) return []
  return boundNames
    .map((name, bound) => ({ reason: boundLabels[name], share: millis[bound] / total }))
    .filter(({ share }) => share > 0)
}

/** Few people ask for an agent on one shift, so shares of single shifts would mislead: a ratio of totals. */
const transfersLostOf = (outcomes: ReadonlyArray<ShiftOutcome>): Estimate | null => {
  const lost = outcomes.map(({ lostWaiting }) => lostWaiting)
  const asked = outcomes.map(({ counts, lostWaiting }) => lostWaiting + connected(counts))
  const interval = ratioInterval(lost, asked, intervalConfidence)
  if (interval === undefined) return null
  const { count: n, high, low, mean } = interval
  return n < 2 ? { mean, low: Number.NaN, high: Number.NaN, n } : { mean, low: Math.max(0, low), high, n }
}

/** Everything a result says about one setting. `limit`: abandon limit of the campaign. */
export const settingResult = (
  setting: Setting,
  outcomes: ReadonlyArray<ShiftOutcome>,
  limit: number
): SettingResult => {
  const counts = outcomes.map((outcome) => outcome.counts)
  const estimates = Object.fromEntries(measureKeys.map((key) => [key, estimateOf(valuesOf(counts, key))]))
  const overLimit = overLimitChance(counts, limit, intervalConfidence, lawKept(outcomes))
  // Nobody is abandoned where an agent is held for every call, however few shifts have been seen.
  const never = modes[setting.mode].firstLeg === "agent" && overLimit.successes === 0
  const transfersLost = modes[setting.mode].servedBy === "script" ? transfersLostOf(outcomes) : null
  return {
    setting,
    replications: counts.length,
    counts,
    estimates: estimates as Record<MeasureKey, Estimate>,
    overLimit: never ? { ...overLimit, low: 0, high: 0 } : overLimit,
    bounds: boundsOf(outcomes),
    ...lawAndList(outcomes),
    ...callResult(outcomes),
    ...inboundResult(outcomes),
    ...(transfersLost === null ? {} : { transfersLost })
  }
}
