import * as Plot from "@observablehq/plot"
import { drawing, hitDots, limitX, placedText, roundUp, wide } from "./drawing.ts"
import { families, type Look } from "./family.ts"
import type { Figure } from "./Figure.ts"
import { chance, figure, percent, percentShort, percentTick, styleOf, withInterval } from "./format.ts"
import { along, type Point, placeLabels } from "./labels.ts"
import { type Loss, lossOf, lossStyle } from "./loss.ts"
import { limitOf, type Subject } from "./Subject.ts"

/** One setting on the plane of abandon rate (or other loss, see `Loss`) and occupancy; shares, with 95 % intervals. */
export interface FrontierRow {
  readonly family: string
  readonly look: Look
  readonly setting: string
  readonly abandonRate: number
  readonly abandonLow: number
  readonly abandonHigh: number
  readonly occupancy: number
  readonly occupancyLow: number
  readonly occupancyHigh: number
  readonly overLimit: number
  readonly main: boolean
  readonly title: string
}

/** Settings without an abandon rate or an occupancy (nobody answered, no agents) have no place here. */
export const frontierRows = (of: Subject): ReadonlyArray<FrontierRow> => {
  const loss = lossOf(of)
  return families(of.result.settings).flatMap((family) =>
    family.results
      .filter((result) => Number.isFinite(loss.of(result).mean) && Number.isFinite(result.estimates.occupancy.mean))
      .map((result) => {
        const { occupancy } = result.estimates
        const abandonRate = loss.of(result)
        return {
          family: family.label,
          look: family.look,
          setting: result.setting.label,
          abandonRate: abandonRate.mean,
          abandonLow: abandonRate.low,
          abandonHigh: abandonRate.high,
          occupancy: occupancy.mean,
          occupancyLow: occupancy.low,
          occupancyHigh: occupancy.high,
          overLimit: result.overLimit.share,
          main: result === of.main,
          title: [
            result.setting.label,
            `Occupancy ${withInterval(occupancy, styleOf("occupancy"))}`,
            `${loss.label} ${withInterval(abandonRate, lossStyle)}`,
            `Shifts over the limit: ${chance(result.overLimit)}`
          ].join("\n")
        }
      })
  )
}

const height = 400
const margins = { top: 34, right: 30, bottom: 46, left: 50 }

