import { assert, describe, it } from "@effect/vitest"
import {
  chanceOf,
  controlledEstimate,
  differenceOf,
  estimateOf,
  inStepWith,
  isOverLimit,
  settingResult,
  valuesOf
} from "../../../sim/experiments/estimates.ts"
import { settingOf } from "../../../sim/experiments/settingOf.ts"
import { boundNames } from "../../../src/dialler/pacing/Policy.ts"
import { AgentState } from "../../../src/domain/AgentState.ts"
import { type Counts, emptyCounts } from "../../../src/domain/Counts.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"

/** One shift with so many connected and abandoned calls, and agents who talked so many of 1,000 milliseconds. */
const shift = (connected: number, abandoned: number, talked: number): Counts => {
  const counts = emptyCounts()
  counts.outcomes[Outcome.connected] = connected
  counts.outcomes[Outcome.abandoned] = abandoned
  counts.outcomes[Outcome.noAnswer] = 100
  counts.stateMillis[AgentState.talk] = talked
  counts.stateMillis[AgentState.ready] = 1_000 - talked
  return counts
}
const outcome = (counts: Counts, replication: number, ...boundMillis: ReadonlyArray<number>) => {
  const millis = new Float64Array(boundNames.length)
  millis.set(boundMillis)
  return { replication, counts, boundMillis: millis, lostWaiting: 0 }
}
const progressive = settingOf("progressive", { kind: "one-per-agent" })

describe("estimates over shifts", () => {
  // t for 3 degrees of freedom and 95 %: 3.182446305; the values have mean 5 and variance 20/3.
  it("gives the mean of the shifts and Student's interval", () => {
    const { high, low, mean, n } = estimateOf([2, 4, 6, 8])
    assert.strictEqual(mean, 5)
    assert.strictEqual(n, 4)
    assert.closeTo(high, 5 + 3.182446305 * Math.sqrt(20 / 3 / 4), 1e-8)
    assert.closeTo(low, 5 - 3.182446305 * Math.sqrt(20 / 3 / 4), 1e-8)
  })
  it("leaves shifts without a figure out, and has no interval for one", () => {
    assert.deepStrictEqual(estimateOf([Number.NaN, 3]), { mean: 3, low: Number.NaN, high: Number.NaN, n: 1 })
    assert.deepStrictEqual(estimateOf([]), { mean: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0 })
  })
  it("compares shift by shift over the shifts both have", () => {
    assert.deepStrictEqual(differenceOf([3, 4, 5, 99], [1, 2, 3]), { mean: 2, low: 2, high: 2, n: 3 })
    assert.deepStrictEqual(differenceOf([3, Number.NaN, 5], [1, 2, 3]), { mean: 2, low: 2, high: 2, n: 2 })
  })
  // Wilson: (k + z²/2 ± z·√(k(n−k)/n + z²/4)) / (n + z²), z = 1.959963985.
  it("gives a chance with Wilson's interval: 73 clean shifts show 5 %, 72 do not", () => {
    const { high, low, share } = chanceOf(2, 10)
    const z = 1.959963985
    const spread = z * Math.sqrt(1.6 + (z * z) / 4)
    assert.strictEqual(share, 0.2)
    assert.closeTo(low, (2 + (z * z) / 2 - spread) / (10 + z * z), 1e-9)
    assert.closeTo(high, (2 + (z * z) / 2 + spread) / (10 + z * z), 1e-9)
    assert.isAtMost(chanceOf(0, 73).high, 0.05)
    assert.isAbove(chanceOf(0, 72).high, 0.05)
    assert.strictEqual(chanceOf(0, 73).low, 0)
  })
  it("counts a shift over the limit only above it, and never without an answer", () => {
    assert.isFalse(isOverLimit(shift(97, 3, 0), 0.03))
    assert.isTrue(isOverLimit(shift(96, 3, 0), 0.03))
    assert.isFalse(isOverLimit(shift(0, 0, 0), 0))
  })
})

