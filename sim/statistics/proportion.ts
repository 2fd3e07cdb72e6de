import jstat from "jstat"
import { normalQuantile } from "../random/normalQuantile.ts"

/** A probability seen in `trials` independent trials, with its confidence limits; all three between 0 and 1. */
export interface Proportion {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/**
 * Wilson's two-sided interval: close to the stated confidence on average, and sensible at 0 and at 1. Wilson, JASA
 * 22(158), 1927; recommended by Brown, Cai and DasGupta, Statistical Science 16(2), 2001. No trials give (0, 1).
 */
export const wilson = (successes: number, trials: number, confidence: number): Proportion => ({
  estimate: successes / trials,
  low: 1 - wilsonUpper(trials - successes, trials, (1 + confidence) / 2),
  high: wilsonUpper(successes, trials, (1 + confidence) / 2)
})

/** Wilson's one-sided upper limit: the true probability is below it with about probability `confidence`. */
export const wilsonUpper = (successes: number, trials: number, confidence: number): number => {
  const z = normalQuantile(confidence)
  const square = z * z
  const spread = z * Math.sqrt((successes * (trials - successes)) / Math.max(trials, 1) + square / 4)
  return Math.min((successes + square / 2 + spread) / (trials + square), 1)
}

/**
 * Clopper and Pearson's "exact" two-sided interval: covers with at least the stated confidence, so it is wide.
 * Clopper and Pearson, Biometrika 26(4), 1934.
 */
export const clopperPearson = (successes: number, trials: number, confidence: number): Proportion => ({
  estimate: successes / trials,
  low: 1 - clopperPearsonUpper(trials - successes, trials, (1 + confidence) / 2),
  high: clopperPearsonUpper(successes, trials, (1 + confidence) / 2)
})

/**
 * The exact one-sided upper limit: the true probability is below it with at least probability `confidence`. This is
 * the form behind "299 clean samples to claim at most 1 %" and behind the upper count of people taken for machines.
 */
export const clopperPearsonUpper = (successes: number, trials: number, confidence: number): number =>
  successes >= trials ? 1 : jstat.beta.inv(confidence, successes + 1, trials - successes)
