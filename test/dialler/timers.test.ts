import { assert, describe, it } from "@effect/vitest"
import { TestFloor, team } from "./TestFloor.ts"

const retrySoon = { busy: { delayMillis: 60_000, attemptsMax: 3 } }

describe("timers", () => {
  it("do not ask for the same instant for ever when the only agent is on a break as a retry falls due", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ contacts: 1, retry: retrySoon }] })
    floor.signIn(0).at(1_000).fails("c0").at(2_000).pauses(0).until(70_000)
    assert.strictEqual(floor.dialler.nextTimerAt, Number.POSITIVE_INFINITY)
    floor.said()
    floor.at(80_000).returns(0).expect("80000 a0 ready", "80000 a0 reserved", "80000 dial c0")
  })
  it("do not either when a predictive campaign has nobody at work, or was paused", () => {
    const floor = new TestFloor({ campaigns: [{ mode: "predictive", contacts: 1, retry: retrySoon }] })
    floor.signIn(0, 1).at(1_000).fails("c0").at(2_000).pauses(0).pauses(1).until(70_000)
    floor.said()
    floor.at(80_000).does((dialler, now) => dialler.pause(0, now))
    floor.returns(0).until(90_000).expect("80000 a0 ready")
    floor.does((dialler, now) => dialler.resume(0, now)).expect("90000 dial c0")
  })
})
