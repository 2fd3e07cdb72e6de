import { assert, describe, it } from "@effect/vitest"
import jstat from "jstat"
import { clopperPearson, clopperPearsonUpper, wilson, wilsonUpper } from "../../../sim/statistics/proportion.ts"

/** Newcombe, Statistics in Medicine 17, 1998, table I: successes, trials, Wilson low and high, exact low and high. */
const newcombe = [
  [81, 263, 0.2553, 0.3662, 0.2527, 0.3676],
  [15, 148, 0.0624, 0.1605, 0.0578, 0.1617],
  [0, 20, 0, 0.1611, 0, 0.1684],
  [1, 29, 0.0061, 0.1718, 0.0009, 0.1776]
]

describe("intervals of a probability", () => {
  it("give the published examples", () => {
    for (const [successes, trials, wilsonLow, wilsonHigh, exactLow, exactHigh] of newcombe) {
      assert.closeTo(wilson(successes, trials, 0.95).low, wilsonLow, 5e-5)
      assert.closeTo(wilson(successes, trials, 0.95).high, wilsonHigh, 5e-5)
      assert.closeTo(clopperPearson(successes, trials, 0.95).low, exactLow, 5e-5)
      assert.closeTo(clopperPearson(successes, trials, 0.95).high, exactHigh, 5e-5)
    }
  })
  it("0 of 73 leaves room for 5 %, by Wilson on both sides", () => {
    assert.closeTo(wilson(0, 73, 0.95).high, 0.05, 5e-5)
  })
  it("0 of 299 is the fewest clean trials that show at most 1 %, exact and one-sided", () => {
    assert.isAtMost(clopperPearsonUpper(0, 299, 0.95), 0.01)
    assert.isAbove(clopperPearsonUpper(0, 298, 0.95), 0.01)
    assert.closeTo(clopperPearsonUpper(0, 299, 0.95), 1 - 0.05 ** (1 / 299), 1e-10)
  })
  it("4 people in 200 of 600 calls taken for machines: at most 27.1 exact, 26.3 by Wilson, both one-sided", () => {
    assert.closeTo(600 * clopperPearsonUpper(4, 200, 0.95), 27.1, 0.05)
    assert.closeTo(600 * wilsonUpper(4, 200, 0.95), 26.3, 0.05)
    assert.strictEqual(600 * wilson(4, 200, 0.95).estimate, 12)
  })
  it("are mirror images, and stay between 0 and 1", () => {
    for (const interval of [wilson, clopperPearson]) {
      for (const [successes, trials] of [
        [0, 7],
        [3, 7],
        [7, 7]
      ]) {
        const { high, low } = interval(successes, trials, 0.9)
        const mirror = interval(trials - successes, trials, 0.9)
        assert.closeTo(low, 1 - mirror.high, 1e-12)
        assert.closeTo(high, 1 - mirror.low, 1e-12)
        assert.isTrue(low >= -1e-15 && low <= successes / trials && successes / trials <= high + 1e-15 && high <= 1)
      }
    }
  })
  it("know nothing without trials", () => {
    for (const interval of [wilson, clopperPearson]) {
      assert.strictEqual(interval(0, 0, 0.95).low, 0)
      assert.strictEqual(interval(0, 0, 0.95).high, 1)
    }
  })
  it("the exact upper limit covers at least as often as it says, for any truth", () => {
    const trials = 30
    for (let truth = 0.01; truth < 1; truth += 0.01) {
      let covered = 0
      for (let successes = 0; successes <= trials; successes += 1) {
        if (clopperPearsonUpper(successes, trials, 0.95) >= truth) {
          covered += jstat.binomial.pdf(successes, trials, truth)
        }
      }
      assert.isAtLeast(covered, 0.95 - 1e-9, `truth ${truth}`)
    }
  })
})
