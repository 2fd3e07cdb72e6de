import { describe, it } from "@effect/vitest"
import type { ModeName } from "../../src/domain/Mode.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import { team, TestFloor } from "./TestFloor.ts"

const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const onePerAgent = { kind: "one-per-agent" } as const
const change = (floor: TestFloor, mode: ModeName, pacing: PacingSettings) =>
  floor.does((dialler, now) => dialler.change(0, mode, pacing, now))
const pause = (floor: TestFloor) => floor.does((dialler, now) => dialler.pause(0, now))
const resume = (floor: TestFloor) => floor.does((dialler, now) => dialler.resume(0, now))

describe("a change of mode or pacing", () => {
  it("dials at the new ratio from the next moment on", () => {
    const floor = new TestFloor({ campaigns: [{ mode: "predictive", pacing: ratio(1), contacts: 20 }] })
    floor.signIn(0, 1).expectOf("dial", "0 dial c0", "0 dial c1")
    change(floor.at(1_000), "predictive", ratio(2)).expect("1000 dial c2", "1000 dial c3")
    change(floor.at(2_000), "predictive", ratio(1)).expect()
    floor.at(3_000).fails("c0").fails("c1").expectOf("dial")
    floor.at(4_000).fails("c2").expectOf("dial", "4000 dial c4")
  })
  it("to progressive reserves the agents who are free then", () => {
    const floor = new TestFloor({ campaigns: [{ mode: "predictive", contacts: 0 }] })
    floor.signIn(0, 1).said()
    change(floor.at(1_000), "progressive", onePerAgent).expect()
    floor.does((dialler, now) => void dialler.addContacts(0, 1, 0, now)).expect("1000 a0 reserved", "1000 dial c0")
  })
  it("to progressive keeps the agents free for the people whose phones ring already", () => {
    const floor = new TestFloor({ campaigns: [{ mode: "predictive", pacing: ratio(2), contacts: 20 }] })
    floor.signIn(0, 1).said()
    change(floor.at(1_000), "progressive", onePerAgent).expect()
    floor.at(2_000).answers("c0").expect("2000 a0 talk", "2000 connect c0 a0")
    floor.at(3_000).fails("c1").fails("c2").fails("c3").expectOf("dial", "3000 dial c4")
  })
  it("from progressive lets the reserved agents have their calls", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ mode: "progressive" }] })
    floor.signIn(0).said()
    change(floor.at(1_000), "predictive", ratio(2)).expect()
    floor.at(2_000).answers("c0").expect("2000 a0 talk", "2000 connect c0 a0")
    floor.at(9_000).ends("c0").at(10_000).wrapped(0).expectOf("dial", "10000 dial c1", "10000 dial c2")
  })
  it("from preview lets agents code the calls they began, and those after it not", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ mode: "preview" }] })
    floor.signIn(0).dials(0).said()
    change(floor.at(1_000), "progressive", onePerAgent).expect()
    floor.at(2_000).fails("c0").expect("2000 a0 wrap", "2000 wrapUp a0 c0")
    floor.at(3_000).wrapped(0).expectOf("dial", "3000 dial c1")
    floor.at(4_000).fails("c1").expect("4000 closed c1 busy", "4000 a0 ready", "4000 a0 reserved", "4000 dial c2")
  })
  it("to preview gives no wrap-up for a failed call that began without a card", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ mode: "progressive" }] })
    floor.signIn(0).said()
    change(floor.at(1_000), "preview", onePerAgent).expect()
    floor.at(2_000).fails("c0")
    floor.expect("2000 closed c0 busy", "2000 a0 ready", "2000 a0 preview", "2000 preview a0 c1")
  })
  it("keeps the time limit of a card on the desk, and the new one is not behind it", () => {
    const floor = new TestFloor({
      campaigns: [{ mode: "preview", previewMillisMax: 30_000, readingMillis: 4_000 }]
    })
    floor.signIn(0).said()
    change(floor.at(1_000), "progressive", onePerAgent).at(2_000).signIn(1)
    floor.expect("2000 a1 ready", "2000 a1 preview")
    floor.until(6_000).expect("6000 a1 reserved", "6000 dial c1")
    floor.until(24_000).said()
    floor.until(30_000).expectOf("dial", "30000 dial c0", "30000 dial c2")
  })
  it("to automatic gives ringing calls to agents still, and from it to the script", () => {
    const lines = { kind: "lines", linesMax: 1, callsPerSecondMax: 9 } as const
    const floor = new TestFloor({ groups: team(1), campaigns: [{ mode: "predictive" }] })
    floor.signIn(0).said()
    change(floor.at(1_000), "automatic", lines).expect()
    floor.at(2_000).answers("c0").expect("2000 a0 talk", "2000 connect c0 a0")
    floor.at(3_000).ends("c0").wrapped(0).expectOf("dial", "3000 dial c1")
    change(floor.at(4_000), "predictive", ratio(1)).expect()
    floor.at(5_000).answers("c1").expect("5000 script c1", "5000 dial c2")
  })
})

describe("a campaign that is paused", () => {
  it("places nothing more; calls under way are served", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [{ mode: "predictive", pacing: ratio(2), contacts: 9 }]
    })
    pause(floor.signIn(0).at(1_000)).said()
    floor.at(2_000).answers("c0").expect("2000 a0 talk", "2000 connect c0 a0")
    floor.at(3_000).ends("c0").at(3_500).answers("c1").at(4_000).wrapped(0)
    floor.expectOf("connect", "4000 connect c1 a0")
    floor.at(5_000).ends("c1").wrapped(0).until(600_000).expectOf("dial")
    resume(floor).expect("600000 dial c2", "600000 dial c3")
  })
  it("takes the cards off the desks; the contacts are the first when it goes on", () => {
    const floor = new TestFloor({ campaigns: [{ mode: "preview" }] })
    floor.signIn(0, 1).at(1_000).dials(1).said()
    pause(floor.at(2_000)).expect("2000 a0 ready")
    floor.dials(0).until(60_000).expect("21000 hangUp c1", "21000 a1 wrap", "21000 wrapUp a1 c1")
    resume(floor).expect("60000 a0 preview", "60000 preview a0 c0")
  })
  it("stops ringing the phones of agents for whom nobody was dialled yet", () => {
    const floor = new TestFloor({ groups: team(1, false) })
    floor.signIn(0).said()
    pause(floor.at(2_000)).expect("2000 release a0", "2000 a0 ready")
    floor.picksUp(0).misses(0).until(60_000).expect()
    resume(floor).expect("60000 a0 reserved", "60000 ring a0 c0")
  })
  it("gives the agents to the other campaigns at once", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [{ name: "one", mode: "preview", priority: 1 }, { name: "two" }]
    })
    floor.signIn(0).said()
    pause(floor.at(2_000)).expect("2000 a0 ready", "2000 a0 reserved", "2000 dial two:c0")
  })
  it("lets an agent go who waited for the card to be done with", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ mode: "preview" }] })
    floor.signIn(0).signOut(0).said()
    pause(floor.at(2_000)).expect("2000 a0 signed-out")
  })
  it("can be paused and resumed again and again without harm", () => {
    const floor = new TestFloor({ groups: team(1) })
    floor.signIn(0).said()
    for (let i = 0; i < 3; i += 1) resume(pause(pause(floor)))
    floor.expect()
    floor.at(1_000).fails("c0").expectOf("dial", "1000 dial c1")
  })
})
