import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { AnswerChance } from "../../../src/dialler/learning/AnswerChance.ts"
import { drawsFor, mean } from "./drawing.ts"

/** Calls contacts of one segment at the first attempt; returns the chance believed in after each call. */
const calls = (chance: AnswerChance, truth: number, count: number, name = "calls"): ReadonlyArray<number> => {
  const draws = drawsFor(name)
  return Array.from({ length: count }, () => {
    chance.add(0, 1, draws.nextChance(truth) ? 1 : 0)
    return chance.of(0, 1)
  })
}

describe("chance of an answer", () => {
  it.each([0.02, 0.1, 0.3, 0.7])("converges to %d, whatever was expected", (truth) => {
    for (const expected of [0.05, 0.3, 0.8]) {
      const believed = calls(new AnswerChance(expected), truth, 6_000)
      assert.approximately(mean(believed.slice(-4_000)), truth, 0.006 + 0.05 * truth)
    }
  })
  it.each([
    { expected: 0.1, truth: 0.4 },
    { expected: 0.4, truth: 0.1 },
    { expected: 0.6, truth: 0.2 },
    { expected: 0.1, truth: 0.6 }
  ])("is corrected within a hundred calls from $expected to $truth", ({ expected, truth }) => {
    const after = Array.from({ length: 40 }, (_, i) =>
      calls(new AnswerChance(expected), truth, 100, `wrong ${i}`).at(-1)!
    )
    const left = Math.abs(mean(after) - truth) / Math.abs(expected - truth)
    assert.isBelow(left, 0.2, `${mean(after)} is believed`)
  })
  it("starts at what the manager expects, for every contact", () => {
    const chance = new AnswerChance(0.35)
    for (const segment of [0, 3, 500])
      for (const attempt of [1, 2, 9]) assert.strictEqual(chance.of(segment, attempt), 0.35)
  })
  it("tells segments apart", () => {
    const chance = new AnswerChance(0.3)
    const draws = drawsFor("segments")
    for (let call = 0; call < 4_000; call += 1) {
      const segment = call % 2
      chance.add(segment, 1, draws.nextChance(segment === 0 ? 0.05 : 0.55) ? 1 : 0)
    }
    assert.approximately(chance.of(0, 1), 0.05, 0.015)
    assert.approximately(chance.of(1, 1), 0.55, 0.06)
  })
  it("tells attempts apart, the sixth and later ones as one", () => {
    const chance = new AnswerChance(0.4)
    const draws = drawsFor("attempts")
    const truth = (attempt: number) => 0.4 * 0.7 ** (Math.min(6, attempt) - 1)
    for (let call = 0; call < 40_000; call += 1) {
      const attempt = 1 + (call % 8)
      chance.add(0, attempt, draws.nextChance(truth(attempt)) ? 1 : 0)
    }
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      assert.approximately(chance.of(0, attempt), truth(attempt), 0.03 + 0.1 * truth(attempt), `attempt ${attempt}`)
    }
  })
  it("keeps what it knows of segments when the level of the day moves", () => {
    const pairs = Array.from({ length: 20 }, (_, run) => {
      const chance = new AnswerChance(0.3)
      const draws = drawsFor(`level ${run}`)
      const go = (shares: ReadonlyArray<number>, count: number) => {
        for (let call = 0; call < count; call += 1) chance.add(call % 2, 1, draws.nextChance(shares[call % 2]) ? 1 : 0)
      }
      go([0.1, 0.5], 4_000)
      go([0.05, 0.25], 900)
      return [chance.of(0, 1), chance.of(1, 1)]
    })
    assert.approximately(mean(pairs.map(([low]) => low)), 0.05, 0.015)
    assert.approximately(mean(pairs.map(([, high]) => high)), 0.25, 0.05)
  })
  it("forgets half in about three hundred calls", () => {
    const runs = Array.from({ length: 30 }, (_, i) => {
      const chance = new AnswerChance(0.5)
      calls(chance, 0.5, 5_000, `warm ${i}`)
      return calls(chance, 0.1, 300, `cold ${i}`)[299]
    })
    // The cell learns part of the change as well, so that it is a little faster than the level alone.
    assert.isAtMost(mean(runs), 0.31)
    assert.isAtLeast(mean(runs), 0.18)
  })
  it("is not carried away by many calls placed at once, whose answers come first and whose failures last", () => {
    const chance = new AnswerChance(0.3)
    chance.underWay(2_300)
    for (let call = 0; call < 700; call += 1) chance.add(0, 1, 1)
    for (let call = 0; call < 1_600; call += 1) chance.add(0, 1, 0)
    assert.isAbove(chance.of(0, 1), 0.12)
    assert.isBelow(chance.of(0, 1), 0.4)
  })
  it("takes a chance in between for an answer nobody saw", () => {
    const whole = new AnswerChance(0.3)
    const parts = new AnswerChance(0.3)
    for (let call = 0; call < 2_000; call += 1) {
      whole.add(0, 1, call % 4 === 0 ? 1 : 0)
      parts.add(0, 1, 0.25)
    }
    assert.approximately(parts.of(0, 1), 0.25, 1e-3)
    assert.approximately(whole.of(0, 1), 0.25, 0.01)
  })
  it("is the less certain the fewer answers it has seen", () => {
    const chance = new AnswerChance(0.3)
    const first = chance.relativeDeviation
    assert.approximately(first, Math.sqrt(0.7 / 6), 1e-12)
    calls(chance, 0.3, 2_000)
    assert.isBelow(chance.relativeDeviation, first / 4)
  })
  const Call = Schema.Struct({
    segment: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 40 })),
    attempt: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 })),
    answer: Schema.Literals([0, 1]),
    times: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 900 }))
  })
  it.prop(
    "stays between 0.001 and 0.98",
    { history: Schema.Array(Call).check(Schema.isMaxLength(12)) },
    ({ history }) => {
      const chance = new AnswerChance(0.3)
      for (const { answer, attempt, segment, times } of history) {
        for (let call = 0; call < times; call += 1) chance.add(segment, attempt, answer)
        for (const each of history) {
          assert.isAtLeast(chance.of(each.segment, each.attempt), 0.001)
          assert.isAtMost(chance.of(each.segment, each.attempt), 0.98)
        }
        assert.isTrue(Number.isFinite(chance.relativeDeviation))
      }
    }
  )
})
