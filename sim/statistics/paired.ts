import { type Interval, meanInterval } from "./interval.ts"
import { sampleCorrelation, sampleVariance } from "./sample.ts"

export interface PairedDifference {
  /** Candidate minus baseline. */
  readonly difference: Interval
  /** Between the two policies over replications; near 1 when they share their customers. NaN if one never varies. */
  readonly correlation: number
  /** How many times wider the interval would be had the replications been independent. NaN if neither varies. */
  readonly wideningWithoutPairing: number
}

/**
 * Compares two policies run on the same customers: Student's interval on the differences, replication by replication
 * (common random numbers; Law, 5th ed., sections 10.2.1 and 11.2).
 */
export const pairedDifference = (
  candidate: ReadonlyArray<number>,
  baseline: ReadonlyArray<number>,
  confidence: number
): PairedDifference => {
  if (candidate.length !== baseline.length) {
    throw new RangeError(`${candidate.length} replications cannot be paired with ${baseline.length}`)
  }
  const differences = candidate.map((value, index) => value - baseline[index])
  const variances = sampleVariance(candidate) + sampleVariance(baseline)
  return {
    difference: meanInterval(differences, confidence),
    correlation: sampleCorrelation(candidate, baseline),
    wideningWithoutPairing: Math.sqrt(variances / sampleVariance(differences))
  }
}
