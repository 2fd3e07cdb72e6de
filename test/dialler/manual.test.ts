import { assert, describe, it } from "@effect/vitest"
import { team, TestFloor } from "./TestFloor.ts"

const manual = (agents = 1, alwaysOn = true) =>
  new TestFloor({ groups: team(agents, alwaysOn), campaigns: [{ mode: "manual" }] })

describe("manual", () => {
  it("lets the agent pull the contact, read without a limit and press dial; then talk and wrap-up", () => {
    const floor = manual()
    floor.signIn(0).expect("0 a0 ready")
    assert.isTrue(floor.at(5_000).takes(0))
    floor.expect("5000 a0 preview", "5000 preview a0 c0")
    floor.at(605_000).expect()
    floor.dials(0).expect("605000 a0 reserved", "605000 dial c0")
    floor.at(612_000).answers("c0").expect("612000 a0 talk", "612000 connect c0 a0")
    floor.at(700_000).ends("c0").expect("700000 a0 wrap", "700000 wrapUp a0 c0")
    floor.at(710_000).wrapped(0).expect("710000 closed c0 connected", "710000 a0 ready")
  })
  it("pushes nothing: a ready agent waits until asking", () => {
    const floor = manual(2)
    floor.signIn(0, 1).until(3_600_000).expect("0 a0 ready", "0 a1 ready")
  })
  it("gives an agent time to code a call nobody answered", () => {
    const floor = manual()
    floor.signIn(0).takes(0)
    floor.at(1_000).dials(0).said()
    floor.until(21_000).expect("21000 hangUp c0", "21000 a0 wrap", "21000 wrapUp a0 c0")
    floor.at(25_000).wrapped(0).expect("25000 closed c0 no-answer", "25000 a0 ready")
  })
  it("lets the agent pass over a contact, which comes back after an hour", () => {
    const floor = manual()
    floor.signIn(0).takes(0)
    floor.said()
    floor.at(3_000).skips(0).expect("3000 a0 ready")
    const contacts = [1, 2].map(() => {
      floor.takes(0)
      floor.skips(0)
      return floor.said()[1]
    })
    assert.deepStrictEqual(contacts, ["3000 preview a0 c1", "3000 preview a0 c2"])
    assert.isFalse(floor.takes(0))
    assert.isFalse(floor.at(3_602_999).takes(0))
    assert.isTrue(floor.at(3_603_000).takes(0))
    floor.expect("3603000 a0 preview", "3603000 preview a0 c0")
  })
  it("rings the agent's phone when dial is pressed, before the customer's", () => {
    const floor = manual(1, false)
    floor.signIn(0).takes(0)
    floor.said()
    floor.at(9_000).dials(0).expect("9000 a0 reserved", "9000 ring a0 c0")
    floor.at(12_000).picksUp(0).expect("12000 dial c0")
    floor.at(15_000).answers("c0").expect("15000 a0 talk", "15000 connect c0 a0")
  })
  it("refuses an agent who is not free, and a list that is empty, paused or somebody else's", () => {
    const floor = new TestFloor({
      groups: [...team(1), { name: "other", agents: 1, alwaysOn: true }],
      campaigns: [{ mode: "manual", contacts: 2 }]
    })
    assert.isFalse(floor.takes(0), "signed out")
    floor.signIn(0, 1)
    assert.isFalse(floor.takes(1), "of another group")
    floor.does((dialler, now) => dialler.pause(0, now))
    assert.isFalse(floor.takes(0), "paused")
    floor.does((dialler, now) => dialler.resume(0, now))
    assert.isTrue(floor.takes(0))
    assert.isFalse(floor.takes(0), "has a card")
  })
  it("gives contacts to agents who ask only in manual campaigns", () => {
    const floor = new TestFloor({ groups: team(1), campaigns: [{ mode: "predictive" }] })
    floor.signIn(0).expect("0 a0 ready", "0 dial c0")
    assert.isFalse(floor.takes(0))
  })
})
