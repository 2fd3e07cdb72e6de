import * as Plot from "@observablehq/plot"
import type { Estimate } from "../sim/experiments/Result.ts"
import { answerWaitBinMillis } from "../src/domain/Counts.ts"
import { modes } from "../src/domain/Mode.ts"
import { drawing, hitStrips, limitX, roundUp, thin } from "./drawing.ts"
import { ecdf, type EcdfRow, secondsAt, shareAt } from "./ecdf.ts"
import type { Figure } from "./Figure.ts"
import { percent, percentTick, seconds, short, styleOf, withInterval } from "./format.ts"
import { campaignSettings, pooled, type Subject } from "./Subject.ts"

/** Waits of connected people of the main setting, all replications together. Empty when nobody was connected. */
export const answerWaitRows = ({ main }: Subject): ReadonlyArray<EcdfRow> =>
  main === null ? [] : ecdf(pooled(main).answerWaits, answerWaitBinMillis)

/** The vertical axis starts below the share connected at once: the interesting part is the last few percent. */
const lowest = (rows: ReadonlyArray<EcdfRow>): number => {
  const first = rows[0].share
  return first > 0.99 ? 0.98 : first > 0.95 ? 0.9 : first > 0.75 ? Math.floor(first * 10 - 0.5) / 10 : 0
}

export const answerWaitOptions = (rows: ReadonlyArray<EcdfRow>, limitSeconds: number): Plot.PlotOptions => {
  const last = rows[rows.length - 1].seconds
  const end = roundUp(
    Math.max(Math.min(secondsAt(rows, 0.999), 30), 1, Number.isFinite(limitSeconds) ? 1.25 * limitSeconds : 0)
  )
  // The line goes on to the edge: nobody waited longer than the last edge.
  const drawn = thin(
    rows.filter((row) => row.seconds <= end),
    160
  )
  const line = last < end ? [...drawn, { seconds: end, share: 1 }] : drawn
  const strips = Array.from({ length: 40 }, (_, i) => ({ from: (i * end) / 40, to: ((i + 1) * end) / 40 }))
  return drawing({
    height: 240,
    x: { label: "Wait after answer (s)", domain: [0, end], ticks: 10, tickFormat: (value: number) => short(value) },
    y: {
      label: "Connected people who heard an agent within this time (%)",
      domain: [lowest(rows), 1],
      tickFormat: percentTick,
      ticks: 5
    },
    marks: [
      Plot.areaY(line, {
        x: "seconds",
        y1: lowest(rows),
        y2: "share",
        curve: "step-after",
        fill: "var(--blue)",
        fillOpacity: 0.12
      }),
      Plot.line(line, {
        x: "seconds",
        y: "share",
        curve: "step-after",
        stroke: "var(--blue)",
        strokeWidth: 2,
        ariaDescription: "share connected"
      }),
      ...limitX(limitSeconds, `limit ${seconds(limitSeconds)}`),
      hitStrips(strips, {
        x1: (strip) => strip.from,
        x2: (strip) => strip.to,
        title: ({ to }) => `within ${seconds(to)}\n${percent(shareAt(rows, to), 2)} of connected people`
      })
    ]
  })
}

/** `null` when nobody was connected, nobody had to wait, or a script came first. */
export const answerWait = (of: Subject): Figure | null => {
  const rows = answerWaitRows(of)
  if (rows.length === 0 || of.main === null) return null
  if (rows[0].share === 1 || modes[of.main.setting.mode].servedBy === "script") return null
  const limitSeconds = (campaignSettings(of)?.waitMillisMax ?? Number.NaN) / 1_000
  const whose = `connected calls of ${of.main.setting.label}, all replications`
  return answerWaitFigure(rows, limitSeconds, of.main.estimates.lateRate, whose)
}

/** Waits after the answer; `whose` says of which calls in the caption. */
export const answerWaitFigure = (
  rows: ReadonlyArray<EcdfRow>,
  limitSeconds: number,
  lateRate: Estimate,
  whose: string
): Figure => {
  const late = `Late connects (after the limit): ${withInterval(lateRate, styleOf("lateRate"))} of people who answered.`
  return {
    id: "answer-wait",
    title: "Waiting after the answer",
    caption: `From a person's answer to hearing an agent, ${whose}. ${late} People who were abandoned or hung up are not in this chart but in the abandon rate.`,
    alt: `${percent(shareAt(rows, 0))} at once, 95 % within ${seconds(secondsAt(rows, 0.95))}, 99 % within ${seconds(secondsAt(rows, 0.99))}. ${late}`,
    legend: [],
    panels: [{ title: null, plots: [answerWaitOptions(rows, limitSeconds)] }],
    table: {
      columns: [
        { name: "seconds", label: "Within (s)", show: (v) => short(v) },
        { name: "share", label: "Share of connected people", show: (v) => percent(v, 2) }
      ],
      rows: rows.map((row) => [row.seconds, row.share])
    }
  }
}
