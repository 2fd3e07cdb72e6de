import * as Plot from "@observablehq/plot"
import type { Estimate, SensitivityRow } from "../sim/experiments/Result.ts"
import { drawing, half, limitX, roundUp, shortened } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { chance, percent, percentShort, percentTick, signedPoints, styleOf, withInterval } from "./format.ts"
import { lossStyle } from "./loss.ts"
import { limitOf, type Subject } from "./Subject.ts"

type Key = "occupancy" | "abandonRate"

/** The loss of a world: transfers lost where there are some, else people abandoned. */
const lossIn = (row: SensitivityRow): Estimate => row.transfersLost ?? row.abandonRate
const valueOf = (row: SensitivityRow, key: Key): Estimate => (key === "occupancy" ? row.occupancy : lossIn(row))

const assumed = "as assumed"

const lossLabel = (rows: ReadonlyArray<SensitivityRow>): string =>
  rows.every(({ transfersLost }) => transfersLost !== undefined) ? "Transfers lost" : "Abandon rate"

const titleOf = (row: SensitivityRow): string =>
  [
    row.label,
    `Occupancy ${withInterval(row.occupancy, styleOf("occupancy"))}`,
    `${lossLabel([row])} ${withInterval(lossIn(row), lossStyle)}`,
    `Shifts over the limit: ${chance(row.overLimit)}`
  ].join("\n")

const intervals = (rows: ReadonlyArray<SensitivityRow>, key: Key): ReadonlyArray<Plot.Markish> => {
  const known = rows.filter((row) => Number.isFinite(valueOf(row, key).low))
  const ends = known.flatMap((row) =>
    [valueOf(row, key).low, valueOf(row, key).high].map((end) => ({ label: row.label, end }))
  )
  const line = { y: "label", stroke: "var(--blue)", strokeWidth: 2 } as const
  return [
    Plot.ruleY(known, {
      ...line,
      x1: (row: SensitivityRow) => valueOf(row, key).low,
      x2: (row: SensitivityRow) => valueOf(row, key).high,
      ariaDescription: "interval"
    }),
    Plot.tickX(ends, { ...line, x: "end", inset: 6 })
  ]
}

/** One measure by changed world: a dot with its interval, the unchanged world filled. */
export const sensitivityOptions = (rows: ReadonlyArray<SensitivityRow>, key: Key, limit: number): Plot.PlotOptions => {
  const known = rows.filter((row) => Number.isFinite(valueOf(row, key).mean))
  const ends = known
    .flatMap((row) => [valueOf(row, key).mean, valueOf(row, key).low, valueOf(row, key).high])
    .filter(Number.isFinite)
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
    marginLeft: 150,
    x: {
      label: named ? "Occupancy (%)" : `${lossLabel(rows)} (%)`,
      domain,
      tickFormat: percentTick,
      ticks: 5,
      grid: true
    },
    y: {
      type: "band",
      domain: rows.map((row) => row.label),
      label: null,
      grid: false,
      tickFormat: (label: string) => shortened(label, 25)
    },
    marks: [
      ...limitX(named ? Number.NaN : limit, `limit ${percentShort(limit)}`),
      ...intervals(known, key),
      Plot.dot(known, {
        y: "label",
        x: (row: SensitivityRow) => valueOf(row, key).mean,
        r: 5,
        fill: (row: SensitivityRow) => (row.label === assumed ? "var(--blue)" : "var(--paper)"),
        stroke: "var(--blue)",
        strokeWidth: 2,
        ariaDescription: "mean"
      }),
      Plot.dot(known, {
        y: "label",
        x: (row: SensitivityRow) => valueOf(row, key).mean,
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
  const column = lossLabel(rows) === "Abandon rate" ? "abandon_rate" : "transfers_lost"
  const worst = rows.reduce((most, row) => (row.overLimit.share > most.overLimit.share ? row : most))
  return {
    id: "sensitivity",
    title: "If people are not as assumed",
    caption:
      `The setting ${of.main?.setting.label ?? ""}, unchanged, where people answer more or less often or talk longer; filled is the world as assumed. ` +
      "Bars are 95 % intervals over replications.",
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
        { name: column, label: lossLabel(rows), show: (v) => percent(v, 2) },
        { name: `${column}_low`, label: "from", show: (v) => percent(v, 2) },
        { name: `${column}_high`, label: "to", show: (v) => percent(v, 2) },
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
        lossIn(row).mean,
        lossIn(row).low,
        lossIn(row).high,
        row.overLimit.share,
        row.overLimit.low,
        row.overLimit.high
      ])
    }
  }
}
