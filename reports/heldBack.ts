import * as Plot from "@observablehq/plot"
import type { Estimate } from "../sim/experiments/Result.ts"
import type { LawResult, ListResult } from "../sim/experiments/lawResult.ts"
import { drawing, roundUp, shortened } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { count, decimal, short } from "./format.ts"
import { html, type Html } from "./html.ts"
import { reasonWords } from "./lawWords.ts"
import type { Subject } from "./Subject.ts"
import type { Table } from "./Table.ts"

export interface HoldRow {
  readonly reason: string
  readonly words: string
  readonly times: Estimate
  /** Contacts that still wait at the end for this reason. */
  readonly waiting: Estimate | null
}

/** How often each reason held a contact back, the most frequent first. */
export const holdRows = ({ main }: Subject): ReadonlyArray<HoldRow> => {
  const law = main?.law
  if (law === undefined || law === null) return []
  return law.holds.map(({ reason, times }) => ({
    reason,
    words: reasonWords(reason),
    times,
    waiting: law.heldAtEnd.find((each) => each.reason === reason)?.times ?? null
  }))
}

const number = (value: number): string => decimal(value, value < 10 ? 1 : 0)
const rangeOf = ({ high, low, mean }: Estimate, show: HoldWords["show"]): string =>
  Number.isFinite(low) ? `${show(mean)} (${show(low)} to ${show(high)})` : show(mean)

export const holdOptions = (rows: ReadonlyArray<HoldRow>, { axis, show }: HoldWords): Plot.PlotOptions => {
  const y = (row: HoldRow): string => row.words
  const top = roundUp(Math.max(1, ...rows.flatMap(({ times }) => [times.mean, times.high]).filter(Number.isFinite)))
  return drawing({
    height: 56 + 30 * rows.length,
    marginTop: 8,
    marginLeft: 210,
    marginRight: 70,
    x: { label: axis, domain: [0, top], tickFormat: (value: number) => short(value), grid: true, ticks: 6 },
    y: {
      type: "band",
      label: null,
      domain: rows.map(y),
      tickFormat: (words: string) => shortened(words, 33),
      grid: false,
      padding: 0.3
    },
    marks: [
      Plot.barX(rows, {
        y,
        x: (row: HoldRow) => row.times.mean,
        fill: "var(--blue)",
        fillOpacity: 0.75,
        ariaDescription: "times held back"
      }),
      Plot.ruleY(
        rows.filter(({ times }) => Number.isFinite(times.low)),
        {
          y,
          x1: (row: HoldRow) => row.times.low,
          x2: (row: HoldRow) => row.times.high,
          stroke: "var(--ink)",
          strokeWidth: 1.5,
          ariaDescription: "interval"
        }
      ),
      Plot.text(rows, {
        y,
        x: (row: HoldRow) => Math.max(row.times.mean, Number.isFinite(row.times.high) ? row.times.high : 0),
        text: (row: HoldRow) => show(row.times.mean),
        dx: 6,
        textAnchor: "start"
      }),
      Plot.barX(rows, {
        y,
        x1: 0,
        x2: top,
        fill: "var(--hit)",
        className: "hit",
        title: (row: HoldRow) =>
          [
            row.words,
            `Held back ${rangeOf(row.times, show)} ${axis.toLowerCase()}`,
            ...(row.waiting === null ? [] : [`Still waiting at the end: ${rangeOf(row.waiting, show)}`])
          ].join("\n")
      })
    ]
  })
}

/** How it is told that contacts were held back. */
export interface HoldWords {
  readonly axis: string
  readonly show: (times: number) => string
  readonly caption: string
  readonly table: Table
}

/** Why contacts were not called when their turn came; `null` where nobody was held back. */
export const heldBack = (of: Subject): Figure | null => {
  const rows = holdRows(of)
  if (rows.length === 0) return null
  return heldBackFigure(rows, {
    axis: "Times a shift",
    show: number,
    caption:
      "How often a contact's turn came and the law held the call back, mean of a shift with its 95 % interval. A contact " +
      "may be held back more than once, by one reason after the other.",
    table: {
      columns: [
        { name: "reason", label: "Reason" },
        { name: "code", label: "Code" },
        { name: "times", label: "Held back, a shift", show: number },
        { name: "times_low", label: "from", show: number },
        { name: "times_high", label: "to", show: number },
        { name: "waiting", label: "Waiting at the end", show: number }
      ],
      rows: rows.map(({ reason, times, waiting, words }) => [
        words,
        reason,
        times.mean,
        times.low,
        times.high,
        waiting?.mean ?? 0
      ])
    }
  })
}

/** Reasons, the most frequent first; there is one at least. */
export const heldBackFigure = (rows: ReadonlyArray<HoldRow>, words: HoldWords): Figure => ({
  id: "held-back",
  title: "Why contacts were held back",
  caption: words.caption,
  alt: `Most often: ${rows[0].words}, ${words.show(rows[0].times.mean)} ${words.axis.toLowerCase()}.`,
  legend: [],
  panels: [{ title: null, plots: [holdOptions(rows, words)] }],
  table: words.table
})

const closedOf = (list: ListResult | undefined, reason: string): number =>
  list?.closed.find((each) => each.reason === reason)?.times.mean ?? 0

const total = (of: LawResult["holds"]): number => of.reduce((sum, { times }) => sum + times.mean, 0)

/** What became of the contacts the law kept from being called; nothing without a law. */
export const heldSentence = ({ main }: Subject): Html | null => {
  if (main === null || main.law === undefined || main.law === null) return null
  const { heldAtEnd, holds } = main.law
  const times = total(holds)
  const waiting = total(heldAtEnd)
  const never = closedOf(main.list, "forbidden")
  const listed = closedOf(main.list, "doNotCall")
  const held =
    times === 0
      ? "The law held nobody back."
      : `In a shift contacts were held back ${number(times)} times; ${waiting === 0 ? "none" : number(waiting)} still wait at its end.`
  const closed = [
    ...(listed > 0 ? [`${count(listed)} are on a do-not-call list`] : []),
    ...(never > 0 ? [`${number(never)} may never be called again`] : [])
  ]
  return html`<p>${held}${closed.length === 0 ? "" : ` Closed without a call: ${closed.join(", ")}.`}</p>`
}
