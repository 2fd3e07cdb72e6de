import * as Plot from "@observablehq/plot"
import type { RuleResult } from "../sim/experiments/lawResult.ts"
import { drawing, roundUp } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { chance, percent, percentShort, percentTick, withInterval } from "./format.ts"
import { ceilingName, ceilingWords } from "./lawWords.ts"
import type { Subject } from "./Subject.ts"

/** Ceilings are a few percent: two decimals tell shifts apart. */
export const fine = { scale: 100, digits: 2, unit: "%" } as const

export interface CeilingRow {
  readonly name: string
  readonly result: RuleResult
}

/** The rules that set a share, with a name for the axis each; rules that count people alone have no place on it. */
export const ceilingRows = ({ main }: Subject): ReadonlyArray<CeilingRow> => {
  const rules = (main?.law?.rules ?? []).filter(({ rule }) => rule.denominator !== "D_COUNT" && rule.ceiling !== null)
  const names = rules.map(({ rule }) => ceilingName(rule))
  return rules.map((result, index) => {
    const name = names[index]
    // Rules that differ in small print alone are numbered.
    return { name: names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${index + 1})`, result }
  })
}

const titleOf = ({ result }: CeilingRow): string =>
  [
    ceilingWords(result.rule),
    `Mean ${withInterval(result.ratio, fine)}`,
    `By the dialler's estimate ${withInterval(result.ledgerRatio, fine)}`,
    ...(result.worst === null ? [] : [`Worst shift ${percent(result.worst.ratio, 2)}`]),
    `Over the ceiling: ${chance(result.broken)}`
  ].join("\n")

const half = 0.32

const y = (row: CeilingRow): string => row.name

/** The ceiling, the mean with its interval, the dialler's estimate and the worst shift of every rule. */
const ceilingMarks = (rows: ReadonlyArray<CeilingRow>): ReadonlyArray<Plot.Markish> => {
  const known = rows.filter(({ result }) => Number.isFinite(result.ratio.mean))
  return [
    Plot.tickX(rows, {
      y,
      x: (row: CeilingRow) => row.result.rule.ceiling,
      stroke: "var(--limit)",
      strokeWidth: 2,
      strokeDasharray: "6 4",
      inset: -6,
      ariaDescription: "ceiling"
    }),
    Plot.ruleY(
      known.filter(({ result }) => Number.isFinite(result.ratio.low)),
      {
        y,
        x1: (row: CeilingRow) => row.result.ratio.low,
        x2: (row: CeilingRow) => row.result.ratio.high,
        stroke: "var(--blue)",
        strokeWidth: 2,
        ariaDescription: "interval"
      }
    ),
    Plot.dot(known, {
      y,
      x: (row: CeilingRow) => row.result.ratio.mean,
      r: 5,
      fill: "var(--blue)",
      stroke: "var(--paper)",
      ariaDescription: "mean"
    }),
    Plot.dot(
      rows.filter(({ result }) => Number.isFinite(result.ledgerRatio.mean)),
      {
        y,
        x: (row: CeilingRow) => row.result.ledgerRatio.mean,
        symbol: "diamond",
        r: 5,
        dy: 11,
        fill: "var(--orange)",
        stroke: "var(--paper)",
        ariaDescription: "estimate of the dialler"
      }
    ),
    Plot.dot(
      rows.filter(({ result }) => Number.isFinite(result.worst?.ratio ?? Number.NaN)),
      {
        y,
        x: (row: CeilingRow) => row.result.worst?.ratio ?? Number.NaN,
        symbol: "cross",
        r: 4.5,
        dy: -11,
        fill: "var(--ink)",
        stroke: "var(--paper)",
        ariaDescription: "worst shift"
      }
    )
  ]
}

export const ceilingOptions = (rows: ReadonlyArray<CeilingRow>): Plot.PlotOptions => {
  const ends = rows.flatMap(({ result: { ledgerRatio, ratio, rule, worst } }) => [
    rule.ceiling ?? 0,
    ratio.mean,
    ratio.high,
    ledgerRatio.mean,
    worst?.ratio ?? 0
  ])
  const top = roundUp(1.05 * Math.max(0.01, ...ends.filter(Number.isFinite)))
  return drawing({
    height: 76 + 40 * rows.length,
    marginTop: 14,
    marginLeft: 150,
    x: { label: "Abandoned (%)", domain: [0, top], tickFormat: percentTick, grid: true, ticks: 8 },
    y: { type: "band", domain: rows.map(y), label: null, grid: false, padding: half },
    marks: [
      ...ceilingMarks(rows),
      Plot.barX(rows, { y, x1: 0, x2: top, fill: "var(--hit)", className: "hit", title: titleOf })
    ]
  })
}

/** How close each ceiling was come to; `null` where no ceiling is a share. */
export const ceilings = (of: Subject): Figure | null => {
  const rows = ceilingRows(of)
  if (rows.length === 0) return null
  const shifts = rows[0].result.broken.n
  return {
    id: "ceilings",
    title: "Ceilings of abandoned calls",
    caption:
      `Each rule over ${shifts} simulated ${shifts === 1 ? "shift" : "shifts"}: the mean share abandoned with its 95 % ` +
      "interval, by what really became of the calls; below it the dialler's own estimate, on which it acts; above it the worst shift. " +
      "+F: people taken for machines are counted as abandoned; +F↑: the dialler counts with the upper bound of their estimate.",
    alt: rows
      .map(
        ({ name, result: { ratio, rule } }) =>
          `${name}: ${percent(ratio.mean, 2)} of at most ${percentShort(rule.ceiling ?? Number.NaN)}.`
      )
      .join(" "),
    legend: [
      { kind: "line", label: "ceiling", look: { color: "var(--limit)", dash: "6 4", symbol: null } },
      { kind: "line", label: "mean of the shifts", look: { color: "var(--blue)", dash: "none", symbol: "circle" } },
      {
        kind: "line",
        label: "the dialler's estimate",
        look: { color: "var(--orange)", dash: "0 100", symbol: "diamond" }
      },
      { kind: "line", label: "worst shift", look: { color: "var(--ink)", dash: "0 100", symbol: "cross" } }
    ],
    panels: [{ title: null, plots: [ceilingOptions(rows)] }],
    table: {
      columns: [
        { name: "rule", label: "Rule" },
        { name: "ceiling", label: "Ceiling", show: (v) => percent(v) },
        { name: "ratio", label: "Abandoned", show: (v) => percent(v, 2) },
        { name: "ratio_low", label: "from", show: (v) => percent(v, 2) },
        { name: "ratio_high", label: "to", show: (v) => percent(v, 2) },
        { name: "estimate", label: "By the dialler", show: (v) => percent(v, 2) },
        { name: "worst", label: "Worst shift", show: (v) => percent(v, 2) },
        { name: "broken", label: "Shifts over", show: (v) => percent(v) },
        { name: "broken_low", label: "from", show: (v) => percent(v) },
        { name: "broken_high", label: "to", show: (v) => percent(v) }
      ],
      rows: rows.map(({ result: { broken, ledgerRatio, ratio, rule, worst } }) => [
        ceilingWords(rule),
        rule.ceiling,
        ratio.mean,
        ratio.low,
        ratio.high,
        ledgerRatio.mean,
        worst?.ratio ?? null,
        broken.share,
        broken.low,
        broken.high
      ])
    }
  }
}
