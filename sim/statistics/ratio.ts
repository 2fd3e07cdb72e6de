import { type Interval, meanInterval } from "./interval.ts"
import { sampleSum } from "./sample.ts"

/**
 * From this many denominator events (answers, calls) in every replication the bias of a ratio is far below its noise,
 * and the plain interval over per-replication ratios is used.
 */
export const plainRatioDenominatorMin = 500

/**
 * Interval for a ratio of two totals, such as abandoned / live, from one numerator and one denominator a replication:
 * Student's over the per-replication ratios where every replication is large enough, else the jackknife. Undefined
 * when no denominator event happened at all.
 */
export const ratioInterval = (
  numerators: ReadonlyArray<number>,
  denominators: ReadonlyArray<number>,
  confidence: number
): Interval | undefined =>
  denominators.length > 0 && denominators.every((denominator) => denominator >= plainRatioDenominatorMin)
    ? meanInterval(
        numerators.map((numerator, index) => numerator / denominators[index]),
        confidence
      )
    : jackknifeRatioInterval(numerators, denominators, confidence)

/**
 * Jackknife of the ratio of totals: Student's interval over the pseudo-values n·R − (n − 1)·R₋ᵢ, with R over all
 * replications and R₋ᵢ over all but the i-th. Removes the bias of order 1/n and stands replications with no
 * denominator event. Miller, "The jackknife: a review", Biometrika 61(1), 1974.
 * Undefined when the denominators without some one replication add to zero.
 */
export const jackknifeRatioInterval = (
  numerators: ReadonlyArray<number>,
  denominators: ReadonlyArray<number>,
  confidence: number
): Interval | undefined => {
  const count = numerators.length
  const numeratorTotal = sampleSum(numerators)
  const denominatorTotal = sampleSum(denominators)
  const whole = numeratorTotal / denominatorTotal
  // A single replication has a ratio but nothing to leave out.
  if (count === 1 && denominatorTotal > 0) return meanInterval([whole], confidence)
  const pseudoValues = numerators.map((numerator, index) => {
    const without = (numeratorTotal - numerator) / (denominatorTotal - denominators[index])
    return count * whole - (count - 1) * without
  })
  return count > 0 && pseudoValues.every(Number.isFinite) ? meanInterval(pseudoValues, confidence) : undefined
}
