import { sampleMean, sampleVariance } from "./sample.ts"
import { studentTTwoSided } from "./studentT.ts"

/** A mean with a symmetric confidence interval. With fewer than two values the half-width is Infinity. */
export interface Interval {
  readonly mean: number
  readonly halfWidth: number
  readonly low: number
  readonly high: number
  /** Number of independent values behind it. */
  readonly count: number
  /** The probability that the interval covers the true mean, for example 0.95. */
  readonly confidence: number
}

/**
 * Student's interval x̄ ± t·s/√n for independent values, one a replication: never one a call, for calls within a shift
 * are correlated. Law, "Simulation Modeling and Analysis", 5th ed., section 4.5. The mean of no values is NaN.
 */
export const meanInterval = (values: ReadonlyArray<number>, confidence: number): Interval => {
  const count = values.length
  const mean = sampleMean(values)
  const halfWidth =
    count < 2 ? Infinity : studentTTwoSided(confidence, count - 1) * Math.sqrt(sampleVariance(values) / count)
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, count, confidence }
}
