import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { CallingRules } from "../../../src/dialler/compliance/CallingRules.ts"
import { holidayCalendars } from "../../../src/domain/compliance/calendars.ts"
import { combine, type Composed, compose } from "../../../src/domain/compliance/compose.ts"
import { profiles } from "../../../src/domain/compliance/profiles.ts"
import type { Rules } from "../../../src/domain/compliance/Rules.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"
import { type Happened, Oracle } from "./oracle.ts"
import { callingRules, onlyRules, zone } from "./setting.ts"

const zoneIds = [
  "Europe/London",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "America/St_Johns",
  "Pacific/Chatham",
  "Africa/Casablanca",
  "America/Santiago",
  "Atlantic/Azores",
  "America/Nuuk",
  "Africa/Cairo",
  "Antarctica/Troll",
  "Asia/Kathmandu",
  "Pacific/Kiritimati",
  "America/Adak"
]

/** Hours and limits no country has, to look into the corners: nights, midnight, hours that the clock skips or repeats. */
const oddRules: ReadonlyArray<Rules> = [
  { hours: [{ monFri: ["00:00-24:00"], sat: ["00:00-24:00"], sun: ["00:15-03:00", "22:30-24:00"] }] },
  { hours: [{ monFri: ["01:30-02:15"], sat: ["01:45-02:00", "23:00-24:00"], sun: ["00:00-01:30", "02:30-02:45"] }] },
  {
    caps: [
      { count: "attempts", n: 2, window: { kind: "localDays", days: 2 }, key: "number", per: "trader" },
      { count: "attempts", n: 1, window: { kind: "rolling", hours: 5 }, key: "number", per: "trader" },
      { count: "conversations", n: 1, window: { kind: "week" }, key: "number", per: "trader" }
    ],
    redial: {
      afterAbandon: [{ unit: "days", n: 1, liftedBy: "reservedAgent", thenReserved: false }],
      afterAmd: [{ kind: "hours", n: 7, liftedBy: "none" }],
      afterConversationDays: 1
    }
  },
  {
    caps: [
      { count: "attempts", n: 3, window: { kind: "month" }, key: "number", per: "trader" },
      { count: "attempts", n: 6, window: { kind: "campaign" }, key: "number", per: "campaign" }
    ],
    hours: [{ monFri: ["00:00-24:00"], sat: [], sun: ["00:00-24:00"] }]
  },
  {}
]

const index = (size: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: size - 1 }))
const kinds = ["attempt", "conversation", "abandoned", "machine", "refused"] as const
const Case = Schema.Struct({
  profile: index(profiles.length),
  other: index(profiles.length),
  odd: index(oddRules.length),
  /** Which of them are composed. */
  mix: index(4),
  zones: Schema.Array(index(zoneIds.length)).check(Schema.isMinLength(1), Schema.isMaxLength(2)),
  /** The place in time: a change of the clock or a year's end, and how far from it, in minutes. */
  corner: index(40),
  near: Schema.Int.check(Schema.isBetween({ minimum: -3_000, maximum: 3_000 })),
  millis: index(60_000),
  ringSeconds: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 150 })),
  reserved: Schema.Boolean,
  events: Schema.Array(
    Schema.Struct({
      kind: index(kinds.length),
      gapMinutes: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3_000 }))
    })
  ).check(Schema.isMaxLength(8)),
  waitMinutes: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 6_000 }))
})
type Case = typeof Case.Type

const minute = 60_000
const yearEnds = [
  "2026-12-31T23:00Z",
  "2028-02-29T12:00Z",
  "2027-12-31T12:00Z",
  "2028-02-28T23:30Z",
  "2026-12-24T12:00Z"
]

const cornerOf = ({ corner, zones }: Case): number => {
  const changes = [...zone(zoneIds[zones[0]]).starts].filter((start) => start > Date.parse("2026-01-01"))
  const corners = [...changes.slice(0, 8), ...yearEnds.map((text) => Date.parse(text))]
  return corners[corner % corners.length]
}

const rulesOf = ({ mix, odd, other, profile }: Case): Composed => {
  const single = compose([profiles[profile]])
  if (mix === 0) return single
  if (mix === 1) return onlyRules(oddRules[odd])
  if (mix === 2) return combine(single, onlyRules(oddRules[odd]))
  return compose([profiles[profile], profiles[other]])
}

const tell = (rules: CallingRules, { at, what }: Happened): void => {
  if (what === "attempt") rules.attempted(0, at)
  else if (what === "conversation") rules.ended(0, Outcome.connected, at)
  else if (what === "abandoned") rules.ended(0, Outcome.abandoned, at)
  else if (what === "machine") rules.ended(0, Outcome.machine, at)
  else rules.refused(0, at)
}

