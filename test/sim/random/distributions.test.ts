import { assert, describe, it } from "@effect/vitest"
import { cdf, meanOf } from "../../../sim/random/distributionFacts.ts"
import { type DistributionSpec, quantileOf, samplerOf } from "../../../sim/random/distributions.ts"
import { Draws } from "../../../sim/random/Draws.ts"
import { seedOf } from "../../../sim/random/seed.ts"
import { ksDistance, ksLimit } from "./fit.ts"

const count = 20_000

/** `n` values, each for a contact of its own, as the simulator draws them. */
const sampleOf = (spec: DistributionSpec, seed: string): Float64Array => {
  const draws = new Draws(...seedOf(seed, 0))
  const sampler = samplerOf(spec)
  return Float64Array.from({ length: count }, (_, contact) => {
    draws.at(3, contact, 1)
    return sampler(draws)
  })
}
const average = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Bank telesales talk, its Burr XII fit, ring times by humps: laws a scenario would use. */
const continuous: Record<string, DistributionSpec> = {
  uniform: { kind: "uniform", min: 2, max: 4 },
  exponential: { kind: "exponential", mean: 140 },
  normal: { kind: "normal", mean: 12, sd: 3 },
  "normal from 1 to 15": { kind: "normal", mean: 8, sd: 2, min: 1, max: 15 },
  "normal, upper tail only": { kind: "normal", mean: 8, sd: 2, min: 14 },
  lognormal: { kind: "lognormal", mean: 120, cv: 1 },
  "lognormal up to 22": { kind: "lognormal", mean: 10, cv: 0.5, max: 22 },
  lognormalLog: { kind: "lognormalLog", mu: 5.163, sigma: 0.933 },
  "lognormalLog up to 900": { kind: "lognormalLog", mu: 5.163, sigma: 0.933, max: 900 },
  gamma: { kind: "gamma", mean: 258.2, cv: 0.84 },
  "gamma, cv above 1": { kind: "gamma", mean: 60, cv: 1.8 },
  weibull: { kind: "weibull", shape: 1.159, scale: 273.4 },
  burr12: { kind: "burr12", c: 1.69, d: 1.632, scale: 268.9 },
  mixture: {
    kind: "mixture",
    parts: [
      { share: 0.25, of: { kind: "uniform", min: 5, max: 15 } },
      { share: 0.633, of: { kind: "lognormalLog", mu: 5.047, sigma: 0.895 } },
      { share: 0, of: { kind: "exponential", mean: 1e6 } },
      { share: 0.117, of: { kind: "lognormalLog", mu: 6.037, sigma: 0.726 } }
    ]
  }
}
const discrete: Record<string, DistributionSpec> = {
  constant: { kind: "constant", value: 20 },
  empirical: { kind: "empirical", values: [15, 14, 10, 7, 13, 23, 15, 16, 17, 18, 14, 12, 15, 14, 13, 12, 10] }
}
const all = { ...continuous, ...discrete }

describe("samplers", () => {
  for (const [name, spec] of Object.entries(continuous)) {
    it(`follow the law: ${name}`, () => {
      assert.isBelow(
        ksDistance(sampleOf(spec, name), (x) => cdf(spec, x)),
        ksLimit(count)
      )
    })
  }
  for (const [name, spec] of Object.entries(all)) {
    it(`have its mean, within four standard errors: ${name}`, () => {
      const sample = sampleOf(spec, name)
      const mean = average(sample)
      const variance = average(sample.map((x) => (x - mean) ** 2))
      assert.closeTo(mean, meanOf(spec), 4 * Math.sqrt(variance / count) + 1e-9)
    })
  }
  it("have the stated standard deviation, within four standard errors", () => {
    const sds: ReadonlyArray<readonly [DistributionSpec, number]> = [
      [continuous.uniform, 2 / Math.sqrt(12)],
      [continuous.exponential, 140],
      [continuous.normal, 3],
      [continuous.gamma, 258.2 * 0.84],
      [{ kind: "lognormal", mean: 10, cv: 0.5 }, 5]
    ]
    for (const [spec, sd] of sds) {
      const squares = sampleOf(spec, "sd").map((x) => (x - meanOf(spec)) ** 2)
      const variance = average(squares)
      const error = Math.sqrt(average(squares.map((square) => (square - variance) ** 2)) / count)
      assert.closeTo(variance, sd * sd, 4 * error, spec.kind)
    }
  })
  it("take one uniform a draw, whatever the law", () => {
    for (const [name, spec] of Object.entries(all)) {
      const one = new Draws(1, 2)
      const two = new Draws(1, 2)
      samplerOf(spec)(one)
      two.next()
      assert.strictEqual(one.next(), two.next(), name)
    }
  })
  it("draw observed values equally often", () => {
    const sample = sampleOf({ kind: "empirical", values: [3, 1, 2, 1] }, "empirical")
    const share = (value: number) => sample.filter((x) => x === value).length / count
    assert.closeTo(share(1), 0.5, 4 * Math.sqrt(0.25 / count))
    assert.closeTo(share(2), 0.25, 4 * Math.sqrt(0.1875 / count))
    assert.closeTo(share(3), 0.25, 4 * Math.sqrt(0.1875 / count))
  })
  it("respect their bounds", () => {
    assert.isTrue(sampleOf(continuous["normal from 1 to 15"], "bounds").every((x) => x > 1 && x < 15))
    assert.isTrue(sampleOf(continuous["lognormal up to 22"], "bounds").every((x) => x > 0 && x < 22))
  })
})

