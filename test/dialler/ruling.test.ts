import { assert, describe, it } from "@effect/vitest"
import { type CampaignSettings, knowsNothing } from "../../src/domain/Campaign.ts"
import type { Rule } from "../../src/domain/rules/Rule.ts"
import { Closed, ContactState } from "../../src/dialler/ContactList.ts"
import { lawOf, onlyRules } from "./compliance/setting.ts"
import { team, TestFloor } from "./TestFloor.ts"

const plain = { success: false, rightParty: false, final: false, asksCallbackTime: false }
const known: CampaignSettings["known"] = {
  ...knowsNothing,
  dispositions: [
    { ...plain, code: "sale", label: "Sale", final: true },
    { ...plain, code: "call-later", label: "Call later", asksCallbackTime: true }
  ],
  segments: ["north", "south"],
  campaigns: ["winter"]
}
const [sale, later] = [0, 1]

const floorWith = (rules: ReadonlyArray<Rule>, more: Partial<CampaignSettings> & { contacts?: number } = {}) =>
  new TestFloor({ groups: team(2), campaigns: [{ contacts: 1, rules, known, ...more }] })

/** One talk of contact 0 with agent 0 from 1 to 9 s, wrapped up at 10 s. */
const talked = (floor: TestFloor, disposition: number, askedAt = -1): TestFloor => {
  floor.signIn(0).at(1_000).answers("c0").at(9_000).ends("c0").at(10_000).said()
  return floor.does((dialler, now) => dialler.wrapUpDone(0, now, disposition, askedAt))
}

describe("rules after an attempt", () => {
  it("decide by what the agent chose", () => {
    const rules: ReadonlyArray<Rule> = [
      { name: "later", when: { disposition: ["call-later"] }, then: { again: { afterMinutes: 1 } } },
      { name: "sold", when: { disposition: ["sale"] }, then: { finish: "sold" } }
    ]
    const floor = talked(floorWith(rules), later)
    floor.expectOf("closed", "10000 closed c0 connected again 70000")
    talked(floorWith(rules), sale).expectOf("ruled", "10000 ruled c0 result")
  })
  it("keep the time somebody asked for, by the agent who promised it while the window lasts", () => {
    const rules: ReadonlyArray<Rule> = [
      {
        name: "promised",
        when: { disposition: ["call-later"] },
        then: { again: { at: "asked", by: "same-agent", windowMinutes: 5 } }
      }
    ]
    const floor = talked(floorWith(rules), later, 600_000)
    floor.signIn(1).until(599_999).expectOf("dial")
    floor.until(600_000).expectOf("dial", "600000 dial c0")
    assert.strictEqual(floor.dialler.calls.agent[floor.slot("c0")], 0)
    const absent = talked(floorWith(rules), later, 600_000)
    absent.signOut(0).signIn(1).until(899_999).expectOf("dial")
    absent.until(900_000).expectOf("dial", "900000 dial c0")
  })
  it("take the next number, in turn", () => {
    const floor = floorWith([{ name: "other number", then: { again: { afterMinutes: 1, number: "next" } } }])
    const { list } = floor.dialler.campaigns[0]
    list.numbers[0] = 2
    floor.signIn(0).at(1_000).fails("c0").said()
    assert.strictEqual(list.number[0], 1)
    floor.until(61_000).at(62_000).fails("c0").said()
    assert.strictEqual(list.number[0], 0)
  })
  it("put a contact on the do-not-call list for good", () => {
    const law = lawOf(onlyRules({}), ["Europe/London"], "2026-11-23T10:00:00Z")
    const floor = talked(floorWith([{ name: "no more", then: { doNotCall: true } }], { law }), sale)
    floor.expectOf("ruled", "10000 ruled c0 doNotCall")
    const { compliance, list } = floor.dialler.campaigns[0]
    assert.deepStrictEqual([list.state[0], list.closedAs[0]], [ContactState.closed, Closed.doNotCall])
    assert.strictEqual(compliance?.calling.earliest(0, 20_000, true), Number.POSITIVE_INFINITY)
  })
  it("remove a contact, or hand it to another campaign", () => {
    const removed = talked(floorWith([{ name: "out", then: { remove: true } }]), sale)
    assert.strictEqual(removed.dialler.campaigns[0].list.closedAs[0], Closed.removed)
    const moved = talked(floorWith([{ name: "on", then: { campaign: "winter" } }]), sale)
    moved.expectOf("moved", "10000 moved c0 to 0")
    assert.strictEqual(moved.dialler.campaigns[0].list.closedAs[0], Closed.moved)
  })
  it("put it into another segment, which may be off", () => {
    const floor = floorWith([
      { name: "south", then: { segment: "south" } },
      { name: "again", then: { again: { afterMinutes: 1 } } }
    ])
    floor.does((dialler, now) => dialler.switchSegment(0, 1, false, now))
    talked(floor, later).until(200_000).expectOf("dial")
    floor.does((dialler, now) => dialler.switchSegment(0, 1, true, now)).expectOf("dial", "200000 dial c0")
  })
  it("set parameters, and ask for fields and answers where a rule needs them", () => {
    const rules: ReadonlyArray<Rule> = [
      {
        name: "hot",
        when: { answers: { interested: ["yes"] } },
        then: { set: { stage: "hot" }, setAttempt: { score: "high" } }
      },
      {
        name: "brno",
        when: { contact: { op: "=", field: "city", value: "Brno" } },
        then: { again: { afterMinutes: 1 } }
      }
    ]
    const floor = floorWith(rules, { known: { ...known, questions: [{ name: "interested", answers: null }] } })
    floor.answersTo = (_, question) => (question === "interested" ? ["yes"] : [])
    floor.fits = (campaign, contact, filter) => campaign === 0 && contact === 0 && filter === 0
    talked(floor, later)
    assert.deepStrictEqual(
      floor.said().filter((line) => /ruled|closed/.test(line)),
      ["10000 ruled c0 contact stage=hot attempt score=high", "10000 closed c0 connected again 70000"]
    )
  })
  it("run on calls nobody answered too, and never after a final disposition", () => {
    const rules: ReadonlyArray<Rule> = [{ name: "again", then: { again: { afterMinutes: { from: 5, to: 10 } } } }]
    const floor = floorWith(rules)
    floor.signIn(0).at(1_000).fails("c0", "noAnswer")
    const due = floor.dialler.campaigns[0].list.dueAt[0]
    assert.isTrue(due >= 301_000 && due <= 601_000)
    assert.isTrue(talked(floorWith(rules), sale).dialler.campaigns[0].list.exhausted)
  })
  it("do not call back whom somebody withdrew meanwhile", () => {
    const floor = floorWith([{ name: "again", then: { again: { afterMinutes: 1 } } }])
    floor.signIn(0).does((dialler) => dialler.withdraw(0, 0, Closed.removed))
    floor.at(1_000).fails("c0").until(100_000).expectOf("dial", "0 dial c0")
    assert.deepStrictEqual(
      [floor.dialler.campaigns[0].list.closedAs[0], floor.dialler.nextTimerAt],
      [Closed.removed, Infinity]
    )
  })
})
