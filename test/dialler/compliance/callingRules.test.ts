import { assert, describe, it } from "@effect/vitest"
import { fitsCallerId, listsGoodUntil } from "../../../src/dialler/compliance/findings.ts"
import { Reason, reasonNames } from "../../../src/dialler/compliance/Reason.ts"
import type { Cap, Rules } from "../../../src/domain/compliance/Rules.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"
import { ask, at, callingRules, composed, onlyRules, profile } from "./setting.ts"

const nineToFive: Rules = { hours: [{ monFri: ["09:00-17:00"], sat: [], sun: [] }] }
const cap = (n: number, window: Cap["window"], count: Cap["count"] = "attempts"): Cap => ({
  count,
  n,
  window,
  key: "number",
  per: "trader"
})

describe("hours", () => {
  it("are half open, and a call must be able to ring to its end", () => {
    const rules = callingRules(onlyRules(nineToFive), ["Europe/London"])
    assert.strictEqual(ask(rules, 0, "2026-02-02T08:59:59.999Z"), "2026-02-02T09:00:00.000Z hours")
    assert.strictEqual(ask(rules, 0, "2026-02-02T09:00Z"), "now")
    assert.strictEqual(ask(rules, 0, "2026-02-02T16:59:30Z"), "now")
    assert.strictEqual(ask(rules, 0, "2026-02-02T16:59:30.001Z"), "2026-02-03T09:00:00.000Z hours")
    assert.strictEqual(ask(rules, 0, "2026-02-06T17:00Z"), "2026-02-09T09:00:00.000Z hours")
  })
  it("must be open in every zone the number may belong to", () => {
    const rules = callingRules(onlyRules(nineToFive), ["America/New_York", "America/Los_Angeles", "Asia/Tokyo"])
    rules.setZone(1, rules.zoneSet(["America/New_York", "America/Los_Angeles"]))
    rules.setZone(2, rules.zoneSet(["America/New_York", "Asia/Tokyo"]))
    assert.strictEqual(ask(rules, 1, "2026-02-02T09:00-05:00"), "2026-02-02T17:00:00.000Z hours")
    assert.strictEqual(ask(rules, 1, "2026-02-02T16:59-05:00"), "now")
    // Never open in both.
    assert.strictEqual(ask(rules, 2, "2026-02-02T16:59-05:00"), "never hours")
  })
  it("are closed where the zone is not known, whatever else is", () => {
    const rules = callingRules(onlyRules({}), ["Europe/London"])
    rules.setZone(0, rules.zoneSet(["Europe/London", "Etc/Unknown"]))
    rules.setZone(1, rules.zoneSet(["Mars/Olympus"]))
    rules.setZone(2, rules.zoneSet([]))
    for (const contact of [0, 1, 2]) assert.strictEqual(ask(rules, contact, "2026-02-02T12:00Z"), "never unknown-zone")
    assert.strictEqual(ask(rules, 3, "2026-02-02T12:00Z"), "now")
  })
  it("follow holidays, with a reason of their own", () => {
    const german = callingRules(composed("de-kodex"), ["Europe/Berlin"])
    assert.strictEqual(ask(german, 0, "2026-04-06T12:00+02:00"), "2026-04-07T06:00:00.000Z holiday")
    const british = callingRules(composed("uk-ofcom-2017"), ["Europe/London"])
    assert.strictEqual(ask(british, 0, "2026-12-25T08:30Z"), "2026-12-25T09:00:00.000Z holiday")
  })
  it("without a calendar of their own follow those of the other profiles and of the campaign", () => {
    const alone = callingRules(composed("house-strict"), ["Europe/Berlin"])
    assert.strictEqual(ask(alone, 0, "2026-04-06T12:00+02:00"), "now")
    const together = callingRules(composed("house-strict", "de-kodex"), ["Europe/Berlin"])
    assert.strictEqual(ask(together, 0, "2026-04-06T12:00+02:00"), "2026-04-07T08:00:00.000Z holiday")
    const named = callingRules(composed("house-strict"), ["Europe/Berlin"], { campaignCalendars: ["de-national"] })
    assert.strictEqual(ask(named, 0, "2026-04-06T12:00+02:00"), "2026-04-07T08:00:00.000Z holiday")
  })
  it("treat days after the last year of a calendar as holidays as well", () => {
    const short = { id: "de-national", version: "short", fromDay: 0, untilDay: 20_500, days: new Int32Array(0) }
    const rules = callingRules(composed("de-kodex"), ["Europe/Berlin"], { calendars: [short] })
    assert.strictEqual(ask(rules, 0, "2026-02-16T12:00+01:00"), "never hours")
  })
  it("refuse to start without the calendar they name", () => {
    assert.throws(() => callingRules(composed("de-kodex"), ["Europe/Berlin"], { calendars: [] }), /de-national/)
  })
  it("run on over midnights and over what is worked out at a time", () => {
    const always = callingRules(onlyRules({ hours: [{ monFri: ["00:00-24:00"], sat: ["00:00-24:00"] }] }), ["UTC"])
    for (let day = 0; day < 400; day += 1) {
      const now = at("2026-01-01T00:00Z") + day * 86_400_000 - 10_000
      assert.strictEqual(always.earliest(0, now, false), now)
    }
  })
  it("end with the table of the zone", () => {
    const rules = callingRules(onlyRules(nineToFive), ["Europe/London"])
    assert.strictEqual(ask(rules, 0, "2029-12-31T18:00Z"), "never hours")
    assert.strictEqual(ask(rules, 0, "2031-01-01T12:00Z"), "never hours")
  })
  it("can be asked about earlier times again", () => {
    const rules = callingRules(onlyRules(nineToFive), ["Europe/London"])
    assert.strictEqual(ask(rules, 0, "2026-06-01T12:00Z"), "now")
    assert.strictEqual(ask(rules, 0, "2026-02-02T18:00Z"), "2026-02-03T09:00:00.000Z hours")
  })
  it("count from the instant the caller's clock calls 0", () => {
    const epochMillis = at("2026-02-02T08:00Z")
    const rules = callingRules(
      onlyRules({ ...nineToFive, caps: [cap(1, { kind: "localDays", days: 1 })] }),
      ["Europe/London"],
      {
        epochMillis
      }
    )
    assert.strictEqual(rules.earliest(0, 0, false), 3_600_000)
    rules.attempted(0, 3_600_000)
    assert.strictEqual(rules.earliest(0, 3_600_001, false), 25 * 3_600_000)
  })
})

