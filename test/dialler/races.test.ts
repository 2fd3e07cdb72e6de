import { assert, describe, it } from "@effect/vitest"
import { CallFlag } from "../../src/dialler/CallTable.ts"
import { team, TestFloor } from "./TestFloor.ts"

const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const power = (linesPerAgent: number, agents: number, options = {}) =>
  new TestFloor({
    groups: team(agents),
    campaigns: [{ mode: "predictive", pacing: ratio(linesPerAgent), contacts: 20 }],
    ...options
  })

describe("races", () => {
  it("records an answer that crossed our hang-up at the ring limit as abandoned and silent", () => {
    const floor = power(1, 1, { confirms: false })
    floor.signIn(0).until(20_000).expect("0 a0 ready", "0 dial c0", "20000 hangUp c0")
    floor.at(20_100).answers("c0").expect()
    assert.strictEqual(floor.dialler.calls.answeredAt[floor.slot("c0")], 20_100)
    floor.at(20_200).answers("c0").ends("c0").expect("20200 closed c0 abandoned silent", "20200 dial c1")
  })
  it("records the same for a call taken back", () => {
    const floor = power(1, 1, { confirms: false })
    floor.signIn(0).at(1_000).pauses(0).until(16_000).expectOf("hangUp", "15000 hangUp c0")
    floor.at(16_050).answers("c0").ends("c0").expectOf("closed", "16050 closed c0 abandoned silent")
  })
  it("records it for a reserved agent too, who then goes on", () => {
    const floor = new TestFloor({ groups: team(1), confirms: false })
    floor.signIn(0).until(20_000).said()
    floor.at(20_100).answers("c0").ends("c0")
    floor.expect("20100 closed c0 abandoned silent", "20100 a0 ready", "20100 a0 reserved", "20100 dial c1")
  })
  it("keeps a failure that crosses the hang-up what it was: nobody answered", () => {
    const floor = power(1, 1, { confirms: false })
    floor.signIn(0).until(20_000).at(20_010).fails("c0", "busy")
    floor.expectOf("closed", "20010 closed c0 no-answer")
  })
  it("connects an answer at the very instant of the ring limit", () => {
    const floor = power(1, 1)
    floor.signIn(0).at(20_000).answers("c0").until(20_000)
    floor.expectOf("connect", "20000 connect c0 a0")
  })
  it("connects when an agent is free at the very instant of the wait limit: events come before timers", () => {
    const floor = power(2, 1)
    floor.signIn(0).at(1_000).answers("c0").at(2_000).answers("c1").at(3_500).ends("c0").said()
    floor.at(4_000).wrapped(0).until(4_000).expectOf("connect", "4000 connect c1 a0")
  })
  it("connects when it is the end of a limited wrap-up that frees the agent at that instant", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [{ mode: "predictive", pacing: ratio(2), wrapMillisMax: 500, contacts: 9 }]
    })
    floor.signIn(0).at(1_000).answers("c0").at(2_000).answers("c1").at(3_500).ends("c0").said()
    floor.until(4_000).expectOf("connect", "4000 connect c1 a0")
  })
  it("connects even if the wrap-up is of a campaign whose turn comes later", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [
        { name: "x", mode: "predictive", contacts: 1, priority: 1 },
        { name: "y", mode: "predictive", contacts: 1, wrapMillisMax: 500 }
      ]
    })
    floor
      .signIn(0)
      .at(10)
      .does((dialler, now) => dialler.change(1, "predictive", ratio(2), now))
    floor.at(1_000).answers("y:c0").at(2_000).answers("x:c0").at(3_500).ends("y:c0").said()
    floor.until(4_000).expectOf("connect", "4000 connect x:c0 a0")
  })
  it("frees the agent when the customer hangs up at the instant the agent picks up, whichever comes first", () => {
    const ringing = () => {
      const floor = new TestFloor({ groups: team(1, false), campaigns: [{ mode: "predictive", contacts: 1 }] })
      floor.signIn(0).at(2_000).answers("c0").at(4_000).said()
      return floor
    }
    ringing().ends("c0").picksUp(0).expect("4000 release a0", "4000 closed c0 hung-up-waiting", "4000 a0 ready")
    const late = ringing().picksUp(0).ends("c0")
    late.expect("4000 a0 talk", "4000 connect c0 a0", "4000 a0 wrap", "4000 wrapUp a0 c0")
  })
  it("takes a person as served who hangs up at the instant of the abandonment, and only once", () => {
    const floor = power(2, 1, { confirms: false })
    floor.signIn(0).at(1_000).answers("c0").at(2_000).answers("c1").until(4_000).said()
    floor.ends("c1").ends("c1").expectOf("closed", "4000 closed c1 abandoned silent")
    const other = power(2, 1)
    other.signIn(0).at(1_000).answers("c0").at(2_000).answers("c1").at(4_000).said()
    other.ends("c1").until(4_000).expectOf("closed", "4000 closed c1 hung-up-waiting")
  })
  it("hears every event once", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ contacts: 1 }] })
    floor.signIn(0).at(1_000).answers("c0").answers("c0").rings("c0").fails("c0")
    floor.expectOf("connect", "1000 connect c0 a0")
    floor.at(2_000).ends("c0").ends("c0").answers("c0").held("c0").resumed("c0").fails("c0")
    floor.expect("2000 a0 wrap", "2000 wrapUp a0 c0")
    floor.wrapped(0).wrapped(0).expect("2000 closed c0 connected", "2000 a0 ready")
    floor.ends("c0").answers("c0").fails("c0").detects("c0", true).hears("c0", true).rings("c0").expect()
    assert.strictEqual(floor.callsUp, 0)
  })
  it("ends a wrap-up at its limit, and not one that was over before", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ wrapMillisMax: 5_000, contacts: 2 }] })
    floor.signIn(0).at(1_000).answers("c0").at(2_000).ends("c0").said()
    floor.until(6_999).expect()
    floor.until(7_000).expect("7000 closed c0 connected", "7000 a0 ready", "7000 a0 reserved", "7000 dial c1")
    floor.at(8_000).answers("c1").at(9_000).ends("c1").at(10_000).wrapped(0).until(60_000)
    floor.expectOf("closed", "10000 closed c1 connected")
  })
  it("ends no talk for a wait limit, wrap limit or ring limit of an earlier call in the same slot", () => {
    const floor = power(2, 1)
    floor.signIn(0).at(1_000).answers("c0").at(2_000).answers("c1").at(2_100).ends("c1").at(2_200).ends("c0").wrapped(0)
    const slot = floor.slot("c0")
    floor.at(2_300).answers("c2").until(60_000)
    assert.strictEqual(floor.dialler.calls.state[slot], floor.dialler.calls.state[floor.slot("c2")])
    floor.expectOf("connect", "1000 connect c0 a0", "2300 connect c2 a0")
  })
  it("starts the ring limit at the first ringing where the trunk reports it", () => {
    const floor = new TestFloor({ groups: team(1), trunk: { ringingReported: true } })
    floor.signIn(0).at(3_000).rings("c0").at(3_500).rings("c0").said()
    floor.until(22_999).expect()
    floor.until(23_000).expectOf("closed", "23000 closed c0 no-answer")
  })
  it("takes an answer without ringing as well", () => {
    const floor = new TestFloor({ groups: team(1), trunk: { ringingReported: true } })
    floor.signIn(0).at(3_000).answers("c0").rings("c0").until(60_000)
    floor.expectOf("connect", "3000 connect c0 a0")
  })
  it("keeps what a driver knows of a call out of the next call in its slot", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ contacts: 2 }] })
    floor.signIn(0)
    const slot = floor.slot("c0")
    floor.dialler.calls.flags[slot] |= CallFlag.machineFalse
    floor.at(1_000).fails("c0")
    assert.strictEqual(floor.slot("c1"), slot)
    assert.strictEqual(floor.dialler.calls.flags[slot] & CallFlag.machineFalse, 0)
  })
})
