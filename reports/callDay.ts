import * as Plot from "@observablehq/plot"
import { isLive, outcomeNames } from "../src/domain/Outcome.ts"
import type { AttemptRow } from "../src/store/schema.ts"
import { binMinutes, dayAxis, dayBins, dayMarginRight, type DayWindow, dayWindow } from "./dayBins.ts"
import { drawing, hitStrips } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { clock, count } from "./format.ts"
import type { Subject } from "./Subject.ts"

/** Calls of one bin: placed in it, answered by a person in it, and of these connected and abandoned. */
export interface CallBin {
  readonly minute: number
  readonly placed: number
  readonly answered: number
  readonly connected: number
  readonly abandoned: number
}

const live: ReadonlySet<string> = new Set(outcomeNames.filter((_, code) => isLive(code)))

export const answeredByPerson = ({ outcome }: AttemptRow): boolean => live.has(outcome)

/** When a person's answer counts: at the answer; at the end where the instant of the answer was not kept. */
export const answerInstant = (row: AttemptRow): number => row.answeredAt ?? row.endedAt

export const callBins = (attempts: ReadonlyArray<AttemptRow>, window: DayWindow): ReadonlyArray<CallBin> => {
  const bins = dayBins(window).map(({ minute }) => ({ minute, placed: 0, answered: 0, connected: 0, abandoned: 0 }))
  const size = binMinutes * 60_000
  const binAt = (instant: number) => bins[Math.min(bins.length - 1, Math.floor(instant / size))]
  for (const row of attempts) {
    binAt(row.placedAt).placed += 1
    if (!answeredByPerson(row)) continue
    const bin = binAt(answerInstant(row))
    bin.answered += 1
    if (row.outcome === "connected") bin.connected += 1
    if (row.outcome === "abandoned") bin.abandoned += 1
  }
  return bins
}

export const callDayOptions = (bins: ReadonlyArray<CallBin>, window: DayWindow): Plot.PlotOptions => {
  const sides = { x1: (bin: CallBin) => bin.minute, x2: (bin: CallBin) => bin.minute + binMinutes, y1: 0 }
  return drawing({
    height: 220,
    marginRight: dayMarginRight,
    x: dayAxis(window),
    y: { label: `Calls in ${binMinutes} minutes`, ticks: 5 },
    marks: [
      Plot.rect(bins, {
        ...sides,
        y2: "placed",
        fill: "url(#t-placed)",
        stroke: "var(--grey)",
        strokeWidth: 0.5,
        inset: 0.6,
        ariaDescription: "placed"
      }),
      Plot.rect(bins, {
        ...sides,
        y2: "answered",
        fill: "url(#t-answered)",
        inset: 0.6,
        ariaDescription: "answered by a person"
      }),
      Plot.ruleY([0]),
      hitStrips(bins, {
        x1: (bin) => bin.minute,
        x2: (bin) => bin.minute + binMinutes,
        title: (bin) =>
          [
            `${clock(bin.minute)} to ${clock(bin.minute + binMinutes)}`,
            `placed ${count(bin.placed)}`,
            `answered by a person ${count(bin.answered)}`,
            `connected ${count(bin.connected)}`,
            `abandoned ${count(bin.abandoned)}`
          ].join("\n")
      })
    ]
  })
}

/** `null` without attempts. */
export const callDay = (of: Subject): Figure | null =>
  of.attempts.length === 0 ? null : callDayFigure(of.attempts, dayWindow(of), "the same recorded day")

/** Calls over a day; `whose` says which day in the caption. */
export const callDayFigure = (attempts: ReadonlyArray<AttemptRow>, window: DayWindow, whose: string): Figure => {
  const bins = callBins(attempts, window)
  const placed = bins.reduce((sum, bin) => sum + bin.placed, 0)
  const answered = bins.reduce((sum, bin) => sum + bin.answered, 0)
  return {
    id: "call-day",
    title: "Calls placed and answered",
    caption: `Bins of ${binMinutes} minutes of ${whose}; placed calls by the time of dialling, answers by the time of the answer.`,
    alt: `${count(placed)} calls placed, ${count(answered)} answered by a person.`,
    legend: [
      { kind: "area", label: "placed", fill: "url(#t-placed)" },
      { kind: "area", label: "answered by a person", fill: "url(#t-answered)" }
    ],
    panels: [{ title: null, plots: [callDayOptions(bins, window)] }],
    table: {
      columns: [
        { name: "time", label: "From" },
        { name: "placed", label: "Placed", show: count },
        { name: "answered", label: "Answered by a person", show: count },
        { name: "connected", label: "Connected", show: count },
        { name: "abandoned", label: "Abandoned", show: count }
      ],
      rows: bins.map((bin) => [clock(bin.minute), bin.placed, bin.answered, bin.connected, bin.abandoned])
    }
  }
}
