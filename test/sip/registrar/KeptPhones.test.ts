import { assert, describe, it } from "@effect/vitest"
import { inRegistrarTime, type KeptPhone, type PhoneChange } from "../../../src/sip/registrar/KeptPhones.ts"

const phone: KeptPhone = {
  user: "ann",
  contact: "sip:ann@10.0.0.7:5062",
  source: "198.51.100.7:40123",
  expiresAt: 1_000_060_000
}
const uri = phone.contact
const source = { host: "198.51.100.7", port: 40_123 }
/** The registrar's clock shows 500 when it is 1,000,000,000 ms after 1970. */
const ahead = 999_999_500
const knownOf = (...known: ReadonlyArray<KeptPhone>) =>
  inRegistrarTime({ known, changed: () => {} }, 500, () => ahead).known

describe("registrations that are kept", () => {
  it("come back in the registrar's clock", () => {
    assert.deepStrictEqual(knownOf(phone), [{ user: "ann", uri, source, expiresAt: 60_500 }])
  })
  it("hold for no more than an hour, also where the wall clock was set back", () => {
    assert.deepStrictEqual(
      knownOf({ ...phone, expiresAt: 2_000_000_000 }).map(({ expiresAt }) => expiresAt),
      [3_600_500]
    )
  })
  it("are left out when they are over, or came from no address", () => {
    const others = ["", "phones.example:5060", "198.51.100.7:0"].map((source) => ({ ...phone, source }))
    assert.deepStrictEqual(knownOf({ ...phone, expiresAt: 1_000_000_000 }, ...others), [])
  })
  it("are told in Unix milliseconds, by the wall clock of that moment", () => {
    const told: Array<PhoneChange> = []
    let offset = ahead
    const { changed } = inRegistrarTime({ known: [], changed: (change) => told.push(change) }, 500, () => offset)
    const binding = { uri, source, callId: "c", cseq: 1, expiresAt: 60_500.2 }
    changed({ user: "ann", uri, binding })
    offset += 3_000
    changed({ user: "ann", uri, binding })
    changed({ user: "ann", uri, binding: undefined })
    assert.deepStrictEqual(told, [
      { kind: "registered", ...phone },
      { kind: "registered", ...phone, expiresAt: 1_000_063_000 },
      { kind: "removed", user: "ann", contact: uri }
    ])
  })
})
