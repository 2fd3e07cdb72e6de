import { assert, describe, it } from "@effect/vitest"
import { Draws } from "../../../sim/random/Draws.ts"
import { seedOf } from "../../../sim/random/seed.ts"
import { meanInterval } from "../../../sim/statistics/interval.ts"
import { jackknifeRatioInterval, ratioInterval } from "../../../sim/statistics/ratio.ts"
import { sampleMean, sampleSum, sampleVariance } from "../../../sim/statistics/sample.ts"
import { assertCovers, repeat } from "./coverage.ts"

describe("ratioInterval", () => {
  it("is the jackknife where replications are small", () => {
    // R = 12/16; leaving one out gives 10/12, 8/12, 6/8; pseudo-values 7/12, 11/12, 3/4.
    const interval = ratioInterval([2, 4, 6], [4, 4, 8], 0.95)
    assert.closeTo(interval?.mean ?? NaN, 0.75, 1e-12)
    assert.closeTo(interval?.halfWidth ?? NaN, (4.30265273 / Math.sqrt(3)) * (1 / 6), 1e-8)
  })
  it("is Student's interval of the ratios where every replication is large", () => {
    const interval = ratioInterval([15, 20, 30], [500, 1_000, 1_500], 0.95)
    const { halfWidth, mean } = meanInterval([0.03, 0.02, 0.02], 0.95)
    assert.closeTo(interval?.mean ?? NaN, mean, 1e-12)
    assert.closeTo(interval?.halfWidth ?? NaN, halfWidth, 1e-12)
  })
  it("stands a replication without an answer, but not a run without any", () => {
    assert.closeTo(ratioInterval([0, 1, 1], [0, 10, 10], 0.95)?.mean ?? NaN, 0.1, 1e-12)
    assert.isUndefined(ratioInterval([0, 0, 0], [0, 0, 0], 0.95))
    assert.isUndefined(ratioInterval([0, 1], [0, 9], 0.95))
    assert.isUndefined(ratioInterval([], [], 0.95))
    assert.strictEqual(ratioInterval([1], [4], 0.95)?.mean, 0.25)
  })
  it("removes the bias that the ratio of totals has over 30 very unequal replications", () => {
    const draws = new Draws(...seedOf("bias", 0))
    const experiments = repeat(4_000, (experiment) => {
      draws.at(1, experiment, 0)
      const denominators = repeat(30, () => draws.nextExponential(40))
      const numerators = denominators.map((denominator) => (denominator + draws.nextExponential(40)) / 4)
      const plain = sampleSum(numerators) / sampleSum(denominators)
      return { plain, jackknife: jackknifeRatioInterval(numerators, denominators, 0.95)?.mean ?? NaN }
    })
    const score = (values: ReadonlyArray<number>) =>
      (sampleMean(values) - 0.5) / Math.sqrt(sampleVariance(values) / values.length)
    assert.isAbove(score(experiments.map(({ plain }) => plain)), 6)
    assert.isBelow(Math.abs(score(experiments.map(({ jackknife }) => jackknife))), 4)
  })
  it("covers a ratio 95 times in a hundred: 30 replications of 50 to 150 answers each", () => {
    assertCovers(0.2, 4_000, (draws) => {
      const answers = repeat(30, () => 50 + draws.nextBelow(101))
      const abandons = answers.map((count) => repeat(count, () => draws.nextChance(0.2)).filter(Boolean).length)
      return ratioInterval(abandons, answers, 0.95) ?? { low: NaN, high: NaN }
    })
  })
})
