import { assert, describe, it } from "@effect/vitest"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import { Reason } from "../../src/dialler/compliance/Reason.ts"
import { Closed, ContactState } from "../../src/dialler/ContactList.ts"
import { Bound } from "../../src/dialler/pacing/Policy.ts"
import { composed, lawOf, onlyRules } from "./compliance/setting.ts"
import { type FloorOptions, team, TestFloor } from "./TestFloor.ts"

const queue = { callersMax: 2, waitMillisMax: 60_000 }
const ratio = (linesPerAgent: number) => ({ kind: "fixed-ratio", linesPerAgent }) as const
const predictive = { mode: "predictive", pacing: ratio(1), contacts: 20, queue } as const
/** Nobody is called: the contacts are there to call us. */
const quiet = { mode: "manual", contacts: 6, queue } as const
const floorOf = (
  campaign: Partial<CampaignSettings> & { readonly contacts?: number },
  options: FloorOptions = {}
): TestFloor => new TestFloor({ groups: team(1), campaigns: [campaign], ...options })
const two = (alwaysOn = true) => ({ groups: team(2, alwaysOn) })
const agentsOf = (north: number, south: number) => [
  { name: "north", agents: north, alwaysOn: true },
  { name: "south", agents: south, alwaysOn: true }
]

describe("people who call us", () => {
  it("get the agent who has waited longest, and the agent has wrap-up", () => {
    const floor = floorOf(quiet, two()).signIn(1).at(1_000).signIn(0).at(2_000)
    floor.said()
    floor.calls(3).expect("2000 welcome c3+", "2000 a1 talk", "2000 connect c3+ a1")
    floor.at(9_000).ends("c3+").expect("9000 a1 wrap", "9000 wrapUp a1 c3+")
    floor.at(12_000).wrapped(1).expect("12000 closed c3+ connected", "12000 a1 ready")
    assert.strictEqual(floor.callsUp, 0)
    assert.strictEqual(floor.dialler.campaigns[0].lines, 0)
  })
  it("hear the agent only when the phone that rings is picked up", () => {
    const floor = floorOf(quiet, two(false)).signIn(0, 1)
    floor.said()
    floor.calls(0).expect("0 welcome c0+", "0 a0 reserved", "0 ring a0 c0+")
    floor.at(5_000).misses(0).expect("5000 a0 paused", "5000 a1 reserved", "5000 ring a1 c0+")
    floor.at(8_000).picksUp(1).expect("8000 a1 talk", "8000 connect c0+ a1")
  })
  it("hang up while a phone rings for them: it stops", () => {
    const floor = floorOf(quiet, { groups: team(1, false) }).signIn(0)
    floor.calls(0).at(3_000).said()
    floor.ends("c0+")
    floor.expect("3000 release a0", "3000 closed c0+ hung-up-waiting again 3000", "3000 a0 ready")
  })
  it("wait in the order they came, and are turned away when the queue is full", () => {
    const busy = floorOf(quiet).signIn(0).calls(0)
    busy.said()
    busy.calls(1).at(500).calls(2).calls(3)
    busy.expect("0 welcome c1+", "500 welcome c2+", "500 turnAway c3")
    busy.at(1_000).ends("c0+").wrapped(0).expectOf("connect", "1000 connect c1+ a0")
    busy.at(2_000).calls(3).expectOf("welcome", "2000 welcome c3+")
    busy.ends("c1+").wrapped(0).expectOf("connect", "2000 connect c2+ a0")
  })
  it("are turned away where the campaign takes no calls, nobody is at work, or the day ends", () => {
    floorOf({ ...quiet, queue: null })
      .signIn(0)
      .calls(0)
      .expectOf("turnAway", "0 turnAway c0")
    floorOf(quiet).calls(0).expect("0 turnAway c0")
    floorOf(quiet).signIn(0).pauses(0).calls(0).expectOf("turnAway", "0 turnAway c0")
    const ending = floorOf(quiet).signIn(0)
    ending.does((dialler, now) => dialler.stopping.stop(now))
    ending.calls(0).expectOf("turnAway", "0 turnAway c0")
  })
  it("are served in a campaign that is paused, and where nobody may wait by a free agent alone", () => {
    const paused = floorOf(predictive)
    paused.does((dialler, now) => dialler.pause(0, now))
    paused.signIn(0).calls(7).expectOf("connect", "0 connect c7+ a0")
    const none = floorOf({ ...quiet, queue: { ...queue, callersMax: 0 } }).signIn(0)
    none.calls(0).expectOf("connect", "0 connect c0+ a0")
    none.calls(1).expect("0 turnAway c1")
  })
  it("are let go when they have waited long enough", () => {
    const floor = floorOf(quiet).signIn(0).calls(0)
    floor.at(1_000).calls(1).said()
    floor.until(60_999).expect()
    floor.until(61_000).expect("61000 queueOver c1+", "61000 closed c1+ no-answer again 61000")
    assert.strictEqual(floor.dialler.campaigns[0].callersWaiting, 0)
  })
  it("whose agent's phone rings past the limit may still be connected, and go when it is missed", () => {
    const floor = floorOf({ ...quiet, queue: { ...queue, waitMillisMax: 5_000 } }, { groups: team(1, false) }).signIn(0)
    floor.calls(0, 1).at(4_000).said()
    floor.until(9_000).expectOf("queueOver", "5000 queueOver c1+")
    floor.misses(0).expectOf("queueOver", "9000 queueOver c0+")
  })
  it("are let go at once when all who could take them have signed out; a break is no reason", () => {
    const day = floorOf(quiet, two()).signIn(0, 1).calls(0, 1, 2, 3).at(5_000)
    day.pauses(0).pauses(1).ends("c0+").ends("c1+").said()
    day.wrapped(0).wrapped(1).expectOf("queueOver")
    day.at(6_000).signOut(0).expectOf("queueOver")
    day.signOut(1).expectOf("queueOver", "6000 queueOver c2+", "6000 queueOver c3+")
    assert.deepStrictEqual([day.dialler.campaigns[0].callersWaiting, day.callsUp], [0, 0])
    const missed = floorOf(quiet, { groups: team(1, false) })
      .signIn(0)
      .calls(0, 1)
      .at(2_000)
      .signOut(0)
    missed.misses(0).expectOf("queueOver", "2000 queueOver c1+", "2000 queueOver c0+")
  })
  it("wait for an agent who was lost, who may be back at once, but not at the end of the day", () => {
    const stop = (floor: TestFloor) => floor.does((dialler, now) => dialler.stopping.stop(now))
    const back = floorOf(quiet).signIn(0).calls(0, 1).at(5_000).lost(0)
    back.expectOf("queueOver")
    back.at(8_000).signIn(0).expectOf("connect", "8000 connect c1+ a0")
    const gone = floorOf(quiet).signIn(0).calls(0, 1).at(5_000).lost(0).at(8_000)
    stop(gone).expectOf("queueOver", "8000 queueOver c1+")
    const last = floorOf(quiet).signIn(0).calls(0, 1).at(5_000)
    stop(last).signOut(0)
    last.at(9_000).ends("c0+").wrapped(0).expectOf("queueOver", "9000 queueOver c1+")
    const both = floorOf(quiet, { groups: team(1, false) })
      .signIn(0)
      .calls(0, 1)
      .at(5_000)
    stop(both).lost(0).expectOf("queueOver", "5000 queueOver c0+", "5000 queueOver c1+")
  })
  it("give up, and nobody is told anything more", () => {
    const floor = floorOf(quiet).signIn(0).calls(0, 1).at(7_000)
    floor.said()
    floor.ends("c1+").expect("7000 closed c1+ hung-up-waiting again 7000")
    floor.until(100_000).ends("c0+").wrapped(0).expectOf("connect")
  })
  it("count as lines of trunk and campaign", () => {
    const floor = floorOf({ ...predictive, linesMax: 2 }, two()).signIn(0)
    floor.expectOf("dial", "0 dial c0")
    floor.calls(7, 8).said()
    floor.signIn(1).expectOf("dial")
    assert.strictEqual(floor.dialler.campaigns[0].lines, 3)
  })
})

