import type { ProfileData } from "../Profile.ts"
import type { Rules } from "../Rules.ts"
import { attemptsADay, sameDayAfterMachine, source, version, wait72Hours } from "./parts.ts"

const londonDay = { kind: "calendarDay", zone: "Europe/London" } as const

const shared: Rules = {
  connect: { waits: [{ clockStart: "greetingStart", millisMax: 2_000 }], onMiss: ["messageThenClear"] },
  message: { required: true, startMillisMax: 2_000, mustHave: ["identity", "optOutNumber"], forbid: ["marketing"] },
  ring: { millisMin: 15_000 },
  redial: { ...wait72Hours("reservedAgent"), ...sameDayAfterMachine("reservedAgent") },
  hours: [
    {
      monFri: ["08:00-21:00"],
      sat: ["08:00-21:00"],
      sun: ["09:00-21:00"],
      holiday: ["09:00-21:00"],
      holidayCalendar: "uk"
    }
  ],
  caps: attemptsADay(3),
  consent: { requiredForAutomated: true },
  dnc: [{ source: "TPS", ageDaysMax: 28 }, { source: "CTPS", ageDaysMax: 28 }, { source: "own" }],
  records: [{ of: "abandonEvidence", months: 6 }]
}
const marks = {
  hours: "h",
  caps: "h",
  dnc: "S",
  "connect.waits": "S",
  "consent.requiredForAutomated": "P",
  "records.0.months": "K"
} as const

/** Ofcom's statement of 2010: a tolerance of 3 % a day. Of use for looking back only. */
export const ukOfcom2010: ProfileData = {
  id: "uk-ofcom-2010",
  version,
  validFrom: "2011-02-01",
  validTo: "2017-03-01",
  basis: "Communications Act 2003 ss. 128-131; Ofcom, Tackling abandoned and silent calls, 1 October 2010",
  sources: [
    source("Ofcom, Tackling abandoned and silent calls: statement, 1 October 2010, and consultation, 1 June 2010"),
    source("Ofcom, revised statement of policy on persistent misuse, 10 September 2008"),
    source("Sytel, UK guidelines; MaxContact, Ofcom FAQs; contactcentrehelper.com, 30 May 2012"),
    source("PECR 2003, regulations 19 and 21; ICO guidance on live calls")
  ],
  confidence: "high",
  applies: { country: "GB" },
  rules: {
    ...shared,
    abandon: [
      {
        ceiling: 0.03,
        denominator: "D_UK",
        includeAmdFalse: "estimate",
        breach: "above",
        scope: "campaign",
        window: londonDay,
        basis: "law"
      }
    ],
    connect: { ...shared.connect, lateCountsAbandoned: true },
    cli: { required: true, valid: true, dialable: true }
  },
  marks: { ...marks, "abandon.0.scope": "S", "connect.lateCountsAbandoned": "h" },
  notes: [
    "Per campaign or per call centre: report the worse.",
    "Where F stands in the denominator is background knowledge."
  ]
}

/** The default for the United Kingdom: no tolerance since 1 March 2017, 3 % of any day a yardstick of ours. */
export const ukOfcom2017: ProfileData = {
  id: "uk-ofcom-2017",
  version,
  validFrom: "2017-03-01",
  basis: "Communications Act 2003 ss. 128-131; Ofcom, Persistent misuse policy statement, 20 December 2016",
  sources: [
    source("Ofcom, Persistent misuse: policy statement, 20 December 2016"),
    source("Ofcom, General Condition C6 and guidance on calling line identification"),
    source("callcentresoftware.co.uk, February 2017; MaxContact, Ofcom FAQs"),
    source("PECR 2003, regulations 19 and 21; ICO guidance on live calls")
  ],
  confidence: "high",
  applies: { country: "GB" },
  rules: {
    ...shared,
    abandon: [
      {
        ceiling: null,
        target: 0,
        denominator: "D_COUNT",
        includeAmdFalse: "no",
        breach: "above",
        scope: "campaign",
        window: londonDay,
        basis: "law"
      },
      {
        ceiling: 0.03,
        target: 0,
        denominator: "D_UK",
        includeAmdFalse: "estimate",
        breach: "atOrAbove",
        scope: "campaign",
        window: londonDay,
        basis: "house"
      }
    ],
    connect: { ...shared.connect, lateCountsAbandoned: true },
    cli: {
      required: true,
      valid: true,
      dialable: true,
      numberRanges: ["General Condition C6: unique to the caller, 10 or 11 digits, not 09"]
    }
  },
  marks: { ...marks, "abandon.1": "h", "connect.lateCountsAbandoned": "h" },
  notes: [
    "The wording beyond 'no tolerance' is known from secondary texts.",
    "3 % has not been UK law since 1 March 2017."
  ]
}
