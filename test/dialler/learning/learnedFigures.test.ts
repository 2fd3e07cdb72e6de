import { assert, describe, it } from "@effect/vitest"
import { CallTable } from "../../../src/dialler/CallTable.ts"
import { Learned } from "../../../src/dialler/learning/Learned.ts"
import { figuresVersion, readFigures } from "../../../src/dialler/learning/LearnedFigures.ts"

const expected = { pickupRate: 0.3, ringMillis: 10_000, talkMillis: 120_000, wrapMillis: 20_000 }
const campaign = () => new Learned(expected, 22_000)

/** A day that is nothing like what was expected. */
const worked = (): Learned => {
  const learned = campaign()
  const calls = new CallTable()
  for (let call = 0; call < 2_000; call += 1) {
    const segment = call % 3
    learned.rang(segment, 1 + (call % 4), call % (segment === 0 ? 4 : 12) === 0, call % 4 === 0 ? 15_000 : 22_000)
    if (call % 5 === 0) learned.met(call % 15 === 0, call % 2 === 0 ? 6_000 : 18_000)
    if (call % 7 === 0) learned.tookBack(segment, 1, 5_000)
  }
  for (let call = 0; call < 600; call += 1) learned.handled(call % 5, 300_000 + (call % 5) * 40_000, 8_000)
  learned.placed(calls, 0, 0, 1)
  return learned
}

/** What the pacing asks. */
const asked = (learned: Learned) => ({
  chances: [0, 1, 2, 7].flatMap((segment) => [1, 2, 3, 9].map((attempt) => learned.chance(segment, attempt))),
  persons: [0, 6_000, 18_000, 60_000].map((millis) => learned.persons.at(millis)),
  answered: [...learned.rings.answeredBy],
  ringing: [...learned.rings.stillRinging],
  talk: [1, 30, 120, 300, 900].map((seconds) => learned.talk.longerThan(seconds)),
  wrap: [1, 5, 8, 30].map((seconds) => learned.wrap.longerThan(seconds)),
  means: [learned.talk.meanSeconds, learned.wrap.meanSeconds],
  speeds: [0, 1, 2, 3, 4, 99].flatMap((agent) => [learned.speed(agent), learned.speedStep(agent)])
})

/** Curves of ringing are made anew only now and then, so those of the day are a little behind. */
const closeTo = (a: unknown, b: unknown, path = ""): void => {
  const delta = /^\.(answered|ringing)/.test(path) ? 0.01 : 1e-9
  if (typeof a === "number" && typeof b === "number") return assert.approximately(a, b, delta, path)
  const entries = Object.entries(a as object)
  assert.deepStrictEqual(Object.keys(a as object), Object.keys(b as object))
  for (const [key, each] of entries) closeTo(each, (b as Record<string, unknown>)[key], `${path}.${key}`)
}

describe("what was learnt of one day", () => {
  it("is what the next day expects, through text and back", () => {
    const day = worked()
    const kept = JSON.stringify(day.figures)
    const next = campaign()
    const figures = readFigures(JSON.parse(kept), next.figures)
    assert.isNotNull(figures)
    if (figures === null) return
    next.begin(figures)
    closeTo(asked(next), asked(day))
    assert.isBelow(next.chance(1, 1), 0.2)
    assert.isAbove(next.talk.meanSeconds, 300)
    // Once more through a day on which nothing happens.
    const again = campaign()
    again.begin(next.figures)
    closeTo(asked(again), asked(day))
  })

  it("is worth as many calls as a manager's expectation: the new day is soon believed", () => {
    const day = worked()
    const next = campaign()
    next.begin(day.figures)
    assert.strictEqual(next.rings.observed, 0)
    assert.strictEqual(next.talk.observed, 0)
    assert.isAbove(next.chanceDeviation, day.chanceDeviation)
    for (let call = 0; call < 15; call += 1) {
      next.rang(0, 1, true, 4_000)
      day.rang(0, 1, true, 4_000)
      next.handled(0, 60_000, 1_000)
      day.handled(0, 60_000, 1_000)
    }
    assert.isAbove(next.chance(0, 1), day.chance(0, 1) + 0.2)
    assert.isBelow(next.talk.meanSeconds, day.talk.meanSeconds - 60)
  })

  it("is the same whenever it is asked for, and the same again for the same figures", () => {
    const [one, two] = [worked(), worked()]
    one.chance(0, 1)
    void one.talk
    assert.deepStrictEqual(one.figures, two.figures)
    const [a, b] = [campaign(), campaign()]
    a.begin(one.figures)
    b.begin(one.figures)
    for (const each of [a, b]) for (let i = 0; i < 50; i += 1) each.rang(0, 1, i % 3 === 0, 9_000)
    assert.deepStrictEqual(a.figures, b.figures)
  })

  it("is read only where it has the shape of this version", () => {
    const like = campaign().figures
    const good = worked().figures
    const broken: ReadonlyArray<unknown> = [
      null,
      "figures",
      {},
      { ...good, version: figuresVersion + 1 },
      { ...good, answer: { ...good.answer, level: 1 } },
      { ...good, answer: { ...good.answer, answers: good.answer.answers.slice(1) } },
      { ...good, answer: { ...good.answer, expected: good.answer.expected.map(() => -1) } },
      { ...good, rings: { answers: good.rings.answers } },
      { ...good, rings: { ...good.rings, others: [...good.rings.others, 0] } },
      { ...good, persons: { ...good.persons, machinesTotal: Number.NaN } },
      { ...good, talk: { ...good.talk, shares: good.talk.shares.map(String) } },
      { ...good, wrap: undefined },
      { ...good, speeds: [{ agent: 1, calls: 2 }] }
    ]
    for (const each of broken) assert.isNull(readFigures(each, like), JSON.stringify(each).slice(0, 80))
    assert.deepStrictEqual(readFigures(good, like), good)
  })
})