describe("while a caller waits", () => {
  it("people we called and who have answered come first, then callers of all campaigns by when they came", () => {
    const floor = new TestFloor({
      groups: team(1),
      campaigns: [
        { ...predictive, name: "x", pacing: ratio(2), priority: 9 },
        { ...quiet, name: "y" },
        { ...quiet, name: "z" }
      ]
    })
    floor
      .signIn(0)
      .at(1_000)
      .answers("x:c0")
      .callsIn(2, 0)
      .at(1_500)
      .callsIn(1, 0)
      .at(1_600)
      .callsIn(0, 9)
      .answers("x:c1")
    floor.at(2_000).ends("x:c0").wrapped(0).expectOf("connect", "1000 connect x:c0 a0", "2000 connect x:c1 a0")
    floor.at(3_000).ends("x:c1").wrapped(0).expectOf("connect", "3000 connect z:c0+ a0")
    floor.at(4_000).ends("z:c0+").wrapped(0).expectOf("connect", "4000 connect y:c0+ a0")
    floor.at(5_000).ends("y:c0+").wrapped(0).expectOf("connect", "5000 connect x:c9+ a0")
  })
  it("no call is placed for agents who could take the caller, and it goes on when nobody waits", () => {
    const floor = floorOf({ ...predictive, pacing: ratio(3) }, two()).signIn(0)
    floor.at(1_000).calls(9).said()
    for (const contact of ["c0", "c1", "c2"]) floor.fails(contact)
    floor.calls(10).said()
    floor.at(2_000).signIn(1).expect("2000 a1 ready", "2000 a1 talk", "2000 connect c10+ a1")
    floor.calls(11).at(3_000).ends("c9+").said()
    floor.wrapped(0).expectOf("dial")
    assert.strictEqual(floor.dialler.campaigns[0].callersWaiting, 0)
    floor.ends("c10+").calls(12).until(3_100).expectOf("dial")
    assert.strictEqual(floor.dialler.campaigns[0].bound, Bound.agents)
    floor.wrapped(1).until(3_100).said()
    floor
      .ends("c11+")
      .wrapped(0)
      .expectOf("dial", ...["c3", "c4", "c5"].map((contact) => `3100 dial ${contact}`))
  })
  it("a campaign that shares no agent with it goes on, and one that shares some is asked again when nobody waits", () => {
    const floor = new TestFloor({
      groups: agentsOf(1, 2),
      campaigns: [
        { ...quiet, name: "calls", groups: ["north"] },
        { ...predictive, name: "both", groups: ["north", "south"], contacts: 4 },
        { ...predictive, name: "south", groups: ["south"], contacts: 1, priority: -1 }
      ]
    })
    floor.signIn(0).callsIn(0, 0).callsIn(0, 1).fails("both:c0").said()
    floor.at(1_000).signIn(1).expectOf("dial", "1000 dial south:c0")
    floor.signIn(2).expectOf("dial")
    floor.at(2_000).ends("calls:c1+").until(2_000).expectOf("dial", "2000 dial both:c1")
  })
  it("that somebody took whom the other campaign does not share, that campaign is asked again all the same", () => {
    const groups = ["north", "south", "west"].map((name) => ({ name, agents: 1, alwaysOn: true }))
    const floor = new TestFloor({
      groups,
      campaigns: [
        { ...quiet, name: "calls", groups: ["north", "west"] },
        { ...predictive, name: "other", groups: ["north", "south"], contacts: 4 }
      ]
    })
    floor.signIn(0).callsIn(0, 0).callsIn(0, 1).fails("other:c0").said()
    floor.signIn(1).expectOf("dial")
    floor.at(1_000).signIn(2).expectOf("connect", "1000 connect calls:c1+ a2")
    floor.until(1_000).expectOf("dial", "1000 dial other:c1")
  })
  it("no agent is held for a new call, and no promise is kept, before the caller is served", () => {
    const floor = floorOf({ mode: "progressive", contacts: 6, queue }, { groups: team(1) })
    floor.signIn(0).at(1_000).answers("c0").calls(4)
    floor.does((dialler) => dialler.promiseCall(0, 2, 1_500, 9_000_000, 0))
    floor.at(2_000).ends("c0").said()
    floor.wrapped(0).expectOf("connect", "2000 connect c4+ a0")
    floor.at(3_000).ends("c4+").wrapped(0).expectOf("dial", "3000 dial c2")
  })
  it("an automatic campaign goes on: its calls are for no agent", () => {
    const lines = { kind: "lines", linesMax: 4, callsPerSecondMax: Number.POSITIVE_INFINITY } as const
    const floor = floorOf({ mode: "automatic", pacing: lines, contacts: 8, queue }, { groups: team(1) }).signIn(0)
    floor.calls(6).calls(7).said()
    floor.fails("c0").fails("c1").expectOf("dial")
    floor.fails("c2").expectOf("dial", "0 dial c4")
  })
})

