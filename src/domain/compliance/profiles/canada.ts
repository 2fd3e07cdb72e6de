import type { ProfileData } from "../Profile.ts"
import { source, version, wait72Hours } from "./parts.ts"

export const caCrtc: ProfileData = {
  id: "ca-crtc",
  version,
  basis: "CRTC Unsolicited Telecommunications Rules; Telecom Decision 2007-48, CRTC 2014-155",
  sources: [
    source("CRTC 2014-155; Telecom Decision 2007-48"),
    source("lexology.com; public notes citing pages of the CRTC")
  ],
  confidence: "medium",
  applies: { country: "CA", purpose: ["marketing"] },
  rules: {
    abandon: [
      {
        ceiling: 0.05,
        denominator: "D_LIVE",
        includeAmdFalse: "estimate",
        breach: "above",
        scope: "campaign",
        window: { kind: "calendarMonth" },
        basis: "law"
      }
    ],
    connect: { waits: [{ clockStart: "answer", millisMax: 2_000 }], lateCountsAbandoned: true },
    message: { required: true, mustHave: ["identity"] },
    ring: { millisMin: 15_000 },
    redial: wait72Hours("none"),
    hours: [{ monFri: ["09:00-21:30"], sat: ["10:00-18:00"], sun: ["10:00-18:00"] }],
    cli: { required: true, valid: true, dialable: true },
    consent: { requiredForAutomated: true, form: ["express"] },
    dnc: [{ source: "DNCL", ageDaysMax: 31 }, { source: "own" }],
    optOut: { honourHours: 336 },
    records: [{ of: "callDetail", months: 36 }]
  },
  marks: {
    "abandon.0.ceiling": "K",
    "abandon.0.denominator": "?",
    "abandon.0.includeAmdFalse": "h",
    message: "h",
    ring: "h",
    "redial.afterAbandon": "h",
    hours: "S",
    records: "K",
    "optOut.honourHours": "S"
  },
  notes: ["Confidence is high on hours; 5 % is background knowledge; the denominator is open."]
}
