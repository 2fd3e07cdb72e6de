import type { Estimate } from "../../sim/experiments/Result.ts"
import { blocksMin, percentileInterval, resamples } from "../../sim/statistics/blockBootstrap.ts"
import { wilson } from "../../sim/statistics/proportion.ts"
import { type Counts, emptyCounts } from "../../src/domain/Counts.ts"
import { abandoned, attempts, live, type MeasureKey, measures } from "../../src/domain/measures.ts"
import { Outcome } from "../../src/domain/Outcome.ts"
import { countBlocks } from "./countBlocks.ts"
import type { LiveSubject } from "./LiveSubject.ts"

export const confidence = 0.95
/** How often the half hours are drawn anew. */
export const resampleCount = 1_000
const seed = "outpace live report"

/** Where the interval of a figure comes from; counts, and what is known of every contact of a list, have none. */
export type Method = "wilson" | "bootstrap" | "none"

/** Shares of calls: how many of how many. */
const shares: Readonly<Partial<Record<MeasureKey, (counts: Counts) => readonly [part: number, whole: number]>>> = {
  answerRate: (c) => [live(c) + c.outcomes[Outcome.machine], attempts(c)],
  liveRate: (c) => [live(c), attempts(c)],
  abandonRate: (c) => [abandoned(c), live(c)],
  lateRate: (c) => [c.late, live(c)],
  nuisanceRate: (c) => [c.silent, live(c)]
}

const ofList: ReadonlySet<MeasureKey> = new Set(["penetration", "depth", "closure", "reached"])
const plainCounts: ReadonlySet<MeasureKey> = new Set(["attempts", "connected"])

export const methodOf = (key: MeasureKey): Method =>
  shares[key] !== undefined ? "wilson" : ofList.has(key) || plainCounts.has(key) ? "none" : "bootstrap"

/** A share of calls with its 95 % interval (Wilson); NaN limits without calls. */
export const shareOf = (part: number, whole: number): Estimate => {
  if (whole === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0 }
  const { estimate, high, low } = wilson(part, whole, confidence)
  return { mean: estimate, low: part === 0 ? 0 : low, high: part === whole ? 1 : high, n: whole }
}

/**
 * Every figure of the time with its 95 % interval: shares of calls as binomial (Wilson), what agents did and how long
 * anybody waited by drawing the half hours anew (block bootstrap).
 */
export const liveEstimates = (of: LiveSubject): Readonly<Record<MeasureKey, Estimate>> => {
  const drawn = bootstrap(countBlocks(of.attempts, of.spans))
  const estimate = (key: MeasureKey): Estimate => {
    const share = shares[key]
    if (share !== undefined) return shareOf(...share(of.counts))
    const mean = measures[key].of(ofList.has(key) ? of.list : of.counts)
    if (methodOf(key) === "none") return { mean, low: Number.NaN, high: Number.NaN, n: 1 }
    return {
      mean,
      ...percentileInterval(
        drawn.map((counts) => measures[key].of(counts)),
        confidence
      ),
      n: drawn.length
    }
  }
  const keys = Object.keys(measures) as ReadonlyArray<MeasureKey>
  return Object.fromEntries(keys.map((key) => [key, estimate(key)])) as Record<MeasureKey, Estimate>
}

/** Counts of the time as it might have been; none of few half hours. */
const bootstrap = (blocks: ReadonlyArray<Counts>): ReadonlyArray<Counts> =>
  blocks.length < blocksMin
    ? []
    : resamples(blocks.length, resampleCount, seed).map((weights) => weighted(blocks, weights))

const weighted = (blocks: ReadonlyArray<Counts>, weights: Uint32Array): Counts => {
  const sum = emptyCounts()
  blocks.forEach((block, i) => {
    const weight = weights[i]
    if (weight === 0) return
    for (const name of ["outcomes", "stateMillis", "answerWaits", "idleWaits"] as const) {
      const [to, from] = [sum[name], block[name]]
      for (let bin = 0; bin < to.length; bin += 1) to[bin] += weight * from[bin]
    }
    for (const name of ["talkMillis", "wrapMillis", "previewMillis", "answerWaitMillis", "idleWaitMillis"] as const) {
      sum[name] += weight * block[name]
    }
  })
  return sum
}