interface Domain {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

/** Ends at four times the limit (or a little past the recommended setting): what lies beyond is not for a launch. */
export const frontierDomain = (rows: ReadonlyArray<FrontierRow>, limit: number): Domain => {
  const most = Math.max(...rows.map((row) => row.abandonRate), Number.isFinite(limit) ? 1.4 * limit : 0.01)
  const main = rows.find((row) => row.main)?.abandonRate ?? 0
  const cut = Math.max(Number.isFinite(limit) && limit > 0 ? 4 * limit : most, 1.5 * main)
  const right = Math.min(roundUp(1.05 * most), cut)
  const seen = rows.filter((row) => row.abandonRate <= right)
  const low = Math.min(...seen.map((row) => (Number.isFinite(row.occupancyLow) ? row.occupancyLow : row.occupancy)))
  const high = Math.max(...seen.map((row) => (Number.isFinite(row.occupancyHigh) ? row.occupancyHigh : row.occupancy)))
  const bottom = Math.max(0, Math.floor(low * 20 - 0.4) / 20)
  return {
    x: [-0.015 * right, right],
    y: [bottom, Math.min(1, Math.max(bottom + 0.1, Math.ceil(high * 20 + 0.4) / 20))]
  }
}

const placedLabels = (rows: ReadonlyArray<FrontierRow>, limit: number, { x, y }: Domain, mainLabel: string) => {
  const toX = (value: number): number =>
    margins.left + ((value - x[0]) / (x[1] - x[0])) * (wide - margins.left - margins.right)
  const toY = (value: number): number =>
    height - margins.bottom - ((value - y[0]) / (y[1] - y[0])) * (height - margins.top - margins.bottom)
  const seen = rows.filter((row) => row.abandonRate <= x[1])
  const main = seen.find((row) => row.main)
  const at = (row: FrontierRow): Point => ({ x: toX(row.abandonRate), y: toY(row.occupancy) })
  const seenNames = names(seen)
  const limitLine = Number.isFinite(limit)
    ? along([
        { x: toX(limit), y: margins.top },
        { x: toX(limit), y: height - margins.bottom }
      ])
    : []
  const texts = [
    ...(main === undefined ? [] : [{ text: mainLabel, points: [at(main)], fill: "var(--ink)", bold: true }]),
    // The label of the main setting stands for its family.
    ...seenNames
      .filter((name) => name !== main?.family)
      .map((name) => {
        const own = seen.filter((row) => row.family === name)
        return { text: name, points: own.map(at).toReversed(), fill: own[0].look.color, bold: false }
      })
  ]
  const placed = placeLabels(
    texts,
    [...seenNames.flatMap((name) => along(rows.filter((row) => row.family === name).map(at))), ...limitLine],
    { left: margins.left + 2, right: wide - 4, top: margins.top, bottom: height - margins.bottom - 2 }
  )
  return placed.map((label, i) => ({ ...texts[i], ...label }))
}

const names = (rows: ReadonlyArray<FrontierRow>): ReadonlyArray<string> => [...new Set(rows.map((row) => row.family))]

const lines = (rows: ReadonlyArray<FrontierRow>): ReadonlyArray<Plot.Markish> =>
  names(rows).map((name) => {
    const own = rows.filter((row) => row.family === name)
    const { color, dash } = own[0].look
    return Plot.line(own, {
      x: "abandonRate",
      y: "occupancy",
      stroke: color,
      strokeWidth: 1.8,
      strokeDasharray: dash,
      clip: true,
      ariaDescription: name
    })
  })

const intervals = (rows: ReadonlyArray<FrontierRow>): ReadonlyArray<Plot.Markish> => {
  const bars = {
    clip: true,
    strokeOpacity: 0.55,
    strokeWidth: 1.2,
    stroke: (row: FrontierRow) => row.look.color
  } as const
  return [
    Plot.ruleY(
      rows.filter((row) => Number.isFinite(row.abandonLow)),
      { x1: "abandonLow", x2: "abandonHigh", y: "occupancy", ...bars, ariaDescription: "interval of the abandon rate" }
    ),
    Plot.ruleX(
      rows.filter((row) => Number.isFinite(row.occupancyLow)),
      { y1: "occupancyLow", y2: "occupancyHigh", x: "abandonRate", ...bars, ariaDescription: "interval of occupancy" }
    )
  ]
}

const symbols = (rows: ReadonlyArray<FrontierRow>): ReadonlyArray<Plot.Markish> =>
  names(rows).map((name) => {
    const own = rows.filter((row) => row.family === name)
    const { color, symbol } = own[0].look
    const dots = { symbol, r: 4.5, fill: color, stroke: "var(--paper)", strokeWidth: 1, clip: true } as const
    return Plot.dot(own, { x: "abandonRate", y: "occupancy", ...dots, ariaDescription: name })
  })

const ring = (rows: ReadonlyArray<FrontierRow>): Plot.Markish =>
  Plot.dot(
    rows.filter((row) => row.main),
    { x: "abandonRate", y: "occupancy", r: 10, stroke: "var(--ink)", strokeWidth: 2, ariaDescription: "main setting" }
  )

/** One line and symbol a family, interval bars both ways, the limit as a rule, the main setting ringed. */
export const frontierOptions = (
  rows: ReadonlyArray<FrontierRow>,
  limit: number,
  mainLabel: string,
  axis: Loss["axis"]
): Plot.PlotOptions => {
  const domain = frontierDomain(rows, limit)
  return drawing({
    height,
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
    x: {
      label: axis,
      domain: domain.x,
      tickFormat: percentTick,
      grid: true,
      ticks: 8
    },
    y: { label: "Occupancy (%)", domain: domain.y, tickFormat: percentTick, ticks: 6 },
    marks: [
      ...limitX(limit, `limit ${percentShort(limit)}`),
      ...lines(rows),
      ...intervals(rows),
      ...symbols(rows),
      ring(rows),
      ...placedLabels(rows, limit, domain, mainLabel).map((label) =>
        placedText(label, margins, { fill: label.fill, fontWeight: label.bold ? 700 : 400 })
      ),
      hitDots(rows, { x: (row) => row.abandonRate, y: (row) => row.occupancy, title: (row) => row.title })
    ]
  })
}

/** `null` when there are fewer than two settings to compare. */
export const frontier = (of: Subject): Figure | null => {
  const rows = frontierRows(of)
  if (rows.length < 2) return null
  const limit = limitOf(of)
  const loss = lossOf(of)
  const mainLabel = `${of.recommended ? "Recommended" : "This report"}: ${of.main?.setting.label ?? ""}`
  const beyond = rows.filter((row) => row.abandonRate > frontierDomain(rows, limit).x[1]).length
  const main = rows.find((row) => row.main)
  const shown = families(of.result.settings).filter((family) => rows.some((row) => row.family === family.label))
  return {
    id: "frontier",
    title: `Occupancy against ${loss.label.toLowerCase()}`,
    caption:
      "Every point is one setting, run on the same customers; bars are 95 % intervals over replications. Up is better (agents busy), " +
      `left is safer (${loss.fewer}).` +
      (beyond === 0
        ? ""
        : ` ${beyond} ${beyond === 1 ? "setting lies" : "settings lie"} beyond the right edge; see the data.`),
    alt:
      `${rows.length} settings of ${shown.length} families.` +
      (main === undefined
        ? ""
        : ` ${mainLabel}, occupancy ${figure(main.occupancy, styleOf("occupancy"))} at ${figure(main.abandonRate, lossStyle)} ${loss.verb}.`),
    legend: shown.map((family) => ({ kind: "line", label: family.label, look: family.look })),
    panels: [{ title: null, plots: [frontierOptions(rows, limit, mainLabel, loss.axis)] }],
    table: {
      columns: [
        { name: "family", label: "Family" },
        { name: "setting", label: "Setting" },
        { name: loss.column, label: loss.label, show: (v) => percent(v, 2) },
        { name: `${loss.column}_low`, label: "from", show: (v) => percent(v, 2) },
        { name: `${loss.column}_high`, label: "to", show: (v) => percent(v, 2) },
        { name: "occupancy", label: "Occupancy", show: percent },
        { name: "occupancy_low", label: "from", show: percent },
        { name: "occupancy_high", label: "to", show: percent },
        { name: "over_limit", label: "Shifts over limit", show: percent }
      ],
      rows: rows.map((row) => [
        row.family,
        row.setting,
        row.abandonRate,
        row.abandonLow,
        row.abandonHigh,
        row.occupancy,
        row.occupancyLow,
        row.occupancyHigh,
        row.overLimit
      ])
    }
  }
}
