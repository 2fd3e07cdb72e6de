import { assert, describe, it } from "@effect/vitest"
import { dropPercent, dropPercentUk } from "../../../src/dialler/pacing/vicidial/dropPercent.ts"
import { type DropFigures, type LevelRule, nextLevel } from "../../../src/dialler/pacing/vicidial/levelUpdate.ts"
import {
  dialableAgents,
  existingLines,
  goalLines,
  newCalls,
  type PlacingRule
} from "../../../src/dialler/pacing/vicidial/placing.ts"
import { roundDecimals, roundHalfEven } from "../../../src/dialler/pacing/vicidial/rounding.ts"
import { floorOf } from "./driving.ts"

const placing = (counts: Parameters<typeof floorOf>[0], rule: Partial<PlacingRule>) => {
  const floor = floorOf(counts)
  const full = { level: 1, availableOnly: false, agentsAdded: 0, busyLong: 0, ...rule }
  return {
    n: dialableAgents(floor, full),
    goal: goalLines(floor, full),
    exist: existingLines(floor, full),
    new: newCalls(floor, full)
  }
}

describe("VICIdial placing rule", () => {
  it("counts the bridged line into the level", () => {
    const counts = { busy: 10, bridged: 10 }
    assert.deepStrictEqual(placing(counts, { level: 1.5 }), { n: 10, goal: 15, exist: 10, new: 5 })
    assert.deepStrictEqual(placing(counts, { level: 3 }), { n: 10, goal: 30, exist: 10, new: 20 })
  })
  it("is progressive at level 1", () => {
    const counts = { idle: 4, busy: 6, bridged: 6 }
    assert.deepStrictEqual(placing(counts, { level: 1 }), { n: 10, goal: 10, exist: 6, new: 4 })
  })
  it("multiplies idle agents only under the available-only tally", () => {
    const rule = { level: 3, availableOnly: true }
    assert.deepStrictEqual(placing({ idle: 2, busy: 8, bridged: 8 }, rule), { n: 2, goal: 14, exist: 8, new: 6 })
    assert.deepStrictEqual(placing({ idle: 0, busy: 8, bridged: 8 }, rule), { n: 0, goal: 8, exist: 8, new: 0 })
  })
  it("leaves long calls out on both sides under the in-call tally", () => {
    const counts = { busy: 10, bridged: 10 }
    assert.deepStrictEqual(placing(counts, { level: 1.5, busyLong: 6 }), { n: 4, goal: 6, exist: 4, new: 2 })
  })
  it("keeps the lines when fewer exist than long calls", () => {
    assert.strictEqual(placing({ busy: 10, bridged: 4 }, { busyLong: 6 }).exist, 4)
  })
  it("rounds half a line to the even number", () => {
    assert.strictEqual(placing({ idle: 1 }, { level: 1.5 }).goal, 2)
    assert.strictEqual(placing({ idle: 3 }, { level: 1.5 }).goal, 4)
    assert.strictEqual(placing({ idle: 1 }, { level: 2.5 }).goal, 2)
    assert.deepStrictEqual([0, 0.5, 1.5, 2.4, 2.5, 2.6, 13.5].map(roundHalfEven), [0, 0, 2, 2, 2, 3, 14])
    assert.deepStrictEqual(
      [1.0625, 1.0635, 2.4004].map((value) => roundDecimals(value, 3)),
      [1.062, 1.064, 2.4]
    )
  })
  it("adds the difference target to the agents under CALLS_PLACED", () => {
    const counts = { busy: 10, bridged: 10 }
    assert.deepStrictEqual(placing(counts, { level: 1.5, agentsAdded: -1 }), { n: 9, goal: 14, exist: 10, new: 4 })
    assert.strictEqual(placing({ idle: 1 }, { agentsAdded: -2 }).n, 0)
  })
  it("counts ringing and queued calls as lines, and never places fewer than none", () => {
    assert.strictEqual(placing({ idle: 4, ringing: 2, waiting: 1 }, { level: 1 }).new, 1)
    assert.strictEqual(placing({ idle: 2, ringing: 5 }, { level: 1 }).new, 0)
  })
  it("does not dial for agents in wrap-up or on a break", () => {
    assert.strictEqual(placing({ wrapping: 3, paused: 2 }, { level: 3 }).new, 0)
  })
})

