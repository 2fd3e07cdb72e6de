import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Reception } from "../../../src/media/rtp/Reception.ts"
import { numbers } from "../soundSources.ts"

/** Interarrival jitter in the whole numbers of RFC 3550 §A.8: kept times sixteen, rounded as it decays. */
const jitterOracle = () => {
  let scaled = 0
  let last: number | null = null
  return (arrival: number, timestamp: number): number => {
    const transit = (arrival - timestamp) | 0
    if (last !== null) scaled += Math.abs((transit - last) | 0) - ((scaled + 8) >> 4)
    last = transit
    return scaled >> 4
  }
}

/** Loss from the whole history: what was sent from the first to the last packet that came, less what came. */
const lossOracle = (came: ReadonlyArray<number>) => {
  const expected = Math.max(...came) - came[0] + 1
  return { expected, lost: expected - came.length }
}

const Seed = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1e6 }))

describe("reception: RFC 3550 §A.1, §A.3, §A.8", () => {
  it.prop(
    "counts what the whole history says, over wraps, losses, repeats and late packets",
    { seed: Seed },
    ({ seed }) => {
      const next = numbers(seed)
      const first = Math.floor(next() * 65_536)
      const came: Array<number> = []
      for (let i = 0; i < 3_000; i += 1) {
        if (i > 0 && next() < 0.05) continue
        came.push(first + i)
        if (next() < 0.02) came.push(first + i)
        if (next() < 0.05 && came.length > 2) {
          const [late] = came.splice(-2, 1)
          came.push(late)
        }
      }
      if (came[0] !== first) came.unshift(first)
      const reception = new Reception(1, came[0] & 0xffff)
      came.forEach((sequence, i) => assert.isTrue(reception.receive(sequence & 0xffff, i * 160, i * 20)))
      const { expected, lost } = lossOracle(came)
      assert.deepStrictEqual([reception.expected, reception.lost, reception.received], [expected, lost, came.length])
      assert.strictEqual(reception.extendedHighest, Math.max(...came) - (first & ~0xffff))
    },
    { arbitrary: { runs: 60, seed: 1 } }
  )
  it.prop(
    "has the jitter of the standard's whole numbers, within one",
    { seed: Seed },
    ({ seed }) => {
      const next = numbers(seed)
      const oracle = jitterOracle()
      const reception = new Reception(1, 0)
      // The timestamp wraps on the way.
      const base = 0xffff_ffff - 160 * 100
      for (let i = 0; i < 1_000; i += 1) {
        const arrivalMillis = 20 * i + Math.round(next() * 240) / 8
        const timestamp = (base + 160 * i) >>> 0
        reception.receive(i, timestamp, arrivalMillis)
        const expected = oracle(arrivalMillis * 8, timestamp)
        assert.isAtMost(Math.abs(reception.jitter - expected), 1.5, `packet ${i}`)
      }
    },
    { arbitrary: { runs: 60, seed: 1 } }
  )
  it("has no jitter when packets come as they were sent, and all of it when one delay changes", () => {
    const reception = new Reception(1, 0)
    for (let i = 0; i < 50; i += 1) reception.receive(i, i * 160, i * 20)
    assert.strictEqual(reception.jitter, 0)
    reception.receive(50, 50 * 160, 50 * 20 + 16)
    assert.deepStrictEqual([reception.jitter, reception.jitterMillis], [8, 1])
  })
  it("says which share was lost since it last said so", () => {
    const reception = new Reception(1, 0)
    for (const i of [0, 1, 2, 3]) reception.receive(i, 0, 0)
    assert.strictEqual(reception.takeFractionLost(), 0)
    for (const i of [4, 6]) reception.receive(i, 0, 0)
    assert.strictEqual(reception.takeFractionLost(), Math.floor(256 / 3))
    for (const i of [7, 5]) reception.receive(i, 0, 0)
    assert.deepStrictEqual([reception.takeFractionLost(), reception.lost], [0, 0])
  })
  it("takes a source that began anew from its second packet on", () => {
    const reception = new Reception(1, 100)
    reception.receive(100, 0, 0)
    assert.isFalse(reception.receive(40_000, 0, 20))
    assert.isTrue(reception.receive(40_001, 160, 40))
    assert.deepStrictEqual([reception.expected, reception.received, reception.lost], [1, 1, 0])
    assert.isTrue(reception.receive(40_002, 320, 60))
    assert.deepStrictEqual([reception.expected, reception.received], [2, 2])
  })
  it("does not let one stray packet spoil the count", () => {
    const reception = new Reception(1, 10)
    reception.receive(10, 0, 0)
    assert.isFalse(reception.receive(30_000, 0, 0))
    assert.isTrue(reception.receive(11, 160, 20))
    assert.deepStrictEqual([reception.expected, reception.lost], [2, 0])
  })
  it("keeps loss within the 24 bits of a report", () => {
    const reception = new Reception(1, 0)
    for (let i = 0; i < 3_000 * 2_999; i += 2_999) reception.receive(i & 0xffff, 0, 0)
    assert.strictEqual(reception.lost, 0x7f_ffff)
  })
})
