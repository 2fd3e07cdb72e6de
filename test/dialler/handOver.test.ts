import { assert, describe, it } from "@effect/vitest"
import { AgentState } from "../../src/domain/AgentState.ts"
import { type CampaignSettings, knowsNothing } from "../../src/domain/Campaign.ts"
import type { Rule } from "../../src/domain/rules/Rule.ts"
import { Closed, ContactState } from "../../src/dialler/ContactList.ts"
import { composed, lawOf, onlyRules } from "./compliance/setting.ts"
import { team, TestFloor } from "./TestFloor.ts"

const queue = { callersMax: 2, waitMillisMax: 60_000 }
const quiet = { mode: "manual", contacts: 6, queue } as const
const floorOf = (campaign: Partial<CampaignSettings> & { readonly contacts?: number }, groups = team(2)): TestFloor =>
  new TestFloor({ groups, campaigns: [campaign] })
const calling = { mode: "progressive", contacts: 1 } as const

describe("a call handed to another agent", () => {
  it("is over for the one, who has wrap-up, and goes on with the other", () => {
    const floor = floorOf(calling).signIn(0).at(1_000).answers("c0").signIn(1).at(9_000)
    floor.said()
    assert.isTrue(floor.handsOver("c0", 1))
    floor.expect(
      "9000 handedOver c0 to c0+",
      "9000 a1 talk",
      "9000 connect c0+ a1",
      "9000 a0 wrap",
      "9000 wrapUp a0 c0"
    )
    const { calls } = floor.dialler
    assert.deepStrictEqual([calls.handedBy[floor.slot("c0+")], floor.dialler.campaigns[0].lines], [0, 1])
    floor.at(10_000).wrapped(0).expect("10000 closed c0 connected", "10000 a0 ready")
    floor.at(20_000).ends("c0+").wrapped(1).expectOf("closed", "20000 closed c0+ connected")
    assert.deepStrictEqual([floor.callsUp, floor.dialler.campaigns[0].lines], [0, 0])
  })
  it("is not, unless the other is ready and the agent has it", () => {
    const floor = floorOf(calling, team(3)).signIn(0).at(1_000).answers("c0")
    assert.isFalse(floor.handsOver("c0", 1), "signed out")
    floor.signIn(1).pauses(1)
    assert.isFalse(floor.handsOver("c0", 1), "on a break")
    assert.isFalse(floor.handsOver("c0", 0), "the same")
    assert.isFalse(floor.handsOver("c0", 7), "nobody")
    floor.signIn(2).ends("c0").said()
    assert.isFalse(floor.handsOver("c0", 2), "it is over")
    floor.expect()
  })
  it("that was on hold counts the hold, and talks on", () => {
    const floor = floorOf(calling).signIn(0).at(1_000).answers("c0").signIn(1).at(2_000).held("c0").at(5_000)
    assert.isTrue(floor.handsOver("c0", 1))
    assert.strictEqual(floor.dialler.calls.holdMillis[floor.slot("c0")], 3_000)
    assert.strictEqual(floor.dialler.agents.state[1], AgentState.talk)
  })
  it("may go to a group that does not serve the campaign, and on from there", () => {
    const groups = ["north", "south"].map((name) => ({ name, agents: 1, alwaysOn: true }))
    const floor = floorOf({ ...calling, groups: ["north"] }, groups)
      .signIn(0, 1)
      .at(1_000)
      .answers("c0")
    assert.isTrue(floor.handsOver("c0", 1))
    floor.wrapped(0).said()
    assert.isTrue(floor.handsOver("c0+", 0))
    floor.expectOf("connect", "1000 connect c0+ a0")
    assert.strictEqual(floor.dialler.calls.handedBy[floor.dialler.agents.call[0]], 1)
    floor.does((dialler, now) => dialler.ended(dialler.agents.call[0], now))
    floor.wrapped(0).wrapped(1)
    assert.strictEqual(floor.callsUp, 0)
  })
  it("goes to somebody else of the campaign when the phone is missed, else waits as a caller does", () => {
    const floor = floorOf(quiet, team(3, false)).signIn(0).calls(0).picksUp(0).signIn(1, 2).at(5_000)
    floor.said()
    floor.handsOver("c0+", 2)
    floor.expectOf("ring", "5000 ring a2 c0+")
    floor.at(6_000).misses(2).expectOf("ring", "6000 ring a1 c0+")
    floor.at(7_000).misses(1).expect("7000 a1 paused")
    floor.at(8_000).wrapped(0).expectOf("ring", "8000 ring a0 c0+")
  })
  it("waits two minutes at most in a campaign that has no queue", () => {
    const floor = floorOf({ ...calling, queue: null }, team(2, false))
      .signIn(0)
      .picksUp(0)
      .at(1_000)
      .answers("c0")
    floor.signIn(1).at(2_000).handsOver("c0", 1)
    floor.at(3_000).misses(1).said()
    floor.until(121_999).expect()
    floor.until(122_000).expectOf("queueOver", "122000 queueOver c0+")
  })
  it("is hung up when the agent who has it is lost", () => {
    const floor = floorOf(calling).signIn(0).at(1_000).answers("c0").signIn(1)
    floor.handsOver("c0", 1)
    floor.wrapped(0).said()
    floor.lost(1).expect("1000 a1 signed-out", "1000 hangUp c0+", "1000 closed c0+ connected")
  })
})

