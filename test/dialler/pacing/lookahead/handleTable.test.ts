import { assert, describe, it } from "@effect/vitest"
import { DurationCurve } from "../../../../src/dialler/learning/DurationCurve.ts"
import { Learned } from "../../../../src/dialler/learning/Learned.ts"
import { HandleTable } from "../../../../src/dialler/pacing/lookahead/HandleTable.ts"
import { HandleTables } from "../../../../src/dialler/pacing/lookahead/HandleTables.ts"
import { answersAt, slotCount, slotsOf } from "../../../../src/dialler/pacing/lookahead/slots.ts"
import type { DistributionSpec } from "../../../../sim/random/distributions.ts"
import { durations } from "../../learning/drawing.ts"

const curveOf = (name: string, law: DistributionSpec, prior: number): DurationCurve => {
  const curve = new DurationCurve(prior, 1)
  for (const seconds of durations(name, law, 4_000)) curve.add(seconds)
  return curve
}
const talk = curveOf("talk", { kind: "lognormal", mean: 120, cv: 1 }, 120)
const wrap = curveOf("wrap", { kind: "lognormal", mean: 20, cv: 0.5 }, 20)
const quick = curveOf("quick", { kind: "exponential", mean: 2 }, 2)

const tableOf = (slots: ReturnType<typeof slotsOf>, speed: number, wraps = wrap): HandleTable =>
  new HandleTable(slots, speed, talk, wraps)
const talkAt = (table: HandleTable, ageSeconds: number, slot: number) =>
  table.talk[table.talkRow(1_000 * ageSeconds) + slot]
const wrapAt = (table: HandleTable, ageSeconds: number, slot: number) =>
  table.wrap[table.wrapRow(1_000 * ageSeconds) + slot]

/** P(rest of talk + whole wrap-up ≤ u | talk has lasted `age`), by steps of a fiftieth of a second. */
const freeBy = (u: number, age: number, wraps = wrap): number => {
  const step = 0.02
  let sum = 0
  for (let end = 0; end < u - step / 2; end += step) {
    const ends = talk.longerThan(age + end) - talk.longerThan(age + end + step)
    sum += ends * (1 - wraps.longerThan(u - end - step / 2))
  }
  return sum / talk.longerThan(age)
}

const floors = [
  { ringSeconds: 22, waitSeconds: 2 },
  { ringSeconds: 16, waitSeconds: 2 },
  { ringSeconds: 22, waitSeconds: 0 },
  { ringSeconds: 22, waitSeconds: 1.4 },
  { ringSeconds: 45, waitSeconds: 3 }
]
/** Ages in the middle of a row. */
const ages = [0.5, 20.5, 59.5, 60 * Math.exp(10.5 * Math.log(1.05)), 60 * Math.exp(40.5 * Math.log(1.05))]

