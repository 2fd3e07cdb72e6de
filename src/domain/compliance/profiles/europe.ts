import type { ProfileData } from "../Profile.ts"
import type { Rules } from "../Rules.ts"
import { attemptsADay, houseCeiling, sameDayAfterMachine, source, version, wait72Hours } from "./parts.ts"

const caps = (day: number, week: number, campaign: number): NonNullable<Rules["caps"]> => [
  ...attemptsADay(day),
  { count: "attempts", n: week, window: { kind: "week" }, key: "number", per: "trader" },
  { count: "attempts", n: campaign, window: { kind: "campaign" }, key: "number", per: "campaign" }
]

export const deKodex: ProfileData = {
  id: "de-kodex",
  version,
  basis: "Industry code of the CCV and DDV; UWG §§ 7, 7a; TDDDG § 15(2). There is no statutory dialler rule",
  sources: [
    source("Bundesnetzagentur, Belästigende Anrufversuche"),
    source("cc-verband.de/branchenkodex; General-Anzeiger Bonn; tariftip.de"),
    source("adorgasolutions.de, consocias.com on § 7a UWG")
  ],
  confidence: "medium",
  applies: { country: "DE", purpose: ["marketing"] },
  rules: {
    abandon: [
      {
        ceiling: 0.03,
        denominator: "D_ATTEMPT",
        includeAmdFalse: "no",
        breach: "above",
        scope: "campaign",
        window: { kind: "campaign" },
        basis: "law"
      },
      ...houseCeiling
    ],
    connect: { waits: [{ clockStart: "answer", millisMax: 2_000 }] },
    message: { required: true, mustHave: ["identity"] },
    ring: { millisMin: 15_000, millisMax: 40_000 },
    redial: { ...wait72Hours("reservedAgent"), ...sameDayAfterMachine("none") },
    hours: [{ monFri: ["08:00-20:00"], sat: ["09:00-18:00"], sun: [], holiday: [], holidayCalendar: "de-national" }],
    caps: caps(3, 15, 30),
    cli: { required: true, valid: true, dialable: true },
    consent: { requiredForLive: true, requiredForAutomated: true, proofRetentionYears: 5 },
    dnc: [{ source: "own" }],
    records: [{ of: "consentProof", months: 60 }]
  },
  marks: {
    "abandon.0": "S",
    "abandon.0.window": "?",
    "abandon.1": "h",
    "connect.waits": "h",
    message: "S",
    redial: "h",
    "consent.proofRetentionYears": "S",
    records: "S",
    hours: "S",
    caps: "S"
  },
  notes: [
    "Values of the code of 2015; the tightened figures of 2016 are not known.",
    "The code asks to inform the person promptly; the message is our reading of it.",
    "Holidays of single Länder are not in the calendar."
  ]
}

export const fr2026: ProfileData = {
  id: "fr-2026",
  version,
  validFrom: "2026-08-11",
  basis: "Code de la consommation L. 223-1 ff., Décret 2022-1313, Loi 2025-594 (prior consent from 11 August 2026)",
  sources: [source("legifrance.gouv.fr, Décret 2022-1313"), source("cms.law on Loi 2025-594; avencia-eca.fr")],
  confidence: "high",
  applies: { country: "FR", purpose: ["marketing"], audience: ["consumer"] },
  rules: {
    abandon: houseCeiling,
    connect: { waits: [{ clockStart: "answer", millisMax: 2_000 }] },
    message: { required: true, mustHave: ["identity"] },
    ring: { millisMin: 15_000 },
    redial: { ...wait72Hours("none"), afterRefusalDays: 60 },
    hours: [
      {
        monFri: ["10:00-13:00", "14:00-20:00"],
        sat: [],
        sun: [],
        holiday: [],
        holidayCalendar: "fr-national",
        consentOverride: "timeSpecific"
      }
    ],
    caps: [{ count: "attempts", n: 4, window: { kind: "localDays", days: 30 }, key: "person", per: "trader" }],
    cli: {
      required: true,
      valid: true,
      dialable: true,
      numberRanges: ["FR: allowed ranges only, none of 06 and 07 for platforms"]
    },
    consent: { requiredForLive: true, requiredForAutomated: true },
    dnc: [{ source: "own" }]
  },
  marks: {
    abandon: "h",
    connect: "h",
    message: "h",
    ring: "h",
    "redial.afterAbandon": "h",
    "redial.afterRefusalDays": "P",
    hours: "P",
    "hours.0.consentOverride": "K",
    caps: "P",
    "cli.numberRanges": "K"
  },
  notes: ["Bloctel ended when prior consent began.", "The same law holds overseas, in the zones there."]
}

