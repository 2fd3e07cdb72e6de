import type { ProfileData } from "../Profile.ts"
import type { Rules } from "../Rules.ts"
import { everyDay, houseCeiling, source, version } from "./parts.ts"

const shared: Rules = {
  abandon: houseCeiling,
  connect: { waits: [{ clockStart: "answer", millisMax: 2_000 }] },
  message: { required: true, mustHave: ["identity"] },
  ring: { millisMin: 15_000 }
}
const marks = { abandon: "h", connect: "h", ring: "h" } as const

/** Advertising. */
export const ruAds: ProfileData = {
  id: "ru-ads",
  version,
  validFrom: "2025-09-01",
  basis: "Law on advertising, 38-FZ, art. 18: consent, no automatic dialling; 41-FZ from 1 September 2025",
  sources: [source("360.ru, klerk.ru")],
  confidence: "high",
  applies: { country: "RU", purpose: ["marketing"] },
  rules: {
    ...shared,
    modesForbidden: ["automatic"],
    hours: [everyDay("09:00-20:00")],
    cli: { required: true, numberRanges: ["RU: labelled, contract with the operator"] },
    consent: { requiredForLive: true, requiredForAutomated: true },
    dnc: [{ source: "own" }]
  },
  marks: { ...marks, hours: "h", modesForbidden: "S" },
  notes: ["Confidence is medium on the law on mass calls."]
}

const conversations = (
  n: number,
  window: { readonly kind: "week" | "month" } | { readonly kind: "localDays"; readonly days: number }
) => ({ count: "conversations", n, window, key: "person", per: "trader" }) as const

/** Collections. */
export const ru230fz: ProfileData = {
  id: "ru-230fz",
  version,
  basis: "230-FZ on the return of overdue debts, art. 7",
  sources: [source("FSSP, frequently asked questions; dzen.ru")],
  confidence: "high",
  applies: { country: "RU", purpose: ["collections"] },
  rules: {
    ...shared,
    hours: [
      {
        monFri: ["08:00-22:00"],
        sat: ["09:00-20:00"],
        sun: ["09:00-20:00"],
        holiday: ["09:00-20:00"],
        holidayCalendar: "ru-national"
      }
    ],
    caps: [
      conversations(1, { kind: "localDays", days: 1 }),
      conversations(2, { kind: "week" }),
      conversations(8, { kind: "month" })
    ],
    cli: { required: true, valid: true, dialable: true },
    dnc: [{ source: "filed refusals" }, { source: "own" }],
    records: [{ of: "callDetail", months: 36 }]
  },
  marks: { ...marks, hours: "P", caps: "P", records: "S" },
  notes: ["Calls by a machine's voice count since 2024.", "Working days moved by decree are not in the calendar."]
}
