import { type Interval, meanInterval } from "./interval.ts"
import { sampleMean, sampleVariance } from "./sample.ts"
import { studentTTwoSided } from "./studentT.ts"

/**
 * The mean of `candidate`, whose replications are the first of `baseline`'s: the baseline's mean over all of its own plus the
 * paired difference over those both have (double sampling; Cochran, "Sampling Techniques", 3rd ed., section 12.7, with slope 1).
 * Where the two share their customers it is far more precise than the plain mean, and in step with the baseline's.
 */
export const controlledMean = (
  candidate: ReadonlyArray<number>,
  baseline: ReadonlyArray<number>,
  confidence: number
): Interval => {
  const count = candidate.length
  if (count < 2 || baseline.length <= count) return meanInterval(candidate, confidence)
  const differences = candidate.map((value, i) => value - baseline[i])
  const both = baseline.slice(0, count)
  // 2·Cov(x, d) = Var(x + d) − Var(x) − Var(d), and x + d is the candidate.
  const covariance = (sampleVariance(candidate) - sampleVariance(both) - sampleVariance(differences)) / 2
  const variance = sampleVariance(differences) / count + (sampleVariance(baseline) + 2 * covariance) / baseline.length
  const mean = sampleMean(baseline) + sampleMean(differences)
  const halfWidth = studentTTwoSided(confidence, count - 1) * Math.sqrt(Math.max(0, variance))
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, count, confidence }
}
