import * as Plot from "@observablehq/plot"
import type { SensitivityRow } from "../sim/experiments/Result.ts"
import { drawing, half, limitX, roundUp, shortened } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { chance, percent, percentShort, percentTick, signedPoints, styleOf, withInterval } from "./format.ts"
import { limitOf, type Subject } from "./Subject.ts"

type Key = "occupancy" | "abandonRate"

const titleOf = (row: SensitivityRow): string =>
  [
    row.label,
    `Occupancy ${withInterval(row.occupancy, styleOf("occupancy"))}`,
    `Abandon rate ${withInterval(row.abandonRate, styleOf("abandonRate"))}`,
    `Shifts over the limit: ${chance(row.overLimit)}`
  ].join("\n")

/** One measure by changed world: a dot with its interval, the unchanged world filled. */
export const sensitivityOptions = (rows: ReadonlyArray<SensitivityRow>, key: Key, limit: number): Plot.PlotOptions => {
  const known = rows.filter((row) => Number.isFinite(row[key].mean))
  const ends = known.flatMap((row) => [row[key].mean, row[key].low, row[key].high]).filter(Number.isFinite)
  const domain: [number, number] =
    key === "abandonRate"
      ? [0, roundUp(Math.max(0.01, 1.3 * (limit || 0), ...ends))]
      : [
          Math.max(0, Math.floor(20 * Math.min(1, ...ends) - 0.4) / 20),
          Math.min(1, Math.ceil(20 * Math.max(0, ...ends) + 0.4) / 20)
        ]
  const named = key === "occupancy"
  return drawing({
    width: half,
    height: 76 + 30 * rows.length,
    marginTop: 34,
    marginLeft: 160,
    x: { label: named ? "Occupancy (%)" : "Abandon rate (%)", domain, tickFormat: percentTick, ticks: 5, grid: true },
    y: {
      type: "band",
      domain: rows.map((row) => row.label),
      label: null,
      grid: false,
      tickFormat: (label: string) => shortened(label, 25)
    },
    marks: [
      ...limitX(named ? Number.NaN : limit, `limit ${percentShort(limit)}`),
      Plot.ruleY(
        known.filter((row) => Number.isFinite(row[key].low)),
        {
          y: "label",
          x1: (row: SensitivityRow) => row[key].low,
          x2: (row: SensitivityRow) => row[key].high,
          stroke: "var(--blue)",
          strokeWidth: 2,
          ariaDescription: "interval"
        }
      ),
      Plot.tickX(
        known
          .filter((row) => Number.isFinite(row[key].low))
          .flatMap((row) => [
            { label: row.label, end: row[key].low },
            { label: row.label, end: row[key].high }
          ]),
        { y: "label", x: "end", stroke: "var(--blue)", strokeWidth: 2, inset: 6 }
      ),
      Plot.dot(known, {
        y: "label",
        x: (row: SensitivityRow) => row[key].mean,
        r: 5,
        fill: (row: SensitivityRow) => (row.answerShift === 0 ? "var(--blue)" : "var(--paper)"),
        stroke: "var(--blue)",
        strokeWidth: 2,
        ariaDescription: "mean"
      }),
      Plot.dot(known, {
        y: "label",
        x: (row: SensitivityRow) => row[key].mean,
        r: 12,
        fill: "var(--hit)",
        stroke: "none",
        className: "hit",
        title: titleOf
      })
    ]
  })
}

/** `null` when the run did not ask. */
export const sensitivity = (of: Subject): Figure | null => {
  const rows = of.result.sensitivity
  if (rows.length === 0) return null
  const limit = limitOf(of)
  const worst = rows.reduce((most, row) => (row.overLimit.share > most.overLimit.share ? row : most))
  return {
    id: "sensitivity",
    title: "If people answer more or less often than assumed",
    caption: `The setting ${of.main?.setting.label ?? ""}, unchanged, in worlds where the chance that a person answers is shifted; filled is the world as assumed. Bars are 95 % intervals over replications.`,
    alt: `The largest chance of a shift over the limit is ${percent(worst.overLimit.share)}, for ${worst.label}.`,
    legend: [],
    panels: [
      { title: null, plots: [sensitivityOptions(rows, "occupancy", limit)] },
      { title: null, plots: [sensitivityOptions(rows, "abandonRate", limit)] }
    ],
    table: {
      columns: [
        { name: "world", label: "World" },
        { name: "answer_shift", label: "Answer chance", show: (v) => signedPoints(v) },
        { name: "occupancy", label: "Occupancy", show: (v) => percent(v) },
        { name: "occupancy_low", label: "from", show: (v) => percent(v) },
        { name: "occupancy_high", label: "to", show: (v) => percent(v) },
        { name: "abandon_rate", label: "Abandon rate", show: (v) => percent(v, 2) },
        { name: "abandon_rate_low", label: "from", show: (v) => percent(v, 2) },
        { name: "abandon_rate_high", label: "to", show: (v) => percent(v, 2) },
        { name: "over_limit", label: "Shifts over limit", show: (v) => percent(v) },
        { name: "over_limit_low", label: "from", show: (v) => percent(v) },
        { name: "over_limit_high", label: "to", show: (v) => percent(v) }
      ],
      rows: rows.map((row) => [
        row.label,
        row.answerShift,
        row.occupancy.mean,
        row.occupancy.low,
        row.occupancy.high,
        row.abandonRate.mean,
        row.abandonRate.low,
        row.abandonRate.high,
        row.overLimit.share,
        row.overLimit.low,
        row.overLimit.high
      ])
    }
  }
}
