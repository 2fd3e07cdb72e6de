import { assert, describe, it } from "@effect/vitest"
import { DurationCurve } from "../../../src/dialler/learning/DurationCurve.ts"
import type { DistributionSpec } from "../../../sim/random/distributions.ts"
import { durations, mean } from "./drawing.ts"

const learnt = (values: ReadonlyArray<number>, prior = new DurationCurve(120, 1)): DurationCurve => {
  for (const seconds of values) prior.add(seconds)
  return prior
}
const share = (values: ReadonlyArray<number>, seconds: number) =>
  values.filter((value) => value > seconds).length / values.length

/** From a tenth of a second to three hours, in steps of 3 %. */
const places = Array.from({ length: 400 }, (_, i) => 0.1 * 1.03 ** i)
const laws: ReadonlyArray<[string, DistributionSpec]> = [
  ["lognormal", { kind: "lognormal", mean: 120, cv: 1 }],
  ["exponential", { kind: "exponential", mean: 140 }],
  ["short", { kind: "lognormal", mean: 4, cv: 0.7 }],
  [
    "bimodal",
    {
      kind: "mixture",
      parts: [
        { share: 0.6, of: { kind: "lognormal", mean: 12, cv: 0.3 } },
        { share: 0.4, of: { kind: "lognormal", mean: 300, cv: 0.3 } }
      ]
    }
  ]
]

describe("duration curve", () => {
  it.each(laws)("follows ten thousand %s durations, but for the kernel and the last few hundred", (name, law) => {
    const values = durations(name, law, 10_000)
    const curve = learnt(values)
    for (const seconds of places) {
      const learned = curve.longerThan(seconds)
      assert.isAtMost(learned, share(values, seconds / 1.18) + 0.05, `${name}: longer than ${seconds} s`)
      assert.isAtLeast(learned, share(values, seconds * 1.18) - 0.05, `${name}: longer than ${seconds} s`)
    }
    const late = mean(values.slice(-1_000))
    assert.approximately(curve.meanSeconds, late, 0.12 * late)
  })
  it.each([
    { seconds: 3, cv: 0.7 },
    { seconds: 20, cv: 0.7 },
    { seconds: 120, cv: 1 },
    { seconds: 600, cv: 1 }
  ])("expects $seconds s before the first call, as a curve as well", ({ seconds, cv }) => {
    const curve = new DurationCurve(seconds, cv)
    assert.strictEqual(curve.meanSeconds, seconds)
    // The mean is the area under the curve.
    let area = 0
    for (let at = 0; at < 7_000; at += 0.25) area += 0.25 * curve.longerThan(at + 0.125)
    assert.approximately(area, seconds, 0.04 * seconds)
  })
  it("keeps what it expects below a second below a second", () => {
    assert.approximately(new DurationCurve(1, 0.7).longerThan(1), 0.38, 0.02)
  })
  it("counts what it expects like fifteen calls", () => {
    assert.approximately(learnt(new Array<number>(15).fill(1_000)).meanSeconds, (120 + 1_000) / 2, 10)
    assert.approximately(learnt(new Array<number>(15).fill(1_000)).longerThan(800), 0.5, 0.02)
  })
  it("follows a change of regime within two half-lives", () => {
    const before: DistributionSpec = { kind: "lognormal", mean: 60, cv: 0.5 }
    const after: DistributionSpec = { kind: "lognormal", mean: 240, cv: 0.5 }
    const curve = learnt(durations("before", before, 5_000))
    const longer = curve.longerThan(130)
    learnt(durations("after", after, 600), curve)
    assert.isBelow(longer, 0.05)
    assert.approximately(curve.longerThan(130), 0.75 * share(durations("after", after, 600), 130), 0.06)
    assert.approximately(curve.meanSeconds, 0.25 * 60 + 0.75 * 240, 12)
  })
  it("falls from 1 towards 0 and never rises, whatever it learns", () => {
    const curves = [
      new DurationCurve(120, 1),
      new DurationCurve(5_000, 1),
      learnt(durations("falls", { kind: "lognormal", mean: 120, cv: 1 }, 3_000)),
      learnt(durations("hours", { kind: "uniform", min: 3_000, max: 20_000 }, 3_000)),
      learnt(new Array<number>(2_000).fill(0)),
      learnt(new Array<number>(2_000).fill(7_300))
    ]
    for (const curve of curves) {
      assert.strictEqual(curve.longerThan(0), 1)
      let before = 1
      for (let seconds = 0; seconds < 30_000; seconds = 1.002 * seconds + 0.01) {
        const now = curve.longerThan(seconds)
        assert.isAbove(now, 0)
        assert.isAtMost(now, before + 1e-11, `longer than ${seconds} s`)
        before = now
      }
      assert.isBelow(curve.longerThan(1e7), 1e-3)
    }
  })
  it("is not changed when its weights are scaled down after very many calls", () => {
    const law: DistributionSpec = { kind: "lognormal", mean: 120, cv: 1 }
    const values = durations("many", law, 10_000)
    // Weights are scaled once in about nine thousand calls; the last ones decide alone by then.
    const once = learnt(values)
    const last = learnt(values.slice(-6_000))
    for (const seconds of places) assert.approximately(once.longerThan(seconds), last.longerThan(seconds), 1e-4)
    assert.approximately(once.meanSeconds, last.meanSeconds, 0.01)
  })
})
