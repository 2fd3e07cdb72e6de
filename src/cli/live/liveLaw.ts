import type { LawWindow } from "../../../reports/live/LiveSubject.ts"
import { AbandonLedger } from "../../dialler/compliance/AbandonLedger.ts"
import { type WindowBounds, windowAt } from "../../dialler/compliance/abandonWindows.ts"
import type { RawVector } from "../../dialler/compliance/RawVector.ts"
import type { CampaignSettings } from "../../domain/Campaign.ts"
import type { CampaignLaw } from "../../domain/compliance/CampaignLaw.ts"
import type { AbandonRule } from "../../domain/compliance/Rules.ts"
import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"
import type { PlacedRow } from "../../store/floor/liveQueries.ts"

/** What is known of a campaign's calls up to the end of the reported time. */
export interface LawFacts {
  readonly rows: ReadonlyArray<PlacedRow>
  /** Calls taken for machines somebody listened to. */
  readonly samples: ReadonlyArray<{ readonly placedAt: number; readonly isPerson: boolean }>
  /** When the campaign began, Unix milliseconds. */
  readonly beganAt: number
  readonly zoneOf: (id: string) => ZoneTable
}

/** What calls of a row were to the law, as the core counts calls of the past (`dialler/recall.ts`). */
const countsAs = (row: PlacedRow): ReadonlyArray<keyof RawVector> => {
  const joined: ReadonlyArray<keyof RawVector> = row.connected === 0 ? [] : [row.late === 1 ? "late" : "inTime"]
  switch (row.outcome) {
    case "abandoned":
      return [...joined, row.silent === 1 ? "abandonedSilent" : "abandonedMessage"]
    case "hung-up-waiting":
      return [...joined, row.over === 1 ? "calleeLate" : "calleeEarly"]
    case "machine":
      return [...joined, row.connected === 0 ? "machines" : "agentMachines"]
    case "scripted":
      return [...joined, "inTime"]
    case "interrupted":
      return row.answered === 0 ? joined : [...joined, "abandonedSilent"]
    default:
      return joined
  }
}

/** The windows of a law from the calls on record, those that touch a time. */
export const lawWindows = (
  { detection }: CampaignSettings,
  law: CampaignLaw,
  { beganAt, rows, samples, zoneOf }: LawFacts,
  time: { readonly from: number; readonly until: number }
): ReadonlyArray<LawWindow> => {
  const rules = law.composed.rules.abandon ?? []
  const zones = new Set([law.zone, ...rules.flatMap(({ window }) => window.zone ?? [])])
  const ledger = new AbandonLedger(
    rules,
    [...zones].map(zoneOf),
    law.zone,
    { from: beganAt, until: Number.POSITIVE_INFINITY },
    {
      lateCounts: law.composed.rules.connect?.lateCountsAbandoned === true,
      abandonedIncludesMachines: !detection,
      clearsMachines: detection
    }
  )
  for (const row of rows) {
    ledger.add("attempts", row.at, row.calls)
    for (const what of countsAs(row)) ledger.add(what, row.at, row.calls)
  }
  for (const { isPerson, placedAt } of samples) {
    ledger.add("sampled", placedAt)
    if (isPerson) ledger.add("samplePeople", placedAt)
  }
  return ledger
    .reports()
    .filter(({ window }) => window.from <= time.until && window.until > time.from)
    .map(({ allowanceLeft, base, numerator, ratio, rule, verdict, window }) => ({
      rule,
      from: window.from,
      until: window.until,
      standing: { verdict, ratio, numerator, base, allowanceLeft }
    }))
}

/** The first ceiling that is a share, and its window that holds an instant; null without one. */
export const chartWindow = (
  law: CampaignLaw,
  { beganAt, zoneOf }: Pick<LawFacts, "beganAt" | "zoneOf">,
  instant: number
): { readonly rule: AbandonRule; readonly window: WindowBounds } | null => {
  const rule = (law.composed.rules.abandon ?? []).find(
    (each) => each.ceiling !== null && each.denominator !== "D_COUNT"
  )
  if (rule === undefined) return null
  const zone = zoneOf(rule.window.zone ?? law.zone)
  return { rule, window: windowAt(rule.window, zone, { from: beganAt, until: Number.POSITIVE_INFINITY }, instant) }
}
