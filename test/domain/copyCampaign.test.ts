import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { Closed, ContactState } from "../../src/dialler/ContactList.ts"
import { E164 } from "../../src/domain/Contact.ts"
import {
  type CampaignContact,
  type CampaignCopy,
  type CampaignInput,
  closedNames,
  type ContactPast,
  copyCampaign,
  neverCalled,
  type PastCall
} from "../../src/domain/copyCampaign.ts"
import { contactStates } from "../../src/domain/Filter.ts"
import { settingsOf } from "../dialler/TestFloor.ts"

const hour = 3_600_000
const now = 100 * hour

const called: ContactPast = {
  state: "retry",
  attempts: 3,
  attemptsBy: { busy: 2, connected: 1 },
  lastOutcome: "busy",
  lastAttemptAt: now - hour,
  reached: true,
  dueAt: now + hour,
  promise: { agent: 4, until: now + 2 * hour },
  closedAs: "not",
  number: 1
}
const call: PastCall = { placedAt: now - hour, endedAt: now - hour + 1, outcome: "abandoned", late: false }
const contactOf = (past: ContactPast, index = 0): CampaignContact => ({
  contact: {
    numbers: [{ number: E164.make(`+4420794600${String(index).padStart(2, "0")}`), column: "phone" }],
    fields: { lastName: `No ${index}` },
    parameters: { Balance: "12" }
  },
  segment: index % 2,
  loadedAt: index,
  past,
  calls: past.attempts > 0 ? [call] : []
})
const settings = settingsOf({ name: "spring", mode: "preview", attemptsMax: 7, linesMax: 12 })
const campaignOf = (...pasts: ReadonlyArray<ContactPast>): CampaignInput => ({
  settings,
  contacts: pasts.map(contactOf)
})
const copy = (source: CampaignInput, history: "fresh" | "kept", name = "autumn"): CampaignCopy =>
  Result.getOrThrow(copyCampaign(source, { name, history, at: now, taken: ["spring", "winter"] }))
const closed = (closedAs: ContactPast["closedAs"]): ContactPast => ({
  ...called,
  state: "closed",
  dueAt: null,
  promise: null,
  closedAs
})

