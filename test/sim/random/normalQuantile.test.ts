import { assert, describe, it } from "@effect/vitest"
import jstat from "jstat"
import { normalQuantile } from "../../../sim/random/normalQuantile.ts"

/** Middles of equal cells, as uniforms are. */
const grid = Array.from({ length: 4_000 }, (_, index) => (index + 0.5) / 4_000)

describe("normalQuantile", () => {
  it("gives the published points in each of its three ranges", () => {
    for (const [p, z] of [
      [0.5, 0],
      [0.25, -0.6744897501960817],
      [0.975, 1.959963984540054],
      [0.001, -3.090232306167814],
      [1e-20, -9.262340089798408]
    ]) {
      assert.closeTo(normalQuantile(p), z, 1e-14 * Math.max(1, Math.abs(z)), `p = ${p}`)
    }
  })
  it("inverts the normal law and increases, also at the ends of a 32-bit uniform", () => {
    let last = -Infinity
    for (const p of [2 ** -33, 1e-9, 1e-6, ...grid, 1 - 1e-6, 1 - 1e-9, 1 - 2 ** -33]) {
      const z = normalQuantile(p)
      assert.isAbove(z, last)
      assert.closeTo(jstat.normal.cdf(z, 0, 1), p, 2e-15)
      last = z
    }
    assert.closeTo(normalQuantile(2 ** -33), -normalQuantile(1 - 2 ** -33), 1e-8)
  })
})