const quiet: DropFigures = { callsLastMinute: 0, dropsLastMinute: 0, callsToday: 0, dropPercentToday: 0 }
const defaults: LevelRule = {
  method: "hard-limit",
  levelMax: 3,
  intensity: 0,
  differenceTarget: 0,
  dropPercentMax: 3,
  taperEnd: 2100
}
const update = (options: {
  readonly level: number
  readonly idle?: number
  readonly queued?: number
  readonly rule?: Partial<LevelRule>
  readonly drops?: Partial<DropFigures>
  readonly clock?: number
}) =>
  nextLevel(
    options.level,
    { idle: options.idle ?? 0, queued: options.queued ?? 0, agents: 10 },
    { ...quiet, ...options.drops },
    options.clock ?? 1000,
    { ...defaults, ...options.rule }
  )
const over: Partial<DropFigures> = { callsToday: 51, dropPercentToday: 3.01 }

describe("VICIdial level update", () => {
  it.each([
    { intensity: 0, up: 2.4, down: 1.6 },
    { intensity: 20, up: 2.48, down: 1.68 },
    { intensity: -20, up: 2.32, down: 1.52 }
  ])("climbs to $up and falls to $down at intensity $intensity", ({ intensity, up, down }) => {
    assert.strictEqual(update({ level: 2, idle: 3, queued: 1, rule: { intensity } }), up)
    assert.strictEqual(update({ level: 2, queued: 2, rule: { intensity } }), down)
  })
  it("rests where the difference target is met", () => {
    assert.strictEqual(update({ level: 2.9, idle: 1, rule: { differenceTarget: -1 } }), 2.9)
  })
  it("stops at the maximum level, and at 1", () => {
    assert.strictEqual(update({ level: 2.9, idle: 5 }), 3)
    assert.strictEqual(update({ level: 1.1, queued: 5 }), 1)
  })
  it("stays when nobody is signed in", () => {
    assert.strictEqual(nextLevel(2, { idle: 0, queued: 3, agents: 0 }, quiet, 1000, defaults), 2)
  })
  it("halves after a minute with more than 20 calls and more than half of them dropped", () => {
    const minute = (callsLastMinute: number, dropsLastMinute: number) =>
      update({ level: 3, drops: { callsLastMinute, dropsLastMinute } })
    assert.strictEqual(minute(30, 16), 1.5)
    assert.strictEqual(minute(30, 15), 3)
    assert.strictEqual(minute(20, 16), 3)
    assert.strictEqual(minute(21, 16), 1.5)
  })
  it("cuts to 1 under the hard limit, with more than 50 calls and strictly over the limit", () => {
    assert.strictEqual(update({ level: 3, drops: over }), 1)
    assert.strictEqual(update({ level: 3, drops: { callsToday: 51, dropPercentToday: 3 } }), 3)
    assert.strictEqual(update({ level: 3, drops: { callsToday: 50, dropPercentToday: 3.01 } }), 3)
  })
  it("halves under the average method, so that the level never climbs while over the limit", () => {
    const average = (level: number) => update({ level, idle: 2, rule: { method: "average" }, drops: over })
    assert.strictEqual(average(3), 1.5)
    assert.strictEqual(average(1.5), 1)
  })
  it.each([
    { clock: 1059, level: 3 },
    { clock: 1100, level: 3 },
    { clock: 1630, level: 1.41 },
    { clock: 2030, level: 1 },
    { clock: 2130, level: 1 }
  ])("tapers level 3 to $level at $clock", ({ clock, level }) => {
    const tapered = update({ level: 3, clock, rule: { method: "tapered" }, drops: over })
    assert.closeTo(tapered, level, 1e-12)
  })
  it("does not taper within the limit", () => {
    assert.strictEqual(update({ level: 3, clock: 2030, rule: { method: "tapered" } }), 3)
  })
})

describe("VICIdial drop percentage", () => {
  it("is drops per hundred answers, to two decimals", () => {
    assert.strictEqual(dropPercent(1, 3), 33.33)
    assert.strictEqual(dropPercent(0, 0), 0)
    assert.strictEqual(dropPercent(3, 100), 3)
  })
  it("leaves the machines' share of the drops out under the UK option", () => {
    assert.strictEqual(dropPercentUk(29, 9, 7), 64.44)
    assert.strictEqual(dropPercentUk(5, 95, 0), 5)
    assert.strictEqual(dropPercentUk(0, 0, 0), 0)
  })
})
