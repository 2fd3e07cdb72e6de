import { assert, describe, it } from "@effect/vitest"
import { Bound, Seen } from "../../../src/dialler/pacing/Policy.ts"
import { clockNumber, midnightAfter } from "../../../src/dialler/pacing/vicidial/clock.ts"
import { DropStatistics } from "../../../src/dialler/pacing/vicidial/DropStatistics.ts"
import { Vicidial } from "../../../src/dialler/pacing/Vicidial.ts"
import type { VicidialSettings } from "../../../src/domain/Pacing.ts"
import { dialsForAgentsOnly, floorOf, place, placeUntil, sawTimes } from "./driving.ts"

const nine = 540
const vicidial = (settings: Partial<VicidialSettings> = {}, startMinutes = nine) =>
  new Vicidial(
    {
      kind: "vicidial",
      method: "ratio",
      level: 1,
      levelMax: 3,
      dropLimit: 0.03,
      availableOnly: false,
      intensity: 0,
      differenceTarget: 0,
      taperEnd: 2100,
      ...settings
    },
    startMinutes
  )
/** Over the limit of 3 %, and enough calls to act: 4 drops of 104 answers. */
const exceedLimit = (policy: Vicidial, now = 0) => {
  sawTimes(policy, Seen.answered, 104, now)
  sawTimes(policy, Seen.abandoned, 4, now)
  sawTimes(policy, Seen.disposed, 100, now)
}

describe("VICIdial placing passes", () => {
  it("places the calls of a pass 200 ms apart and pauses 2.5 s", () => {
    const policy = vicidial({ level: 1.5 })
    const floor = floorOf({ idle: 2 })
    assert.deepStrictEqual(placeUntil(policy, floor, 600), [0, 200, 400])
    assert.strictEqual(policy.askAt, 600 + 2_500)
    floor.idle = 4
    assert.deepStrictEqual(placeUntil(policy, floor, 10_000), [3_100, 3_300, 3_500])
  })
  it("makes a pass of 30 calls last 8.5 s", () => {
    const policy = vicidial({ level: 3 })
    assert.strictEqual(placeUntil(policy, floorOf({ idle: 10 }), 6_000).length, 30)
    assert.strictEqual(policy.askAt, 8_500)
  })
  it("places nothing between passes, whatever happens", () => {
    const policy = vicidial()
    const floor = floorOf({ idle: 1, ringing: 1 })
    assert.strictEqual(place(policy, floor), 0)
    Object.assign(floor, { now: 2_499, ringing: 0, idle: 9 })
    assert.strictEqual(place(policy, floor), 0)
    floor.now = 2_500
    assert.strictEqual(place(policy, floor), 1)
  })
  it("goes on with a pass although its agents have become busy", () => {
    const policy = vicidial({ level: 2 })
    const floor = floorOf({ idle: 2 })
    place(policy, floor)
    Object.assign(floor, { idle: 0, busy: 2, bridged: 2, ringing: 9 })
    assert.deepStrictEqual(placeUntil(policy, floor, 2_000), [200, 400, 600])
  })
  it("gives a pass up when its agents have gone, or when it was held up too long", () => {
    const left = vicidial({ level: 2 })
    const floor = floorOf({ idle: 2 })
    place(left, floor)
    Object.assign(floor, { idle: 0, paused: 2 })
    assert.deepStrictEqual(placeUntil(left, floor, 2_000), [])

    const held = vicidial({ level: 2 })
    const full = floorOf({ idle: 2 })
    place(held, full)
    Object.assign(full, { now: 60_000, ringing: 4 })
    assert.strictEqual(place(held, full), 0)
  })
  it("asks for nothing while nobody is signed in, and starts again with the next agent", () => {
    const policy = vicidial({ method: "average" })
    const floor = floorOf({})
    assert.strictEqual(place(policy, floor), 0)
    assert.deepStrictEqual([policy.askAt, policy.bound], [Number.POSITIVE_INFINITY, Bound.agents])
    Object.assign(floor, { now: 7_000, idle: 1 })
    assert.strictEqual(place(policy, floor), 1)
    assert.strictEqual(policy.askAt, 8_000)
  })
  it("dials for idle agents only under the available-only tally", () => {
    const floor = floorOf({ idle: 2, busy: 8, bridged: 8 })
    assert.strictEqual(placeUntil(vicidial({ level: 3, availableOnly: true }), floor, 2_000).length, 6)
  })
  it("keeps its level under the ratio method", () => {
    const policy = vicidial({ level: 1.5 })
    exceedLimit(policy)
    placeUntil(policy, floorOf({ idle: 5 }), 120_000)
    assert.strictEqual(policy.level, 1.5)
  })
})

