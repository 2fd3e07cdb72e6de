import { assert, describe, it } from "@effect/vitest"
import { Reason } from "../../src/dialler/compliance/Reason.ts"
import { CallFlag } from "../../src/dialler/CallTable.ts"
import { Closed, ContactState } from "../../src/dialler/ContactList.ts"
import { Bound } from "../../src/dialler/pacing/Policy.ts"
import { composed, lawOf, onlyRules } from "./compliance/setting.ts"
import { team, TestFloor } from "./TestFloor.ts"

const hour = 3_600_000
const hours = (span: string) => onlyRules({ hours: [{ monFri: [span], sat: [], sun: [] }] })
/** A Monday. */
const eight = "2026-11-23T08:00:00Z"

describe("a campaign under a law", () => {
  it("calls nobody out of hours, says why, and begins when they do", () => {
    const law = lawOf(hours("10:00-20:00"), ["Europe/London"], eight)
    const floor = new TestFloor({ campaigns: [{ law, contacts: 3 }] })
    floor.signIn(0).expectOf("heldBack", ...[0, 1, 2].map((c) => `0 heldBack c${c} hours until ${2 * hour}`))
    assert.deepStrictEqual([floor.dialler.nextTimerAt, floor.dialler.campaigns[0].list.heldCount], [2 * hour, 3])
    floor.until(2 * hour).expectOf("dial", `${2 * hour} dial c0`)
    assert.strictEqual(floor.dialler.campaigns[0].compliance?.holds[Reason.hours], 3)
  })
  it("waits in peace when the copies of the suppression lists are too old, though contacts are due", () => {
    const law = lawOf(hours("10:00-20:00"), ["Europe/London"], eight, { listsGoodUntil: 2 * hour + 10_000 })
    const floor = new TestFloor({ campaigns: [{ law, contacts: 3 }], groups: team(1) })
    floor
      .signIn(0)
      .until(2 * hour)
      .expectOf("dial", `${2 * hour} dial c0`)
    floor.until(4 * hour).expectOf("dial")
    assert.isAbove(floor.dialler.nextTimerAt, 4 * hour)
    floor.does((dialler, now) => dialler.setListsGoodUntil(0, law.epochMillis + 9 * hour, now))
    floor.expectOf("dial", `${4 * hour} dial c1`)
  })
  it("calls where the day has begun, while others wait for theirs", () => {
    const law = lawOf(hours("10:00-20:00"), ["Europe/London", "Europe/Athens"], eight)
    const floor = new TestFloor({ campaigns: [{ law, contacts: 3 }], groups: team(3) })
    const { calling } = floor.dialler.campaigns[0].compliance ?? assert.fail("no law")
    calling.setZone(1, calling.zoneSet(["Europe/Athens"]))
    floor.signIn(0).expectOf("dial", "0 dial c1")
    floor
      .signIn(1)
      .until(2 * hour)
      .expectOf("dial", `${2 * hour} dial c0`, `${2 * hour} dial c2`)
  })
  it("dials nothing that could ring past the hours", () => {
    const law = lawOf(hours("08:00-10:00"), ["Europe/London"], eight)
    const floor = new TestFloor({ campaigns: [{ law, contacts: 2 }] })
    floor
      .at(2 * hour - 20_000)
      .signIn(0)
      .expectOf("dial", `${2 * hour - 20_000} dial c0`)
    floor
      .at(2 * hour - 19_999)
      .signIn(1)
      .expectOf("heldBack", `${2 * hour - 19_999} heldBack c1 hours until ${24 * hour}`)
  })
  it("keeps the attempts a day, and closes who may not be called again", () => {
    const rules = onlyRules({
      caps: [{ count: "attempts", n: 2, window: { kind: "campaign" }, key: "number", per: "campaign" }]
    })
    const floor = new TestFloor({
      campaigns: [
        {
          law: lawOf(rules, ["Europe/London"], eight),
          contacts: 1,
          retry: { busy: { delayMillis: 60_000, attemptsMax: 9 } }
        }
      ]
    })
    floor.signIn(0).at(1_000).fails("c0").at(61_000).until(61_000).at(62_000).fails("c0").said()
    floor.until(122_000).expectOf("heldBack", "122000 heldBack c0 attempts-per-campaign until Infinity")
    const { list } = floor.dialler.campaigns[0]
    assert.deepStrictEqual([list.state[0], list.closedAs[0]], [ContactState.closed, Closed.forbidden])
  })
  it("calls a person it abandoned again with an agent held for the call", () => {
    const law = lawOf(composed("house-strict"), ["Europe/London"], "2026-11-23T10:30:00Z", { enforceCeilings: false })
    const floor = new TestFloor({
      campaigns: [
        {
          law,
          contacts: 2,
          mode: "predictive",
          pacing: { kind: "fixed-ratio", linesPerAgent: 2 },
          retry: { abandoned: { delayMillis: 60_000, attemptsMax: 3 } }
        }
      ],
      groups: team(1)
    })
    floor.signIn(0).expectOf("dial", "0 dial c0", "0 dial c1")
    floor
      .at(1_000)
      .answers("c0")
      .answers("c1")
      .until(3_000)
      .expectOf("closed", "3000 closed c1 abandoned silent again 63000")
    floor.at(10_000).ends("c0").at(20_000).wrapped(0)
    // 120 hours for a call that finds its agent later, none with an agent in hand.
    floor.until(63_000).expectOf("dial", "63000 dial c1")
    assert.strictEqual(floor.dialler.calls.agent[floor.slot("c1")], 0)
    assert.strictEqual(floor.dialler.campaigns[0].compliance?.holds[Reason.abandoned], 1)
  })
  it("holds nobody while its own papers are not in order", () => {
    const law = lawOf(onlyRules({}), ["Europe/London"], eight, { callerIdFits: false })
    const floor = new TestFloor({ campaigns: [{ law, contacts: 3 }] })
    floor.signIn(0).expectOf("dial")
    const campaign = floor.dialler.campaigns[0]
    assert.deepStrictEqual([campaign.list.heldCount, campaign.list.peek(0)], [0, 0])
  })
  it("goes on at once when fresh copies of its lists came in", () => {
    const law = lawOf(onlyRules({}), ["Europe/London"], eight, { listsGoodUntil: Number.NEGATIVE_INFINITY })
    const floor = new TestFloor({ campaigns: [{ law, contacts: 3 }] })
    floor.signIn(0).expectOf("dial")
    floor
      .at(5_000)
      .does((dialler, now) => dialler.setListsGoodUntil(0, law.epochMillis + hour, now))
      .expectOf("dial", "5000 dial c0")
  })
  it("never calls a number somebody asked to leave alone", () => {
    const law = lawOf(onlyRules({}), ["Europe/London"], eight)
    const floor = new TestFloor({ campaigns: [{ law, contacts: 3 }] })
    floor.does((dialler) => dialler.withdraw(0, 1, Closed.doNotCall))
    floor.signIn(0).at(1).fails("c0").at(2).fails("c2").expectOf("dial", "0 dial c0", "1 dial c2")
    assert.isTrue(floor.dialler.campaigns[0].list.exhausted)
  })
  it("asks for more contacts once, when all that are left are held back", () => {
    const law = lawOf(hours("10:00-20:00"), ["Europe/London"], eight)
    const floor = new TestFloor({ campaigns: [{ law, contacts: 3 }] })
    floor.signIn(0, 1)
    assert.deepStrictEqual(floor.lowLists(), [0])
    floor.does((dialler, now) => dialler.addContacts(0, 2, 0, now))
    assert.deepStrictEqual(floor.lowLists(), [])
  })
  it("spends no agent's wait on hours: the time counts as bound by them", () => {
    const law = lawOf(hours("10:00-20:00"), ["Europe/London"], eight)
    const floor = new TestFloor({ campaigns: [{ law, contacts: 3 }] })
    floor.signIn(0).until(2 * hour)
    assert.strictEqual(floor.dialler.campaigns[0].boundMillis[Bound.hours], 2 * hour)
  })
  it("lacks contacts, not hours, where fewer wait for their hours than agents are free, or for another day", () => {
    const boundOf = (of: Parameters<typeof lawOf>[0], until: number, agents: number) => {
      const law = lawOf(of, ["Europe/London"], eight)
      const retry = { busy: { delayMillis: 1_000, attemptsMax: 9 } }
      const floor = new TestFloor({ campaigns: [{ law, contacts: 1, retry }], groups: team(agents) })
      for (let agent = 0; agent < agents; agent += 1) floor.signIn(agent)
      return { floor, bound: () => floor.until(until).dialler.campaigns[0].boundMillis }
    }
    const early = boundOf(hours("10:00-20:00"), 2 * hour, 2).bound()
    assert.deepStrictEqual([early[Bound.contacts], early[Bound.hours]], [4 * hour, 0])
    const once = onlyRules({
      caps: [{ count: "attempts", n: 1, window: { kind: "localDays", days: 1 }, key: "number", per: "campaign" }]
    })
    const { bound, floor } = boundOf(once, 16 * hour, 1)
    floor.at(1_000).fails("c0")
    const untilMidnight = bound()
    assert.deepStrictEqual([untilMidnight[Bound.contacts], untilMidnight[Bound.hours]], [16 * hour - 1_000, 0])
  })
})

