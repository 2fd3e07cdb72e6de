import type { ProfileData } from "../Profile.ts"
import type { Rules } from "../Rules.ts"
import { everyDay, houseCeiling, source, version, wait72Hours } from "./parts.ts"

const waitTwoSeconds: Rules["connect"] = { waits: [{ clockStart: "answer", millisMax: 2_000 }] }
const houseMarks = { abandon: "h", connect: "h", ring: "h" } as const

const australian: Rules = {
  abandon: houseCeiling,
  connect: waitTwoSeconds,
  message: { required: true, mustHave: ["identity", "purpose"] },
  ring: { millisMin: 15_000 },
  redial: wait72Hours("none"),
  cli: {
    required: true,
    valid: true,
    dialable: true,
    callbackAnswers: true,
    numberRanges: ["AU: the return number answers for 30 days"]
  }
}
const australianSources = [
  source("Telecommunications (Telemarketing and Research Calls) Industry Standard 2017"),
  source("donotcall.gov.au")
]

export const auTelemarketing: ProfileData = {
  id: "au-telemarketing",
  version,
  basis: "Do Not Call Register Act 2006; Telemarketing and Research Calls Industry Standard 2017",
  sources: australianSources,
  confidence: "high",
  applies: { country: "AU", purpose: ["marketing"] },
  rules: {
    ...australian,
    hours: [{ monFri: ["09:00-20:00"], sat: ["09:00-17:00"], sun: [], holiday: [], holidayCalendar: "au-national" }],
    dnc: [{ source: "AU register", ageDaysMax: 30 }, { source: "own" }]
  },
  marks: { ...houseMarks, "redial.afterAbandon": "h", "dnc.0.ageDaysMax": "K", hours: "P", cli: "P" },
  notes: ["How often a list must be washed is open."]
}

export const auResearch: ProfileData = {
  id: "au-research",
  version,
  basis: "Telemarketing and Research Calls Industry Standard 2017",
  sources: australianSources,
  confidence: "high",
  applies: { country: "AU", purpose: ["research"] },
  rules: {
    ...australian,
    hours: [
      {
        monFri: ["09:00-20:30"],
        sat: ["09:00-17:00"],
        sun: ["09:00-17:00"],
        holiday: [],
        holidayCalendar: "au-national"
      }
    ],
    dnc: [{ source: "own" }]
  },
  marks: { ...houseMarks, "redial.afterAbandon": "h", hours: "P", cli: "P" },
  notes: ["Research is partly exempt from the register."]
}

export const inTrai: ProfileData = {
  id: "in-trai",
  version,
  basis: "TRAI Telecom Commercial Communications Customer Preference Regulations 2018; orders of 2010-11",
  sources: [source("indianexpress.com; gazettetracker.com")],
  confidence: "low",
  applies: { country: "IN", purpose: ["marketing", "service"] },
  rules: {
    abandon: [
      {
        ceiling: 0.03,
        denominator: "D_LIVE",
        includeAmdFalse: "estimate",
        breach: "above",
        scope: "campaign",
        window: { kind: "calendarDay" },
        basis: "law"
      }
    ],
    message: { required: true, mustHave: ["identity"] },
    ring: { millisMin: 15_000 },
    hours: [everyDay("10:00-21:00")],
    cli: { required: true, numberRanges: ["IN: 140 promotional, 1600 service"] },
    dnc: [{ source: "IN preference register" }, { source: "own" }]
  },
  marks: {
    "abandon.0.ceiling": "K",
    "abandon.0.includeAmdFalse": "h",
    message: "h",
    ring: "h",
    hours: "K",
    "cli.numberRanges": "S"
  },
  notes: ["Confidence is low to medium.", "The older rule has 09:00-21:00."]
}

export const vn91: ProfileData = {
  id: "vn-91",
  version,
  validFrom: "2020-10-01",
  basis: "Decree 91/2020/ND-CP",
  sources: [source("baovinhlong.com.vn, 8 October 2020")],
  confidence: "medium",
  applies: { country: "VN", purpose: ["marketing"] },
  rules: {
    abandon: houseCeiling,
    connect: waitTwoSeconds,
    message: { required: true, mustHave: ["identity"] },
    ring: { millisMin: 15_000 },
    hours: [{ ...everyDay("08:00-17:00"), consentOverride: "timeSpecific" }],
    caps: [{ count: "calls", n: 1, window: { kind: "rolling", hours: 24 }, key: "number", per: "trader" }],
    cli: { required: true, numberRanges: ["VN: registered name"] },
    dnc: [{ source: "VN national" }, { source: "own" }]
  },
  marks: { ...houseMarks, hours: "S", caps: "K", "cli.numberRanges": "S" },
  notes: ["Confidence is high on hours, medium on the cap."]
}