/** Instants from `from` up to and without `to`: close to both ends, and over the whole length. */
const samples = (from: number, to: number): ReadonlyArray<number> => {
  const end = Math.min(to, from + 45 * 1_440 * minute)
  const found = [from, from + 1, end - 1, end - 30_000, end - 10 * minute, end - 61 * minute, end - 125 * minute]
  for (let i = 1; i < 24; i += 1) {
    found.push(Math.floor(from + ((end - from) * i) / 24))
    // Whole quarters of an hour, where hours and clocks change.
    found.push(Math.ceil((from + ((end - from) * (i - 0.5)) / 24) / (15 * minute)) * 15 * minute)
  }
  return found.filter((at) => from <= at && at < end)
}

describe("whatever the zone, the history and the clock", () => {
  it.prop(
    "a call is allowed at the earliest instant given, and not before",
    { spec: Case },
    ({ spec }) => {
      const composed = rulesOf(spec)
      const zones = spec.zones.map((i) => zoneIds[i])
      const ringMillisMax = spec.ringSeconds * 1_000
      const rules = callingRules(composed, [...new Set([...zones, "Europe/Paris"])], { ringMillisMax })
      rules.setZone(0, rules.zoneSet(zones))
      const oracle = new Oracle(composed.rules, zones, holidayCalendars, ringMillisMax)
      let now = cornerOf(spec) + spec.near * minute + spec.millis
      const history: Array<Happened> = []
      for (const { gapMinutes, kind } of spec.events) {
        now += gapMinutes * minute
        history.push({ what: kinds[kind], at: now })
        tell(rules, history[history.length - 1])
      }
      now += spec.waitMinutes * minute
      const earliest = rules.earliest(0, now, spec.reserved)
      assert.isAtLeast(earliest, now)
      if (earliest < Number.POSITIVE_INFINITY) {
        assert.deepStrictEqual(oracle.breaches(history, earliest, spec.reserved), [], new Date(earliest).toISOString())
      }
      for (const at of samples(now, earliest)) {
        const breaches = oracle.breaches(history, at, spec.reserved)
        assert.isAbove(breaches.length, 0, `allowed at ${new Date(at).toISOString()}, said ${earliest}`)
      }
      // Asking does not change the answer, nor does asking about other times in between.
      rules.earliest(0, now + 40 * 1_440 * minute, spec.reserved)
      assert.strictEqual(rules.earliest(0, now, spec.reserved), earliest)
    },
    { arbitrary: { runs: 400, size: 400, seed: 20_261_121 } }
  )

  const Change = Schema.Struct({
    zone: index(zoneIds.length),
    change: index(6),
    odd: index(oddRules.length),
    ringMillis: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })),
    kind: index(kinds.length),
    hoursBefore: index(60),
    reserved: Schema.Boolean
  })
  it.prop(
    "a call is allowed at once exactly when nothing forbids it, around every change of the clock",
    { spec: Change },
    ({ spec }) => {
      const id = zoneIds[spec.zone]
      const changes = [...zone(id).starts].filter((start) => start > Date.parse("2026-01-01"))
      const change = changes[spec.change % Math.max(1, changes.length)] ?? Date.parse("2026-12-31T23:00Z")
      const composed = onlyRules(oddRules[spec.odd])
      const rules = callingRules(composed, [id], { ringMillisMax: spec.ringMillis })
      const oracle = new Oracle(composed.rules, [id], holidayCalendars, spec.ringMillis)
      const event: Happened = { what: kinds[spec.kind], at: change - spec.hoursBefore * 60 * minute }
      tell(rules, event)
      for (let step = -24; step < 120; step += 1) {
        const edge = change + step * 15 * minute
        for (const at of [edge - spec.ringMillis, edge - spec.ringMillis + 1, edge - 1, edge]) {
          if (at <= event.at) continue
          const allowed = rules.earliest(0, at, spec.reserved) === at
          const breaches = oracle.breaches([event], at, spec.reserved)
          assert.strictEqual(allowed, breaches.length === 0, `${id} ${new Date(at).toISOString()} ${breaches.join()}`)
        }
      }
    },
    { arbitrary: { runs: 100, size: 400, seed: 20_261_025 } }
  )

  it.prop(
    "profiles together allow nothing that one of them forbids",
    { spec: Case },
    ({ spec }) => {
      const parts = [compose([profiles[spec.profile]]), compose([profiles[spec.other]]), onlyRules(oddRules[spec.odd])]
      const zones = spec.zones.map((i) => zoneIds[i])
      const all = [...parts, parts.reduce(combine)].map((composed) => {
        const rules = callingRules(composed, zones)
        rules.setZone(0, rules.zoneSet(zones))
        return rules
      })
      let now = cornerOf(spec)
      for (const { gapMinutes, kind } of spec.events) {
        now += gapMinutes * minute
        for (const rules of all) tell(rules, { what: kinds[kind], at: now })
      }
      const [first, second, third, together] = all.map((rules) => rules.earliest(0, now, spec.reserved))
      assert.isAtLeast(together, Math.max(first, second, third))
    },
    { arbitrary: { runs: 100, size: 400, seed: 8 } }
  )
})
