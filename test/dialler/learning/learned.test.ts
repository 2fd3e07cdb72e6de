import { assert, describe, it } from "@effect/vitest"
import { CallTable } from "../../../src/dialler/CallTable.ts"
import { Learned, speedOfStep, speedStepsMax } from "../../../src/dialler/learning/Learned.ts"

const expected = { pickupRate: 0.3, ringMillis: 10_000, talkMillis: 120_000, wrapMillis: 20_000 }
const campaign = () => new Learned(expected, 22_000)

/** Every agent of the team takes so many calls in turn, of the team's usual length times the agent's own speed. */
const work = (learned: Learned, speeds: ReadonlyArray<number>, calls: number, firstAgent = 0): void => {
  for (let call = 0; call < calls; call += 1) {
    speeds.forEach((speed, agent) => learned.handled(firstAgent + agent, 120_000 * speed, 20_000 * speed))
  }
}

describe("what a campaign has learnt", () => {
  it("holds an agent it has not met for one like the team", () => {
    const learned = campaign()
    assert.strictEqual(learned.speed(0), 1)
    assert.strictEqual(learned.speedStep(10_000), 0)
  })
  it("draws an agent's speed towards the team's until the agent has taken some calls", () => {
    const learned = campaign()
    work(learned, [1, 1, 1, 1, 1, 1, 1, 1, 1.5], 10)
    assert.isBelow(learned.speed(8), 1.15)
    work(learned, [1, 1, 1, 1, 1, 1, 1, 1, 1.5], 190)
    assert.approximately(learned.speed(8), 1.4, 0.06)
    assert.approximately(learned.speed(0), 0.95, 0.03)
  })
  it("tells agents apart in steps of a fifth, two either way", () => {
    const learned = campaign()
    work(learned, [0.4, 0.8, 1, 1.22, 3], 400)
    const steps = [0, 1, 2, 3, 4].map((agent) => learned.speedStep(agent))
    assert.deepStrictEqual(steps, [-2, -2, -1, 0, 2])
    assert.approximately(speedOfStep(1), 1.2, 1e-12)
    assert.approximately(speedOfStep(-speedStepsMax), 1 / 1.44, 1e-12)
  })
  it("keeps the speeds of all when agents of higher numbers come", () => {
    const learned = campaign()
    work(learned, [0.5, 1.5], 200)
    const before = [learned.speedStep(0), learned.speedStep(1)]
    learned.handled(64, 120_000, 20_000)
    learned.handled(5_000, 120_000, 20_000)
    assert.deepStrictEqual([learned.speedStep(0), learned.speedStep(1)], before)
    assert.deepStrictEqual(before, [-2, 2])
  })
  it("learns an answer from the chance where it took the call back", () => {
    const seen = campaign()
    const takenBack = campaign()
    for (let call = 0; call < 600; call += 1) {
      seen.rang(0, 1, false, 22_000)
      takenBack.tookBack(0, 1, 15_000)
    }
    // A call that has rung for 15 s may still be answered, but is less likely to be than a new one.
    assert.isBelow(takenBack.chance(0, 1), 0.1)
    assert.isAbove(takenBack.chance(0, 1), seen.chance(0, 1))
  })
  it("is the less sure of the level the fewer answers it has seen", () => {
    const learned = campaign()
    const before = learned.chanceDeviation
    for (let call = 0; call < 900; call += 1) learned.rang(0, 1, call % 3 === 0, 9_000)
    assert.isBelow(learned.chanceDeviation, before / 3)
  })
  it("has learnt the same whether it is asked after every call or after a day of them", () => {
    const often = campaign()
    const late = campaign()
    for (let call = 0; call < 2_000; call += 1) {
      for (const learned of [often, late]) {
        learned.rang(call % 3, 1 + (call % 9), call % 4 === 0, 3_000 + ((call * 701) % 20_000))
        if (call % 5 === 0) learned.tookBack(0, 1, 15_000)
        if (call % 4 === 0) learned.met(call % 12 > 0, 9_000 + ((call * 37) % 8_000))
        if (call % 4 === 0) learned.handled(call % 7, 60_000 + ((call * 977) % 100_000), 20_000)
      }
      whatIsKnown(often)
    }
    assert.deepStrictEqual(whatIsKnown(late), whatIsKnown(often))
  })
  it("tells the chance a call was placed with when it is asked, but never to another call in its slot", () => {
    const learned = campaign()
    const calls = new CallTable()
    const first = calls.take(0, 0)
    const atFirst = campaign().chance(0, 1)
    learned.placed(calls, first, 0, 1)
    for (let call = 0; call < 300; call += 1) learned.rang(0, 1, false, 22_000)
    const second = calls.take(0, 1)
    learned.placed(calls, second, 0, 1)
    const atSecond = learned.chance(0, 1)
    assert.isBelow(atSecond, atFirst / 2)
    assert.deepStrictEqual([calls.chance[first], calls.chance[second]], [atFirst, atSecond])

    learned.placed(calls, first, 0, 1)
    calls.release(first)
    assert.strictEqual(calls.take(1, 5), first)
    calls.chance[first] = 0.5
    learned.chance(0, 1)
    assert.strictEqual(calls.chance[first], 0.5)
  })
})

/** Some of all that can be asked. */
const whatIsKnown = (learned: Learned) => ({
  chances: [0, 1, 2].flatMap((segment) => [1, 2, 6].map((attempt) => learned.chance(segment, attempt))),
  deviation: learned.chanceDeviation,
  rings: [...learned.rings.answeredBy, ...learned.rings.stillRinging],
  persons: [9_000, 12_000, 16_000].map((millis) => learned.persons.at(millis)),
  talk: [learned.talk.meanSeconds, learned.talk.longerThan(100)],
  wrap: [learned.wrap.meanSeconds, learned.wrap.longerThan(21)],
  speeds: [0, 1, 2, 3, 4, 5, 6, 7].map((agent) => [learned.speed(agent), learned.speedStep(agent)])
})
