import { describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const predictive = (agents: number, settings = {}) =>
  new TestFloor({
    groups: team(agents, false),
    campaigns: [{ mode: "predictive", pacing: ratio(2), contacts: 9, ...settings }]
  })

describe("agents whose phones ring", () => {
  it("are rung before the customer in a mode that holds an agent for each call", () => {
    const floor = new TestFloor({ groups: team(1, false) })
    floor.signIn(0).expect("0 a0 ready", "0 a0 reserved", "0 ring a0 c0")
    floor.at(2_500).picksUp(0).expect("2500 dial c0")
    floor.at(9_000).answers("c0").expect("9000 a0 talk", "9000 connect c0 a0")
  })
  it("go on a break when they miss it; the contact goes to the next free agent at once", () => {
    const floor = new TestFloor({ groups: team(2, false), campaigns: [{ contacts: 1 }] })
    floor.signIn(0, 1).expect("0 a0 ready", "0 a0 reserved", "0 ring a0 c0", "0 a1 ready")
    floor.at(15_000).misses(0).until(15_000)
    floor.expect("15000 a0 paused", "15000 a1 reserved", "15000 ring a1 c0")
    floor.at(16_000).picksUp(1).expect("16000 dial c0")
  })
  it("leave the customer to the next agent, on the same clock, when they miss a call of a person who waits", () => {
    const floor = predictive(2, { dropMillis: 8_000 })
    floor.signIn(0, 1).at(4_000).answers("c0").expectOf("ring", "4000 ring a0 c0")
    floor.at(7_000).misses(0).expect("7000 a0 paused", "7000 a1 reserved", "7000 ring a1 c0")
    floor.until(11_999).expect()
    floor.until(12_000)
    floor.expect("12000 release a1", "12000 hangUp c0", "12000 a1 ready", "12000 closed c0 abandoned silent")
  })
  it("leave the customer waiting when nobody is free", () => {
    const floor = predictive(1)
    floor.signIn(0).at(4_000).answers("c0").said()
    floor.at(5_000).misses(0).expect("5000 a0 paused")
    floor.at(5_500).returns(0).expectOf("ring", "5500 ring a0 c0")
    floor.at(5_900).picksUp(0).expect("5900 a0 talk", "5900 connect c0 a0")
  })
  it("lose the customer at the wait limit to an agent who can take the call at once", () => {
    const floor = new TestFloor({
      groups: [
        { name: "home", agents: 1, alwaysOn: false },
        { name: "office", agents: 1, alwaysOn: true }
      ],
      campaigns: [{ mode: "predictive", groups: ["home", "office"], contacts: 1 }]
    })
    floor.signIn(0).at(3_000).answers("c0").at(4_000).signIn(1).said()
    floor.until(5_000).expect("5000 release a0", "5000 a1 talk", "5000 connect c0 a1", "5000 a0 ready")
  })
  it("keep the turn of a customer whose agent missed the call", () => {
    const floor = predictive(1, { dropMillis: 60_000, pacing: ratio(3) })
    floor.signIn(0).at(4_000).answers("c0").at(5_000).answers("c1").at(6_000).misses(0).returns(0)
    floor.expectOf("ring", "4000 ring a0 c0", "6000 ring a0 c0")
    floor.at(7_000).picksUp(0).ends("c0").wrapped(0).expectOf("ring", "7000 ring a0 c1")
  })
  it("stop ringing when the customer leaves first, and are free again", () => {
    const floor = predictive(1)
    floor.signIn(0).at(4_000).answers("c0").said()
    floor
      .at(5_000)
      .ends("c0")
      .expect("5000 release a0", "5000 closed c0 hung-up-waiting", "5000 a0 ready", "5000 dial c2")
    floor.picksUp(0).misses(0).expect()
  })
  it("sign out when they miss a call after asking to go", () => {
    const floor = new TestFloor({ groups: team(1, false) })
    floor.signIn(0).signOut(0).said()
    floor.at(15_000).misses(0).expect("15000 a0 signed-out")
  })
  it("start the wait clock when the person answers, not when the phone rings", () => {
    const floor = predictive(1, { dropMillis: 5_000 })
    floor.signIn(0).at(1_000).answers("c0").at(2_000).picksUp(0).at(4_000).answers("c1").at(7_000).ends("c0").wrapped(0)
    floor.expectOf("ring", "1000 ring a0 c0", "7000 ring a0 c1")
    floor.until(9_000).expectOf("closed", "9000 closed c1 abandoned silent")
  })
  it("ignore a phone that answers or misses without having been rung", () => {
    const floor = new TestFloor({ groups: team(1) })
    floor.picksUp(0).misses(0).signIn(0).said()
    floor.picksUp(0).misses(0).expect()
    floor.at(2_000).answers("c0").said()
    floor.picksUp(0).misses(0).expect()
  })
  it("mix with always-on legs in one campaign: the longest idle agent is taken, and rung where needed", () => {
    const floor = new TestFloor({
      groups: [
        { name: "office", agents: 1, alwaysOn: true },
        { name: "home", agents: 1, alwaysOn: false }
      ],
      campaigns: [{ mode: "predictive", groups: ["office", "home"], pacing: ratio(1) }]
    })
    floor.signIn(1).at(1_000).signIn(0).at(3_000).answers("c0").expectOf("ring", "3000 ring a1 c0")
    floor.at(3_500).answers("c1").expectOf("connect", "3500 connect c1 a0")
  })
})
