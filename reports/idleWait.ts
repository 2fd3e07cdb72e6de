import * as Plot from "@observablehq/plot"
import type { SettingResult } from "../sim/experiments/Result.ts"
import { idleWaitBinMillis, idleWaitBins } from "../src/domain/Counts.ts"
import { drawing, hitStrips, placedText, roundUp, thin, wide } from "./drawing.ts"
import { ecdf, type EcdfRow, secondsAt, shareAt } from "./ecdf.ts"
import { families, type Look } from "./family.ts"
import type { Figure } from "./Figure.ts"
import { percent, percentTick, seconds, short } from "./format.ts"
import { along, placeLabels, type Point } from "./labels.ts"
import { pooled, type Subject } from "./Subject.ts"

/** Waits between calls of one setting, all replications together. */
export interface WaitSeries {
  readonly label: string
  readonly look: Look
  readonly rows: ReadonlyArray<EcdfRow>
  readonly p50: number
  readonly p90: number
}

const seriesOf = (result: SettingResult): WaitSeries => {
  const rows = ecdf(pooled(result).idleWaits, idleWaitBinMillis)
  return {
    label: result.setting.label,
    look: families([result])[0].look,
    rows,
    p50: secondsAt(rows, 0.5),
    p90: secondsAt(rows, 0.9)
  }
}

/** The main setting and, to measure it against, one call per waiting agent. Settings without waits are left out. */
export const idleWaitSeries = ({ main, baseline }: Subject): ReadonlyArray<WaitSeries> =>
  [main, baseline]
    .flatMap((result) => (result === null ? [] : [seriesOf(result)]))
    .filter(({ rows }) => rows.length > 0)

/** Longer waits are not told apart. */
const toldApart = ((idleWaitBins - 2) * idleWaitBinMillis) / 1_000

/** Up to where it is drawn: 98 in 100 of the longest series, and no longer than waits are told apart. */
const drawnTo = (all: ReadonlyArray<WaitSeries>): number =>
  Math.min(toldApart, roundUp(Math.max(5, ...all.map(({ rows }) => secondsAt(rows, 0.98)))))

const height = 280
const margin = { left: 48, top: 28, right: 24, bottom: 44 }

/** The line of a series up to the edge of the drawing. */
const lineOf = ({ rows }: WaitSeries, end: number): ReadonlyArray<EcdfRow> => [
  ...thin(
    rows.filter((row) => row.seconds < end),
    160
  ),
  { seconds: end, share: shareAt(rows, end) }
]

interface Quantile extends EcdfRow {
  readonly text: string
}

const quantilesOf = ({ p50, p90 }: WaitSeries, end: number): ReadonlyArray<Quantile> =>
  [
    { share: 0.5, seconds: p50, text: `half within ${seconds(p50)}` },
    { share: 0.9, seconds: p90, text: `90 % within ${seconds(p90)}` }
  ].filter((quantile) => quantile.seconds <= end)

const quantileLabels = (all: ReadonlyArray<WaitSeries>, end: number): ReadonlyArray<Plot.Markish> => {
  const at = (row: EcdfRow): Point => ({
    x: margin.left + (row.seconds / end) * (wide - margin.left - margin.right),
    y: margin.top + (1 - row.share) * (height - margin.top - margin.bottom)
  })
  const wanted = all.flatMap((series) =>
    quantilesOf(series, end).map((quantile) => ({ series, text: quantile.text, points: [at(quantile)] }))
  )
  const frame = { left: margin.left, top: margin.top - 10, right: wide - margin.right, bottom: height - margin.bottom }
  return placeLabels(
    wanted,
    all.flatMap((series) => along(lineOf(series, end).map(at))),
    frame
  ).map((label, i) => placedText(label, margin, { fill: wanted[i].series.look.color, fontWeight: 400 }))
}

export const idleWaitOptions = (all: ReadonlyArray<WaitSeries>): Plot.PlotOptions => {
  const end = drawnTo(all)
  const strips = Array.from({ length: 40 }, (_, i) => ({ from: (i * end) / 40, to: ((i + 1) * end) / 40 }))
  return drawing({
    height,
    x: { label: "Wait between calls (s)", domain: [0, end], ticks: 10, tickFormat: (value: number) => short(value) },
    y: { label: "Calls that came within this time (%)", domain: [0, 1], tickFormat: percentTick, ticks: 5 },
    marks: [
      ...all.map((series) =>
        Plot.line(lineOf(series, end), {
          x: "seconds",
          y: "share",
          curve: "step-after",
          stroke: series.look.color,
          strokeWidth: 2,
          strokeDasharray: series.look.dash,
          ariaDescription: series.label
        })
      ),
      ...all.map((series) =>
        Plot.dot(quantilesOf(series, end), {
          x: "seconds",
          y: "share",
          symbol: series.look.symbol,
          r: 5,
          fill: series.look.color,
          stroke: "var(--paper)",
          ariaDescription: `quantiles of ${series.label}`
        })
      ),
      ...quantileLabels(all, end),
      hitStrips(strips, {
        x1: (strip) => strip.from,
        x2: (strip) => strip.to,
        title: ({ to }) =>
          [`within ${seconds(to)}`, ...all.map(({ label, rows }) => `${label}: ${percent(shareAt(rows, to))}`)].join(
            "\n"
          )
      })
    ]
  })
}

/** `null` when no setting connected a call. */
export const idleWait = (of: Subject): Figure | null => {
  const all = idleWaitSeries(of)
  return all.length === 0 ? null : idleWaitFigure(all, "all replications")
}

/** Waits between calls; `whose` says of which calls in the caption. */
export const idleWaitFigure = (all: ReadonlyArray<WaitSeries>, whose: string): Figure => {
  const edges = thin(
    [...new Set(all.flatMap(({ rows }) => rows.map((row) => row.seconds)))].toSorted((a, b) => a - b),
    120
  )
  return {
    id: "idle-wait",
    title: "Waiting between calls",
    caption:
      `Ready and reserved time before each connected call: share of calls that came within the time, ${whose}. ` +
      "Steeper and further left is less waiting. The marks are the median and the 90th percentile.",
    alt: all
      .map(
        ({ label, p50, p90 }) =>
          `${label}: half of the calls within ${seconds(p50)}, nine in ten within ${seconds(p90)}.`
      )
      .join(" "),
    legend: all.map(({ label, look }) => ({ kind: "line", label, look })),
    panels: [{ title: null, plots: [idleWaitOptions(all)] }],
    table: {
      columns: [
        { name: "seconds", label: "Within (s)", show: (v) => short(v) },
        ...all.map(({ label }) => ({ name: `share ${label}`, label, show: (v: number) => percent(v) }))
      ],
      rows: edges.map((edge) => [edge, ...all.map(({ rows }) => shareAt(rows, edge))])
    }
  }
}
