import { Draws } from "../random/Draws.ts"
import { seedOf } from "../random/seed.ts"

/** With fewer blocks than this their spread says too little for an interval. */
export const blocksMin = 4

/**
 * Which blocks each resample is made of: so often is block `j` of `count` in it, drawn with replacement. Blocks that follow
 * each other are kept whole, so what hangs together within one stays together. Künsch, Annals of Statistics 17(3), 1989;
 * blocks here do not overlap (Carlstein, Annals of Statistics 14(3), 1986). The same seed gives the same resamples.
 */
export const resamples = (count: number, times: number, seed: string): ReadonlyArray<Uint32Array> => {
  const draws = new Draws(...seedOf(seed, 0))
  return Array.from({ length: times }, (_, resample) => {
    const weights = new Uint32Array(count)
    draws.at(0, resample, 0)
    for (let i = 0; i < count; i += 1) weights[Math.floor(draws.next() * count)] += 1
    return weights
  })
}

/**
 * Percentile interval of a statistic over its resamples (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
 * section 13.3). Resamples without the statistic (NaN) do not count; NaN limits where none has it.
 */
export const percentileInterval = (
  values: ReadonlyArray<number>,
  confidence: number
): { readonly low: number; readonly high: number } => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1))] ?? Number.NaN
  return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2) }
}
