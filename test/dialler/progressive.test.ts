import { describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

describe("progressive", () => {
  it("reserves the agent, then dials; connects at once; dials on after a call nobody took", () => {
    const floor = new TestFloor({ groups: team(1) })
    floor.signIn(0).expect("0 a0 ready", "0 a0 reserved", "0 dial c0")
    floor.at(3_000).fails("c0")
    floor.expect("3000 closed c0 busy", "3000 a0 ready", "3000 a0 reserved", "3000 dial c1")
    floor.at(9_000).answers("c1").expect("9000 a0 talk", "9000 connect c1 a0")
    floor.at(60_000).ends("c1").expect("60000 a0 wrap", "60000 wrapUp a0 c1")
    floor.at(70_000).wrapped(0)
    floor.expect("70000 closed c1 connected", "70000 a0 ready", "70000 a0 reserved", "70000 dial c2")
  })
  it("ends a call that rings to the limit and goes on with the next contact", () => {
    const floor = new TestFloor({ groups: team(1) })
    floor.signIn(0).said()
    floor.until(19_999).expect()
    floor
      .until(20_000)
      .expect("20000 hangUp c0", "20000 closed c0 no-answer", "20000 a0 ready", "20000 a0 reserved", "20000 dial c1")
  })
  it("gives the agent a fixed reading time first", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ readingMillis: 5_000 }] })
    floor.signIn(0).expect("0 a0 ready", "0 a0 preview")
    floor.until(4_999).expect()
    floor.until(5_000).expect("5000 a0 reserved", "5000 dial c0")
    floor.at(6_000).fails("c0").expect("6000 closed c0 busy", "6000 a0 ready", "6000 a0 preview")
  })
  it("reads, then rings the agent's phone, then the customer's", () => {
    const floor = new TestFloor({ groups: team(1, false), campaigns: [{ readingMillis: 5_000 }] })
    floor.signIn(0).expect("0 a0 ready", "0 a0 preview")
    floor.until(5_000).expect("5000 a0 reserved", "5000 ring a0 c0")
    floor.at(7_000).picksUp(0).expect("7000 dial c0")
    floor.at(9_000).answers("c0").expect("9000 a0 talk", "9000 connect c0 a0")
  })
  it("does not let detection listen: the agent is on the line already", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ detection: true }] })
    floor.signIn(0).at(2_000).answers("c0").said()
    floor.at(4_000).ends("c0", true).expect("4000 a0 wrap", "4000 wrapUp a0 c0")
    floor.wrapped(0).expectOf("closed", "4000 closed c0 machine")
  })
  it("never has more calls up than agents", () => {
    const floor = new TestFloor({ groups: team(3), campaigns: [{ contacts: 50 }] })
    floor.signIn(0, 1, 2).expectOf("dial", "0 dial c0", "0 dial c1", "0 dial c2")
    floor.until(19_999).expect()
  })
  it("puts a customer on hold and back without losing the time", () => {
    const floor = new TestFloor({ groups: team(1) })
    floor.signIn(0).at(2_000).answers("c0").said()
    floor.at(10_000).held("c0").expect("10000 a0 hold")
    floor.at(15_000).resumed("c0").expect("15000 a0 talk")
    floor.at(20_000).held("c0").at(21_000).ends("c0")
    floor.expect("20000 a0 hold", "21000 a0 wrap", "21000 wrapUp a0 c0")
  })
})
