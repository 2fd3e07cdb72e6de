import { assert, describe, it } from "@effect/vitest"
import { pairedDifference } from "../../../sim/statistics/paired.ts"

describe("pairedDifference", () => {
  it("is the interval of the differences", () => {
    const { correlation, difference, wideningWithoutPairing } = pairedDifference([5, 7, 9], [4, 5, 8], 0.95)
    assert.closeTo(difference.mean, 4 / 3, 1e-12)
    assert.closeTo(difference.halfWidth, (4.30265273 * Math.sqrt(1 / 3)) / Math.sqrt(3), 1e-8)
    // Variances 4 and 13/3, covariance 4.
    assert.closeTo(correlation, 4 / Math.sqrt(4 * (13 / 3)), 1e-12)
    assert.closeTo(wideningWithoutPairing, Math.sqrt((4 + 13 / 3) / (1 / 3)), 1e-12)
  })
  it("refuses runs of different length", () => {
    assert.throws(() => pairedDifference([1, 2], [1], 0.95), RangeError)
  })
})
