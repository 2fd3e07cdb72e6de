import { assert, describe, it } from "@effect/vitest"
import { EventWindow } from "../../../src/dialler/pacing/EventWindow.ts"
import { Bound, Seen } from "../../../src/dialler/pacing/Policy.ts"
import { AdjustController, inDial, Unicom } from "../../../src/dialler/pacing/Unicom.ts"
import { dialsForAgentsOnly, floorOf, place, placeUntil, sawTimes } from "./driving.ts"

const nine = 540
const unicom = (adjust: number, silentTarget: number | null = null, startMinutes = nine) =>
  new Unicom({ kind: "unicom", adjust, silentTarget }, startMinutes)
const sawAttempts = (policy: Unicom, attempts: number, answered: number, now = 0) => {
  sawTimes(policy, Seen.answered, answered, now)
  sawTimes(policy, Seen.failed, attempts - answered, now)
}

describe("Predict2", () => {
  it.each([
    { waiting: 10, attempts: 1000, answered: 300, adjust: 0, aim: 10, calls: 10 },
    { waiting: 10, attempts: 1000, answered: 300, adjust: 100, aim: 100 / 3, calls: 33 },
    { waiting: 10, attempts: 1000, answered: 300, adjust: 150, aim: 45, calls: 45 },
    { waiting: 4, attempts: 500, answered: 100, adjust: 150, aim: 28, calls: 28 }
  ])("aims at $aim lines for $waiting interviewers at adjust $adjust", (row) => {
    assert.closeTo(inDial(row.waiting, row.attempts, row.answered, row.adjust), row.aim, 1e-9)
    const policy = unicom(row.adjust)
    sawAttempts(policy, row.attempts, row.answered)
    assert.strictEqual(place(policy, floorOf({ idle: row.waiting })), row.calls)
  })
  it("fills one over the answer rate at adjust 100", () => {
    assert.strictEqual(inDial(10, 200, 50, 100), (10 * 200) / 50)
  })
  it("subtracts the calls that ring", () => {
    const policy = unicom(150)
    sawAttempts(policy, 1000, 300)
    assert.strictEqual(place(policy, floorOf({ idle: 10, ringing: 20 })), 25)
    assert.strictEqual(place(policy, floorOf({ idle: 10, ringing: 50 })), 0)
  })
  it("gives one line each until ten attempts were answered, however long that takes", () => {
    const policy = unicom(150)
    sawAttempts(policy, 89, 9)
    assert.strictEqual(place(policy, floorOf({ idle: 4, now: 800_000 })), 4)
    policy.saw(Seen.answered, 800_000)
    assert.strictEqual(place(policy, floorOf({ idle: 4, now: 800_000 })), 52)
  })
  it("forgets attempts after 900 s", () => {
    const policy = unicom(100)
    sawAttempts(policy, 1000, 100)
    sawAttempts(policy, 40, 20, 600_000)
    assert.strictEqual(place(policy, floorOf({ idle: 4, now: 899_999 })), Math.floor((4 * 1040) / 120))
    assert.strictEqual(place(policy, floorOf({ idle: 4, now: 900_000 })), 8)
    assert.strictEqual(place(policy, floorOf({ idle: 4, now: 1_500_000 })), 4)
  })
  it("is asked every 0.5 s while someone is signed in", () => {
    const policy = unicom(150)
    const floor = floorOf({ paused: 1 })
    place(policy, floor)
    assert.strictEqual(policy.askAt, 500)
    Object.assign(floor, { now: 500, paused: 0 })
    place(policy, floor)
    assert.strictEqual(policy.askAt, Number.POSITIVE_INFINITY)
  })
  it("knows no day limit while adjust is fixed", () => {
    const policy = unicom(100)
    sawAttempts(policy, 200, 100)
    sawTimes(policy, Seen.abandoned, 50)
    assert.strictEqual(place(policy, floorOf({ idle: 4 })), 8)
  })
  dialsForAgentsOnly(() => unicom(150))
})