describe("caps", () => {
  it("count per local day, week and month, and in the campaign's life", () => {
    const rules = callingRules(
      onlyRules({
        caps: [
          cap(2, { kind: "localDays", days: 1 }),
          cap(3, { kind: "week" }),
          cap(4, { kind: "month" }),
          cap(5, { kind: "campaign" })
        ]
      }),
      ["Europe/London"]
    )
    const dial = (text: string) => rules.attempted(0, at(text))
    dial("2026-06-01T10:00+01:00")
    assert.strictEqual(ask(rules, 0, "2026-06-01T10:01+01:00"), "now")
    dial("2026-06-01T11:00+01:00")
    assert.strictEqual(ask(rules, 0, "2026-06-01T11:01+01:00"), "2026-06-01T23:00:00.000Z attempts-per-day")
    dial("2026-06-03T11:00+01:00")
    assert.strictEqual(ask(rules, 0, "2026-06-03T11:01+01:00"), "2026-06-07T23:00:00.000Z attempts-per-week")
    dial("2026-06-08T11:00+01:00")
    assert.strictEqual(ask(rules, 0, "2026-06-08T11:01+01:00"), "2026-06-30T23:00:00.000Z attempts-per-month")
    dial("2026-07-01T11:00+01:00")
    assert.strictEqual(ask(rules, 0, "2026-07-01T11:01+01:00"), "never attempts-per-campaign")
  })
  it("count conversations apart from attempts", () => {
    const rules = callingRules(composed("ru-230fz"), ["Europe/Moscow"])
    for (let i = 0; i < 5; i += 1) rules.attempted(0, at("2026-06-01T10:00+03:00") + i)
    assert.strictEqual(ask(rules, 0, "2026-06-01T11:00+03:00"), "now")
    rules.ended(0, Outcome.connected, at("2026-06-01T11:00+03:00"))
    assert.strictEqual(ask(rules, 0, "2026-06-01T12:00+03:00"), "2026-06-02T05:00:00.000Z conversations")
  })
  it("are weighed anew when the person turns out to live elsewhere", () => {
    const rules = callingRules(onlyRules({ caps: [cap(1, { kind: "localDays", days: 1 })] }), [
      "Europe/London",
      "Asia/Tokyo"
    ])
    rules.attempted(0, at("2026-06-01T10:00+01:00"))
    assert.strictEqual(ask(rules, 0, "2026-06-01T17:00+01:00"), "2026-06-01T23:00:00.000Z attempts-per-day")
    rules.setZone(0, rules.zoneSet(["Asia/Tokyo"]))
    assert.strictEqual(ask(rules, 0, "2026-06-01T17:00+01:00"), "now")
  })
  it("hold for all contacts with the same number", () => {
    const rules = callingRules(onlyRules({ caps: [cap(1, { kind: "localDays", days: 1 })] }), ["Europe/London"])
    rules.sameNumber(500, 3)
    rules.attempted(3, at("2026-06-01T10:00+01:00"))
    assert.strictEqual(ask(rules, 500, "2026-06-01T17:00+01:00"), "2026-06-01T23:00:00.000Z attempts-per-day")
    rules.attempted(9_000, at("2026-06-01T10:00+01:00"))
    assert.strictEqual(ask(rules, 500, "2026-06-02T17:00+01:00"), "now")
    rules.forbid(7)
    rules.sameNumber(7, 8)
    assert.strictEqual(ask(rules, 8, "2026-06-02T17:00+01:00"), "never do-not-call")
    rules.forbid(500)
    assert.strictEqual(ask(rules, 3, "2026-06-02T17:00+01:00"), "never do-not-call")
  })
  it("keep contacts apart as more of them come in", () => {
    const rules = callingRules(onlyRules({ caps: [cap(2, { kind: "rolling", hours: 1 })] }), ["UTC"])
    const start = at("2026-06-01T10:00Z")
    for (let contact = 0; contact < 3_000; contact += 1) rules.attempted((contact * 7) % 3_000, start + contact)
    for (let contact = 0; contact < 3_000; contact += 2) rules.attempted(contact, start + 10_000)
    for (let contact = 0; contact < 3_000; contact += 1) {
      const free = contact % 2 === 0 ? start + contactOrder(contact) + 3_600_000 : start + 20_000
      assert.strictEqual(rules.earliest(contact, start + 20_000, false), free)
    }
  })
  /** The place of a contact in the first round of calls above: contact times 7, back. */
  const contactOrder = (contact: number): number => (contact * 2_143) % 3_000
})

