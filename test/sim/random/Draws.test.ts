import { assert, describe, it } from "@effect/vitest"
import { Draws } from "../../../sim/random/Draws.ts"
import { seedOf } from "../../../sim/random/seed.ts"
import { Source } from "../../../sim/random/sources.ts"
import { sampleCorrelation } from "../../../sim/statistics/sample.ts"
import { chiSquareScore, ksDistance, ksLimit, scoreLimit } from "./fit.ts"

const drawsOf = (seed: number, replication = 0) => new Draws(...seedOf(seed, replication))
const take = (count: number, draw: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => draw(index))

describe("Draws", () => {
  it("gives these numbers for seed 7, talk of attempt 1 on contact 1000, on every machine and version", () => {
    const draws = drawsOf(7)
    draws.at(2, 1000, 1)
    assert.deepStrictEqual(
      take(6, () => draws.next()),
      [
        0.8684512277832255, 0.03972969565074891, 0.5827109616948292, 0.27270300791133195, 0.5380372853251174,
        0.5687379686860368
      ]
    )
    draws.at(2, 1000, 1)
    assert.closeTo(draws.nextNormal(), 1.119099848618686, 1e-14)
    assert.closeTo(draws.nextExponential(120), 4.864856054681071, 1e-13)
    assert.strictEqual(draws.nextBelow(10), 5)
    assert.strictEqual(draws.nextChance(0.5), true)
  })
  it("does not depend on what was drawn before, or in which order", () => {
    const draws = drawsOf(7)
    const forwards = take(50, (contact) => (draws.at(Source.talk, contact, 1), draws.next() + draws.next()))
    const backwards = take(50, (index) => {
      draws.at(Source.patience, index, 9)
      draws.next()
      draws.at(Source.talk, 49 - index, 1)
      return draws.next() + draws.next()
    })
    assert.deepStrictEqual(backwards.reverse(), forwards)
  })
  it("stays inside (0, 1) and uniform over a long stream", () => {
    const draws = drawsOf(1)
    draws.at(Source.outcome, 1, 1)
    const sample = Float64Array.from({ length: 20_000 }, () => draws.next())
    assert.isTrue(sample.every((u) => u > 0 && u < 1))
    assert.isBelow(
      ksDistance(sample, (u) => u),
      ksLimit(20_000)
    )
  })
  it("fills 65,536 cells evenly, by the high and by the low half of the word, over keys", () => {
    const draws = drawsOf(2)
    const high = new Uint32Array(65_536)
    const low = new Uint32Array(65_536)
    for (let contact = 0; contact < 2_000_000; contact += 1) {
      draws.at(Source.outcome, contact, 1)
      const word = Math.floor(draws.next() * 2 ** 32)
      high[word >>> 16] += 1
      low[word & 0xffff] += 1
    }
    assert.isBelow(Math.abs(chiSquareScore(high)), scoreLimit)
    assert.isBelow(Math.abs(chiSquareScore(low)), scoreLimit)
  })
  it("fills pairs of neighbouring keys evenly", () => {
    const draws = drawsOf(3)
    const cells = new Uint32Array(128 * 128)
    let last = 0
    for (let contact = 0; contact < 500_000; contact += 1) {
      draws.at(Source.outcome, contact, 1)
      const cell = draws.nextBelow(128)
      cells[last * 128 + cell] += 1
      last = cell
    }
    assert.isBelow(Math.abs(chiSquareScore(cells)), scoreLimit)
  })
  it("has no correlation between neighbours: contact, attempt, source, replication, next draw", () => {
    const count = 20_000
    const draws = drawsOf(4)
    const other = drawsOf(4, 1)
    const first = (stream: Draws, source: number, contact: number, attempt: number) => {
      stream.at(source, contact, attempt)
      return stream.next()
    }
    const base = take(count, (contact) => first(draws, Source.talk, contact, 1))
    const neighbours = {
      contact: take(count, (contact) => first(draws, Source.talk, contact + 1, 1)),
      attempt: take(count, (contact) => first(draws, Source.talk, contact, 2)),
      source: take(count, (contact) => first(draws, Source.patience, contact, 1)),
      replication: take(count, (contact) => first(other, Source.talk, contact, 1)),
      next: take(count, (contact) => (first(draws, Source.talk, contact, 1), draws.next()))
    }
    for (const [name, values] of Object.entries(neighbours)) {
      assert.isBelow(Math.abs(sampleCorrelation(base, values)) * Math.sqrt(count), scoreLimit, name)
    }
  })
  it("gives every source a number of its own", () => {
    const numbers = Object.values(Source)
    assert.strictEqual(new Set(numbers).size, numbers.length)
  })
})
