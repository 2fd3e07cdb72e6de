import { assert, describe, it } from "@effect/vitest"
import { normalQuantile } from "../../../sim/random/normalQuantile.ts"
import { normalExceedance } from "../../../sim/statistics/exceedance.ts"
import { sampleMean, sampleVariance } from "../../../sim/statistics/sample.ts"
import { assertCovers, repeat } from "./coverage.ts"

/** How far the limit must lie from the mean, in standard deviations of the sample, to show a chance of at most `share`. */
const factor = (count: number, share: number, confidence: number): number => {
  let [low, high] = [0, 20]
  for (let i = 0; i < 24; i += 1) {
    const middle = (low + high) / 2
    // One-sided tables: the upper of two limits at 2γ − 1.
    if (normalExceedance(middle, count, 2 * confidence - 1).high > share) low = middle
    else high = middle
  }
  return high
}
const of = (values: ReadonlyArray<number>, limit: number) =>
  normalExceedance((limit - sampleMean(values)) / Math.sqrt(sampleVariance(values)), values.length, 0.95)

describe("the chance that a normal value exceeds a limit", () => {
  // One-sided tolerance factors as every table has them, for example Natrella, NBS Handbook 91, table A-7.
  it.each([
    [4, 0.05, 0.95, 5.144],
    [5, 0.05, 0.95, 4.203],
    [10, 0.1, 0.95, 2.355],
    [10, 0.05, 0.95, 2.911],
    [10, 0.01, 0.95, 3.981],
    [20, 0.05, 0.95, 2.396],
    [50, 0.05, 0.95, 2.065]
  ])("takes the published factor: %d values, at most %d, confidence %d", (count, share, confidence, published) => {
    assert.closeTo(factor(count, share, confidence), published, 6e-4)
  })
  it("estimates without bias, and covers the truth 95 times in a hundred", () => {
    const truth = 0.05
    const limit = normalQuantile(1 - truth)
    const estimates: Array<number> = []
    assertCovers(truth, 1_000, (draws) => {
      const { estimate, high, low } = of(
        repeat(12, () => draws.nextNormal()),
        limit
      )
      estimates.push(estimate)
      return { low, high }
    })
    const score = (sampleMean(estimates) - truth) / Math.sqrt(sampleVariance(estimates) / estimates.length)
    assert.isBelow(Math.abs(score), 4)
  })
  it("holds for abandon rates of shifts with 5,000 answers, which are a binomial law", () => {
    // 3 % of 5,000 answers, standard deviation 12.06: the limit lies where one shift in twenty is above it.
    const limit = 150 + 1.645 * Math.sqrt(5_000 * 0.03 * 0.97)
    const above = 0.049
    let held = 0
    const experiments = 300
    assertCovers(above, experiments, (draws) => {
      // Poisson's law by its gaps is near enough to the binomial one, and a little wider.
      const abandoned = repeat(10, () => {
        let [sum, events] = [draws.nextExponential(1), 0]
        while (sum < 150) [sum, events] = [sum + draws.nextExponential(1), events + 1]
        return 150 + (events - 150) * Math.sqrt(0.97)
      })
      const interval = of(abandoned, limit)
      if (interval.high >= above) held += 1
      return interval
    })
    assert.isAtLeast(held / experiments, 0.975 - 4 * Math.sqrt((0.025 * 0.975) / experiments))
  })
  it("is a mirror image around the mean, falls with the distance, and is certain far away", () => {
    const near = normalExceedance(1, 10, 0.95)
    const mirror = normalExceedance(-1, 10, 0.95)
    assert.closeTo(near.high, 1 - mirror.low, 1e-9)
    assert.closeTo(near.estimate, 1 - mirror.estimate, 1e-9)
    const highs = [0, 1, 2, 3, 4, 5].map((margin) => normalExceedance(margin, 10, 0.95).high)
    assert.isTrue(highs.every((high, i) => i === 0 || high < highs[i - 1]))
    assert.isBelow(normalExceedance(40, 200, 0.95).high, 1e-9)
    assert.isAbove(normalExceedance(-40, 200, 0.95).low, 1 - 1e-9)
  })
  it("says nothing of fewer than four values", () => {
    assert.deepStrictEqual(normalExceedance(9, 3, 0.95), { estimate: Number.NaN, low: 0, high: 1 })
  })
})
