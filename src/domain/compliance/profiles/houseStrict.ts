import type { ProfileData } from "../Profile.ts"
import type { AbandonRule } from "../Rules.ts"
import { attemptsADay, source, version } from "./parts.ts"

const ceilings = (window: AbandonRule["window"]): ReadonlyArray<AbandonRule> =>
  (
    [
      ["D_UK", "upper"],
      ["D_LIVE", "no"],
      ["D_PER_CONNECT", "no"]
    ] as const
  ).map(([denominator, includeAmdFalse]) => ({
    ceiling: 0.03,
    target: 0.01,
    denominator,
    includeAmdFalse,
    breach: "above",
    scope: "campaign",
    window,
    basis: "house"
  }))

/**
 * The default: strict enough for most places, and composed with the profile of the place called. The largest of three
 * ratios counts, per day and per 30 days; 1 % is aimed at, 3 % is the end.
 */
export const houseStrict: ProfileData = {
  id: "house-strict",
  version,
  basis: "Our own values, where a customer has not chosen others",
  sources: [source("Outpace, docs/compliance.md")],
  confidence: "high",
  applies: {},
  rules: {
    abandon: [...ceilings({ kind: "calendarDay" }), ...ceilings({ kind: "successiveDays", days: 30 })],
    connect: {
      waits: [{ clockStart: "answer", millisMax: 2_000 }],
      lateCountsAbandoned: true,
      onMiss: ["messageOptOut"]
    },
    message: {
      required: true,
      startMillisMax: 2_000,
      mustHave: ["identity", "phone", "keypressOptOut"],
      forbid: ["marketing"]
    },
    ring: { millisMin: 15_000, millisMax: 40_000 },
    redial: {
      afterAbandon: [{ unit: "hours", n: 120, liftedBy: "reservedAgent", thenReserved: false }],
      afterAmd: [{ kind: "calendarDay", n: 1, liftedBy: "reservedAgent" }]
    },
    hours: [{ monFri: ["10:00-13:00", "14:00-20:00"], sat: [], sun: [], holiday: [], zoneRule: "all" }],
    caps: [
      ...attemptsADay(3),
      { count: "attempts", n: 4, window: { kind: "localDays", days: 30 }, key: "number", per: "trader" }
    ],
    cli: { required: true, valid: true, dialable: true, callbackAnswers: true, attestationMin: "A" },
    dnc: [{ source: "*", ageDaysMax: 1 }],
    optOut: { honourHours: 0, channels: ["every campaign"] }
  },
  marks: {
    abandon: "h",
    connect: "h",
    message: "h",
    ring: "h",
    redial: "h",
    hours: "h",
    caps: "h",
    cli: "h",
    dnc: "h",
    optOut: "h"
  },
  notes: ["Where attestation levels do not exist, the national equal of A."]
}
