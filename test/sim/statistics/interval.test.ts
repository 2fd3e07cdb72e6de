import { assert, describe, it } from "@effect/vitest"
import { meanInterval } from "../../../sim/statistics/interval.ts"
import { assertCovers, repeat } from "./coverage.ts"

describe("meanInterval", () => {
  it("is x̄ ± t·s/√n", () => {
    // The squares about 3.9 add to 54.9.
    const interval = meanInterval([3, 1, 4, 1, 5, 9, 2, 6, 5, 3], 0.95)
    assert.closeTo(interval.mean, 3.9, 1e-12)
    assert.closeTo(interval.halfWidth, 2.262157163 * Math.sqrt(54.9 / 9 / 10), 1e-8)
    assert.closeTo(interval.low, interval.mean - interval.halfWidth, 1e-12)
    assert.closeTo(interval.high, interval.mean + interval.halfWidth, 1e-12)
    assert.strictEqual(interval.count, 10)
    assert.strictEqual(interval.confidence, 0.95)
  })
  it("keeps its precision beside a large mean", () => {
    assert.closeTo(meanInterval([1e9 + 1, 1e9 + 2, 1e9 + 3], 0.95).halfWidth, 4.30265273 / Math.sqrt(3), 1e-6)
  })
  it("knows nothing from one replication", () => {
    assert.strictEqual(meanInterval([5], 0.95).halfWidth, Infinity)
    assert.strictEqual(meanInterval([5], 0.95).mean, 5)
    assert.isNaN(meanInterval([], 0.95).mean)
  })
  it("covers the mean of ten normal values 95 times in a hundred", () => {
    assertCovers(0, 4_000, (draws) =>
      meanInterval(
        repeat(10, () => draws.nextNormal()),
        0.95
      )
    )
  })
})