describe("the result of a setting", () => {
  const result = settingResult(
    progressive,
    [outcome(shift(90, 10, 800), 0, 30, 0, 10), outcome(shift(99, 1, 600), 1, 50, 0, 10)],
    0.03
  )
  it("holds raw counts, every measure, the chance over the limit and what bound the pacing", () => {
    assert.strictEqual(result.replications, 2)
    assert.deepStrictEqual(
      result.counts.map((one) => one.outcomes[Outcome.abandoned]),
      [10, 1]
    )
    assert.strictEqual(result.estimates.occupancy.mean, 0.7)
    assert.closeTo(result.estimates.abandonRate.mean, 0.055, 1e-15)
    assert.strictEqual(result.estimates.liveRate.mean, 0.5)
    assert.deepStrictEqual(result.overLimit, { ...chanceOf(1, 2) })
    assert.deepStrictEqual(result.bounds, [
      { reason: "risk of an abandonment", share: 0.8 },
      { reason: "calls per agent", share: 0.2 }
    ])
  })
  it("has no occupancy without agents, and no bounds without waiting time", () => {
    const counts = shift(0, 0, 0)
    counts.stateMillis.fill(0)
    const { bounds, estimates } = settingResult(progressive, [outcome(counts, 0)], 0.03)
    assert.deepStrictEqual(estimates.occupancy, { mean: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0 })
    assert.deepStrictEqual(bounds, [])
  })
})

describe("settings rehearsed on fewer shifts than the recommended one", () => {
  const talked = (of: ReadonlyArray<number>) =>
    settingResult(
      progressive,
      of.map((millis, i) => outcome(shift(100, 0, millis), i)),
      0.03
    )
  const days = Array.from({ length: 20 }, (_, i) => 500 + 20 * (i % 7) + 3 * i)
  const chosen = talked(days)
  const safer = talked(days.slice(0, 8).map((millis) => millis - 40))

  it("differ from it by the paired difference", () => {
    const { mean } = differenceOf(valuesOf(chosen.counts, "occupancy"), valuesOf(safer.counts, "occupancy"))
    const inStep = inStepWith(chosen)(safer)
    assert.closeTo(chosen.estimates.occupancy.mean - inStep.estimates.occupancy.mean, mean, 1e-12)
    assert.isAbove(Math.abs(chosen.estimates.occupancy.mean - safer.estimates.occupancy.mean - mean), 0.005)
    assert.closeTo(
      chosen.estimates.talkMinutesPerHour.mean - inStep.estimates.talkMinutesPerHour.mean,
      60 * mean,
      1e-12
    )
    assert.strictEqual(inStep.estimates.occupancy.n, 8)
    assert.strictEqual(inStep.estimates.liveRate, safer.estimates.liveRate)
  })
  it("stay as they are with as many shifts, or with too few to know how differences vary", () => {
    assert.strictEqual(inStepWith(chosen)(chosen), chosen)
    assert.strictEqual(inStepWith(safer)(chosen), chosen)
    const few = valuesOf(safer.counts.slice(0, 7), "occupancy")
    assert.deepStrictEqual(controlledEstimate(few, valuesOf(chosen.counts, "occupancy")), estimateOf(few))
  })
})

describe("the result of a mode that never abandons", () => {
  it("is certain however few shifts there are, unless somebody was abandoned all the same", () => {
    const clean = settingResult(progressive, [outcome(shift(90, 0, 800), 0)], 0.03)
    assert.deepStrictEqual(clean.overLimit, { successes: 0, n: 1, share: 0, low: 0, high: 0 })
    const odd = settingResult(progressive, [outcome(shift(90, 10, 800), 0)], 0.03)
    assert.deepStrictEqual(odd.overLimit, chanceOf(1, 1))
  })
})

describe("transfers lost", () => {
  it("are a share of totals of those who asked, in automatic mode alone", () => {
    const lines = settingOf("automatic", { kind: "lines", linesMax: 5, callsPerSecondMax: 1 })
    const shifts = [
      { ...outcome(shift(10, 0, 100), 0), lostWaiting: 0 },
      { ...outcome(shift(20, 0, 100), 1), lostWaiting: 10 },
      { ...outcome(shift(10, 0, 100), 2), lostWaiting: 0 }
    ]
    const { transfersLost } = settingResult(lines, shifts, 0.03)
    assert.isAbove(transfersLost!.mean, 0.2)
    assert.isBelow(transfersLost!.mean, 0.3)
    assert.strictEqual(transfersLost!.low, 0)
    assert.notProperty(settingResult(progressive, shifts, 0.03), "transfersLost")
    assert.notProperty(settingResult(lines, [{ ...outcome(shift(0, 0, 0), 0), lostWaiting: 0 }], 0.03), "transfersLost")
  })
})
