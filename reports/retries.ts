import * as Plot from "@observablehq/plot"
import type { Estimate } from "../sim/experiments/Result.ts"
import type { ListResult } from "../sim/experiments/lawResult.ts"
import { drawing, hitStrips, roundUp } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { count, decimal, percent, short } from "./format.ts"
import { html, type Html } from "./html.ts"
import type { Subject } from "./Subject.ts"

export interface AttemptNumberRow {
  readonly number: number
  /** `1`, `2`, … and `8+`. */
  readonly label: string
  readonly attempts: Estimate
  /** Of all attempts. */
  readonly share: number
}

/** Attempts of a shift by their number; rows after the last one anybody got to are left out. */
export const attemptNumberRows = ({ main }: Subject): ReadonlyArray<AttemptNumberRow> => {
  const attempts = main?.list?.attempts ?? []
  const all = attempts.reduce((sum, { mean }) => sum + mean, 0)
  const last = attempts.findLastIndex(({ mean }) => mean > 0)
  return attempts.slice(0, last + 1).map((each, index) => ({
    number: index + 1,
    label: index + 1 < attempts.length ? String(index + 1) : `${attempts.length}+`,
    attempts: each,
    share: each.mean / all
  }))
}

/** How calls are counted, for axes, tables and texts. */
export interface CallsWords {
  readonly axis: string
  readonly caption: string
  /** Decimals. */
  readonly digits: number
  /** A count has no interval. */
  readonly isCount: boolean
}

const shiftWords: CallsWords = { axis: "Calls a shift", caption: "", digits: 1, isCount: false }

export const attemptNumberOptions = (
  rows: ReadonlyArray<AttemptNumberRow>,
  { axis, digits }: CallsWords = shiftWords
): Plot.PlotOptions => {
  const ends = rows.flatMap(({ attempts }) => [attempts.mean, attempts.high]).filter(Number.isFinite)
  const left = (row: AttemptNumberRow): number => row.number - 0.38
  const right = (row: AttemptNumberRow): number => row.number + 0.38
  return drawing({
    height: 250,
    marginLeft: 64,
    x: {
      label: "Attempt to one contact",
      domain: [0.4, rows.length + 0.6],
      ticks: rows.map(({ number }) => number),
      tickFormat: (number: number) => rows[number - 1]?.label ?? ""
    },
    y: {
      label: axis,
      domain: [0, roundUp(1.08 * Math.max(1, ...ends))],
      tickFormat: (value: number) => short(value),
      ticks: 5
    },
    marks: [
      Plot.rectY(rows, {
        x1: left,
        x2: right,
        y: (row: AttemptNumberRow) => row.attempts.mean,
        fill: "var(--blue)",
        fillOpacity: 0.75,
        ariaDescription: "calls"
      }),
      Plot.ruleX(
        rows.filter(({ attempts }) => Number.isFinite(attempts.low)),
        {
          x: "number",
          y1: (row: AttemptNumberRow) => row.attempts.low,
          y2: (row: AttemptNumberRow) => row.attempts.high,
          stroke: "var(--ink)",
          strokeWidth: 1.5,
          ariaDescription: "interval"
        }
      ),
      Plot.text(rows, {
        x: "number",
        y: (row: AttemptNumberRow) =>
          Math.max(row.attempts.mean, Number.isFinite(row.attempts.high) ? row.attempts.high : 0),
        text: (row: AttemptNumberRow) => percent(row.share),
        dy: -9,
        stroke: "var(--paper)",
        strokeWidth: 4,
        fill: "var(--ink)"
      }),
      hitStrips(rows, {
        x1: left,
        x2: right,
        title: (row) =>
          `Attempt ${row.label}\n${decimal(row.attempts.mean, digits)} ${axis.toLowerCase()}, ${percent(row.share)} of all calls`
      })
    ]
  })
}

/** How many calls were first, second and later attempts; `null` where nobody was called. */
export const attemptsByNumber = (of: Subject): Figure | null => {
  const rows = attemptNumberRows(of)
  const caption = `Mean number of calls of a shift that were a contact's first, second or later attempt, with its 95 % interval over shifts of ${of.main?.setting.label ?? "the setting"}.`
  return rows.length === 0 ? null : attemptNumbersFigure(rows, { ...shiftWords, caption })
}

/** Calls by attempt number. */
export const attemptNumbersFigure = (rows: ReadonlyArray<AttemptNumberRow>, words: CallsWords): Figure => {
  const show = (value: number): string => decimal(value, words.digits)
  const bounds = words.isCount
    ? []
    : [
        ["calls_low", "from"],
        ["calls_high", "to"]
      ]
  return {
    id: "attempt-numbers",
    title: "Calls by attempt",
    caption: words.caption,
    alt: rows.map(({ attempts, label }) => `Attempt ${label}: ${count(attempts.mean)} calls.`).join(" "),
    legend: [],
    panels: [{ title: null, plots: [attemptNumberOptions(rows, words)] }],
    table: {
      columns: [
        { name: "attempt", label: "Attempt" },
        { name: "calls", label: words.axis, show },
        ...bounds.map(([name, label]) => ({ name, label, show })),
        { name: "share", label: "Share of calls", show: (v) => percent(v) }
      ],
      rows: rows.map(({ attempts, label, share }) => [
        label,
        attempts.mean,
        ...bounds.map((_, i) => (i === 0 ? attempts.low : attempts.high)),
        share
      ])
    }
  }
}

const closings: Readonly<Record<string, string>> = {
  not: "in other ways",
  byRule: "finished by a rule",
  removed: "removed",
  doNotCall: "on a do-not-call list",
  forbidden: "forbidden by the law for good",
  invalid: "without a valid number",
  moved: "moved to another campaign"
}

const shareOf = (part: Estimate, { loaded }: ListResult): string =>
  loaded.mean > 0 ? ` (${percent(part.mean / loaded.mean)})` : ""

/** How far the list was used, in words; nothing where that is not known. */
export const penetrationSentences = ({ main }: Subject): Html | null => {
  const list = main?.list
  if (list === undefined || !(list.loaded.mean > 0)) return null
  const all = list.attempts.reduce((sum, { mean }) => sum + mean, 0)
  const again = all - (list.attempts[0]?.mean ?? 0)
  const closed = list.closed.map(({ reason, times }) => `${count(times.mean)} ${closings[reason] ?? reason}`)
  return html`<p>
    Of ${count(list.loaded.mean)} contacts ${count(list.attempted.mean)}${shareOf(list.attempted, list)} were called in
    a shift and ${count(list.reached.mean)}${shareOf(list.reached, list)} were talked to.
    ${all > 0 ? `${percent(again / all)} of the calls were second or later attempts.` : ""}
    ${closed.length === 0 ? "" : `Finished: ${closed.join(", ")}.`}
  </p>`
}
