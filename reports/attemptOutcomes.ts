import * as Plot from "@observablehq/plot"
import type { OutcomeName } from "../src/domain/Outcome.ts"
import type { AttemptRow } from "../src/store/schema.ts"
import { drawing } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { count, percent, percentTick } from "./format.ts"
import type { Subject } from "./Subject.ts"

/** Outcomes as a manager groups them, in the order of the stack. */
export const outcomeGroups: ReadonlyArray<{
  readonly key: string
  readonly label: string
  readonly outcomes: ReadonlyArray<OutcomeName>
}> = [
  { key: "connected", label: "connected", outcomes: ["connected"] },
  { key: "scripted", label: "served by a script", outcomes: ["scripted"] },
  { key: "abandoned", label: "abandoned", outcomes: ["abandoned"] },
  { key: "waiting", label: "hung up waiting", outcomes: ["hung-up-waiting"] },
  { key: "machine", label: "machine", outcomes: ["machine"] },
  { key: "busy", label: "busy or rejected", outcomes: ["busy", "rejected"] },
  { key: "no-answer", label: "no answer", outcomes: ["no-answer"] },
  {
    key: "other",
    label: "invalid, congestion, taken back",
    outcomes: ["invalid", "congestion", "cancelled", "interrupted"]
  }
]

/** Attempts of this number and more are one bar. */
export const attemptsShown = 8

export interface OutcomeRow {
  /** `1`, `2`, … and `8+`. */
  readonly attempt: string
  readonly group: string
  readonly calls: number
  /** Of the calls of this attempt number. */
  readonly share: number
  /** Start of the segment of the bar, a share. */
  readonly from: number
}

export const outcomeRows = (attempts: ReadonlyArray<AttemptRow>): ReadonlyArray<OutcomeRow> => {
  const groupOf = new Map(
    outcomeGroups.flatMap(({ key, outcomes }) => outcomes.map((outcome) => [outcome as string, key]))
  )
  const calls = Array.from({ length: attemptsShown }, () => new Map<string, number>())
  for (const { attempt, outcome } of attempts) {
    const bar = calls[Math.min(attemptsShown, Math.max(1, attempt)) - 1]
    const group = groupOf.get(outcome) ?? "other"
    bar.set(group, (bar.get(group) ?? 0) + 1)
  }
  return calls.flatMap((bar, i) => {
    const total = [...bar.values()].reduce((sum, value) => sum + value, 0)
    let from = 0
    return outcomeGroups
      .filter(({ key }) => bar.has(key))
      .map(({ key }) => {
        const share = (bar.get(key) ?? 0) / total
        const row = {
          attempt: i + 1 < attemptsShown ? String(i + 1) : `${attemptsShown}+`,
          group: key,
          calls: bar.get(key) ?? 0,
          share,
          from
        }
        from += share
        return row
      })
  })
}

const labelOf = (key: string): string => outcomeGroups.find((group) => group.key === key)?.label ?? key

export const outcomeOptions = (rows: ReadonlyArray<OutcomeRow>): Plot.PlotOptions => {
  const bars = [...new Set(rows.map((row) => row.attempt))]
  const total = (attempt: string): number =>
    rows.reduce((sum, row) => sum + (row.attempt === attempt ? row.calls : 0), 0)
  return drawing({
    height: 64 + 30 * bars.length,
    marginLeft: 60,
    marginRight: 100,
    x: { label: "Share of calls (%)", domain: [0, 1], tickFormat: percentTick, grid: true },
    y: { type: "band", label: "Attempt", domain: bars, grid: false, padding: 0.25, labelAnchor: "top" },
    marks: [
      Plot.barX(rows, {
        x1: "from",
        x2: (row: OutcomeRow) => row.from + row.share,
        y: "attempt",
        fill: (row: OutcomeRow) => `url(#t-${row.group})`,
        stroke: "var(--paper)",
        strokeWidth: 1,
        title: (row: OutcomeRow) =>
          `Attempt ${row.attempt}, ${labelOf(row.group)}\n${count(row.calls)} calls, ${percent(row.share)}`,
        ariaDescription: "outcomes"
      }),
      Plot.text(
        rows.filter((row) => row.share >= 0.06),
        {
          x: (row: OutcomeRow) => row.from + row.share / 2,
          y: "attempt",
          text: (row: OutcomeRow) => percent(row.share, 0),
          fill: "var(--ink)",
          stroke: "var(--paper)",
          strokeWidth: 4,
          pointerEvents: "none"
        }
      ),
      Plot.text(bars, {
        x: 1,
        y: (bar: string) => bar,
        text: (bar: string) => `${count(total(bar))} calls`,
        dx: 8,
        textAnchor: "start"
      })
    ]
  })
}

/** `null` without attempts. */
export const attemptOutcomes = (of: Subject): Figure | null =>
  of.attempts.length === 0
    ? null
    : attemptOutcomesFigure(of.attempts, `the recorded day of ${of.recorded?.setting.label ?? of.result.recordedKey}`)

/** Outcomes by attempt number; `whose` says of which calls in the caption. */
export const attemptOutcomesFigure = (attempts: ReadonlyArray<AttemptRow>, whose: string): Figure => {
  const rows = outcomeRows(attempts)
  const seen = outcomeGroups.filter(({ key }) => rows.some((row) => row.group === key))
  const bars = [...new Set(rows.map((row) => row.attempt))]
  const calls = (attempt: string, group: string): number =>
    rows.find((row) => row.attempt === attempt && row.group === group)?.calls ?? 0
  return {
    id: "attempt-outcomes",
    title: "What became of the calls, by attempt",
    caption: `Share of the calls of each attempt number of a contact; ${whose}. The order from the left is that of the legend.`,
    alt: bars.map((bar) => `Attempt ${bar}: ${count(calls(bar, "connected"))} connected.`).join(" "),
    legend: seen.map(({ key, label }) => ({ kind: "area", label, fill: `url(#t-${key})` })),
    panels: [{ title: null, plots: [outcomeOptions(rows)] }],
    table: {
      columns: [
        { name: "attempt", label: "Attempt" },
        ...seen.map(({ key, label }) => ({ name: key, label, show: count }))
      ],
      rows: bars.map((bar) => [bar, ...seen.map(({ key }) => calls(bar, key))])
    }
  }
}
