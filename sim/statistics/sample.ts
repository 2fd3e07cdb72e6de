/** Sum in the order given; zero for no values. */
export const sampleSum = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0)

/** NaN for no values. */
export const sampleMean = (values: ReadonlyArray<number>): number => sampleSum(values) / values.length

/** The unbiased variance; NaN for fewer than two values. Two passes, so a large mean costs no precision. */
export const sampleVariance = (values: ReadonlyArray<number>): number => {
  const mean = sampleMean(values)
  return sampleSum(values.map((value) => (value - mean) ** 2)) / (values.length - 1)
}

/** Pearson's correlation of two series of equal length; NaN if one never varies. */
export const sampleCorrelation = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => {
  const aMean = sampleMean(a)
  const bMean = sampleMean(b)
  const covariance = sampleSum(a.map((value, index) => (value - aMean) * (b[index] - bMean))) / (a.length - 1)
  return covariance / Math.sqrt(sampleVariance(a) * sampleVariance(b))
}
