import { assert, describe, it } from "@effect/vitest"
import { PersonShare } from "../../../src/dialler/learning/PersonShare.ts"
import { samplerOf } from "../../../sim/random/distributions.ts"
import { drawsFor } from "./drawing.ts"

const person = samplerOf({ kind: "lognormal", mean: 8, cv: 0.4 })
const machine = samplerOf({ kind: "lognormal", mean: 19, cv: 0.1 })

const met = (count: number, personShare: number, name = "met") => {
  const draws = drawsFor(name)
  return Array.from({ length: count }, () => {
    const isPerson = draws.nextChance(personShare)
    return { isPerson, millis: 1_000 * (isPerson ? person(draws) : machine(draws)) }
  })
}

describe("share of people among answers", () => {
  it("is 1 until the first machine", () => {
    const share = new PersonShare()
    assert.strictEqual(share.at(5_000), 1)
    for (let call = 0; call < 50; call += 1) share.add(true, 5_000)
    assert.strictEqual(share.at(5_000), 1)
    share.add(false, 20_000)
    assert.isBelow(share.at(20_000), share.at(5_000))
    assert.isAbove(share.at(5_000), 0.98)
  })
  it("separates people from machines by how long it rang", () => {
    const share = new PersonShare()
    for (const { isPerson, millis } of met(1_000, 0.6)) share.add(isPerson, millis)
    assert.isAbove(share.at(6_000), 0.95)
    assert.isAbove(share.at(10_000), 0.9)
    assert.isBelow(share.at(19_000), 0.15)
    assert.isBelow(share.at(22_000), 0.15)
  })
  it.each([0.2, 0.6, 0.9])("adds up to the people there are, of whom %d are people", (personShare) => {
    const share = new PersonShare()
    for (const { isPerson, millis } of met(6_000, personShare)) share.add(isPerson, millis)
    const later = met(6_000, personShare, "later")
    let expected = 0
    let people = 0
    for (const { isPerson, millis } of later) {
      expected += share.at(millis)
      if (isPerson) people += 1
    }
    assert.approximately(expected / people, 1, 0.06)
  })
  it("stays between 0 and 1 at every ring time, those nobody has seen included", () => {
    const share = new PersonShare()
    for (const { isPerson, millis } of met(300, 0.4)) share.add(isPerson, millis)
    for (const millis of [-500, 0, 499, 30_000, 63_999, 64_000, 1e7]) {
      assert.isAtLeast(share.at(millis), 0)
      assert.isAtMost(share.at(millis), 1)
    }
    // Where nothing was seen the share over all ring times counts.
    assert.approximately(share.at(50_000), 0.4, 0.06)
  })
})