export const itGarante2014: ProfileData = {
  id: "it-garante-2014",
  version,
  validFrom: "2014-04-04",
  basis: "Garante per la protezione dei dati personali, decision 83 of 20 February 2014",
  sources: [source("Gazzetta Ufficiale 79 of 4 April 2014"), source("professionisti.it, tvzap.it, scienzafisica.it")],
  confidence: "high",
  applies: { country: "IT", purpose: ["marketing"] },
  rules: {
    abandon: [
      {
        ceiling: 0.03,
        denominator: "D_PER_CONNECT",
        includeAmdFalse: "no",
        breach: "above",
        scope: "campaign",
        window: { kind: "campaign" },
        basis: "law"
      }
    ],
    connect: {
      waits: [{ clockStart: "answer", millisMax: 3_000 }],
      lateCountsAbandoned: true,
      onMiss: ["clear"],
      clearAtMillis: 3_000,
      comfortNoise: true
    },
    ring: { millisMin: 15_000 },
    redial: {
      afterAbandon: [{ unit: "days", n: 5, liftedBy: "none", thenReserved: true }],
      ...sameDayAfterMachine("none")
    },
    hours: [{ monFri: ["09:00-20:00"], sat: ["10:00-19:00"], sun: [], holiday: [], holidayCalendar: "it-national" }],
    cli: { required: true, valid: true, dialable: true },
    dnc: [{ source: "RPO", ageDaysMax: 15 }, { source: "own" }]
  },
  marks: { ring: "h", "redial.afterAmd": "h", hours: "K", dnc: "S", "connect.lateCountsAbandoned": "h" },
  notes: ["Confidence in the hours is low.", "The rule is the Garante's: five days, not AGCOM's and not seven."]
}

export const esLgdcu: ProfileData = {
  id: "es-lgdcu",
  version,
  validFrom: "2023-06-29",
  basis: "LGDCU (RDL 1/2007) art. 96; LGTel 11/2022 art. 66",
  sources: [source("genbeta.com, sadapaz blog, lasexta.com (February 2026)")],
  confidence: "high",
  applies: { country: "ES", purpose: ["marketing"], audience: ["consumer"] },
  rules: {
    abandon: houseCeiling,
    connect: { waits: [{ clockStart: "answer", millisMax: 2_000 }] },
    message: { required: true, mustHave: ["identity"] },
    ring: { millisMin: 15_000 },
    redial: wait72Hours("none"),
    hours: [{ monFri: ["09:00-21:00"], sat: [], sun: [], holiday: [], holidayCalendar: "es-national" }],
    cli: { numberRanges: ["ES: prefix 400, pending"] },
    consent: { form: ["consent or another legal basis"] },
    dnc: [{ source: "Robinson" }, { source: "own" }]
  },
  marks: {
    abandon: "h",
    connect: "h",
    ring: "h",
    "redial.afterAbandon": "h",
    hours: "S",
    "cli.numberRanges": "?",
    consent: "S"
  },
  notes: ["Confidence in prefix 400 is low.", "Holidays of single communities are not in the calendar."]
}

interface OptIn {
  readonly id: string
  readonly country: string
  readonly calendar: string
  readonly validFrom?: string
  readonly basis: string
  readonly document: string
  readonly confidence: ProfileData["confidence"]
  readonly note: string
}

/** Poland, Czechia and Slovenia: consent first; everything about dialling is ours. */
const optIn = (country: OptIn): ProfileData => ({
  id: country.id,
  version,
  ...(country.validFrom === undefined ? {} : { validFrom: country.validFrom }),
  basis: country.basis,
  sources: [source(country.document)],
  confidence: country.confidence,
  applies: { country: country.country, purpose: ["marketing"] },
  rules: {
    abandon: houseCeiling,
    connect: { waits: [{ clockStart: "answer", millisMax: 2_000 }] },
    message: { required: true, mustHave: ["identity"] },
    ring: { millisMin: 15_000 },
    redial: wait72Hours("none"),
    hours: [{ monFri: ["08:00-20:00"], sat: ["09:00-18:00"], sun: [], holiday: [], holidayCalendar: country.calendar }],
    caps: attemptsADay(3),
    cli: { required: true, valid: true, dialable: true },
    consent: { requiredForLive: true, requiredForAutomated: true },
    dnc: [{ source: "own" }]
  },
  marks: {
    abandon: "h",
    connect: "h",
    message: "h",
    ring: "h",
    redial: "h",
    hours: "h",
    caps: "h",
    cli: "h"
  },
  notes: [country.note]
})

export const optInCountries: ReadonlyArray<ProfileData> = [
  optIn({
    id: "pl",
    country: "PL",
    calendar: "pl-national",
    validFrom: "2024-11-10",
    basis: "Prawo komunikacji elektronicznej, art. 398: prior consent",
    document: "radcaprawny.kirp.pl",
    confidence: "medium",
    note: "Confidence is medium to high."
  }),
  optIn({
    id: "cz",
    country: "CZ",
    calendar: "cz-national",
    validFrom: "2022-07-01",
    basis: "Zákon o elektronických komunikacích § 96: opt-in, fully from 1 July 2022",
    document: "mesec.cz",
    confidence: "medium",
    note: "Confidence is medium to high."
  }),
  optIn({
    id: "si",
    country: "SI",
    calendar: "si-national",
    basis: "ZEKom-2; Upravno sodišče I U 694/2021-19, AKOS 06106-37/2022/15",
    document: "UPRS I U 694/2021-19; AKOS 06106-37/2022/15",
    confidence: "medium",
    note: "Whether consent may be asked for during the call is disputed; here it comes before."
  })
]