describe("the contact of a caller", () => {
  const stateOf = (floor: TestFloor, contact: number) => floor.dialler.campaigns[0].list.state[contact]

  it("is called by nobody while on the line, and is next when it gave up", () => {
    const floor = floorOf(predictive).signIn(0)
    floor.at(1_000).calls(5, 4).said()
    assert.deepStrictEqual([stateOf(floor, 4), stateOf(floor, 5)], [ContactState.inWork, ContactState.inWork])
    floor.at(2_000).fails("c0").ends("c4+").ends("c5+").expectOf("dial")
    floor.wrapped(0).expectOf("dial", "2000 dial c4")
    floor.at(3_000).fails("c4").at(4_000).fails("c1").at(5_000).fails("c2").at(6_000).fails("c3").said()
    assert.strictEqual(stateOf(floor, 5), ContactState.closed)
  })
  it("keeps its time, its promise and its turn where nothing came of the call", () => {
    const again = { retry: { busy: { delayMillis: 60_000, attemptsMax: 5 } } }
    const floor = floorOf({ mode: "progressive", contacts: 2, queue, ...again }, two()).signIn(0)
    floor.at(1_000).fails("c0").answers("c1").at(2_000)
    floor.does((dialler) => dialler.promiseCall(0, 0, 70_000, 90_000, 1))
    floor.calls(0).at(5_000).ends("c0+").said()
    const { list } = floor.dialler.campaigns[0]
    assert.deepStrictEqual([list.dueAt[0], list.promises.agentOf(0), list.promises.untilOf(0)], [70_000, 1, 90_000])
    floor.at(50_000).signIn(1).until(69_999).expectOf("dial")
    floor.until(70_000).expectOf("dial", "70000 dial c0")
    assert.strictEqual(list.attempts[0], 2)

    const retried = floorOf({ mode: "progressive", contacts: 2, queue, ...again }).signIn(0)
    retried.at(1_000).fails("c0").answers("c1").calls(0).at(5_000).ends("c0+").ends("c1").wrapped(0).said()
    retried.until(60_999).expectOf("dial")
    retried.until(61_000).expectOf("dial", "61000 dial c0")
  })
  it("whom the law holds back is held back still", () => {
    const rules = onlyRules({ hours: [{ monFri: ["11:00-20:00"], sat: [], sun: [] }] })
    const law = lawOf(rules, ["Europe/London"], "2026-11-23T10:00:00Z")
    const floor = floorOf({ mode: "progressive", contacts: 2, queue, law }).signIn(0)
    const { list } = floor.dialler.campaigns[0]
    assert.deepStrictEqual([list.heldCount, list.waitingForHours], [2, 2])
    floor.calls(1, 0)
    assert.deepStrictEqual([list.heldCount, list.waitingForHours], [0, 0])
    floor.at(5_000).ends("c0+").said()
    assert.deepStrictEqual([list.heldCount, list.held[0], list.dueAt[0]], [1, Reason.hours, 3_600_000])
    floor.ends("c1+").wrapped(0).until(3_600_000).expectOf("dial", "3600000 dial c0")
  })
  it("who asked to be called and calls again keeps the turn", () => {
    const floor = floorOf({ mode: "callback", contacts: 0, queue }).signIn(0)
    floor
      .does((dialler, now) => dialler.requestCallback(0, 0, now))
      .dials(0)
      .at(1_000)
      .answers("c0")
    for (let i = 0; i < 3; i += 1) floor.does((dialler, now) => dialler.requestCallback(0, 0, now))
    floor.calls(2).at(2_000).ends("c2+").ends("c0").said()
    floor.wrapped(0).expectOf("preview", "2000 preview a0 c1")
    floor.dials(0).at(3_000).fails("c1").wrapped(0).expectOf("preview", "3000 preview a0 c2")
  })
  it("is finished by the rules after a talk as after any other, without an attempt", () => {
    const floor = floorOf(quiet).signIn(0).calls(0).at(1_000).ends("c0+").wrapped(0)
    const { list } = floor.dialler.campaigns[0]
    assert.deepStrictEqual([list.state[0], list.attempts[0], list.attempted], [ContactState.closed, 0, 0])
    assert.deepStrictEqual([list.reached[0], list.reachedCount, list.closed], [2, 0, 1])
    assert.strictEqual(list.freshCount, 5)
  })
  it("that nobody knew is on the list to be known, and is not called", () => {
    const floor = floorOf({ ...predictive, contacts: 1, goal: "exhausted" }, two()).signIn(0)
    floor.at(1_000).fails("c0").said()
    const { list } = floor.dialler.campaigns[0]
    floor.does((dialler) => assert.strictEqual(dialler.arrivals.addCaller(0, 0), 1))
    assert.deepStrictEqual([list.closedAs[1], list.exhausted], [Closed.calledIn, true])
    floor.calls(1).at(2_000).expectOf("connect", "1000 connect c1+ a0")
    assert.isFalse(list.exhausted)
    floor.signIn(1).calls(1).at(3_000).ends("c1+").said()
    assert.strictEqual(list.closedAs[1], Closed.not)
    floor.until(10_000).expect()
  })
  it("who hangs up unheard stays as unknown as before", () => {
    const floor = floorOf({ ...quiet, contacts: 1 })
      .signIn(0)
      .calls(0)
    floor
      .does((dialler) => dialler.arrivals.addCaller(0, 0))
      .calls(1)
      .ends("c1+")
      .said()
    const { list } = floor.dialler.campaigns[0]
    assert.deepStrictEqual([list.state[1], list.closedAs[1]], [ContactState.closed, Closed.calledIn])
  })
  it("withdrawn during the call stays so", () => {
    const floor = floorOf(quiet).signIn(0).calls(0, 1)
    floor.does((dialler) => dialler.withdraw(0, 0, Closed.doNotCall))
    floor
      .does((dialler) => dialler.withdraw(0, 1, Closed.removed))
      .ends("c1+")
      .ends("c0+")
      .wrapped(0)
    const { closedAs, state } = floor.dialler.campaigns[0].list
    assert.deepStrictEqual([...closedAs.subarray(0, 2)], [Closed.doNotCall, Closed.removed])
    assert.deepStrictEqual([...state.subarray(0, 2)], [ContactState.closed, ContactState.closed])
  })
  it("in a call of ours is left to that call, and kept from the next one while still on the line", () => {
    const again = { retry: { busy: { delayMillis: 0, attemptsMax: 9 } } }
    const floor = floorOf({ ...predictive, contacts: 1, ...again }, two()).signIn(0)
    floor.at(1_000).calls(0).said()
    floor.fails("c0").until(2_000).expectOf("dial")
    floor.ends("c0+").wrapped(0).expectOf("dial")
    assert.strictEqual(stateOf(floor, 0), ContactState.closed)
  })
})