describe("the agent of a caller", () => {
  it("lost while the phone rings leaves the caller to the next, who is lost to the queue", () => {
    const floor = floorOf(quiet, team(2, false)).signIn(0, 1).calls(0).at(3_000)
    floor.said()
    floor.lost(0).expect("3000 a0 signed-out", "3000 a1 reserved", "3000 ring a1 c0+")
    floor.lost(1).expect("3000 a1 signed-out")
    floor.at(9_000).signIn(0).picksUp(0).expectOf("connect", "9000 connect c0+ a0")
  })
})

describe("a dialler that had stopped", () => {
  it("closes what had arrived: talks as connected with wrap-up, all others as interrupted, none for the law", () => {
    const law = lawOf(composed("uk-ofcom-2017"), ["Europe/London"], "2026-11-23T10:00:00Z")
    const floor = floorOf({ ...quiet, law }, team(1))
      .signIn(0)
      .calls(0, 1)
      .at(4_000)
    floor.said()
    const { compliance } = floor.dialler.campaigns[0]
    const before = compliance?.ledger.reports()
    floor.does((dialler, now) => dialler.stopping.interrupted(now))
    floor.expect("4000 a0 wrap", "4000 wrapUp a0 c0+", "4000 closed c1+ interrupted again 4000")
    floor.wrapped(0).expectOf("closed", "4000 closed c0+ connected")
    assert.strictEqual(floor.callsUp, 0)
    assert.deepStrictEqual(compliance?.ledger.reports(), before)
    assert.strictEqual(floor.dialler.campaigns[0].callersWaiting, 0)
  })
})

describe("rules after a call that arrived", () => {
  const plain = { success: false, rightParty: false, final: false, asksCallbackTime: false }
  const known: CampaignSettings["known"] = {
    ...knowsNothing,
    dispositions: [
      { ...plain, code: "no-more", label: "Wants no calls" },
      { ...plain, code: "later", label: "Call later", asksCallbackTime: true },
      { ...plain, code: "out", label: "Not ours" }
    ]
  }
  const [noMore, later, out] = [0, 1, 2]
  const rules: ReadonlyArray<Rule> = [
    { name: "no more", when: { disposition: ["no-more"] }, then: { doNotCall: true } },
    { name: "out", when: { disposition: ["out"] }, then: { remove: true } },
    {
      name: "promised",
      when: { disposition: ["later"] },
      then: { again: { at: "asked", by: "same-agent", windowMinutes: 5 } }
    },
    { name: "busy", when: { outcome: ["busy"] }, then: { again: { afterMinutes: 1 } } }
  ]
  const law = lawOf(onlyRules({}), ["Europe/London"], "2026-11-23T10:00:00Z")
  const progressive = { mode: "progressive", contacts: 1, queue, rules, known, law } as const

  it("keep a promise, by the agent who talked", () => {
    const floor = floorOf({ ...progressive, mode: "manual" })
      .signIn(0, 1)
      .calls(0)
      .at(1_000)
      .ends("c0+")
    floor.wrapped(0, later, 60_000).expectOf("closed", "1000 closed c0+ connected again 60000")
    const { list } = floor.dialler.campaigns[0]
    assert.deepStrictEqual([list.promises.agentOf(0), list.attempts[0]], [0, 0])
  })
  it("bring somebody nobody knew on the list of those to be called", () => {
    const floor = floorOf({ ...progressive, contacts: 0 }).signIn(0)
    floor
      .does((dialler) => dialler.arrivals.addCaller(0, 0))
      .calls(0)
      .at(1_000)
      .ends("c0+")
    floor.wrapped(0, later, 60_000).until(60_000).expectOf("dial", "60000 dial c0")
    assert.strictEqual(floor.dialler.campaigns[0].list.closed, 0)
  })
  it("put a contact on the do-not-call list whatever else it is in", () => {
    const floor = floorOf(progressive).signIn(0).at(1_000).answers("c0").signIn(1)
    floor.handsOver("c0", 1)
    floor.ends("c0+").wrapped(1, noMore).expectOf("ruled", "1000 ruled c0+ doNotCall")
    const { compliance, list } = floor.dialler.campaigns[0]
    assert.strictEqual(compliance?.calling.earliest(0, 2_000, true), Number.POSITIVE_INFINITY)
    floor.wrapped(0, later, 60_000).expectOf("closed", "1000 closed c0 connected")
    assert.deepStrictEqual([list.state[0], list.closedAs[0]], [ContactState.closed, Closed.doNotCall])
  })
  it("strengthen why a finished contact is not called, and bring none back", () => {
    const floor = floorOf(progressive, team(1)).signIn(0).at(1_000).answers("c0").ends("c0").wrapped(0)
    const { list } = floor.dialler.campaigns[0]
    assert.strictEqual(list.closedAs[0], Closed.byRule)
    floor.calls(0).ends("c0+").wrapped(0, later, 60_000)
    assert.deepStrictEqual([list.state[0], list.closedAs[0], list.closed], [ContactState.closed, Closed.byRule, 1])
    floor.calls(0).ends("c0+").wrapped(0, out)
    assert.deepStrictEqual([list.closedAs[0], list.closed], [Closed.removed, 1])
  })
  it("of the agent who had it last count when both have wrapped up", () => {
    const floor = floorOf(progressive).signIn(0).at(1_000).answers("c0").signIn(1)
    floor.handsOver("c0", 1)
    floor.said()
    floor.at(2_000).wrapped(0, later, 60_000).at(3_000).ends("c0+").wrapped(1, out)
    assert.strictEqual(floor.dialler.campaigns[0].list.closedAs[0], Closed.removed)
    floor.until(60_000).expectOf("dial")
  })
})
