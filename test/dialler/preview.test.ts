import { describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const preview = (agents = 1, alwaysOn = true) =>
  new TestFloor({ groups: team(agents, alwaysOn), campaigns: [{ mode: "preview", previewMillisMax: 30_000 }] })

describe("preview", () => {
  it("pushes the card to the agent and dials without a click when the time is up", () => {
    const floor = preview()
    floor.signIn(0).expect("0 a0 ready", "0 a0 preview", "0 preview a0 c0")
    floor.at(30_000).expect()
    floor.until(30_000).expect("30000 a0 reserved", "30000 dial c0")
    floor.at(38_000).answers("c0").expect("38000 a0 talk", "38000 connect c0 a0")
    floor.at(100_000).ends("c0").expect("100000 a0 wrap", "100000 wrapUp a0 c0")
    floor.at(120_000).wrapped(0)
    floor.expect("120000 closed c0 connected", "120000 a0 ready", "120000 a0 preview", "120000 preview a0 c1")
  })
  it("dials early when the agent says so, and not again when the time is up", () => {
    const floor = preview()
    floor.signIn(0).said()
    floor.at(4_000).dials(0).expect("4000 a0 reserved", "4000 dial c0")
    floor.at(6_000).fails("c0").expect("6000 a0 wrap", "6000 wrapUp a0 c0")
    floor.at(7_000).wrapped(0)
    floor.expect("7000 closed c0 busy", "7000 a0 ready", "7000 a0 preview", "7000 preview a0 c1")
    floor.until(36_999).expect()
    floor.until(37_000).expect("37000 a0 reserved", "37000 dial c1")
  })
  it("shows the next card when a contact is skipped, and counts no attempt", () => {
    const floor = preview()
    floor.signIn(0).said()
    floor.at(4_000).skips(0).expect("4000 a0 ready", "4000 a0 preview", "4000 preview a0 c1")
    floor.until(33_999).expect()
    floor.until(34_000).expect("34000 a0 reserved", "34000 dial c1")
  })
  it("gives every free agent a card of their own, longest idle first", () => {
    const floor = new TestFloor({ groups: team(3), campaigns: [{ mode: "preview", contacts: 0 }] })
    floor.signIn(2).at(1_000).signIn(0).at(2_000).signIn(1).said()
    floor.at(3_000).does((dialler, now) => void dialler.addContacts(0, 2, 0, now))
    floor.expect("3000 a2 preview", "3000 preview a2 c0", "3000 a0 preview", "3000 preview a0 c1")
  })
  it("rings the agent's phone at the limit, then the customer's", () => {
    const floor = preview(1, false)
    floor.signIn(0).said()
    floor.until(30_000).expect("30000 a0 reserved", "30000 ring a0 c0")
    floor.at(33_000).picksUp(0).expect("33000 dial c0")
  })
  it("ignores a click that comes after the limit, after a skip or without a card", () => {
    const floor = preview()
    floor.dials(0).skips(0).expect()
    floor.signIn(0).until(30_000).said()
    floor.dials(0).skips(0).expect()
    floor.at(31_000).fails("c0").dials(0).skips(0).expect("31000 a0 wrap", "31000 wrapUp a0 c0")
  })
})