describe("adjust controller", () => {
  it("takes the error in percentage points", () => {
    const controller = new AdjustController(150, 0.025)
    controller.update(0, 100)
    assert.closeTo(controller.adjust, 150 + 2 * 2.5 + 0.05 * 2.5, 1e-9)
    controller.update(4, 100)
    assert.closeTo(controller.adjust, 150 - 2 * 1.5 + 0.05 * (2.5 - 1.5), 1e-9)
  })
  it("holds the integral at a bound, and leaves the bound with the first error that leads back", () => {
    const controller = new AdjustController(10, 0.025)
    for (let update = 0; update < 1_000; update += 1) controller.update(20, 100)
    assert.strictEqual(controller.adjust, 0)
    for (let update = 0; update < 20; update += 1) controller.update(0, 100)
    assert.isAbove(controller.adjust, 0)

    const upper = new AdjustController(1_000, 0.025)
    for (let update = 0; update < 1_000; update += 1) upper.update(0, 100)
    assert.strictEqual(upper.adjust, 1_000)
    upper.update(5, 100)
    assert.isBelow(upper.adjust, 1_000)
  })
  it("starts again from one line each after it was overridden", () => {
    const controller = new AdjustController(150, 0.025)
    controller.overridden()
    assert.strictEqual(controller.adjust, 0)
    controller.update(2.5, 100)
    assert.strictEqual(controller.adjust, 0)
    controller.update(0, 100)
    assert.closeTo(controller.adjust, 2 * 2.5 + 0.05 * 2.5, 1e-9)
  })
})

describe("Predict1PI", () => {
  const floor = () => floorOf({ idle: 10 })
  it("updates adjust every 10 s", () => {
    const policy = unicom(150, 0.025)
    sawAttempts(policy, 400, 100)
    const seen = floor()
    placeUntil(policy, seen, 9_999)
    assert.closeTo(policy.adjust, 155.125, 1e-9)
    placeUntil(policy, seen, 10_000)
    assert.closeTo(policy.adjust, 155.25, 1e-9)
  })
  it("does not take calls in progress for abandoned ones", () => {
    const policy = unicom(150, 0.025)
    sawAttempts(policy, 400, 100)
    sawTimes(policy, Seen.connected, 40)
    place(policy, floor())
    assert.isAbove(policy.adjust, 150)
    assert.strictEqual(policy.bound, Bound.ratio)
  })
  it("counts people who hung up while they waited among the silent calls", () => {
    const policy = unicom(150, 0.025)
    sawAttempts(policy, 400, 100)
    sawTimes(policy, Seen.hungUpWaiting, 3)
    place(policy, floor())
    assert.closeTo(policy.adjust, 150 - 2 * 0.5 - 0.05 * 0.5, 1e-9)
  })
  it("gives one line each while over 3 % of the day's answers were silent, and only then", () => {
    const policy = unicom(100, 0.025)
    sawAttempts(policy, 400, 100)
    sawTimes(policy, Seen.abandoned, 3)
    assert.isAbove(place(policy, floor()), 30)
    policy.saw(Seen.abandoned, 0)
    assert.strictEqual(place(policy, floor()), 10)
    assert.strictEqual(policy.bound, Bound.budget)
    assert.strictEqual(place(policy, floorOf({ idle: 10, now: 500 })), 10)
    assert.strictEqual(policy.adjust, 0)
    sawTimes(policy, Seen.answered, 66, 600)
    placeUntil(policy, floorOf({ idle: 10, now: 600 }), 60_000)
    assert.closeTo(policy.adjust, (2 + 0.05 * 6) * (2.5 - 400 / 166), 1e-9)
  })
  it("starts the day's count at midnight", () => {
    const policy = unicom(100, 0.025, 23 * 60 + 59)
    sawAttempts(policy, 400, 100)
    sawTimes(policy, Seen.abandoned, 4)
    const seen = floor()
    assert.strictEqual(place(policy, seen), 10)
    placeUntil(policy, seen, 59_999)
    assert.strictEqual(policy.bound, Bound.budget)
    placeUntil(policy, seen, 60_000)
    assert.strictEqual(policy.bound, Bound.ratio)
  })
  dialsForAgentsOnly(() => unicom(150, 0.025))
})

describe("event window", () => {
  it("keeps the events of the last seconds, also across long gaps", () => {
    const window = new EventWindow(3)
    window.add(0)
    window.add(1_500)
    window.add(1_999)
    const counts = [2_999, 3_000, 3_999, 4_000].map((now) => window.count(now))
    assert.deepStrictEqual(counts, [3, 2, 2, 0])
    window.add(5_000)
    assert.strictEqual(window.count(1_000_000), 0)
    window.add(1_000_000)
    assert.strictEqual(window.count(1_000_000), 1)
  })
})
