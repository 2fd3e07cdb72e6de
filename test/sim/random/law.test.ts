import { assert, describe, it } from "@effect/vitest"
import { type DistributionSpec, lawOf, quantileOf, samplerOf } from "../../../sim/random/distributions.ts"
import { Draws } from "../../../sim/random/Draws.ts"

const laws: ReadonlyArray<DistributionSpec> = [
  { kind: "lognormal", mean: 120, cv: 1 },
  { kind: "lognormal", mean: 120, cv: 3, max: 900 },
  { kind: "lognormalLog", mu: 2, sigma: 0.4 },
  { kind: "gamma", mean: 120, cv: 1.5 },
  { kind: "gamma", mean: 10, cv: 0.3 },
  { kind: "normal", mean: 10, sd: 2, min: 1, max: 14 },
  { kind: "weibull", shape: 0.7, scale: 100 },
  { kind: "burr12", c: 2, d: 1.5, scale: 60 }
]

describe("a law read from a table", () => {
  it.each(laws)("is the function itself to nine digits, $kind", (law) => {
    const exact = quantileOf(law)
    const read = lawOf(law)
    const points = 50_000
    let worst = 0
    for (let i = 0; i < points; i += 1) {
      const p = (i + 0.5) / points
      worst = Math.max(worst, Math.abs(read.at(p) - exact(p)) / exact(p))
    }
    assert.isBelow(worst, 1e-9)
    for (const p of [2 ** -33, 1 / 16, 0.5, 15 / 16, 1 - 2 ** -33]) assert.approximately(read.at(p) / exact(p), 1, 1e-9)
  })
  it("never falls", () => {
    const read = lawOf(laws[0])
    let last = 0
    for (let p = 1e-4; p < 1; p += 1e-4) {
      assert.isAtLeast(read.at(p), last)
      last = read.at(p)
    }
  })
  it.each(laws)("is what samplers draw from, $kind", (law) => {
    const exact = quantileOf(law)
    const draws = new Draws(1, 2)
    const same = new Draws(1, 2)
    for (let i = 0; i < 1_000; i += 1) {
      draws.at(1, i, 0)
      same.at(1, i, 0)
      assert.approximately(samplerOf(law)(draws) / exact(same.next()), 1, 1e-9)
    }
  })
})
