import { assert, describe, it } from "@effect/vitest"
import { FixedRatio } from "../../../src/dialler/pacing/FixedRatio.ts"
import { dialsForAgentsOnly, floorOf, place } from "./driving.ts"

const placed = (linesPerAgent: number, idle: number, ringing: number) =>
  place(new FixedRatio(linesPerAgent), floorOf({ idle, ringing }))

describe("fixed ratio", () => {
  it.each([
    { linesPerAgent: 1, idle: 3, ringing: 0, calls: 3 },
    { linesPerAgent: 1, idle: 3, ringing: 2, calls: 1 },
    { linesPerAgent: 1, idle: 3, ringing: 4, calls: 0 },
    { linesPerAgent: 1.5, idle: 3, ringing: 1, calls: 3 },
    { linesPerAgent: 2, idle: 10, ringing: 5, calls: 15 },
    { linesPerAgent: 2.06, idle: 10, ringing: 0, calls: 20 },
    { linesPerAgent: 3, idle: 0, ringing: 0, calls: 0 }
  ])("places $calls with $linesPerAgent lines per agent, $idle idle, $ringing ringing", (row) => {
    assert.strictEqual(placed(row.linesPerAgent, row.idle, row.ringing), row.calls)
  })
  it("adds a line at 1.25 only from four idle agents up, and again from eight", () => {
    const calls = [1, 2, 3, 4, 5, 6, 7, 8].map((idle) => placed(1.25, idle, 0))
    assert.deepStrictEqual(calls, [1, 2, 3, 5, 6, 7, 8, 10])
  })
  it("does not look at agents who are busy", () => {
    assert.strictEqual(place(new FixedRatio(3), floorOf({ busy: 10, bridged: 10, wrapping: 4 })), 0)
  })
  dialsForAgentsOnly(() => new FixedRatio(2.5))
})