describe("quantileOf", () => {
  it("inverts the law and increases", () => {
    for (const [name, spec] of Object.entries(continuous)) {
      if (spec.kind === "mixture") continue
      const quantile = quantileOf(spec)
      let last = -Infinity
      for (const p of [2 ** -33, 0.001, 0.1, 0.5, 0.9, 0.999, 1 - 2 ** -33]) {
        assert.isAbove(quantile(p), last, name)
        assert.closeTo(cdf(spec, quantile(p)), p, 1e-9, name)
        last = quantile(p)
      }
    }
  })
  it("gives these values, for ever", () => {
    assert.closeTo(quantileOf(continuous.lognormal)(0.9), 246.62767675645236, 1e-9)
    assert.closeTo(quantileOf(continuous["lognormal up to 22"])(0.5), 8.795264163703624, 1e-9)
    assert.closeTo(quantileOf(continuous.burr12)(0.5), 184.51673804048528, 1e-9)
    assert.closeTo(quantileOf({ kind: "gamma", mean: 2, cv: Math.SQRT1_2 })(0.5), 1.6783469900166608, 1e-7)
    assert.closeTo(quantileOf(continuous.mixture)(0.125), 10, 1e-9)
  })
  it("takes all of a mixture's parts at the edges of the shares", () => {
    const tenths: DistributionSpec = {
      kind: "mixture",
      parts: Array.from({ length: 10 }, (_, value) => ({ share: 0.1, of: { kind: "constant", value } }))
    }
    assert.strictEqual(quantileOf(tenths)(2 ** -33), 0)
    assert.strictEqual(quantileOf(tenths)(1 - 2 ** -33), 9)
    assert.strictEqual(quantileOf(tenths)(0.55), 5)
  })
  it("refuses what is no law", () => {
    const refuses = (spec: DistributionSpec) => assert.throws(() => quantileOf(spec), RangeError)
    refuses({ kind: "empirical", values: [] })
    refuses({ kind: "mixture", parts: [{ share: 0.5, of: { kind: "constant", value: 1 } }] })
    refuses({ kind: "normal", mean: 8, sd: 1, min: 20 })
    refuses({ kind: "lognormal", mean: 100, cv: 0.5, max: 1 })
  })
})

describe("meanOf", () => {
  it("is exact for a ring time cut at the time-out", () => {
    assert.closeTo(meanOf(continuous["lognormal up to 22"]), 9.510415, 5e-7)
  })
  it("agrees with the integral of the quantile function", () => {
    for (const [name, spec] of Object.entries(all)) {
      const quantile = quantileOf(spec)
      const cells = 200_000
      let sum = 0
      for (let cell = 0; cell < cells; cell += 1) sum += quantile((cell + 0.5) / cells)
      // The last cell of a heavy tail is what the sum misses.
      assert.closeTo(sum / cells / meanOf(spec), 1, 1e-3, name)
    }
  })
  it("gives the fits of the bank's talk times", () => {
    assert.closeTo(meanOf(continuous.lognormalLog), 269.8, 0.3)
    assert.closeTo(meanOf(continuous.weibull), 259.6, 0.5)
    assert.strictEqual(meanOf({ kind: "burr12", c: 1, d: 0.9, scale: 10 }), Infinity)
  })
})
