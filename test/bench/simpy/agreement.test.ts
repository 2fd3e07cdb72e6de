import { describe, expect, it } from "vitest"
import { agree, errorsApart } from "../../../bench/simpy/agreement.ts"

describe("whether two models agree", () => {
  it("counts the distance of the means in standard errors of their difference", () => {
    // Means 2 and 6; each mean has variance 2 / 2 = 1.
    expect(errorsApart([1, 3], [5, 7])).toBeCloseTo(4 / Math.SQRT2, 12)
    expect(errorsApart([5, 7], [1, 3])).toBeCloseTo(4 / Math.SQRT2, 12)
  })

  it("takes sets with the same mean for the same, whatever their spread", () => {
    expect(errorsApart([1, 3], [0, 4, 2])).toBe(0)
  })

  it("agrees up to five errors, and never where a figure is missing", () => {
    expect(agree(5)).toBe(true)
    expect(agree(5.01)).toBe(false)
    expect(agree(errorsApart([1, 3], [1, Number.NaN]))).toBe(false)
  })
})
