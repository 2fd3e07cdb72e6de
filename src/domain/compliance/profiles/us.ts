import type { ProfileData } from "../Profile.ts"
import type { Rules } from "../Rules.ts"
import { everyDay, sameDayAfterMachine, source, version, wait72Hours } from "./parts.ts"

/** 16 CFR 310.4(b)(4) and 47 CFR 64.1200(a)(6)-(7); the same numbers. */
const federalAbandonment: Rules = {
  abandon: [
    {
      ceiling: 0.03,
      denominator: "D_LIVE",
      includeAmdFalse: "estimate",
      breach: "above",
      scope: "campaign",
      window: { kind: "successiveDays", days: 30 },
      basis: "law"
    }
  ],
  connect: {
    waits: [{ clockStart: "greetingEnd", millisMax: 2_000 }],
    lateCountsAbandoned: true,
    onMiss: ["messageOptOut"]
  },
  message: {
    required: true,
    startMillisMax: 2_000,
    mustHave: ["identity", "phone", "purpose", "keypressOptOut"],
    forbid: ["marketing"]
  },
  ring: { millisMin: 15_000, ringsMin: 4 },
  redial: { ...wait72Hours("reservedAgent"), ...sameDayAfterMachine("none") },
  consent: { requiredForAutomated: true },
  records: [{ of: "callDetail", months: 60 }]
}
const federalMarks = {
  "abandon.0.includeAmdFalse": "h",
  "redial.afterAbandon": "h",
  "redial.afterAmd": "h",
  "message.mustHave": "K"
} as const

const federalSources = [
  source("16 CFR 310.4(b)(4), 310.4(c), 310.5 (law.cornell.edu); FTC, Complying with the Telemarketing Sales Rule"),
  source("47 CFR 64.1200(a)(6)-(7), (c), (d); 64.1601(e), as quoted by public compliance notes of autumn 2026")
]
const suppressed = [{ source: "US national", ageDaysMax: 31 }, { source: "US state" }, { source: "own" }]
const callerId = {
  required: true,
  valid: true,
  dialable: true,
  numberRanges: ["US: a number that takes do-not-call requests"]
}
const tenDays = { honourBusinessDays: 10 }

export const usFederal: ProfileData = {
  id: "us-federal",
  version,
  basis: "Telemarketing Sales Rule, 16 CFR 310; TCPA rules, 47 CFR 64.1200",
  sources: federalSources,
  confidence: "high",
  applies: { country: "US", purpose: ["marketing"] },
  rules: {
    ...federalAbandonment,
    hours: [{ ...everyDay("08:00-21:00"), zoneRule: "all" }],
    cli: callerId,
    dnc: suppressed,
    optOut: tenDays
  },
  marks: { ...federalMarks, "hours.0.zoneRule": "S", hours: "S" },
  notes: [
    "Ring: 15 seconds or four rings; the dialler keeps the seconds.",
    "Blocks of 30 days from the start of the campaign; the last one ends with it. Nothing is carried over.",
    "Deleting 47 CFR 64.1200(a)(6)-(7) was considered in FCC 25-76; publication of FCC 26-67 is open."
  ]
}

const threeADay: Rules["caps"] = [
  { count: "calls", n: 3, window: { kind: "rolling", hours: 24 }, key: "subject", per: "trader" }
]

interface State {
  readonly region: string
  readonly basis: string
  readonly hours: NonNullable<Rules["hours"]>
  readonly capped: boolean
  readonly lists?: Rules["dnc"]
  readonly connectsBack?: boolean
  readonly confidence: ProfileData["confidence"]
  readonly marks?: ProfileData["marks"]
  readonly notes?: ReadonlyArray<string>
}

const eight: NonNullable<Rules["hours"]> = [{ ...everyDay("08:00-20:00"), zoneRule: "all" }]

const state = (overlay: State): ProfileData => ({
  id: `us-${overlay.region.toLowerCase()}`,
  version,
  basis: overlay.basis,
  sources: [...federalSources, source(`${overlay.basis}, as quoted by public compliance notes of autumn 2026`)],
  confidence: overlay.confidence,
  applies: { country: "US", regions: [overlay.region], purpose: ["marketing"] },
  rules: {
    ...federalAbandonment,
    hours: overlay.hours,
    ...(overlay.capped ? { caps: threeADay } : {}),
    cli: overlay.connectsBack === true ? { ...callerId, callbackAnswers: true } : callerId,
    dnc: overlay.lists ?? suppressed,
    optOut: tenDays
  },
  marks: { ...federalMarks, ...overlay.marks, hours: "S" },
  ...(overlay.notes === undefined ? {} : { notes: overlay.notes })
})

export const usStates: ReadonlyArray<ProfileData> = [
  state({
    region: "FL",
    basis: "Florida Statutes 501.616(6), 501.059",
    hours: eight,
    capped: true,
    lists: [...suppressed, { source: "US-FL" }],
    connectsBack: true,
    confidence: "high",
    notes: ["Any caller ID counts for the cap.", "The area code presumes Florida.", "True name within 30 seconds."]
  }),
  state({
    region: "OK",
    basis: "Oklahoma 15 O.S. 775C.4",
    hours: eight,
    capped: true,
    connectsBack: true,
    confidence: "high",
    notes: ["One source has 21:00 for the end of the day."]
  }),
  state({
    region: "MD",
    basis: "Maryland Commercial Law 14-4502",
    hours: eight,
    capped: true,
    connectsBack: true,
    confidence: "high"
  }),
  state({
    region: "WA",
    basis: "Washington RCW 80.36.390",
    hours: eight,
    capped: false,
    confidence: "low",
    notes: ["Confidence is medium to low.", "No exemption for calls to businesses."]
  }),
  state({
    region: "TX",
    basis: "Texas Business and Commerce Code 301.051",
    hours: [{ monFri: ["09:00-21:00"], sat: ["09:00-21:00"], sun: ["12:00-21:00"], zoneRule: "all" }],
    capped: false,
    lists: [...suppressed, { source: "US-TX" }],
    confidence: "high",
    marks: { "dnc.3": "K" }
  })
]

/** Regulation F, debt collection. */
export const usRegF: ProfileData = {
  id: "us-regf",
  version,
  basis: "Regulation F, 12 CFR 1006.14(b)(2), 1006.6(b)",
  sources: [source("12 CFR 1006.14(b)(2), as quoted by a public dialler project's notes")],
  confidence: "medium",
  applies: { country: "US", purpose: ["collections"] },
  rules: {
    abandon: federalAbandonment.abandon?.map((rule) => ({ ...rule, basis: "house" as const })) ?? [],
    connect: { waits: [{ clockStart: "greetingEnd", millisMax: 2_000 }] },
    ring: { millisMin: 15_000 },
    redial: { afterConversationDays: 7 },
    hours: [{ ...everyDay("08:00-21:00"), zoneRule: "all" }],
    caps: [{ count: "calls", n: 7, window: { kind: "localDays", days: 7 }, key: "debt", per: "trader" }],
    cli: { required: true, valid: true, dialable: true },
    dnc: [{ source: "stop-contact flags" }, { source: "own" }]
  },
  marks: { abandon: "h", connect: "h", ring: "h", caps: "S", "redial.afterConversationDays": "S" },
  notes: [
    "The law has a presumption above 7 calls; here it blocks.",
    "Abandoned calls carry limited content.",
    "The regulation counts the day of the conversation as the first of the seven; here seven full days follow it."
  ]
}
