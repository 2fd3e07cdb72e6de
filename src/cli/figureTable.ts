import { figure, interval, styleOf } from "../../reports/format.ts"
import type { Estimate } from "../../sim/experiments/Result.ts"
import { type MeasureKey, measures } from "../domain/measures.ts"
import { textTable } from "./textTable.ts"

type Figures = Readonly<Record<MeasureKey, Estimate>>

/** Every figure that exists, with its interval. `heading` says what the values are. */
export const figureTable = (figures: Figures, heading: string): string => {
  const rows = (Object.keys(measures) as ReadonlyArray<MeasureKey>)
    .filter((key) => Number.isFinite(figures[key].mean))
    .map((key) => [measures[key].label, figure(figures[key].mean, styleOf(key)), interval(figures[key], styleOf(key))])
  return rows.length === 0 ? "" : textTable([["Figure", heading, "95 % interval"], ...rows])
}
