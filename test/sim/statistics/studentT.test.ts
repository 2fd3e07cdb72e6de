import { assert, describe, it } from "@effect/vitest"
import { bonferroni, studentTQuantile, studentTTwoSided } from "../../../sim/statistics/studentT.ts"

describe("Student's t", () => {
  it("gives the tabled quantiles", () => {
    assert.closeTo(studentTQuantile(0.975, 9), 2.262157, 5e-7)
    assert.closeTo(studentTTwoSided(0.95, 1), 12.706205, 5e-7)
    assert.closeTo(studentTTwoSided(0.95, 19), 2.093024, 5e-7)
    assert.closeTo(studentTTwoSided(0.99, 29), 2.756386, 5e-7)
    assert.closeTo(studentTTwoSided(0.95, 1e6), 1.959966, 5e-7)
  })
  it("splits a confidence over several comparisons", () => {
    assert.closeTo(bonferroni(0.95, 5), 0.99, 1e-12)
  })
})
