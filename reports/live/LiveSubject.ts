import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import type { AbandonRule } from "../../src/domain/compliance/Rules.ts"
import type { ZoneTable } from "../../src/domain/compliance/zoneTable.ts"
import type { Counts } from "../../src/domain/Counts.ts"
import type { Form } from "../../src/domain/form/Form.ts"
import type { InboundFigures } from "../../src/domain/InboundCall.ts"
import type { Standing } from "../../src/domain/LawFigures.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"
import type { Before } from "../abandonDay.ts"

/** One abandonment rule over one window of the law that the reported time touches. */
export interface LawWindow {
  readonly rule: AbandonRule
  /** Unix milliseconds, half open; Infinity for a window without an end. */
  readonly from: number
  readonly until: number
  /** By the counts up to the end of the reported time. */
  readonly standing: Standing
}

/** The law of a live campaign, from its attempts. */
export interface LiveLaw {
  readonly windows: ReadonlyArray<LawWindow>
  /** The window of the first ceiling, for the chart of the last day: what it is called, and what counted before that day. */
  readonly chart: { readonly rule: AbandonRule; readonly before: Before } | null
}

/** Answers to one question, or of one step of a call flow. */
export interface LiveAnswer {
  readonly form: string
  readonly step: string
  readonly kind: string
  readonly value: string
  readonly count: number
}

export interface LiveResults {
  readonly dispositions: ReadonlyArray<{ readonly code: string; readonly count: number }>
  readonly doNotCall: number
  readonly promises: {
    readonly due: number
    readonly inTime: number
    readonly late: number
    readonly byOther: number
  }
  readonly answers: ReadonlyArray<LiveAnswer>
  readonly script: Form | null
}

/** A live campaign over some time, as its floor recorded it. Instants are Unix milliseconds. */
export interface LiveSubject {
  readonly version: string
  readonly campaign: string
  readonly settings: CampaignSettings
  /** Of the campaign's own days. */
  readonly zone: ZoneTable
  /** Every campaign that called in that time, the most frequent first. */
  readonly campaigns: ReadonlyArray<{ readonly name: string; readonly attempts: number }>
  /** Days asked for, `2026-11-23`; null where the last window is reported. */
  readonly days: { readonly from: string; readonly to: string } | null
  /** The first and the last instant on record. */
  readonly from: number
  readonly until: number
  /** How many windows of the floor the records come from, and whether one of them is still open. */
  readonly windowCount: number
  readonly isOpen: boolean
  /** Names of all groups that served it. */
  readonly groups: ReadonlyArray<string>
  /** Of the reported time. */
  readonly counts: Counts
  /** Of all calls to the list up to the end of that time. */
  readonly list: Counts
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly spans: ReadonlyArray<SpanRow>
  readonly holds: ReadonlyArray<{ readonly reason: string; readonly times: number; readonly contacts: number }>
  /** Null where no law was applied. */
  readonly law: LiveLaw | null
  readonly results: LiveResults
  /** What became of people who called the campaign. */
  readonly inbound: InboundFigures
}
