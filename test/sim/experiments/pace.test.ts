import { assert, describe, it } from "@effect/vitest"
import { Pace, teamKind } from "../../../sim/experiments/Pace.ts"

describe("the pace of an experiment", () => {
  it("tells the time left from what each kind of shift costs", () => {
    const pace = new Pace()
    pace.expect([
      { kind: "cheap", shifts: 10 },
      { kind: "dear", shifts: 4 }
    ])
    assert.strictEqual(pace.shiftsLeft, 14)
    assert.isNull(pace.millisLeft)
    pace.ran("cheap", 5, 50)
    assert.isNull(pace.millisLeft)
    pace.ran("dear", 1, 1_000)
    assert.strictEqual(pace.millisLeft, 5 * 10 + 3 * 1_000)
    assert.deepStrictEqual([pace.done, pace.shiftsLeft], [6, 8])
  })
  it("never goes below nothing, and forgets what is expected no more", () => {
    const pace = new Pace()
    pace.expect([{ kind: "cheap", shifts: 2 }])
    pace.ran("cheap", 5, 50)
    assert.deepStrictEqual([pace.done, pace.shiftsLeft, pace.millisLeft], [5, 0, 0])
    pace.expect([
      { kind: "cheap", shifts: 1 },
      { kind: "cheap", shifts: 2 }
    ])
    assert.strictEqual(pace.millisLeft, 30)
    pace.expect([])
    assert.strictEqual(pace.millisLeft, 0)
  })
  it("takes other teams for as cheap as the cheapest until one has been seen", () => {
    const pace = new Pace()
    pace.expect([{ kind: teamKind, shifts: 3 }])
    pace.ran("cheap", 1, 10)
    pace.ran("dear", 2, 200)
    assert.strictEqual(pace.millisLeft, 30)
    pace.ran(teamKind, 1, 20)
    assert.strictEqual(pace.millisLeft, 40)
  })
})