describe("handle table", () => {
  it.each(floors)("agrees with direct integration, ring limit $ringSeconds s, wait $waitSeconds s", (floor) => {
    const slots = slotsOf(floor.ringSeconds * 1_000, floor.waitSeconds * 1_000)
    for (const [wraps, tolerance] of [
      [wrap, 0.005],
      [quick, 0.02]
    ] as const) {
      const table = tableOf(slots, 1, wraps)
      for (const age of ages) {
        for (const slot of [0, 1, 4, slotCount - 1]) {
          const direct = freeBy((answersAt(slots, slot) + slots.graceMillis) / 1_000, age, wraps)
          assert.approximately(talkAt(table, age, slot), direct, tolerance, `age ${age} s, slot ${slot}`)
        }
      }
    }
  })
  it("knows who is free of wrap-up: the rest of it, given its age", () => {
    const slots = slotsOf(22_000, 2_000)
    const table = tableOf(slots, 1)
    for (const age of ages.slice(0, 3)) {
      for (let slot = 0; slot < slotCount; slot += 1) {
        const u = (answersAt(slots, slot) + 2_000) / 1_000
        const direct = 1 - wrap.longerThan(age + u) / wrap.longerThan(age)
        assert.approximately(wrapAt(table, age, slot), direct, 1e-12)
      }
    }
  })
  it.each([0.5, 1 / 1.44, 1 / 1.2, 1, 1.2, 1.44])("is between 0 and 1 and never falls with time, speed %d", (speed) => {
    for (const floor of floors) {
      const table = tableOf(slotsOf(floor.ringSeconds * 1_000, floor.waitSeconds * 1_000), speed, quick)
      for (let second = 0; second < 8_000; second += 1) {
        table.talkRow(1_000 * second)
        table.wrapRow(1_000 * second)
      }
      for (const cells of [table.talk, table.wrap]) {
        const wrong = cells.findIndex(
          (free, cell) => !(free >= 0 && free <= 1) || (cell % slotCount > 0 && free < cells[cell - 1] - 1e-9)
        )
        assert.strictEqual(wrong, -1)
        assert.isAbove(cells[slotCount - 1], 0)
      }
    }
  })
  it.each([1 / 1.44, 1 / 1.2, 1.2, 1.44])("reckons for an agent of speed %d in the agent's own time", (speed) => {
    const slots = slotsOf(22_000, 2_000)
    const table = tableOf(slots, speed)
    for (const age of ages) {
      for (const slot of [0, 3, slotCount - 1]) {
        const u = (answersAt(slots, slot) + 2_000) / 1_000
        assert.approximately(
          talkAt(table, age, slot),
          freeBy(u / speed, age / speed),
          0.005,
          `age ${age}, slot ${slot}`
        )
      }
    }
  })
  it("finds a row for every age", () => {
    const rows = [0, 999, 1_000, 59_999, 60_000, 3_600_000, 7_200_000, 1e9].map(
      (millis) => tableOf(slotsOf(22_000, 2_000), 1).talkRow(millis) / slotCount
    )
    assert.deepStrictEqual(rows, [0, 0, 1, 59, 60, 143, 155, 155])
  })
  it("is made anew when enough has been learnt", () => {
    const short = new DurationCurve(120, 1)
    const table = new HandleTable(slotsOf(22_000, 2_000), 1, short, wrap)
    const before = talkAt(table, 9.5, 7)
    for (let call = 0; call < 3; call += 1) short.add(10)
    assert.strictEqual(talkAt(table, 9.5, 7), before)
    short.add(10)
    assert.isAbove(talkAt(table, 9.5, 7), before)
  })
})

describe("slots", () => {
  it.each([
    [10_000, 2_000],
    [16_000, 2_000],
    [22_000, 3_000],
    [24_000, 3_000],
    [30_000, 4_000],
    [60_000, 8_000],
    [96_000, 8_000],
    [3_600_000, 8_000]
  ])("of a ring limit of %d ms are %d ms long", (ringMillisMax, lengthMillis) => {
    assert.deepStrictEqual(slotsOf(ringMillisMax, 2_000), { lengthMillis, graceMillis: 2_000 })
  })
})

describe("handle tables", () => {
  const expected = { pickupRate: 0.3, ringMillis: 10_000, talkMillis: 120_000, wrapMillis: 20_000 }
  const talks = durations("handled", { kind: "lognormal", mean: 120, cv: 1 }, 400)
  const work = (learned: Learned, calls: number) => {
    for (const seconds of talks.slice(0, calls)) {
      learned.handled(0, 500 * seconds, 10_000)
      learned.handled(1, 1_000 * seconds, 20_000)
      learned.handled(70, 1_500 * seconds, 30_000)
    }
  }
  const soon = (tables: HandleTables, agent: number) => talkAt(tables.of(agent), 20.5, 7)

  it("knows quick and slow agents apart", () => {
    const learned = new Learned(expected, 22_000)
    const tables = new HandleTables(learned, slotsOf(22_000, 2_000))
    assert.strictEqual(tables.of(0), tables.of(70))
    work(learned, 300)
    assert.isAbove(soon(tables, 0), soon(tables, 1))
    assert.isAbove(soon(tables, 1), soon(tables, 70))
  })
  it("made when the campaign has learnt already know them from the start", () => {
    const learned = new Learned(expected, 22_000)
    work(learned, 300)
    const tables = new HandleTables(learned, slotsOf(22_000, 2_000))
    assert.isAbove(soon(tables, 0), soon(tables, 1))
    assert.isAbove(soon(tables, 1), soon(tables, 70))
  })
  it("know them after agents of higher numbers have come, and where nobody asked for a while", () => {
    const learned = new Learned(expected, 22_000)
    const tables = new HandleTables(learned, slotsOf(22_000, 2_000))
    work(learned, 300)
    learned.handled(2_000, 120_000, 20_000)
    assert.isAbove(soon(tables, 0), soon(tables, 1))
    assert.isAbove(soon(tables, 1), soon(tables, 70))
  })
})