describe("the ceiling of abandoned calls", () => {
  const rule = {
    ceiling: 0.03,
    denominator: "D_LIVE",
    includeAmdFalse: "no",
    breach: "above",
    scope: "campaign",
    window: { kind: "calendarDay" },
    basis: "law"
  } as const
  const law = lawOf(onlyRules({ abandon: [rule] }), ["Europe/London"], eight, {})
  /** One agent serves these contacts, one after the other. */
  const serve = (floor: TestFloor, from: number, until: number) => {
    for (let served = from; served < until; served += 1) {
      floor
        .at(1_000 + served * 100)
        .answers(`c${served}`)
        .at(1_050 + served * 100)
        .ends(`c${served}`)
        .wrapped(0)
    }
  }
  const ratio = { mode: "predictive", pacing: { kind: "fixed-ratio", linesPerAgent: 3 } } as const
  it("lets a fresh day begin with an agent held for each call, then as many ring as there are free agents and calls to spare", () => {
    const floor = new TestFloor({ campaigns: [{ ...ratio, law, contacts: 200 }], groups: team(1) })
    floor.signIn(0).expectOf("dial", "0 dial c0")
    const isReserved = (contact: number) =>
      (floor.dialler.calls.flags[floor.slot(`c${contact}`)] & CallFlag.reserved) !== 0
    serve(floor, 0, 32)
    // 1 of 33 is over 3 %; 1 of 34 is not.
    assert.isTrue(isReserved(32))
    serve(floor, 32, 33)
    // The one that may be abandoned is for an agent who leaves while the call rings.
    assert.isFalse(isReserved(33))
    serve(floor, 33, 64)
    assert.lengthOf(
      floor.said().filter((line) => line.includes(" dial ")),
      64
    )
    // 2 of 67 are not over 3 %: one for the agent who leaves, one for a call more than there are agents.
    serve(floor, 64, 65)
    floor.expectOf("dial", "7450 dial c65", "7450 dial c66")
  })
  it("is for studies to pass over", () => {
    const loose = { ...law, enforceCeilings: false }
    const floor = new TestFloor({ campaigns: [{ ...ratio, law: loose, contacts: 200 }], groups: team(1) })
    floor.signIn(0).expectOf("dial", "0 dial c0", "0 dial c1", "0 dial c2")
  })
})

