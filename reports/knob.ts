import * as Plot from "@observablehq/plot"
import type { Estimate } from "../sim/experiments/Result.ts"
import type { MeasureKey } from "../src/domain/measures.ts"
import { drawing, half, hitDots, limitY, roundUp } from "./drawing.ts"
import { type Family, families, knobIsShare, type Look } from "./family.ts"
import type { Figure, Panel } from "./Figure.ts"
import { chance, percent, percentShort, percentTick, short, styleOf, withInterval } from "./format.ts"
import { lossOf, lossStyle } from "./loss.ts"
import { limitOf, type Subject } from "./Subject.ts"

/** Occupancy and abandon rate (or other loss, see `Loss`) at one position of one knob; shares, with 95 % intervals. */
export interface KnobRow {
  readonly family: string
  readonly setting: string
  readonly knob: number
  readonly occupancy: Estimate
  readonly abandonRate: Estimate
  readonly main: boolean
  readonly title: string
}

export interface KnobFamily {
  readonly label: string
  readonly look: Look
  readonly knobLabel: string
  readonly knobIsShare: boolean
  readonly rows: ReadonlyArray<KnobRow>
}

const rowsOf = (family: Family, of: Subject): ReadonlyArray<KnobRow> => {
  const loss = lossOf(of)
  return family.results.flatMap((result) =>
    result.setting.knob === null
      ? []
      : [
          {
            family: family.label,
            setting: result.setting.label,
            knob: result.setting.knob,
            occupancy: result.estimates.occupancy,
            abandonRate: loss.of(result),
            main: result === of.main,
            title: [
              result.setting.label,
              `Occupancy ${withInterval(result.estimates.occupancy, styleOf("occupancy"))}`,
              `${loss.label} ${withInterval(loss.of(result), lossStyle)}`,
              `Shifts over the limit: ${chance(result.overLimit)}`
            ].join("\n")
          }
        ]
  )
}

/** Families in which at least two positions of the knob were tried. */
export const knobFamilies = (of: Subject): ReadonlyArray<KnobFamily> =>
  families(of.result.settings)
    .map((family) => ({
      label: family.label,
      look: family.look,
      knobLabel: family.results[0].setting.knobLabel ?? "",
      knobIsShare: family.results.every(({ setting }) => knobIsShare(setting)),
      rows: rowsOf(family, of)
    }))
    .filter((family) => family.rows.length >= 2)

interface Axis {
  readonly label: string
  readonly domain: readonly [number, number]
  readonly limit: number
}

/** The tried positions where their names have room, else a few round ones. */
const knobTicks = (knobs: ReadonlyArray<number>): number | Array<number> => {
  const sorted = [...new Set(knobs)].toSorted((a, b) => a - b)
  const span = sorted[sorted.length - 1] - sorted[0]
  const gaps = sorted.slice(1).map((value, i) => ((value - sorted[i]) / span) * (half - 130))
  return gaps.every((gap) => gap >= 38) ? sorted : 5
}

/** One measure against one knob, with the interval as a band and the limit where there is one. */
export const knobOptions = (
  family: KnobFamily,
  key: MeasureKey & ("occupancy" | "abandonRate"),
  axis: Axis
): Plot.PlotOptions => {
  const rows = family.rows.filter((row) => Number.isFinite(row[key].mean))
  const { color, dash, symbol } = family.look
  const [, top] = axis.domain
  return drawing({
    width: half,
    height: key === "occupancy" ? 180 : 190,
    marginRight: 58,
    x: {
      label: key === "occupancy" ? null : family.knobLabel,
      tickFormat: family.knobIsShare ? (value: number) => `${percentTick(value)} %` : (value: number) => short(value),
      ticks: knobTicks(family.rows.map((row) => row.knob)),
      inset: 10
    },
    y: { label: axis.label, domain: axis.domain, tickFormat: percentTick, ticks: 4 },
    marginBottom: key === "occupancy" ? 26 : 44,
    marks: [
      Plot.areaY(
        rows.filter((row) => Number.isFinite(row[key].low)),
        {
          x: "knob",
          y1: (row: KnobRow) => row[key].low,
          y2: (row: KnobRow) => row[key].high,
          fill: color,
          fillOpacity: 0.22,
          clip: true,
          ariaDescription: "interval"
        }
      ),
      Plot.line(rows, {
        x: "knob",
        y: (row: KnobRow) => row[key].mean,
        stroke: color,
        strokeWidth: 1.8,
        strokeDasharray: dash,
        clip: true
      }),
      ...limitY(axis.limit, `limit ${percentShort(axis.limit)}`),
      Plot.dot(
        rows.filter((row) => row[key].mean <= top),
        {
          x: "knob",
          y: (row: KnobRow) => row[key].mean,
          symbol,
          r: 4,
          fill: color,
          stroke: "var(--paper)",
          strokeWidth: 1
        }
      ),
      Plot.dot(
        rows.filter((row) => row.main && row[key].mean <= top),
        {
          x: "knob",
          y: (row: KnobRow) => row[key].mean,
          r: 9,
          stroke: "var(--ink)",
          strokeWidth: 2,
          ariaDescription: "main setting"
        }
      ),
      hitDots(rows, { x: (row) => row.knob, y: (row) => row[key].mean, title: (row) => row.title })
    ]
  })
}

