import { assert, describe, it } from "@effect/vitest"
import { percentileInterval, resamples } from "../../../sim/statistics/blockBootstrap.ts"
import { meanInterval } from "../../../sim/statistics/interval.ts"

describe("resamples of blocks", () => {
  it("draw as many blocks as there are, every block as often on average", () => {
    const drawn = resamples(12, 2_000, "a")
    assert.lengthOf(drawn, 2_000)
    for (const weights of drawn) {
      assert.strictEqual(
        weights.reduce((sum, weight) => sum + weight, 0),
        12
      )
    }
    for (let block = 0; block < 12; block += 1) {
      const mean = drawn.reduce((sum, weights) => sum + weights[block], 0) / drawn.length
      assert.approximately(mean, 1, 0.1)
    }
  })

  it("are the same for the same seed, and others for another", () => {
    assert.deepStrictEqual(resamples(9, 20, "a"), resamples(9, 20, "a"))
    assert.notDeepEqual(resamples(9, 20, "a"), resamples(9, 20, "b"))
  })
})

describe("the percentile interval", () => {
  it("cuts off the same share at both ends, and leaves out what is no number", () => {
    const values = Array.from({ length: 1_000 }, (_, i) => i + 1)
    assert.deepStrictEqual(percentileInterval([...values, Number.NaN].reverse(), 0.95), { low: 25, high: 975 })
    assert.deepStrictEqual(percentileInterval([], 0.95), { low: Number.NaN, high: Number.NaN })
  })

  it("is about that of the normal law for a mean of many blocks that do not hang together", () => {
    const blocks = Array.from({ length: 200 }, (_, i) => Math.sin(i * 12.9898) * 10 + 50)
    const means = resamples(blocks.length, 2_000, "c").map(
      (weights) => weights.reduce((sum, weight, i) => sum + weight * blocks[i], 0) / blocks.length
    )
    const drawn = percentileInterval(means, 0.95)
    const student = meanInterval(blocks, 0.95)
    assert.approximately(drawn.low, student.low, 0.15)
    assert.approximately(drawn.high, student.high, 0.15)
  })
})
