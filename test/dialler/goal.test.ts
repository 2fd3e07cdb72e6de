import { assert, describe, it } from "@effect/vitest"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import { Outcome } from "../../src/domain/Outcome.ts"
import { Closed, ContactList, ContactState } from "../../src/dialler/ContactList.ts"
import { lawOf, onlyRules } from "./compliance/setting.ts"
import { team, TestFloor } from "./TestFloor.ts"

const floorWith = (more: Partial<CampaignSettings> & { readonly contacts?: number } = {}) =>
  new TestFloor({ groups: team(1), campaigns: [{ contacts: 1, goal: "exhausted", ...more }] })

describe("a campaign whose goal is the end of its list", () => {
  it("is done, once, when the last contact is, and not while one will be called again", () => {
    const floor = floorWith({ contacts: 2, retry: { busy: { delayMillis: 60_000, attemptsMax: 2 } } })
    floor.signIn(0).at(1_000).fails("c0").at(2_000).fails("c1", "invalid").expectOf("done")
    floor.until(61_000).at(62_000).fails("c0").expectOf("done", "62000 done campaign 0")
    floor.does((dialler) => dialler.withdraw(0, 1, Closed.removed)).expectOf("done")
  })
  it("begins anew with more contacts", () => {
    const floor = floorWith()
    floor.signIn(0).at(1_000).fails("c0").expectOf("done", "1000 done campaign 0")
    floor
      .does((dialler, now) => dialler.addContacts(0, 1, 0, now))
      .at(2_000)
      .fails("c1")
    floor.expectOf("done", "2000 done campaign 0")
  })
  it("is done when the rest is withdrawn, or may never be called", () => {
    const withdrawn = floorWith({ contacts: 2 })
    withdrawn
      .signIn(0)
      .at(1_000)
      .fails("c0")
      .does((dialler) => dialler.withdraw(0, 1, Closed.removed))
    withdrawn.fails("c1").expectOf("done", "1000 done campaign 0")
    const cap = onlyRules({
      caps: [{ count: "attempts", n: 1, window: { kind: "campaign" }, key: "number", per: "campaign" }]
    })
    const law = lawOf(cap, ["Europe/London"], "2026-11-23T10:00:00Z")
    const forbidden = floorWith({ law, retry: { busy: { delayMillis: 60_000, attemptsMax: 9 } } })
    forbidden.signIn(0).at(1_000).fails("c0").until(61_000).expectOf("done", "61000 done campaign 0")
  })
  it("waits for more where it has none", () => {
    const floor = floorWith({ goal: "none" })
    floor.signIn(0).at(1_000).fails("c0").expectOf("done")
  })
})

describe("contacts with a past", () => {
  const past = {
    attempts: 2,
    lastOutcome: Outcome.busy as number,
    reached: false,
    number: 0,
    closedAs: Closed.not as number,
    dueAt: 500,
    promise: null
  }
  it("go on where they were", () => {
    const list = new ContactList(1)
    list.add(5, 0)
    list.restore(0, past, [2])
    list.restore(1, { ...past, closedAs: Closed.doNotCall, dueAt: -1 }, [0])
    list.restore(2, { ...past, reached: true, promise: { agent: 4, until: 900 } }, [0])
    list.restore(3, { ...past, attempts: 0, dueAt: -1 }, [0])
    assert.deepStrictEqual(
      [list.peek(0), list.freshCount, list.closed, list.attempted, list.reachedCount],
      [3, 2, 1, 3, 1]
    )
    assert.deepStrictEqual([list.attempts[0], list.byRule[0], list.lastOutcome[0]], [2, 2, Outcome.busy])
    assert.strictEqual(list.peek(500), 0)
    assert.deepStrictEqual([list.peekPromised(4, 499), list.peekPromised(4, 500)], [-1, 2])
    assert.strictEqual(list.state[1], ContactState.closed)
  })
})
