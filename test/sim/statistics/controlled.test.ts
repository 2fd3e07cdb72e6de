import { assert, describe, it } from "@effect/vitest"
import { controlledMean } from "../../../sim/statistics/controlled.ts"
import { meanInterval } from "../../../sim/statistics/interval.ts"
import { assertCovers, repeat } from "./coverage.ts"

describe("a mean told from a baseline with more replications", () => {
  it("is the baseline's mean plus the paired difference", () => {
    const { count, halfWidth, mean } = controlledMean([2, 4, 6], [1, 3, 5, 7, 9], 0.95)
    assert.strictEqual(mean, 6)
    assert.strictEqual(count, 3)
    // The difference never varies: what is left is the error of the baseline, √(10/5), with two degrees of freedom.
    assert.closeTo(halfWidth, 4.30265273 * Math.sqrt(2), 1e-8)
  })
  it("is the plain mean where the baseline has no more", () => {
    assert.deepStrictEqual(controlledMean([2, 4, 9], [1, 3, 5], 0.95), meanInterval([2, 4, 9], 0.95))
    assert.deepStrictEqual(controlledMean([2], [1, 3], 0.95), meanInterval([2], 0.95))
  })
  it("covers 95 times in a hundred, and is narrower than the plain mean on the same customers", () => {
    let [controlled, plain] = [0, 0]
    assertCovers(5, 4_000, (draws) => {
      const days = repeat(60, () => draws.nextNormal())
      const baseline = days.map((day) => 3 + day + 0.3 * draws.nextNormal())
      const candidate = days.slice(0, 12).map((day) => 5 + 1.2 * day + 0.3 * draws.nextNormal())
      const interval = controlledMean(candidate, baseline, 0.95)
      controlled += interval.halfWidth
      plain += meanInterval(candidate, 0.95).halfWidth
      return interval
    })
    assert.isBelow(controlled, 0.6 * plain)
  })
})
