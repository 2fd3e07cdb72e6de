import { assert, describe, it } from "@effect/vitest"
import { batchMeans } from "../../../sim/statistics/batchMeans.ts"
import { assertCovers, repeat } from "./coverage.ts"

describe("batchMeans", () => {
  it("averages equal batches and leaves the odd ones out at the front", () => {
    const { droppedCount, interval, lag1Correlation } = batchMeans([99, 1, 3, 2, 4, 3, 5, 4, 6], 4, 0.95)
    assert.strictEqual(droppedCount, 1)
    assert.strictEqual(interval.count, 4)
    assert.closeTo(interval.mean, 3.5, 1e-12)
    assert.closeTo(interval.halfWidth, 3.182446305 * Math.sqrt(5 / 3 / 4), 1e-8)
    assert.closeTo(lag1Correlation, 1, 1e-12)
    assert.throws(() => batchMeans([1, 2], 3, 0.95), RangeError)
  })
  it("covers the mean of a correlated series, which an interval over its values would not", () => {
    assertCovers(0, 1_000, (draws) => {
      let state = draws.nextNormal() / Math.sqrt(1 - 0.8 ** 2)
      const series = repeat(10_000, () => (state = 0.8 * state + draws.nextNormal()))
      return batchMeans(series, 25, 0.95).interval
    })
  })
})
