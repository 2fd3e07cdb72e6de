import { assert, describe, it } from "@effect/vitest"
import { Outcome } from "../../src/domain/Outcome.ts"
import { Answer, Customers } from "../../sim/Customers.ts"
import { Draws } from "../../sim/random/Draws.ts"
import { seedOf } from "../../sim/random/seed.ts"
import type { People } from "../../sim/Scenario.ts"
import { campaignOf, people as usual } from "./worldFloors.ts"

const alike: Partial<People> = { unreachableShare: 0, reachabilitySpread: 0 }
const customersOf = (people: Partial<People> = {}, options: { congestion?: number; pickups?: Array<number> } = {}) =>
  new Customers(
    campaignOf({
      people,
      list: { segments: (options.pickups ?? [1]).map((pickup, i) => ({ name: `s${i}`, share: 1, pickup })) }
    }),
    0,
    new Draws(...seedOf("customers", 0)),
    540,
    options.congestion ?? 0
  )
const attemptOf = (customers: Customers, contact: number, attempt = 1, segment = 0, now = 0) => {
  customers.dialled(contact, attempt, segment, now)
  const { answer, outcome, ringMillis } = customers
  return { answer, outcome: answer === Answer.nobody ? outcome : -1, ringMillis }
}
const contacts = 20_000
const all = Array.from({ length: contacts }, (_, contact) => contact)
/** Share of the contacts a person answers at this attempt. */
const answered = (customers: Customers, attempt = 1, segment = 0, now = 0): number =>
  all.filter((contact) => attemptOf(customers, contact, attempt, segment, now).answer === Answer.person).length /
  contacts
/** Four standard deviations of a share of all contacts. */
const margin = (share: number): number => 4 * Math.sqrt((share * (1 - share)) / contacts)

