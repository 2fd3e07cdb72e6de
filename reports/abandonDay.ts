import * as Plot from "@observablehq/plot"
import { wilson } from "../sim/statistics/proportion.ts"
import { modes } from "../src/domain/Mode.ts"
import { binMinutes, dayAxis, dayMarginRight, type DayWindow, dayWindow } from "./dayBins.ts"
import { type CallBin, callBins } from "./callDay.ts"
import { drawing, hitStrips, limitY, placedText, roundUp, wide } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { clock, percent, percentShort, percentTick } from "./format.ts"
import { along, placeLabels, type Point } from "./labels.ts"
import { limitOf, type Subject } from "./Subject.ts"

export const rollingMinutes = 60

/** Abandon rate at the end of a bin: since the start of the day, and over the last hour with its interval. */
export interface AbandonBin {
  /** End of the bin, minutes after midnight. */
  readonly minute: number
  readonly cumulative: number
  readonly rolling: number
  readonly low: number
  readonly high: number
  readonly answeredInWindow: number
}

/** Answers and abandoned calls before the day that count with it. */
export interface Before {
  readonly answered: number
  readonly abandoned: number
}

/** NaN as long as nobody answered. */
export const abandonBins = (
  bins: ReadonlyArray<CallBin>,
  before: Before = { answered: 0, abandoned: 0 }
): ReadonlyArray<AbandonBin> => {
  const width = rollingMinutes / binMinutes
  const total = { answered: before.answered, abandoned: before.abandoned }
  const recent = { answered: 0, abandoned: 0 }
  return bins.map((bin, i) => {
    const gone = bins[i - width]
    for (const sum of [total, recent]) {
      sum.answered += bin.answered
      sum.abandoned += bin.abandoned
    }
    recent.answered -= gone?.answered ?? 0
    recent.abandoned -= gone?.abandoned ?? 0
    const { low, high } = wilson(recent.abandoned, recent.answered, 0.95)
    return {
      minute: bin.minute + binMinutes,
      cumulative: total.abandoned / total.answered,
      rolling: recent.abandoned / recent.answered,
      low,
      high,
      answeredInWindow: recent.answered
    }
  })
}

const height = 240
const margin = { left: 48, top: 28, right: dayMarginRight, bottom: 44 }
/** What the line of all that counts is called: in the drawing, and in the legend. */
export interface Since {
  readonly short: string
  readonly long: string
}

const sinceStart: Since = { short: "since the start", long: "since the start of the day" }

const namesOf = (since: Since) =>
  [
    { key: "rolling", text: "last hour", fill: "var(--blue)" },
    { key: "cumulative", text: since.short, fill: "var(--ink)" }
  ] as const

/** The names of the two lines, where neither of them nor the limit is in the way. */
const lineNames = (
  rows: ReadonlyArray<AbandonBin>,
  window: DayWindow,
  top: number,
  limit: number,
  since: Since
): ReadonlyArray<Plot.Markish> => {
  const names = namesOf(since)
  const toX = (minute: number): number =>
    margin.left +
    ((minute - window.startMinutes) / (window.lengthMillis / 60_000)) * (wide - margin.left - margin.right)
  const toY = (rate: number): number =>
    height - margin.bottom - (Math.min(rate, top) / top) * (height - margin.top - margin.bottom)
  const lines = names.map(({ key }) => rows.map((row) => ({ x: toX(row.minute), y: toY(row[key]) })))
  const limitLine = Number.isFinite(limit)
    ? along([
        { x: margin.left, y: toY(limit) },
        { x: wide - margin.right, y: toY(limit) }
      ])
    : []
  const inner = (line: ReadonlyArray<Point>) => line.slice(Math.floor(line.length * 0.3)).filter((_, i) => i % 3 === 0)
  return placeLabels(
    names.map(({ text }, i) => ({ text, points: inner(lines[i]) })),
    [...lines.flatMap(along), ...limitLine],
    { left: margin.left, right: wide - margin.right, top: margin.top, bottom: height - margin.bottom }
  ).map((label, i) => placedText(label, margin, { fill: names[i].fill, fontWeight: 400 }))
}

