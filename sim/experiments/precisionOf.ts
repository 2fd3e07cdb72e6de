import type { MeasureKey } from "../../src/domain/measures.ts"
import { type Interval, meanInterval } from "../statistics/interval.ts"
import { intervalConfidence, valuesOf } from "./estimates.ts"
import type { SettingResult } from "./Result.ts"

/**
 * The interval that decides whether there are enough shifts: of occupancy, or of the live rate where nobody works. Its
 * count is the number of shifts, those without a figure included: more of them would not help.
 */
export const precisionOf = ({ counts }: SettingResult): Interval => {
  const key = (["occupancy", "liveRate"] as ReadonlyArray<MeasureKey>).find((each) =>
    valuesOf(counts, each).some(Number.isFinite)
  )
  const values = key === undefined ? [] : valuesOf(counts, key).filter(Number.isFinite)
  return { ...meanInterval(values, intervalConfidence), count: counts.length }
}
