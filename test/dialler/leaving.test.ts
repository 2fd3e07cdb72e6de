import { assert, describe, it } from "@effect/vitest"
import { AgentState } from "../../src/domain/AgentState.ts"
import { team, TestFloor } from "./TestFloor.ts"

/** One agent whose state the steps lead to; the phone rings where `alwaysOn` is false. */
const states: Record<
  string,
  { alwaysOn: boolean; lead: (floor: TestFloor) => void; finish: (floor: TestFloor) => void }
> = {
  preview: { alwaysOn: true, lead: () => {}, finish: (floor) => floor.dials(0).fails("c0").wrapped(0) },
  "reserved, the agent's phone ringing": {
    alwaysOn: false,
    lead: (floor) => floor.dials(0),
    finish: (floor) => floor.picksUp(0).fails("c0").wrapped(0)
  },
  "reserved, the customer's phone ringing": {
    alwaysOn: true,
    lead: (floor) => floor.dials(0),
    finish: (floor) => floor.fails("c0").wrapped(0)
  },
  talk: {
    alwaysOn: true,
    lead: (floor) => floor.dials(0).answers("c0"),
    finish: (floor) => floor.ends("c0").wrapped(0)
  },
  hold: {
    alwaysOn: true,
    lead: (floor) => floor.dials(0).answers("c0").held("c0"),
    finish: (floor) => floor.ends("c0").wrapped(0)
  },
  wrap: {
    alwaysOn: true,
    lead: (floor) => floor.dials(0).answers("c0").ends("c0"),
    finish: (floor) => floor.wrapped(0)
  }
}
const busyFloor = (state: string): TestFloor => {
  const { alwaysOn, lead } = states[state]
  const floor = new TestFloor({ groups: team(1, alwaysOn), campaigns: [{ mode: "preview" }] })
  lead(floor.signIn(0).at(1_000))
  floor.said()
  return floor
}

describe("an agent who wants a break or to go", () => {
  it("leaves at once when free", () => {
    const floor = new TestFloor({ groups: team(2), campaigns: [{ contacts: 0 }] })
    floor.signIn(0, 1).said()
    floor.pauses(0).signOut(1).expect("0 a0 paused", "0 a1 signed-out")
    floor.at(60_000).returns(0).expect("60000 a0 ready")
    floor.pauses(0).signOut(0).expect("60000 a0 paused", "60000 a0 signed-out")
  })
  it.each(Object.keys(states))("finishes the work in hand first: %s", (state) => {
    for (const [leaves, where] of [
      ["pauses", "paused"],
      ["signOut", "signed-out"]
    ] as const) {
      const floor = busyFloor(state)
      floor[leaves](0).expect()
      states[state].finish(floor)
      assert.strictEqual(floor.said().at(-1), `1000 a0 ${where}`)
    }
  })
  it.each(Object.keys(states))("may think better of a break before it began: %s", (state) => {
    const floor = busyFloor(state)
    floor.pauses(0).returns(0)
    states[state].finish(floor)
    assert.strictEqual(floor.said().at(-1), "1000 preview a0 c1")
  })
  it("goes home where both were asked for, in either order", () => {
    for (const first of ["pauses", "signOut"] as const) {
      const floor = busyFloor("talk")
      floor[first](0).pauses(0).signOut(0).returns(0)
      states.talk.finish(floor)
      assert.strictEqual(floor.said().at(-1), "1000 a0 signed-out")
    }
  })
  it("is not taken for two by a second sign-in, pause or return", () => {
    const floor = new TestFloor({ campaigns: [{ contacts: 0 }] })
    floor.signIn(0, 0).expect("0 a0 ready")
    floor.pauses(0).pauses(0).signIn(0).expect("0 a0 paused")
    floor.returns(0).returns(0).expect("0 a0 ready")
    floor.signOut(0).signOut(0).pauses(0).returns(0).expect("0 a0 signed-out")
  })
  it("leaves the next contact to others, at its time, also when it is one of the own calls", () => {
    const floor = new TestFloor({
      campaigns: [{ contacts: 1, retry: { connected: { delayMillis: 60_000, attemptsMax: 2 } } }]
    })
    floor.signIn(0, 1).at(1_000).answers("c0").at(2_000).ends("c0").pauses(0).at(3_000).wrapped(0).said()
    floor.until(63_000).expect("63000 a1 reserved", "63000 dial c0")
  })
})

