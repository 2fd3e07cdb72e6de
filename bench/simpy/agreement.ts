import { errorsMax } from "../queue.ts"

export const mean = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Variance of the mean of independent values. */
const meanVariance = (values: ReadonlyArray<number>): number => {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1) / values.length
}

/** How far the means of two sets of independent values lie apart, in standard errors of their difference. */
export const errorsApart = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number =>
  Math.abs(mean(a) - mean(b)) / Math.sqrt(meanVariance(a) + meanVariance(b))

/** Whether chance alone explains how far two models lie apart. */
export const agree = (apart: number): boolean => apart <= errorsMax