describe("the law of attempts, the pacing and the counts of attempts", () => {
  it("know nothing of a call to us, however long it waits", () => {
    const law = lawOf(composed("uk-ofcom-2017"), ["Europe/London"], "2026-11-23T10:00:00Z")
    const floor = floorOf(
      { ...quiet, law, abandonMessage: true, queue: { callersMax: 9, waitMillisMax: 20_000 } },
      two()
    )
    const state = floor.dialler.campaigns[0]
    const seen: Array<number> = []
    const policy = { askAt: Infinity, bound: Bound.ratio, oneMore: () => false, saw: (what: number) => seen.push(what) }
    floor.does((dialler, now) => dialler.setPolicy(0, policy, now))
    const before = state.compliance?.ledger.reports()
    const chance = state.learned.chance(0, 1)
    const earliest = state.compliance?.calling.earliest(0, 30_000, false)
    floor.signIn(0).calls(0, 1, 2, 3).at(10_000).ends("c1+").ends("c0+").wrapped(0).at(25_000).signIn(1).until(25_000)
    floor.expectOf(
      "closed",
      ...[
        "10000 closed c1+ hung-up-waiting again 10000",
        "10000 closed c0+ connected",
        "20000 closed c3+ no-answer again 20000"
      ]
    )
    floor.ends("c2+").wrapped(0)
    assert.deepStrictEqual(seen, [])
    assert.deepStrictEqual(state.compliance?.ledger.reports(), before)
    assert.strictEqual(state.learned.chance(0, 1), chance)
    assert.strictEqual(state.compliance?.calling.earliest(1, 30_000, false), earliest)
    assert.strictEqual(state.list.attempted, 0)
  })
})
