/**
 * Limits for tests of randomness, all so far out that a sound generator fails one test in ten thousand at most. Seeds
 * in tests are fixed, so a failure is a change of the code, not bad luck.
 */

/** Kolmogorov and Smirnov's largest distance between the sample and the law; sorts the sample. */
export const ksDistance = (sample: Float64Array, cdf: (x: number) => number): number => {
  sample.sort()
  let worst = 0
  for (let index = 0; index < sample.length; index += 1) {
    const expected = cdf(sample[index])
    worst = Math.max(worst, expected - index / sample.length, (index + 1) / sample.length - expected)
  }
  return worst
}

/** The distance exceeded with probability 1e-4: √(−½ ln(α/2) / n), the asymptotic law. */
export const ksLimit = (count: number): number => Math.sqrt(-Math.log(1e-4 / 2) / 2 / count)

/** Standard score of a chi-square statistic for equally likely cells; normal for many cells. */
export const chiSquareScore = (counts: Uint32Array): number => {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const expected = total / counts.length
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  const degrees = counts.length - 1
  return (statistic - degrees) / Math.sqrt(2 * degrees)
}

/** Two-sided 1e-4 limit of a standard normal score. */
export const scoreLimit = 3.891
