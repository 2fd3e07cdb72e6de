import { assert, describe, it } from "@effect/vitest"
import { type Interval, meanInterval } from "../../../sim/statistics/interval.ts"
import { countExpected, decide, decideAll, type StoppingRule } from "../../../sim/statistics/stopping.ts"

const rule: StoppingRule = { relativeErrorMax: 0.1, firstCount: 10, blockCount: 5, countMax: 32 }
const interval = (mean: number, halfWidth: number, count: number): Interval => ({
  mean,
  halfWidth,
  low: mean - halfWidth,
  high: mean + halfWidth,
  count,
  confidence: 0.95
})

describe("stopping", () => {
  it("asks for the first replications before it looks", () => {
    assert.deepStrictEqual(decide(interval(1, 0, 0), rule), { kind: "more", count: 10 })
    assert.deepStrictEqual(decide(interval(1, 0, 4), rule), { kind: "more", count: 6 })
    assert.deepStrictEqual(decide(interval(1, 0, 10), rule), { kind: "enough" })
  })
  it("adds blocks until the half-width is γ/(1 + γ) of the mean", () => {
    assert.deepStrictEqual(decide(interval(11, 1.01, 10), rule), { kind: "more", count: 5 })
    assert.deepStrictEqual(decide(interval(11, 0.999, 15), rule), { kind: "enough" })
    assert.deepStrictEqual(decide(interval(-11, 0.999, 15), rule), { kind: "enough" })
  })
  it("or until it is small in itself", () => {
    const absolute = { ...rule, halfWidthMax: 0.002 }
    assert.deepStrictEqual(decide(interval(0.001, 0.0019, 10), absolute), { kind: "enough" })
    assert.deepStrictEqual(decide(interval(0.001, 0.0021, 10), absolute), { kind: "more", count: 5 })
  })
  it("never runs past its bound", () => {
    assert.deepStrictEqual(decide(interval(1, 0.5, 30), rule), { kind: "more", count: 2 })
    assert.deepStrictEqual(decide(interval(1, 0.5, 32), rule), { kind: "spent" })
    assert.deepStrictEqual(decide(meanInterval([], 0.95), { ...rule, countMax: 3 }), { kind: "more", count: 3 })
  })
  it("goes on while the figure is unknown", () => {
    assert.deepStrictEqual(decide(interval(NaN, NaN, 10), rule), { kind: "more", count: 5 })
  })
  it("runs the first block only when no precision is asked for", () => {
    const { blockCount, countMax, firstCount } = rule
    assert.deepStrictEqual(decide(interval(1, 9, 10), { blockCount, countMax, firstCount }), { kind: "enough" })
  })
  it("is done with several figures when it is with each", () => {
    const narrow = interval(1, 0.01, 15)
    const wide = interval(1, 1, 15)
    assert.deepStrictEqual(decideAll([narrow, narrow], rule), { kind: "enough" })
    assert.deepStrictEqual(decideAll([narrow, wide], rule), { kind: "more", count: 5 })
    assert.deepStrictEqual(decideAll([interval(1, 0.01, 32), interval(1, 1, 32)], rule), { kind: "spent" })
    assert.deepStrictEqual(decideAll([], rule), { kind: "enough" })
  })
})

describe("the replications a figure will take", () => {
  const absolute: StoppingRule = { halfWidthMax: 0.1, firstCount: 10, blockCount: 5, countMax: 100 }
  it("grow with the square of the half-width, up to the bound", () => {
    assert.strictEqual(countExpected(interval(1, 0.2, 12), absolute), 48)
    assert.strictEqual(countExpected(interval(1, 0.11, 12), absolute), 15)
    assert.strictEqual(countExpected(interval(1, 0.4, 12), absolute), 100)
  })
  it("are the first ones while there are fewer, and those there are once the figure is precise", () => {
    assert.strictEqual(countExpected(interval(1, 9, 3), absolute), 10)
    assert.strictEqual(countExpected(interval(1, 0.1, 12), absolute), 12)
    assert.strictEqual(countExpected(interval(1, 9, 120), absolute), 120)
    assert.strictEqual(countExpected(interval(11, 2, 12), rule), 32)
  })
  it("are as many as there may be while the figure is unknown", () => {
    assert.strictEqual(countExpected(interval(NaN, NaN, 12), absolute), 100)
  })
})