describe("lock-outs", () => {
  it("Italy: five full days after an abandoned call, then only with a reserved agent", () => {
    const rules = callingRules(composed("it-garante-2014"), ["Europe/Rome"])
    rules.attempted(0, at("2026-06-01T10:00+02:00"))
    rules.ended(0, Outcome.abandoned, at("2026-06-01T10:00+02:00"))
    assert.strictEqual(ask(rules, 0, "2026-06-20T12:00+02:00"), "never reserved-agent-only")
    assert.strictEqual(ask(rules, 0, "2026-06-05T12:00+02:00", true), "2026-06-08T07:00:00.000Z lock-out-abandoned")
    assert.strictEqual(ask(rules, 0, "2026-06-08T12:00+02:00", true), "now")
  })
  it("a person who hung up after the limit was abandoned, one who did before was not", () => {
    const rules = callingRules(composed("uk-ofcom-2017"), ["Europe/London"])
    rules.ended(0, Outcome.hungUpWaiting, at("2026-06-01T10:00+01:00"))
    rules.ended(1, Outcome.hungUpWaiting, at("2026-06-01T10:00+01:00"), true)
    assert.strictEqual(ask(rules, 0, "2026-06-02T10:00+01:00"), "now")
    assert.strictEqual(ask(rules, 1, "2026-06-02T10:00+01:00"), "2026-06-04T09:00:00.000Z lock-out-abandoned")
  })
  it("a machine closes the day only where detection said so", () => {
    const heard = callingRules(composed("uk-ofcom-2017"), ["Europe/London"], { machinesDetected: false })
    heard.ended(0, Outcome.machine, at("2026-06-01T10:00+01:00"))
    assert.strictEqual(ask(heard, 0, "2026-06-01T11:00+01:00"), "now")
  })
  it("Regulation F: seven days after a conversation", () => {
    const rules = callingRules(composed("us-regf"), ["America/New_York"])
    rules.ended(0, Outcome.connected, at("2026-06-01T10:00-04:00"))
    assert.strictEqual(ask(rules, 0, "2026-06-08T12:00-04:00", true), "2026-06-09T12:00:00.000Z lock-out-conversation")
  })
})