describe("promised calls", () => {
  const promise = (at: number, until: number, agent: number) => (floor: TestFloor) =>
    floor.does((dialler) => void dialler.promiseCall(0, 0, at, until, agent))
  it("go to their agent at their time, whoever has waited longer", () => {
    const floor = new TestFloor({ campaigns: [{ contacts: 1 }] })
    promise(60_000, 120_000, 1)(floor)
    floor.signIn(0, 1).until(59_999).expectOf("dial")
    floor.until(60_000).expectOf("dial", "60000 dial c0")
    floor.at(61_000).answers("c0").expectOf("connect", "61000 connect c0 a1")
  })
  it("go to anyone when their agent did not come in time", () => {
    const floor = new TestFloor({ campaigns: [{ contacts: 1 }] })
    promise(60_000, 120_000, 1)(floor)
    floor.signIn(0).until(119_999).expectOf("dial")
    floor.until(120_000).expectOf("dial", "120000 dial c0")
  })
  it("hold an agent in predictive mode too, before the pacing has its say", () => {
    const floor = new TestFloor({
      campaigns: [{ contacts: 3, mode: "predictive", pacing: { kind: "fixed-ratio", linesPerAgent: 1 } }],
      groups: team(1)
    })
    promise(60_000, 120_000, -1)(floor)
    floor.signIn(0).at(1_000).answers("c1").at(59_000).ends("c1").at(60_000).wrapped(0)
    floor.until(60_000).expectOf("dial", "0 dial c1", "60000 dial c0")
    assert.strictEqual(floor.dialler.calls.agent[floor.slot("c0")], 0)
    floor.at(61_000).answers("c0").expectOf("connect", "61000 connect c0 a0")
  })
  it("wait for the hours like any other call", () => {
    const law = lawOf(hours("10:00-20:00"), ["Europe/London"], eight)
    const floor = new TestFloor({ campaigns: [{ law, contacts: 1 }] })
    promise(hour, hour + 60_000, 1)(floor)
    floor
      .signIn(0, 1)
      .until(2 * hour - 1)
      .expectOf("dial")
    floor
      .until(2 * hour)
      .at(2 * hour + 1)
      .answers("c0")
      .expectOf("connect", `${2 * hour + 1} connect c0 a1`)
  })
  it("do not push a card on agents who pull them", () => {
    const floor = new TestFloor({ campaigns: [{ contacts: 1, mode: "manual" }] })
    promise(60_000, 120_000, 1)(floor)
    floor.signIn(0, 1).until(60_000).expectOf("preview")
    assert.isTrue(floor.takes(1))
    floor.expectOf("preview", "60000 preview a1 c0")
  })
})