describe("the people on a list", () => {
  it("do the same at the same attempt, in whatever order they are asked", () => {
    const ask = (customers: Customers, contact: number) => ({
      ...attemptOf(customers, contact, 2),
      talk: customers.talkMillis(contact, 2),
      patience: customers.patienceMillis(contact, 2),
      delay: customers.detectionMillis(contact, 2, false),
      machine: customers.verdictIsMachine,
      script: customers.scriptMillis(contact, 2, false),
      transfer: customers.wantsTransfer
    })
    const customers = customersOf({ patience: { kind: "exponential", mean: 5 } })
    const asked = all.slice(0, 300)
    const forwards = asked.map((contact) => ask(customers, contact))
    const backwards = asked.toReversed().map((contact) => ask(customers, contact))
    assert.deepStrictEqual(backwards.toReversed(), forwards)
    assert.isAbove(new Set(forwards.map(({ talk }) => talk)).size, 250)
  })
  it("answer as often as they should; less at every further attempt, by hour and by segment", () => {
    const hours = new Array<number>(24).fill(1)
    hours[10] = 1.5
    const customers = customersOf({ ...alike, answerByHour: hours }, { pickups: [1, 0.5] })
    assert.closeTo(answered(customers), 0.35, margin(0.35))
    assert.closeTo(answered(customers, 3), 0.35 * 0.81, margin(0.28))
    assert.closeTo(answered(customers, 1, 1), 0.175, margin(0.175))
    assert.closeTo(answered(customers, 1, 0, 3_600_000), 0.525, margin(0.525))
    assert.closeTo(answered(customers, 1, 0, 25 * 3_600_000), 0.525, margin(0.525))
  })
  it("never answer where they cannot be reached, at any attempt", () => {
    const customers = customersOf({ unreachableShare: 0.4, reachabilitySpread: 0, answerShare: 0.999 })
    const reached = all.filter((contact) => attemptOf(customers, contact).answer === Answer.person)
    assert.closeTo(reached.length / contacts, 0.6 * 0.999, margin(0.6))
    const again = all.filter((contact) => attemptOf(customers, contact, 1).answer === Answer.person)
    assert.deepStrictEqual(again, reached)
  })
  it("fail in the shares of the others that are given", () => {
    const customers = customersOf({ ...alike, answerShare: 0.2 })
    const outcomes = all.map((contact) => attemptOf(customers, contact))
    const share = (of: (attempt: (typeof outcomes)[number]) => boolean) => outcomes.filter(of).length / contacts
    const { busy, invalid, machine, rejected } = usual.otherwise
    assert.closeTo(
      share(({ answer }) => answer === Answer.machine),
      0.8 * machine,
      margin(0.2)
    )
    assert.closeTo(
      share(({ outcome }) => outcome === Outcome.busy),
      0.8 * busy,
      margin(0.12)
    )
    assert.closeTo(
      share(({ outcome }) => outcome === Outcome.rejected),
      0.8 * rejected,
      margin(0.04)
    )
    assert.closeTo(
      share(({ outcome }) => outcome === Outcome.invalid),
      0.8 * invalid,
      margin(0.04)
    )
    assert.closeTo(
      share(({ outcome }) => outcome === Outcome.noAnswer),
      0.8 * 0.5,
      margin(0.4)
    )
  })
  it("keep their own answer when the network has no congestion, and lose only congested attempts to it", () => {
    const free = customersOf(alike)
    const congested = customersOf(alike, { congestion: 0.2 })
    let lost = 0
    for (const contact of all) {
      const attempt = attemptOf(congested, contact)
      if (attempt.outcome === Outcome.congestion) lost += 1
      else assert.deepStrictEqual(attempt, attemptOf(free, contact))
    }
    assert.closeTo(lost / contacts, 0.2, margin(0.2))
  })
  it("are drawn from a measured sample of dials where there is one", () => {
    const dials = [
      { answered: true, ringSeconds: 4 },
      { answered: true, ringSeconds: 9.5 },
      { answered: false, ringSeconds: 30 }
    ]
    const customers = customersOf({ dials })
    const rings = all.map((contact) => attemptOf(customers, contact))
    for (const millis of [4_000, 9_500, 30_000]) {
      const share = rings.filter(({ ringMillis }) => ringMillis === millis).length / contacts
      assert.closeTo(share, 1 / 3, margin(1 / 3))
    }
    assert.isTrue(rings.every(({ answer, ringMillis }) => (answer === Answer.person) === ringMillis < 30_000))
  })
  it("are taken for what they are not as often as detection errs", () => {
    const customers = customersOf()
    const machines = (isMachine: boolean) =>
      all.filter((contact) => {
        customers.detectionMillis(contact, 1, isMachine)
        return customers.verdictIsMachine
      }).length / contacts
    assert.closeTo(machines(false), 0.04, margin(0.04))
    assert.closeTo(machines(true), 0.9, margin(0.1))
  })
  it("hang up on a script, press the key or hear it out; a machine hears it out", () => {
    const customers = customersOf()
    const heard = all.map((contact) => ({
      millis: customers.scriptMillis(contact, 1, false),
      transfer: customers.wantsTransfer
    }))
    assert.closeTo(heard.filter(({ transfer }) => transfer).length / contacts, 0.3, margin(0.3))
    assert.closeTo(heard.filter(({ millis }) => millis === 40_000).length / contacts, 0.4, margin(0.4))
    assert.strictEqual(
      customers.scriptMillis(
        heard.findIndex(({ transfer }) => transfer),
        1,
        true
      ),
      40_000
    )
    assert.isFalse(customers.wantsTransfer)
  })
  it("have all the patience in the world where none is given", () => {
    assert.strictEqual(customersOf().patienceMillis(1, 1), Number.POSITIVE_INFINITY)
  })
  it("are other people in another campaign", () => {
    const draws = new Draws(...seedOf("customers", 0))
    const [one, two] = [0, 1].map((index) => new Customers(campaignOf(), index, draws, 540, 0))
    const talks = (customers: Customers) => all.slice(0, 50).map((contact) => customers.talkMillis(contact, 1))
    assert.notDeepEqual(talks(one), talks(two))
  })
})
