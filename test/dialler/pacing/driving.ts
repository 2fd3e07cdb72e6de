import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import { type Floor, type Policy, Seen } from "../../../src/dialler/pacing/Policy.ts"

export type FloorCounts = { -readonly [Count in keyof Floor]: Floor[Count] }

export const floorOf = (counts: Partial<Floor>): FloorCounts => ({
  now: 0,
  idle: 0,
  busy: 0,
  wrapping: 0,
  paused: 0,
  ringing: 0,
  waiting: 0,
  bridged: 0,
  ...counts
})

const asksMax = 10_000

/** Asks at one instant until the answer is no; every yes becomes a ringing call. Returns how many there were. */
export const place = (policy: Policy, floor: FloorCounts): number => {
  for (let placed = 0; placed < asksMax; placed += 1) {
    if (!policy.oneMore(floor, 0.25)) return placed
    floor.ringing += 1
    policy.saw(Seen.placed, floor.now)
  }
  return assert.fail(`still yes after ${asksMax} calls`)
}

/** Asks now and at every `askAt` up to an instant, while nothing happens. Returns the instants of the calls placed. */
export const placeUntil = (policy: Policy, floor: FloorCounts, until: number): ReadonlyArray<number> => {
  const instants: Array<number> = []
  for (;;) {
    const placed = place(policy, floor)
    for (let call = 0; call < placed; call += 1) instants.push(floor.now)
    if (policy.askAt > until) break
    assert.isAbove(policy.askAt, floor.now)
    floor.now = policy.askAt
  }
  floor.now = until
  return instants
}

/** Tells a policy of the same event so many times. */
export const sawTimes = (policy: Policy, what: number, times: number, now = 0): void => {
  for (let time = 0; time < times; time += 1) policy.saw(what, now)
}

const count = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))
const Step = Schema.Struct({
  millis: count(20_000),
  idle: count(20),
  busy: count(20),
  wrapping: count(5),
  paused: count(5),
  waiting: count(3),
  what: count(Seen.disposed),
  times: count(60)
})
const History = Schema.Array(Step).check(Schema.isMaxLength(30))

/** Plays a history; returns the calls placed at every step. */
const play = (policy: Policy, history: typeof History.Type): ReadonlyArray<number> => {
  const floor = floorOf({})
  return history.map(({ millis, what, times, ...counts }) => {
    Object.assign(floor, counts, { now: floor.now + millis, bridged: counts.busy, ringing: 0 })
    sawTimes(policy, what, times, floor.now)
    return place(policy, floor)
  })
}

/** What holds for every policy that dials for agents. */
export const dialsForAgentsOnly = (make: () => Policy): void => {
  it.prop("places nothing without agents, and a bounded number of calls with them", { history: History }, (values) => {
    const placed = play(make(), values.history)
    values.history.forEach(({ idle, busy, wrapping }, step) => {
      if (idle + busy + wrapping === 0) assert.strictEqual(placed[step], 0)
    })
  })
  it.prop("places the same calls when the same things happen", { history: History }, ({ history }) => {
    assert.deepStrictEqual(play(make(), history), play(make(), history))
  })
}