describe("a copy of a campaign", () => {
  it("has the settings of the campaign under its own name", () => {
    const source = campaignOf(neverCalled)
    for (const history of ["fresh", "kept"] as const) {
      assert.deepStrictEqual(copy(source, history).settings, { ...settings, name: "autumn" })
    }
  })
  it("with a fresh history begins anew with the contacts, their fields and segments", () => {
    const source = campaignOf(neverCalled, called, closed("by-rule"), closed("forbidden"))
    const { contacts, from } = copy(source, "fresh")
    assert.deepStrictEqual(
      contacts.map(({ past }) => past),
      [neverCalled, neverCalled, neverCalled, neverCalled]
    )
    assert.deepStrictEqual(from, [0, 1, 2, 3])
    contacts.forEach((each, index) => {
      const { contact, segment } = source.contacts[index]
      assert.deepStrictEqual([each.contact, each.segment, each.loadedAt], [contact, segment, now])
    })
  })
  it("with a fresh history leaves out who was removed, moved or only called us, and calls nobody who asked not to be called", () => {
    const source = campaignOf(closed("removed"), closed("do-not-call"), closed("moved"), closed("invalid"), called)
    const { contacts, from } = copy(source, "fresh")
    assert.deepStrictEqual(copy(campaignOf(closed("called-in"), called), "fresh").from, [1])
    assert.deepStrictEqual(from, [1, 3, 4])
    assert.deepStrictEqual(
      contacts.map(({ past }) => past),
      [
        { ...neverCalled, state: "closed", closedAs: "do-not-call" },
        { ...neverCalled, state: "closed", closedAs: "invalid" },
        neverCalled
      ]
    )
  })
  it("with the history kept goes on where the campaign stands", () => {
    const source = campaignOf(neverCalled, called, ...closedNames.slice(1).map(closed))
    const { contacts, from } = copy(source, "kept")
    assert.deepStrictEqual(contacts, source.contacts)
    assert.deepStrictEqual(from, [0, 1, 2, 3, 4, 5, 6, 7, 8])
  })
  it("does not call who is on the phone with the campaign", () => {
    const inWork: ContactPast = { ...called, state: "in-work", dueAt: now - 5, promise: null }
    assert.deepStrictEqual(
      copy(campaignOf(inWork), "kept").contacts.map(({ past }) => past),
      [{ ...called, dueAt: now + hour, promise: null }]
    )
    assert.deepStrictEqual(
      copy(campaignOf(inWork), "fresh").contacts.map(({ past }) => past),
      [{ ...neverCalled, state: "retry", dueAt: now + hour }]
    )
  })
  it("does not call who was withdrawn while on the phone", () => {
    const source = campaignOf({ ...called, state: "in-work", closedAs: "do-not-call" })
    for (const history of ["fresh", "kept"] as const) {
      const [{ past }] = copy(source, history).contacts
      assert.deepStrictEqual(
        [past.state, past.closedAs, past.dueAt, past.promise],
        ["closed", "do-not-call", null, null]
      )
    }
  })
  it("lifts no cap and no lock-out: the calls the law looks at stay with the person", () => {
    const source = campaignOf(called, closed("do-not-call"))
    for (const history of ["fresh", "kept"] as const) {
      assert.deepStrictEqual(
        copy(source, history).contacts.map(({ calls }) => calls),
        [[call], [call]]
      )
    }
  })
  it("needs a name no campaign has", () => {
    const refused = (name: string) => {
      const made = copyCampaign(campaignOf(), { name, history: "fresh", at: now, taken: ["winter"] })
      return Result.isFailure(made) ? made.failure : null
    }
    assert.deepStrictEqual(refused("spring"), { path: "name", found: '"spring"', allowed: "a name no campaign has" })
    assert.deepStrictEqual(refused("winter"), { path: "name", found: '"winter"', allowed: "a name no campaign has" })
    assert.deepStrictEqual(refused(" "), { path: "name", found: '" "', allowed: "a name" })
    assert.isNull(refused("autumn"))
  })

  const Past = Schema.Struct({
    state: Schema.Literals(contactStates),
    closedAs: Schema.Literals(closedNames.slice(1)),
    withdrawn: Schema.Boolean,
    attempts: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3 }))
  })
  it.prop(
    "keeps contacts apart from those left out, changes nothing in the campaign, and is a copy of a copy",
    { pasts: Schema.Array(Past).check(Schema.isMaxLength(20)) },
    ({ pasts }) => {
      const source = campaignOf(
        ...pasts.map(({ attempts, closedAs, state, withdrawn }): ContactPast => ({
          ...(attempts === 0 ? neverCalled : called),
          attempts,
          state,
          // A contact may be withdrawn while it is in work.
          closedAs: state === "closed" || (state === "in-work" && withdrawn) ? closedAs : "not"
        }))
      )
      const before = structuredClone(source)
      for (const history of ["fresh", "kept"] as const) {
        const first = copy(source, history)
        const gone = source.contacts.filter(({ past }) => ["removed", "moved", "called-in"].includes(past.closedAs))
        assert.strictEqual(first.contacts.length, pasts.length - (history === "fresh" ? gone.length : 0))
        first.contacts.forEach(({ contact, past }, index) => {
          assert.deepStrictEqual(contact, source.contacts[first.from[index]].contact)
          assert.notStrictEqual(past.state, "in-work")
          assert.strictEqual(past.state === "closed", past.closedAs !== "not")
        })
        const second = copy(first, "kept", "again")
        assert.deepStrictEqual(second.contacts, first.contacts)
      }
      assert.deepStrictEqual(source, before)
    },
    { arbitrary: { runs: 200, seed: 1 } }
  )
})

describe("names of a contact's end", () => {
  it("stand for the codes of the core", () => {
    assert.deepStrictEqual(
      Object.values(Closed),
      closedNames.map((_, code) => code)
    )
    assert.strictEqual(closedNames[Closed.doNotCall], "do-not-call")
    assert.strictEqual(closedNames[Closed.moved], "moved")
    assert.deepStrictEqual(
      Object.values(ContactState),
      contactStates.map((_, code) => code)
    )
  })
})