describe("VICIdial adaptive methods", () => {
  it("moves the level every 15 s by the means of the last 15 samples", () => {
    const policy = vicidial({ method: "hard-limit", level: 2, levelMax: 9 })
    const floor = floorOf({ idle: 3, busy: 7, bridged: 7, waiting: 1 })
    placeUntil(policy, floor, 14_999)
    assert.strictEqual(policy.level, 2)
    placeUntil(policy, floor, 15_000)
    assert.strictEqual(policy.level, 2.4)
    // Samples at 16 to 22 s see two idle agents net, those at 23 to 30 s two waiting customers.
    placeUntil(policy, floor, 22_500)
    Object.assign(floor, { idle: 0, busy: 10, bridged: 10, waiting: 2 })
    placeUntil(policy, floor, 30_000)
    assert.strictEqual(policy.level, 2.368)
  })
  it("forgets its samples but keeps to its passes when everyone signs out and somebody signs in again", () => {
    const policy = vicidial({ method: "average", level: 2 })
    const floor = floorOf({ busy: 2, bridged: 2, ringing: 2, waiting: 4 })
    placeUntil(policy, floor, 3_000)
    Object.assign(floor, { now: 4_000, busy: 0, bridged: 0, ringing: 0, waiting: 0 })
    assert.strictEqual(place(policy, floor), 0)
    Object.assign(floor, { now: 4_500, idle: 5 })
    assert.deepStrictEqual(placeUntil(policy, floor, 5_300), [5_000, 5_200])
    placeUntil(policy, floor, 19_500)
    assert.strictEqual(policy.level, 3)
  })
  it("counts agents in wrap-up and on a break as signed in, but does not dial for them", () => {
    const policy = vicidial({ method: "average", level: 2 })
    const floor = floorOf({ idle: 2, busy: 3, bridged: 3, wrapping: 3, paused: 2 })
    assert.strictEqual(placeUntil(policy, floor, 14_000).length, 7)
    placeUntil(policy, floor, 15_000)
    assert.strictEqual(policy.level, 2.4)
  })
  it("reaches level 1 under the hard limit with the refresh of the statistics, every 60 s", () => {
    const policy = vicidial({ method: "hard-limit", level: 2 })
    const floor = floorOf({ busy: 10, bridged: 10 })
    place(policy, floor)
    exceedLimit(policy)
    placeUntil(policy, floor, 59_999)
    assert.strictEqual(policy.level, 2)
    placeUntil(policy, floor, 60_000)
    assert.strictEqual(policy.level, 1)
  })
  it("tapers by the clock, and back to 1 after the end", () => {
    const floor = () => floorOf({ busy: 10, bridged: 10 })
    const levelAfter15Seconds = (startMinutes: number) => {
      const policy = vicidial({ method: "tapered", level: 3 }, startMinutes)
      exceedLimit(policy)
      placeUntil(policy, floor(), 15_000)
      return policy.level
    }
    assert.closeTo(levelAfter15Seconds(16 * 60 + 30), 1.41, 1e-12)
    assert.strictEqual(levelAfter15Seconds(21 * 60 + 30), 1)
  })
})

describe("VICIdial drop statistics", () => {
  it("counts a handled call as an answer only when it has been filed", () => {
    const statistics = new DropStatistics(nine)
    for (let call = 0; call < 4; call += 1) statistics.saw(Seen.answered, 1_000)
    statistics.saw(Seen.abandoned, 2_000)
    for (let call = 0; call < 3; call += 1) statistics.saw(Seen.connected, 2_000)
    statistics.refresh(3_000)
    assert.deepStrictEqual([statistics.callsToday, statistics.dropPercentToday], [4, 100])
    for (let call = 0; call < 3; call += 1) statistics.saw(Seen.disposed, 60_000)
    statistics.refresh(61_000)
    assert.strictEqual(statistics.dropPercentToday, 25)
  })
  it("counts a person who hangs up while waiting as a drop", () => {
    const statistics = new DropStatistics(nine)
    statistics.saw(Seen.answered, 0)
    statistics.saw(Seen.hungUpWaiting, 900)
    statistics.refresh(1_000)
    assert.strictEqual(statistics.dropPercentToday, 100)
  })
  it("stands still between refreshes, and looks one minute back for calls and drops", () => {
    const statistics = new DropStatistics(nine)
    for (let second = 0; second < 100; second += 1) statistics.saw(Seen.failed, second * 1_000)
    statistics.saw(Seen.abandoned, 20_000)
    assert.strictEqual(statistics.callsToday, 0)
    statistics.refresh(99_000)
    assert.deepStrictEqual([statistics.callsLastMinute, statistics.callsToday], [60, 100])
    assert.strictEqual(statistics.dropsLastMinute, 0)
  })
  it("starts again at midnight", () => {
    const statistics = new DropStatistics(23 * 60 + 59)
    statistics.saw(Seen.answered, 0)
    statistics.saw(Seen.abandoned, 59_999)
    statistics.refresh(59_999)
    assert.deepStrictEqual([statistics.callsToday, statistics.dropPercentToday], [1, 100])
    statistics.refresh(60_000)
    assert.deepStrictEqual([statistics.callsToday, statistics.dropPercentToday], [0, 0])
  })
  it("reads the clock as hours and minutes", () => {
    assert.deepStrictEqual(
      [clockNumber(nine, 0), clockNumber(nine, 5_459_999), clockNumber(nine, 5_460_000)],
      [900, 1030, 1031]
    )
    assert.strictEqual(clockNumber(23 * 60 + 59, 60_000), 0)
    assert.strictEqual(midnightAfter(23 * 60, 0), 3_600_000)
    assert.strictEqual(midnightAfter(23 * 60, 3_600_000), 25 * 3_600_000)
  })
})

describe("VICIdial ratio", () => {
  dialsForAgentsOnly(() => vicidial({ level: 3 }))
})
describe("VICIdial average, available only", () => {
  dialsForAgentsOnly(() => vicidial({ method: "average", availableOnly: true, differenceTarget: 2 }))
})
describe("VICIdial tapered", () => {
  dialsForAgentsOnly(() => vicidial({ method: "tapered" }))
})
