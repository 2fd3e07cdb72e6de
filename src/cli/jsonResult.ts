import type { Result } from "../../sim/experiments/Result.ts"
import type { Kept } from "./keepOutcome.ts"

/**
 * A result for other programs, one JSON text: every estimate with its interval, but not the raw counts, which are in the
 * result file. What is no number (an interval of one shift) is null.
 */
export const jsonResult = (result: Result, kept: Kept): string => {
  const { scenario, scenarioText: _text, settings, ...rest } = result
  const body = {
    ...rest,
    scenario: scenario.name,
    settings: settings.map(({ counts: _counts, ...setting }) => setting),
    files: { result: kept.result, report: kept.report },
    troubles: kept.troubles
  }
  return `${JSON.stringify(body, null, 2)}\n`
}