describe("what forbids a call altogether", () => {
  const noon = "2026-06-01T12:00+03:00"
  it("a mode the profile does not have, until the mode changes", () => {
    const rules = callingRules(composed("ru-ads"), ["Europe/Moscow"], { mode: "automatic" })
    assert.strictEqual(ask(rules, 0, noon), "never mode-forbidden")
    rules.setMode("progressive")
    assert.strictEqual(ask(rules, 0, noon), "now")
  })
  it("a caller ID that does not fit, do-not-call, and old lists", () => {
    assert.strictEqual(ask(callingRules(onlyRules({}), ["UTC"], { callerIdFits: false }), 0, noon), "never caller-id")
    const rules = callingRules(onlyRules({}), ["UTC"], { listsGoodUntil: at(noon) })
    assert.strictEqual(ask(rules, 0, noon), "now")
    assert.strictEqual(ask(rules, 0, "2026-06-01T12:01+03:00"), "never list-stale")
    rules.setListsGoodUntil(at("2026-06-02T12:00+03:00"))
    assert.strictEqual(ask(rules, 0, "2026-06-01T12:01+03:00"), "now")
    rules.forbid(0)
    assert.strictEqual(ask(rules, 0, noon, true), "never do-not-call")
  })
  it("lists are good as long as the oldest copy is", () => {
    const { rules } = composed("house-strict", "uk-ofcom-2017")
    const day = 86_400_000
    assert.strictEqual(listsGoodUntil(rules, { TPS: 10 * day, CTPS: 9 * day, own: 10 * day }), 10 * day)
    assert.strictEqual(listsGoodUntil(rules, { TPS: 10 * day, own: 10 * day }), Number.NEGATIVE_INFINITY)
    assert.strictEqual(listsGoodUntil(profile("uk-ofcom-2017").rules, { TPS: 0, CTPS: day, own: 0 }), 28 * day)
  })
  it("a caller ID must have what the profiles ask for", () => {
    const number = {
      shown: true,
      valid: true,
      dialable: true,
      callbackAnswers: true,
      attestation: "A",
      ranges: []
    } as const
    const { rules } = composed("house-strict")
    assert.isTrue(fitsCallerId(rules, number))
    assert.isTrue(fitsCallerId(rules, { ...number, attestation: null }))
    assert.isFalse(fitsCallerId(rules, { ...number, attestation: "B" }))
    assert.isFalse(fitsCallerId(rules, { ...number, shown: false }))
    assert.isFalse(fitsCallerId(composed("in-trai").rules, number))
  })
})

it("every reason has the code of its name", () => {
  assert.strictEqual(Object.keys(Reason).length, reasonNames.length)
  assert.deepStrictEqual(
    Object.values(Reason),
    reasonNames.map((_, i) => i)
  )
})
