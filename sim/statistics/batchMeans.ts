import { type Interval, meanInterval } from "./interval.ts"
import { sampleCorrelation } from "./sample.ts"

export interface BatchMeans {
  readonly interval: Interval
  /** Correlation of neighbouring batches. Clearly above 0 means batches too short and an interval too narrow. */
  readonly lag1Correlation: number
  /** Observations left over by equal batches. They are left out at the front, where warm-up biases most. */
  readonly droppedCount: number
}

/**
 * Interval from one long steady run, cut into equal batches whose means are treated as independent. Twenty to thirty
 * batches: fewer waste precision, more gain little and correlate. Schmeiser, "Batch size effects in the analysis of
 * simulation output", Operations Research 30(3), 1982.
 */
export const batchMeans = (observations: ArrayLike<number>, batchCount: number, confidence: number): BatchMeans => {
  const size = Math.floor(observations.length / batchCount)
  if (size < 1) throw new RangeError(`${observations.length} observations do not fill ${batchCount} batches`)
  const droppedCount = observations.length - size * batchCount
  const means = Array.from({ length: batchCount }, (_, batch) => {
    let sum = 0
    const start = droppedCount + batch * size
    for (let index = start; index < start + size; index += 1) sum += observations[index]
    return sum / size
  })
  return {
    interval: meanInterval(means, confidence),
    lag1Correlation: sampleCorrelation(means.slice(0, -1), means.slice(1)),
    droppedCount
  }
}
