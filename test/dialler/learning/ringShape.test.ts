import { assert, describe, it } from "@effect/vitest"
import { ringBinMillis, ringBins, RingShape } from "../../../src/dialler/learning/RingShape.ts"
import { samplerOf } from "../../../sim/random/distributions.ts"
import { drawsFor } from "./drawing.ts"

interface Call {
  readonly answered: boolean
  readonly millis: number
}

const ring = samplerOf({ kind: "lognormal", mean: 10, cv: 0.5, max: 22 })
const machine = samplerOf({ kind: "lognormal", mean: 14, cv: 0.2 })

/** Of 100 calls 30 reach a person, 20 a machine that picks up late, 10 are busy at once, the others ring for 22 s. */
const population = (count: number, name = "rings"): ReadonlyArray<Call> => {
  const draws = drawsFor(name)
  return Array.from({ length: count }, () => {
    const u = draws.next()
    if (u < 0.3) return { answered: true, millis: 1_000 * ring(draws) }
    if (u < 0.5) return { answered: false, millis: Math.min(22_000, 1_000 * machine(draws)) }
    return { answered: false, millis: u < 0.6 ? 1_000 : 22_000 }
  })
}
const learnt = (calls: ReadonlyArray<Call>, shape = new RingShape(10_000, 22_000)): RingShape => {
  for (const { answered, millis } of calls) shape.add(answered, millis)
  return shape
}

describe("shape of the ring", () => {
  const calls = population(6_000)
  const shape = learnt(calls)
  const answers = calls.filter(({ answered }) => answered)
  const others = calls.filter(({ answered }) => !answered)

  it("follows the answers and the other ends, each among its own", () => {
    for (let bin = 0; bin <= 44; bin += 1) {
      const before = (of: ReadonlyArray<Call>) =>
        of.filter(({ millis }) => millis < bin * ringBinMillis).length / of.length
      assert.approximately(shape.answeredBy[bin], before(answers), 0.05, `answers before bin ${bin}`)
      assert.approximately(shape.stillRinging[bin], 1 - before(others), 0.05, `others at bin ${bin}`)
    }
  })
  it("rises to 1 and stays there, and falls to 0", () => {
    for (const each of [
      shape,
      new RingShape(10_000, 22_000),
      new RingShape(3_000, 60_000),
      new RingShape(20_000, 90_000)
    ]) {
      assert.strictEqual(each.answeredBy[0], 0)
      assert.strictEqual(each.stillRinging[0], 1)
      for (let bin = 1; bin < each.answeredBy.length; bin += 1) {
        assert.isAtLeast(each.answeredBy[bin], each.answeredBy[bin - 1] - 1e-12)
        assert.isAtMost(each.answeredBy[bin], 1 + 1e-12)
      }
      for (let bin = 1; bin <= ringBins; bin += 1) assert.isAtMost(each.stillRinging[bin], each.stillRinging[bin - 1])
      assert.strictEqual(each.answeredBy.at(-1), 1)
      assert.strictEqual(each.stillRinging[ringBins], 0)
    }
  })
  it("expects, before the first call, a lognormal ring and calls that ring to the limit", () => {
    const fresh = new RingShape(10_000, 22_000)
    assert.approximately(fresh.answeredBy[16], 0.41, 0.03)
    assert.approximately(fresh.answeredBy[44], 1, 1e-9)
    assert.strictEqual(fresh.stillRinging[44], 1)
    assert.strictEqual(fresh.stillRinging[45], 0)
    assert.strictEqual(fresh.chanceLater(0.3, 0), 0.3)
  })
  it.each([0, 2_000, 8_000, 12_000, 15_000, 19_000])("knows who is still answered after %d ms", (age) => {
    const ringing = calls.filter(({ millis }) => millis >= age)
    const later = ringing.filter(({ answered }) => answered).length / ringing.length
    assert.approximately(shape.chanceLater(0.3, age), later, 0.03)
  })
  it("knows no call that rings beyond every limit", () => {
    for (const age of [22_500, 64_000, 1e6]) assert.strictEqual(new RingShape(10_000, 22_000).chanceLater(0.3, age), 0)
  })
  it("is not changed when its weights are scaled down after very many calls", () => {
    const many = population(60_000, "many")
    const once = learnt(many)
    const last = learnt(many.slice(-30_000))
    for (let bin = 0; bin < ringBins; bin += 1) {
      // Curves are made anew every hundred calls; both learners end on the same call.
      assert.approximately(once.answeredBy[bin], last.answeredBy[bin], 0.01)
      assert.approximately(once.stillRinging[bin], last.stillRinging[bin], 0.01)
    }
  })
  it("follows people who begin to answer later, within two half-lives", () => {
    const changed = learnt(
      Array.from({ length: 800 }, () => ({ answered: true, millis: 15_250 })),
      learnt(population(3_000))
    )
    assert.isBelow(changed.answeredBy[30], 0.3)
    assert.isAbove(changed.answeredBy[31], 0.95)
  })
  it("counts the times it is made anew: often at first, every hundred calls later", () => {
    const counted = new RingShape(10_000, 22_000)
    const first = counted.version
    learnt(population(100), counted)
    const early = counted.version - first
    learnt(population(10_000), counted)
    const before = counted.version
    learnt(population(1_000), counted)
    assert.isAtLeast(early, 8)
    assert.strictEqual(counted.version - before, 10)
  })
})
