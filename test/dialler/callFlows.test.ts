import { assert, describe, it } from "@effect/vitest"
import { type CampaignSettings, knowsNothing } from "../../src/domain/Campaign.ts"
import type { CallFlow } from "../../src/domain/flow/CallFlow.ts"
import { announcement, offerThenTransfer } from "../../src/domain/flow/readyMade.ts"
import { Closed } from "../../src/dialler/ContactList.ts"
import { TestFloor } from "./TestFloor.ts"

const confirmation = { text: "We will not call you again." }
const offer = offerThenTransfer({
  name: "offer",
  offer: { text: "Press one to talk to us, nine for no more calls." },
  transferKey: "1",
  to: { group: "team" },
  nobody: { text: "All of us are busy." },
  optOut: { key: "9", confirmation }
})

const floorWith = (flow: CallFlow, more: Partial<CampaignSettings> = {}, contacts = 1) =>
  new TestFloor({ campaigns: [{ mode: "automatic", flow, contacts, ...more }] })
const happened = (floor: TestFloor) => floor.said().filter((line) => !/ dial | a\d /.test(line))

describe("call flows of automatic campaigns", () => {
  it("begin when somebody answers, and hang up at their end", () => {
    const floor = floorWith(announcement({ name: "news", message: { file: "news.wav" } }))
    floor.signIn(0).at(1_000).answers("c0")
    assert.deepStrictEqual(happened(floor), ["1000 flow c0 play step 0 turn 1"])
    floor.at(6_000).does((dialler, now) => dialler.flows.played(floor.slot("c0"), 1, now))
    assert.deepStrictEqual(happened(floor), ["6000 hangUp c0", "6000 closed c0 scripted"])
    assert.strictEqual(floor.dialler.campaigns[0].scriptCount, 0)
  })
  it("give whoever presses the key to an agent of the group", () => {
    const groups = [
      { name: "others", agents: 1, alwaysOn: true },
      { name: "team", agents: 1, alwaysOn: true }
    ]
    const floor = new TestFloor({
      groups,
      campaigns: [{ mode: "automatic", flow: offer, contacts: 1, groups: ["others", "team"] }]
    })
    floor.signIn(0, 1).at(1_000).answers("c0").at(4_000).said()
    floor.does((dialler, now) => dialler.flows.keys(floor.slot("c0"), 1, "1", now))
    assert.deepStrictEqual(floor.said(), ["4000 keys c0 step 0 1", "4000 a1 talk", "4000 connect c0 a1"])
    floor.at(9_000).ends("c0").at(10_000).wrapped(1).expectOf("closed", "10000 closed c0 connected")
  })
  it("lets people wait for their own group while others get theirs", () => {
    const groups = [
      { name: "others", agents: 1, alwaysOn: true },
      { name: "team", agents: 1, alwaysOn: true }
    ]
    const floor = new TestFloor({
      groups,
      campaigns: [{ mode: "automatic", flow: offer, contacts: 2, groups: ["others", "team"], dropMillis: 60_000 }]
    })
    floor.signIn(0).at(1_000).answers("c0").at(2_000)
    floor.does((dialler, now) => dialler.flows.keys(floor.slot("c0"), 1, "1", now)).said()
    floor.at(3_000).signIn(1)
    assert.deepStrictEqual(floor.said(), ["3000 a1 ready", "3000 a1 talk", "3000 connect c0 a1"])
  })
  it("go on with what the flow says when no agent comes in time", () => {
    const floor = floorWith(offer)
    floor.at(1_000).answers("c0").at(4_000)
    floor.does((dialler, now) => dialler.flows.keys(floor.slot("c0"), 1, "1", now)).said()
    floor.until(6_000)
    assert.deepStrictEqual(floor.said(), ["6000 flow c0 play step 2 turn 3"])
    floor.at(8_000).does((dialler, now) => dialler.flows.played(floor.slot("c0"), 3, now))
    assert.deepStrictEqual(floor.said(), ["8000 hangUp c0", "8000 closed c0 scripted"])
  })
  it("give whoever asks for an agent the whole wait limit, detection before or not", () => {
    const floor = floorWith(offer, { detection: true })
    floor.at(1_000).answers("c0").at(1_500).detects("c0", false).at(2_000)
    floor.does((dialler, now) => dialler.flows.keys(floor.slot("c0"), 1, "1", now)).said()
    floor.until(3_999).expectOf("flow")
    floor.until(4_000).expectOf("flow", "4000 flow c0 play step 2 turn 3")
  })
  it("abandon the call where the flow has nothing more to say", () => {
    const { nobody: _, ...rest } = { nobody: 0, offer: { text: "Press one." }, transferKey: "1", name: "offer" }
    const floor = floorWith(offerThenTransfer({ ...rest, to: { group: "team" } }))
    floor.at(1_000).answers("c0").at(4_000)
    floor.does((dialler, now) => dialler.flows.keys(floor.slot("c0"), 1, "1", now)).until(6_000)
    floor.expectOf("closed", "6000 closed c0 abandoned silent")
  })
  it("put whoever asks on the do-not-call list, whatever the rules say", () => {
    const floor = floorWith(offer, {
      rules: [{ name: "again", then: { again: { afterMinutes: 1 } } }],
      known: knowsNothing
    })
    floor.at(1_000).answers("c0").at(4_000).said()
    floor.does((dialler, now) => dialler.flows.keys(floor.slot("c0"), 1, "9", now))
    assert.deepStrictEqual(floor.said().slice(0, 2), ["4000 keys c0 step 0 9", "4000 flow c0 play step 6 turn 3"])
    floor.at(6_000).does((dialler, now) => dialler.flows.played(floor.slot("c0"), 3, now))
    const { list } = floor.dialler.campaigns[0]
    assert.deepStrictEqual([list.closedAs[0], list.exhausted], [Closed.doNotCall, true])
  })
  it("take no notice of what comes too late", () => {
    const floor = floorWith(offer)
    floor.at(1_000).answers("c0").at(4_000).ends("c0").said()
    const late = floor.slot("c0")
    floor.does((dialler, now) => {
      dialler.flows.played(late, 1, now)
      dialler.flows.keys(late, 1, "1", now)
      dialler.flows.timedOut(late, 1, now)
      dialler.flows.recorded(late, 1, now)
      dialler.flows.transferFailed(late, 1, now)
    })
    floor.expect()
    assert.strictEqual(floor.dialler.campaigns[0].scriptCount, 0)
  })
  it("set what a step sets, and look at the contact where a branch does", () => {
    const flow: CallFlow = {
      name: "branches",
      steps: [
        { name: "mark", do: "set", answer: "seen", value: "yes" },
        {
          name: "who",
          do: "branch",
          cases: [{ contact: { op: "=", field: "city", value: "Brno" }, next: "brno" }],
          otherwise: "end"
        },
        { name: "brno", do: "play", file: "brno.wav" },
        { name: "end", do: "hang-up", result: "served" }
      ]
    } as never
    const floor = floorWith(flow)
    floor.flowLooks = () => 1
    floor.at(1_000).answers("c0")
    assert.deepStrictEqual(happened(floor), ["1000 set c0 step 0", "1000 flow c0 play step 2 turn 3"])
  })
})
