import { assert, describe, it } from "@effect/vitest"
import { PickupRate } from "../../../src/dialler/pacing/PickupRate.ts"
import { dialsForAgentsOnly, floorOf, place } from "./driving.ts"

describe("pickup rate", () => {
  it.each([
    { rate: 0.5, idle: 3, ringing: 2, calls: 4 },
    { rate: 0.25, idle: 1, ringing: 0, calls: 4 },
    { rate: 0.3, idle: 2, ringing: 0, calls: 7 },
    { rate: 0.5, idle: 0, ringing: 0, calls: 0 },
    { rate: 1, idle: 5, ringing: 1, calls: 4 },
    { rate: 0.5, idle: 1, ringing: 5, calls: 0 }
  ])("places $calls at a rate of $rate with $idle idle and $ringing ringing", ({ rate, idle, ringing, calls }) => {
    assert.strictEqual(place(new PickupRate(rate), floorOf({ idle, ringing })), calls)
  })
  it("places more for a lower rate", () => {
    const calls = [0.2, 0.4, 0.6, 0.8, 1].map((rate) => place(new PickupRate(rate), floorOf({ idle: 6 })))
    assert.deepStrictEqual(calls, [30, 15, 10, 8, 6])
  })
  dialsForAgentsOnly(() => new PickupRate(0.2))
})