const axes = (
  all: ReadonlyArray<KnobFamily>,
  limit: number,
  lossLabel: string
): { readonly occupancy: Axis; readonly abandonRate: Axis } => {
  const rows = all.flatMap((family) => family.rows)
  const occupancies = rows.map((row) => row.occupancy.mean).filter(Number.isFinite)
  const rates = rows.map((row) => row.abandonRate.mean).filter(Number.isFinite)
  const cut = Number.isFinite(limit) && limit > 0 ? 4 * limit : 1
  const low = occupancies.length === 0 ? 0 : Math.max(0, Math.floor(Math.min(...occupancies) * 10 - 0.2) / 10)
  return {
    occupancy: { label: "Occupancy (%)", domain: [low, 1], limit: Number.NaN },
    abandonRate: {
      label: `${lossLabel} (%)`,
      domain: [0, Math.min(cut, roundUp(Math.max(1.4 * (limit || 0), 0.01, ...rates)))],
      limit
    }
  }
}

/** Small panels, one pair a family, on common vertical scales. `null` when no knob was turned. */
export const knob = (of: Subject): Figure | null => {
  const all = knobFamilies(of)
  if (all.length === 0) return null
  const loss = lossOf(of)
  const { occupancy, abandonRate } = axes(all, limitOf(of), loss.label)
  const lossName = loss.label.toLowerCase()
  const panels: ReadonlyArray<Panel> = all.map((family) => ({
    title: family.label,
    plots: [knobOptions(family, "occupancy", occupancy), knobOptions(family, "abandonRate", abandonRate)]
  }))
  const beyond = all
    .flatMap((family) => family.rows)
    .filter((row) => row.abandonRate.mean > abandonRate.domain[1]).length
  return {
    id: "knob",
    title: "What turning the knob does",
    caption:
      `Above occupancy, below ${lossName}, against the number the manager sets; bands are 95 % intervals over replications` +
      (of.main === null || !all.some(({ rows }) => rows.some(({ main }) => main))
        ? "."
        : `, the ring marks ${of.main.setting.label}.`) +
      " All panels share the vertical scales." +
      (beyond === 0 ? "" : ` What lies above ${percentShort(abandonRate.domain[1])} is cut off; the data has it.`),
    alt: `Occupancy and ${lossName} of ${all.length} pacing families against their knob.`,
    legend: [],
    panels,
    table: {
      columns: [
        { name: "family", label: "Family" },
        { name: "setting", label: "Setting" },
        { name: "knob", label: "Knob", show: (v) => short(v) },
        { name: "occupancy", label: "Occupancy", show: percent },
        { name: "occupancy_low", label: "from", show: percent },
        { name: "occupancy_high", label: "to", show: percent },
        { name: loss.column, label: loss.label, show: (v) => percent(v, 2) },
        { name: `${loss.column}_low`, label: "from", show: (v) => percent(v, 2) },
        { name: `${loss.column}_high`, label: "to", show: (v) => percent(v, 2) }
      ],
      rows: all.flatMap((family) =>
        family.rows.map((row) => [
          row.family,
          row.setting,
          row.knob,
          row.occupancy.mean,
          row.occupancy.low,
          row.occupancy.high,
          row.abandonRate.mean,
          row.abandonRate.low,
          row.abandonRate.high
        ])
      )
    }
  }
}