export const abandonDayOptions = (
  rows: ReadonlyArray<AbandonBin>,
  window: DayWindow,
  limit: number,
  since: Since = sinceStart
): Plot.PlotOptions => {
  const known = rows.filter((row) => Number.isFinite(row.rolling))
  // The first hour rests on a handful of answers; the axis is made for the rest of the day.
  const full = known.slice(rollingMinutes / binMinutes - 1)
  const settled = full.length === 0 ? known : full
  const peak = Math.max(0.01, limit > 0 ? 1.5 * limit : 0, ...settled.flatMap((row) => [row.high, row.cumulative]))
  const top = roundUp(Math.min(1, peak))
  return drawing({
    height,
    marginRight: margin.right,
    x: dayAxis(window),
    y: { label: "Abandon rate (% of people who answered)", domain: [0, top], tickFormat: percentTick, ticks: 5 },
    marks: [
      Plot.areaY(known, {
        x: "minute",
        y1: "low",
        y2: "high",
        fill: "var(--blue)",
        fillOpacity: 0.18,
        clip: true,
        ariaDescription: "interval"
      }),
      Plot.line(known, {
        x: "minute",
        y: "rolling",
        stroke: "var(--blue)",
        strokeWidth: 1.8,
        clip: true,
        ariaDescription: "last 60 minutes"
      }),
      Plot.line(rows, {
        x: "minute",
        y: "cumulative",
        stroke: "var(--ink)",
        strokeWidth: 1.8,
        strokeDasharray: "2 3",
        clip: true,
        ariaDescription: since.short
      }),
      ...limitY(limit, `limit ${percentShort(limit)}`),
      ...lineNames(known, window, top, limit, since),
      hitStrips(rows, {
        x1: (row) => row.minute - binMinutes,
        x2: (row) => row.minute,
        title: (row) =>
          [
            `until ${clock(row.minute)}`,
            `last hour ${percent(row.rolling, 2)} (${percent(row.low, 2)} to ${percent(row.high, 2)})`,
            `${since.short} ${percent(row.cumulative, 2)}`
          ].join("\n")
      })
    ]
  })
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Whether the day has nothing to show: an agent was held for every call, or a script served them, and nobody was abandoned. */
const isBare = ({ attempts, recorded }: Subject): boolean => {
  const isScripted = recorded !== null && modes[recorded.setting.mode].servedBy === "script"
  return attempts.every(
    ({ outcome, reserved }) => outcome !== "abandoned" && (outcome !== "connected" || reserved || isScripted)
  )
}

/** `null` when nobody answered, so that there is no rate, or nobody could be abandoned. */
export const abandonDay = (of: Subject): Figure | null => {
  if (isBare(of)) return null
  const window = dayWindow(of)
  const rows = abandonBins(callBins(of.attempts, window))
  const last = rows.at(-1)
  if (last === undefined || !Number.isFinite(last.cumulative)) return null
  const caption =
    "and since the start of the day. Legal windows are longer than an hour; the hourly line shows how much chance alone moves it."
  return abandonDayFigure(rows, window, limitOf(of), sinceStart, caption)
}

/** Rows of a day on which somebody answered; the end of the caption says what the second line counts. */
export const abandonDayFigure = (
  rows: ReadonlyArray<AbandonBin>,
  window: DayWindow,
  limit: number,
  since: Since,
  caption: string
): Figure => {
  const last = rows[rows.length - 1]
  return {
    id: "abandon-day",
    title: "Abandon rate over the day",
    caption:
      `Abandoned / answered by a person, every ${binMinutes} minutes: over the last ${rollingMinutes} minutes with its 95 % binomial (Wilson) interval, ` +
      caption,
    alt: `The day ends at ${percent(last.cumulative, 2)}${Number.isFinite(limit) ? `, limit ${percentShort(limit)}` : ""}.`,
    legend: [
      {
        kind: "line",
        label: "last 60 minutes, with interval",
        look: { color: "var(--blue)", dash: "none", symbol: null }
      },
      { kind: "line", label: since.long, look: { color: "var(--ink)", dash: "2 3", symbol: null } }
    ],
    panels: [{ title: null, plots: [abandonDayOptions(rows, window, limit, since)] }],
    table: {
      columns: [
        { name: "until", label: "Until" },
        { name: "rolling_60_min", label: "Last hour", show: (v) => percent(v, 2) },
        { name: "rolling_low", label: "from", show: (v) => percent(v, 2) },
        { name: "rolling_high", label: "to", show: (v) => percent(v, 2) },
        { name: "answered_in_hour", label: "Answers in the hour" },
        { name: "cumulative", label: capital(since.short), show: (v) => percent(v, 2) }
      ],
      rows: rows.map((row) => [clock(row.minute), row.rolling, row.low, row.high, row.answeredInWindow, row.cumulative])
    }
  }
}