describe("an agent who is lost", () => {
  const expectLost = (state: string, ...lines: ReadonlyArray<string>): TestFloor =>
    busyFloor(state)
      .at(5_000)
      .lost(0)
      .expect(...lines)
  it("leaves the contact of the card to the next agent", () => {
    const floor = expectLost("preview", "5000 a0 signed-out")
    floor.until(90_000).signIn(0).expect("90000 a0 ready", "90000 a0 preview", "90000 preview a0 c0")
  })
  it("leaves the contact to another agent who is idle already", () => {
    const floor = new TestFloor({ campaigns: [{ mode: "preview", contacts: 1 }] })
    floor.signIn(0, 1).said()
    floor.at(5_000).lost(0).until(5_000).expect("5000 a0 signed-out", "5000 a1 preview", "5000 preview a1 c0")
  })
  it("leaves the contact when the own phone was ringing", () => {
    expectLost("reserved, the agent's phone ringing", "5000 a0 signed-out").picksUp(0).misses(0).expect()
  })
  it("leaves a ringing customer to others; it is taken back after its legal minimum with nobody at work", () => {
    const floor = expectLost("reserved, the customer's phone ringing", "5000 a0 signed-out")
    floor.until(15_999).expect()
    floor.until(20_000).expect("16000 hangUp c0", "16000 closed c0 cancelled")
  })
  it("leaves a ringing customer to nobody who is busy: the call is taken back after its legal minimum", () => {
    const floor = new TestFloor({ campaigns: [{ contacts: 2 }] })
    floor.signIn(0, 1).at(2_000).answers("c1").at(3_000).lost(0).said()
    floor.until(14_999).expect()
    floor.until(16_000).expect("15000 hangUp c0", "15000 closed c0 cancelled")
  })
  it("keeps the customer's phone ringing while somebody else is free to take the call", () => {
    const floor = new TestFloor({ campaigns: [{ contacts: 1 }] })
    floor.signIn(0, 1).at(3_000).lost(0).until(18_000).said()
    floor.answers("c0").expect("18000 a1 talk", "18000 connect c0 a1")
  })
  it("leaves a ringing customer to another agent who is free when the person answers", () => {
    const floor = new TestFloor({ campaigns: [{ contacts: 1 }] })
    floor.signIn(0, 1).at(3_000).lost(0).said()
    floor.at(4_000).answers("c0").expect("4000 a1 talk", "4000 connect c0 a1")
  })
  it("ends the call when in talk; the record tells who talked and for how long", () => {
    const floor = busyFloor("talk")
    const call = floor.slot("c0")
    floor.at(5_000).lost(0).expect("5000 a0 signed-out", "5000 hangUp c0", "5000 closed c0 connected")
    const { agent, connectedAt, endedAt } = floor.dialler.calls
    assert.deepStrictEqual([agent[call], connectedAt[call], endedAt[call]], [0, 1_000, 5_000])
  })
  it("keeps the time on hold", () => {
    const floor = busyFloor("hold")
    const call = floor.slot("c0")
    floor.at(5_000).lost(0).expect("5000 a0 signed-out", "5000 hangUp c0", "5000 closed c0 connected")
    assert.strictEqual(floor.dialler.calls.holdMillis[call], 4_000)
  })
  it("completes the attempt when in wrap-up, with the time there was", () => {
    const floor = busyFloor("wrap")
    const call = floor.slot("c0")
    floor.at(5_000).lost(0).expect("5000 a0 signed-out", "5000 closed c0 connected")
    assert.strictEqual(floor.dialler.calls.wrapMillis[call], 4_000)
  })
  it("leaves a waiting person to the next agent", () => {
    const floor = new TestFloor({ groups: team(2, false), campaigns: [{ mode: "predictive" }] })
    floor.signIn(0, 1).at(3_000).answers("c0").said()
    floor.at(4_000).lost(0).expect("4000 a0 signed-out", "4000 a1 reserved", "4000 ring a1 c0")
    floor.lost(1).expect("4000 a1 signed-out")
    floor.until(5_000).expect("5000 hangUp c0", "5000 closed c0 abandoned silent")
  })
  it("is free to sign in again at once, whatever was in hand", () => {
    for (const state of Object.keys(states)) {
      const floor = busyFloor(state)
      floor.pauses(0).lost(0).signIn(0)
      assert.isAbove(floor.dialler.agents.state[0], AgentState.paused, state)
      floor.lost(0).lost(0)
      assert.strictEqual(floor.dialler.agents.state[0], AgentState.signedOut, state)
    }
  })
})
