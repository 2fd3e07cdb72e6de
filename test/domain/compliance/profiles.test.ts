import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { holidayCalendars } from "../../../src/domain/compliance/calendars.ts"
import { decodeProfile, type Profile } from "../../../src/domain/compliance/Profile.ts"
import { defaultProfileId, profiles } from "../../../src/domain/compliance/profiles.ts"
import { appliesTo, markOf, profileOf } from "../../../src/domain/compliance/select.ts"
import { docsText, withTables } from "./tablesInDocs.ts"

const valueAt = (root: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], root)

describe("profiles", () => {
  it("are those of the regulation, each once", () => {
    assert.deepStrictEqual(
      profiles.map(({ id }) => id),
      [
        ...["uk-ofcom-2010", "uk-ofcom-2017", "us-federal", "us-fl", "us-ok", "us-md", "us-wa", "us-tx", "us-regf"],
        ...["ca-crtc", "de-kodex", "fr-2026", "it-garante-2014", "es-lgdcu", "pl", "cz", "si"],
        ...["au-telemarketing", "au-research", "in-trai", "vn-91", "ru-ads", "ru-230fz", "house-strict"]
      ]
    )
  })
  for (const profile of profiles) {
    it(`${profile.id} decodes, has sources, marks values it has, and names calendars that exist`, () => {
      const decoded = decodeProfile(JSON.parse(JSON.stringify(profile)))
      assert.isTrue(Result.isSuccess(decoded))
      assert.isAbove(profile.sources.length, 0)
      for (const path of Object.keys(profile.marks)) {
        assert.isDefined(valueAt(profile.rules, path), `marks ${path}, which has no value`)
      }
      for (const { holidayCalendar } of profile.rules.hours ?? []) {
        if (holidayCalendar !== undefined)
          assert.include(
            holidayCalendars.map(({ id }) => id),
            holidayCalendar
          )
      }
      profile.rules.abandon?.forEach(({ basis }, i) => {
        if (basis === "house") assert.strictEqual(markOf(profile, `abandon.${i}`), "h")
      })
    })
  }
  it("refuse fields that do not exist, and values out of range", () => {
    const wrong = (change: (profile: { rules: Record<string, unknown> }) => void): boolean => {
      const copy = JSON.parse(JSON.stringify(profiles[0])) as { rules: Record<string, unknown> }
      change(copy)
      return Result.isFailure(decodeProfile(copy))
    }
    assert.isFalse(wrong(() => undefined))
    assert.isTrue(wrong((profile) => (profile.rules.ceiling = 0.03)))
    assert.isTrue(wrong((profile) => (profile.rules.ring = { millisMin: -1 })))
    assert.isTrue(wrong((profile) => (profile.rules.hours = [{ monFri: ["20:00-08:00"] }])))
    assert.isTrue(wrong((profile) => (profile.rules.hours = [{ monFri: ["8-20"] }])))
    const abandon = { ...profiles[0].rules.abandon?.[0], window: { kind: "successiveDays" } }
    assert.isTrue(wrong((profile) => (profile.rules.abandon = [abandon])))
  })
  it("house-strict is the default and has the values of the regulation", () => {
    assert.strictEqual(defaultProfileId, "house-strict")
    const { rules } = Result.getOrThrow(profileOf(defaultProfileId))
    assert.deepStrictEqual(rules.hours, [
      { monFri: ["10:00-13:00", "14:00-20:00"], sat: [], sun: [], holiday: [], zoneRule: "all" }
    ])
    assert.deepStrictEqual<unknown>(
      rules.abandon?.map((own) => [own.denominator, own.includeAmdFalse, own.window.kind, own.ceiling, own.target]),
      ["calendarDay", "successiveDays"].flatMap((kind) => [
        ["D_UK", "upper", kind, 0.03, 0.01],
        ["D_LIVE", "no", kind, 0.03, 0.01],
        ["D_PER_CONNECT", "no", kind, 0.03, 0.01]
      ])
    )
    assert.deepStrictEqual(rules.connect?.waits, [{ clockStart: "answer", millisMax: 2_000 }])
    assert.deepStrictEqual(rules.ring, { millisMin: 15_000, millisMax: 40_000 })
    assert.deepStrictEqual(rules.redial, {
      afterAbandon: [{ unit: "hours", n: 120, liftedBy: "reservedAgent", thenReserved: false }],
      afterAmd: [{ kind: "calendarDay", n: 1, liftedBy: "reservedAgent" }]
    })
    assert.deepStrictEqual(
      rules.caps?.map(({ n, window }) => [n, window]),
      [
        [3, { kind: "localDays", days: 1 }],
        [4, { kind: "localDays", days: 30 }]
      ]
    )
    assert.isTrue(rules.message?.mustHave?.includes("keypressOptOut"))
    assert.strictEqual(rules.cli?.attestationMin, "A")
    assert.deepStrictEqual(rules.dnc, [{ source: "*", ageDaysMax: 1 }])
  })
  it("docs/compliance.md shows them as they are (node test/domain/compliance/writeTables.ts)", () => {
    assert.strictEqual(docsText(), withTables(docsText()))
  })
})

describe("which profiles apply", () => {
  const call = {
    country: "US",
    regions: ["FL"],
    purpose: "marketing",
    audience: "consumer",
    mode: "predictive",
    date: "2026-11-21"
  } as const
  const ids = (own: Partial<Parameters<typeof appliesTo>[1]>): ReadonlyArray<string> =>
    profiles.filter((profile: Profile) => appliesTo(profile, { ...call, ...own })).map(({ id }) => id)
  it("goes by country, region, purpose and date; house-strict always does", () => {
    assert.deepStrictEqual(ids({}), ["us-federal", "us-fl", "house-strict"])
    assert.deepStrictEqual(ids({ regions: ["CA"] }), ["us-federal", "house-strict"])
    assert.deepStrictEqual(ids({ purpose: "collections" }), ["us-regf", "house-strict"])
    assert.deepStrictEqual(ids({ country: "GB", date: "2017-02-28" }), ["uk-ofcom-2010", "house-strict"])
    assert.deepStrictEqual(ids({ country: "GB", date: "2017-03-01" }), ["uk-ofcom-2017", "house-strict"])
    assert.deepStrictEqual(ids({ country: "FR", date: "2026-08-10" }), ["house-strict"])
  })
  it("takes all regions of a country where none is known", () => {
    assert.includeMembers([...ids({ regions: [] })], ["us-fl", "us-ok", "us-md", "us-wa", "us-tx"])
  })
  it("knows when a profile does not exist", () => {
    assert.isTrue(Result.isFailure(profileOf("atlantis")))
  })
})
