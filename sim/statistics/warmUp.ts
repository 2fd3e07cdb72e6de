const batchSize = 5

export interface WarmUp {
  /** Observations to drop from the front, a multiple of five. */
  readonly cutCount: number
  /** Mean of what is kept (whole batches only; a remainder of fewer than five at the end is left out). */
  readonly mean: number
  /**
   * False if the best cut is the latest one allowed, half-way: then the run is too short to tell that it settled, and
   * neither the cut nor the mean should be trusted.
   */
  readonly settled: boolean
}

/**
 * MSER-5: where a run's warm-up ends. Batches of five are averaged; the cut is where the squared standard error of the
 * mean of the remaining batches is smallest, looked for in the first half. White, "An effective truncation heuristic",
 * Simulation 69(6), 1997; White, Cobb and Spratt, WSC 2000. Undefined below ten observations.
 */
export const mser5 = (observations: ArrayLike<number>): WarmUp | undefined => {
  const batchCount = Math.floor(observations.length / batchSize)
  if (batchCount < 2) return undefined
  const lastCut = Math.floor(batchCount / 2)
  let mean = 0
  let squares = 0
  let best = { cut: 0, mean: 0, error: Infinity }
  // From the end towards the start, so that each candidate's mean and sum of squares grow by one batch (Welford).
  for (let cut = batchCount - 1; cut >= 0; cut -= 1) {
    const kept = batchCount - cut
    const value = batchMean(observations, cut)
    const step = value - mean
    mean += step / kept
    squares += step * (value - mean)
    const error = squares / (kept * kept)
    // At a tie the earlier cut wins: it keeps more of the run.
    if (cut <= lastCut && error <= best.error) best = { cut, mean, error }
  }
  return { cutCount: best.cut * batchSize, mean: best.mean, settled: best.cut < lastCut }
}

const batchMean = (observations: ArrayLike<number>, batch: number): number => {
  let sum = 0
  for (let index = batch * batchSize; index < (batch + 1) * batchSize; index += 1) sum += observations[index]
  return sum / batchSize
}
