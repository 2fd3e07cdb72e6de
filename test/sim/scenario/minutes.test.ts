import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { quantileOf } from "../../../sim/random/distributions.ts"
import { DistributionOfMinutes, toDistribution, toDistributionOfMinutes } from "../../../sim/scenario/Distribution.ts"

const laws: ReadonlyArray<unknown> = [
  20,
  [5, 20, 90],
  { kind: "uniform", min: 10, max: 60 },
  { kind: "exponential", mean: 30 },
  { kind: "normal", mean: 30, sd: 20, max: 70 },
  { kind: "lognormal", mean: 60, cv: 0.8, max: 240 },
  { kind: "lognormalLog", mu: 3, sigma: 0.5, max: 100 },
  { kind: "gamma", mean: 30, cv: 0.5 },
  { kind: "weibull", shape: 1.5, scale: 20 },
  { kind: "burr12", c: 1.7, d: 1.6, scale: 20 },
  {
    kind: "bands",
    bands: [
      { share: 0.3, mean: 10 },
      { share: 0.7, mean: 90, cv: 0.5 }
    ]
  },
  {
    kind: "mixture",
    parts: [
      { share: 0.5, of: 30 },
      { share: 0.5, of: { kind: "gamma", mean: 5, cv: 1 } }
    ]
  }
]

describe("a law written in minutes", () => {
  it.each(laws.map((law) => [JSON.stringify(law), law] as const))("%s is sixty times as long in seconds", (_, law) => {
    const decoded = Schema.decodeUnknownSync(DistributionOfMinutes)(law)
    const minutes = quantileOf(toDistribution(decoded))
    const seconds = quantileOf(toDistributionOfMinutes(decoded))
    for (const u of [0.02, 0.3, 0.5, 0.77, 0.99]) {
      assert.closeTo(seconds(u) / (60 * minutes(u)), 1, 1e-9)
    }
  })
})
