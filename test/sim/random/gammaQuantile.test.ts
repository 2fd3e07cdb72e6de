import { assert, describe, it } from "@effect/vitest"
import jstat from "jstat"
import { gammaQuantileByScore } from "../../../sim/random/gammaQuantile.ts"
import { normalQuantile } from "../../../sim/random/normalQuantile.ts"

/** Middles of equal cells, as uniforms are. */
const grid = Array.from({ length: 4_000 }, (_, index) => (index + 0.5) / 4_000)

describe("gammaQuantileByScore", () => {
  it("inverts the gamma law to 1e-9 of probability and 1e-7 of the value, and increases", () => {
    for (const shape of [0.05, 0.5, 1, 2, 30, 1_000, 10_000]) {
      const quantile = gammaQuantileByScore(shape)
      let last = -1
      for (const p of grid) {
        const x = quantile(normalQuantile(p))
        const error = Math.abs(jstat.lowRegGamma(shape, x) - p)
        assert.isAtLeast(x, last)
        assert.isBelow(error, 1e-9, `shape ${shape}, p ${p}`)
        assert.isBelow(error, 1e-7 * x * jstat.gamma.pdf(x, shape, 1), `shape ${shape}, p ${p}`)
        last = x
      }
    }
  })
  it("reaches the ends of a 32-bit uniform: an exponential in closed form", () => {
    const quantile = gammaQuantileByScore(1)
    for (const p of [2 ** -33, 1e-6, 0.5, 1 - 1e-6, 1 - 2 ** -33]) {
      const exact = -Math.log1p(-p)
      assert.closeTo(quantile(normalQuantile(p)) / exact, 1, 2e-6, `p = ${p}`)
    }
  })
})
