import { assert, describe, it } from "@effect/vitest"
import { Draws } from "../../../sim/random/Draws.ts"
import { seedOf } from "../../../sim/random/seed.ts"
import { mser5 } from "../../../sim/statistics/warmUp.ts"

/** Five equal observations a batch. */
const batches = (...means: ReadonlyArray<number>) => means.flatMap((mean) => [mean, mean, mean, mean, mean])

describe("mser5", () => {
  it("cuts where the squared standard error of the rest is smallest", () => {
    // By hand: 62/64 kept whole, 6/49 after one batch, then 0.134, 0.16, 0.172.
    const { cutCount, mean, settled } = mser5(batches(10, 1, 3, 1, 3, 1, 3, 2)) ?? { mean: NaN }
    assert.deepStrictEqual({ cutCount, settled }, { cutCount: 5, settled: true })
    assert.closeTo(mean, 2, 1e-12)
  })
  it("cuts nothing from a steady run, and keeps all of a constant one", () => {
    assert.deepStrictEqual(mser5(batches(2, 2, 2, 2)), { cutCount: 0, mean: 2, settled: true })
    assert.strictEqual(mser5(batches(1, 3, 1, 3, 1, 3, 1, 3))?.cutCount, 0)
  })
  it("says that a run still rising at its end has not settled", () => {
    assert.strictEqual(mser5(batches(1, 2, 3, 4, 5, 6, 7, 8))?.settled, false)
  })
  it("leaves out a last batch that is not full, and needs two", () => {
    assert.strictEqual(mser5([...batches(2, 2, 2), 1_000])?.mean, 2)
    assert.isUndefined(mser5(batches(1)))
  })
  it("finds the end of a decaying start", () => {
    const draws = new Draws(...seedOf("warm-up", 0))
    const series = Float64Array.from({ length: 5_000 }, (_, time) => 8 * Math.exp(-time / 100) + draws.nextNormal())
    const { cutCount, mean, settled } = mser5(series) ?? { cutCount: 0, mean: NaN, settled: false }
    assert.isTrue(settled)
    assert.isTrue(cutCount >= 200 && cutCount <= 700, `cut at ${cutCount}`)
    assert.closeTo(mean, 0, 0.06)
  })
})
