import { liveEstimates, methodOf } from "../../../reports/live/liveEstimates.ts"
import type { LiveSubject } from "../../../reports/live/LiveSubject.ts"
import { type MeasureKey, measures } from "../../domain/measures.ts"
import { outcomeNames } from "../../domain/Outcome.ts"

/**
 * The figures of a live campaign for other programs, one JSON text: each with its interval and what that was made by, and
 * the raw counts of calls by outcome. What is no number is null.
 */
export const liveJson = (of: LiveSubject, report: string): string => {
  const estimates = liveEstimates(of)
  const figures = (Object.keys(measures) as ReadonlyArray<MeasureKey>).map((key) => {
    const { high, low, mean } = estimates[key]
    return [key, { value: mean, low, high, interval: methodOf(key), definition: measures[key].definition }] as const
  })
  const instant = (at: number): string | null => (Number.isFinite(at) ? new Date(at).toISOString() : null)
  const { answers, dispositions, doNotCall, promises } = of.results
  const body = {
    kind: "live",
    version: of.version,
    campaign: of.campaign,
    campaigns: of.campaigns,
    zone: of.zone.id,
    from: instant(of.from),
    until: instant(of.until),
    windows: of.windowCount,
    open: of.isOpen,
    figures: Object.fromEntries(figures),
    outcomes: Object.fromEntries(outcomeNames.map((name, code) => [name, of.counts.outcomes[code]])),
    law:
      of.law?.windows.map(({ from, rule, standing, until }) => ({
        rule,
        from: instant(from),
        until: instant(until),
        ...standing
      })) ?? null,
    heldBack: of.holds,
    results: { dispositions, doNotCall, promises, answers },
    files: { report }
  }
  return `${JSON.stringify(body, null, 2)}\n`
}
