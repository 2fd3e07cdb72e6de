import { assert, describe, it } from "@effect/vitest"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import { E164 } from "../../src/domain/Contact.ts"
import { Reason } from "../../src/dialler/compliance/Reason.ts"
import { lawOf, onlyRules } from "./compliance/setting.ts"
import { team, TestFloor } from "./TestFloor.ts"

const [one, two] = ["+442079460001", "+442079460002"].map((number) => E164.make(number))
type Settings = NonNullable<CampaignSettings["callerIds"]>["settings"]
const turns: Settings = { rotation: "round-robin", numbers: [{ number: one }, { number: two }], whenCapped: "stop" }
const floorWith = (settings: Settings, contacts = 6, more: Partial<CampaignSettings> = {}) =>
  new TestFloor({ groups: team(1), campaigns: [{ contacts, callerIds: { settings, seed: 7 }, ...more }] })
/** Calls the contacts in turn, each busy after a second, and gives the numbers shown. */
const shownOn = (floor: TestFloor, contacts: number): ReadonlyArray<string> => {
  const { shown } = floor.dialler.campaigns[0]
  const calls = Array.from({ length: contacts }, (_, contact) => {
    const index = floor.dialler.calls.callerId[floor.slot(`c${contact}`)]
    floor.at(floor.now + 1_000).fails(`c${contact}`)
    return shown?.ids.numberOf(index) ?? ""
  })
  return calls
}
const capped: Settings = {
  ...turns,
  numbers: [
    { number: one, capPerDay: 2 },
    { number: two, capPerDay: 1 }
  ]
}

describe("the number a call shows", () => {
  it("goes round", () => {
    const floor = floorWith(turns)
    floor.signIn(0)
    assert.deepStrictEqual(shownOn(floor, 4), [one, two, one, two])
  })
  it("keeps its cap: what is left waits for midnight by the campaign's clock, and then goes on", () => {
    const floor = floorWith(capped)
    floor.signIn(0)
    assert.deepStrictEqual(shownOn(floor, 3), [one, two, one])
    // 9:00 at instant 0.
    const midnight = 15 * 3_600_000
    floor.expectOf(
      "heldBack",
      ...[3, 4, 5].map((contact) => `3000 heldBack c${contact} caller-id-cap until ${midnight}`)
    )
    floor.until(midnight).expectOf("dial", `${midnight} dial c3`)
    assert.strictEqual(floor.dialler.campaigns[0].uncalled, 3)
  })
  it("counts its days by the clock of the law's zone", () => {
    const law = lawOf(onlyRules({}), ["Europe/Athens"], "2026-11-23T20:00:00Z")
    const floor = floorWith(capped, 4, { law })
    floor.signIn(0)
    shownOn(floor, 3)
    floor.expectOf("heldBack", `3000 heldBack c3 caller-id-cap until ${2 * 3_600_000}`)
    assert.strictEqual(floor.dialler.campaigns[0].list.held[3], Reason.callerIdCap)
  })
  it("is that of the contact's prefix, once the number is told", () => {
    const settings: Settings = {
      rotation: "by-prefix",
      numbers: [{ number: one, prefixes: ["+4420"] }, { number: two }],
      whenCapped: "stop"
    }
    const floor = floorWith(settings, 3)
    const { shown } = floor.dialler.campaigns[0]
    shown?.setNumber(0, "+442079461111")
    shown?.setNumber(1, "+441619461111")
    floor.signIn(0)
    assert.deepStrictEqual(shownOn(floor, 3), [one, two, two])
  })
  it("stays the same for a contact", () => {
    const settings: Settings = { ...turns, rotation: "sticky" }
    const floor = floorWith(settings, 4, { retry: { busy: { delayMillis: 60_000, attemptsMax: 5 } } })
    floor.signIn(0)
    const first = shownOn(floor, 4)
    floor.until(61_000)
    assert.deepStrictEqual(shownOn(floor, 4), first)
  })
  it("holds promised calls to the same cap", () => {
    const floor = floorWith({ ...turns, numbers: [{ number: one, capPerDay: 1 }] }, 2)
    floor.does((dialler) => void dialler.promiseCall(0, 1, 10_000, 20_000, -1))
    floor.signIn(0)
    shownOn(floor, 1)
    floor.until(10_000).expectOf("heldBack", `10000 heldBack c1 caller-id-cap until ${15 * 3_600_000}`)
  })
  it("is the trunk's own where the campaign has none", () => {
    const floor = new TestFloor({ groups: team(1) })
    floor.signIn(0)
    assert.strictEqual(floor.dialler.calls.callerId[floor.slot("c0")], -1)
  })
})
