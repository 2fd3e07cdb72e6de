import * as Plot from "@observablehq/plot"
import type { TeamRow } from "../sim/experiments/Result.ts"
import { drawing, hitDots } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { chance, count, percent, percentTick, signedPoints, styleOf, withInterval } from "./format.ts"
import type { Subject } from "./Subject.ts"

const series = [
  { key: "predictive", label: "predictive", color: "var(--blue)", dash: "none", symbol: "circle" },
  { key: "progressive", label: "progressive", color: "var(--teal)", dash: "5 2", symbol: "star" }
] as const
type Series = (typeof series)[number]

const agents = (size: number): string => `${count(size)} ${size === 1 ? "agent" : "agents"}`

const titleOf = (row: TeamRow): string =>
  [
    agents(row.agents),
    `Predictive ${withInterval(row.predictive, styleOf("occupancy"))}`,
    `Progressive ${withInterval(row.progressive, styleOf("occupancy"))}`,
    `Difference ${signedPoints(row.difference.mean)} (${signedPoints(row.difference.low)} to ${signedPoints(row.difference.high)})`,
    `Shifts over the limit: ${chance(row.overLimit)}`
  ].join("\n")

/** Where a size stands on the axis: far apart sizes by their ratios. Log scales of the library leave ticks such as 8 out. */
type Place = (agents: number) => number

const placeOf = (sizes: ReadonlyArray<number>): Place =>
  Math.max(...sizes) > 8 * Math.min(...sizes) ? Math.log : (agents) => agents

const marksOf = (
  rows: ReadonlyArray<TeamRow>,
  { key, label, color, dash, symbol }: Series,
  place: Place
): Array<Plot.Markish> => {
  const x = (row: TeamRow): number => place(row.agents)
  const last = rows[rows.length - 1]
  const other = key === "predictive" ? "progressive" : "predictive"
  const mean = (row: TeamRow): number => row[key].mean
  return [
    Plot.areaY(
      rows.filter((row) => Number.isFinite(row[key].low)),
      {
        x,
        y1: (row: TeamRow) => row[key].low,
        y2: (row: TeamRow) => row[key].high,
        fill: color,
        fillOpacity: 0.2,
        ariaDescription: `interval, ${label}`
      }
    ),
    Plot.line(rows, {
      x,
      y: mean,
      stroke: color,
      strokeWidth: 1.8,
      strokeDasharray: dash,
      ariaDescription: label
    }),
    Plot.dot(rows, { x, y: mean, symbol, r: 4.5, fill: color, stroke: "var(--paper)", strokeWidth: 1 }),
    Plot.text([last], {
      x,
      y: mean,
      text: () => label,
      dx: 12,
      dy: last[key].mean >= last[other].mean ? -6 : 6,
      textAnchor: "start",
      fill: color
    }),
    hitDots(rows, { x, y: mean, title: titleOf })
  ]
}

const smallestMarks = (smallest: number | null, place: Place): Array<Plot.Markish> =>
  smallest === null
    ? []
    : [
        Plot.ruleX([smallest], {
          x: place,
          stroke: "var(--ink)",
          strokeDasharray: "2 3",
          ariaDescription: "smallest team"
        }),
        Plot.text([smallest], {
          x: place,
          frameAnchor: "top",
          dx: 6,
          dy: 8,
          text: () => `predictive gains from ${agents(smallest)}`,
          textAnchor: "start",
          fill: "var(--ink)",
          stroke: "var(--paper)",
          strokeWidth: 4
        })
      ]

/** Occupancy by team size for both modes, and the smallest team that gains. */
export const teamOptions = (rows: ReadonlyArray<TeamRow>, smallest: number | null): Plot.PlotOptions => {
  const sizes = rows.map((row) => row.agents)
  const place = placeOf(sizes)
  const named = new Map(sizes.map((size) => [place(size), size]))
  return drawing({
    height: 280,
    marginRight: 96,
    x: {
      label: "Agents",
      ticks: sizes.map(place),
      tickFormat: (at: number) => count(named.get(at) ?? Number.NaN),
      inset: 12
    },
    y: { label: "Occupancy (%)", tickFormat: percentTick, ticks: 5, nice: true },
    marks: [...series.flatMap((one) => marksOf(rows, one, place)), ...smallestMarks(smallest, place)]
  })
}

/** `null` when no other team sizes were tried. */
export const teamSize = (of: Subject): Figure | null => {
  const { teams, smallestTeam } = of.result
  if (teams.length === 0) return null
  const verdict =
    smallestTeam === null
      ? "No team size tried gains from predictive dialling with 95 % confidence."
      : `From ${agents(smallestTeam)} up predictive dialling beats progressive with 95 % confidence.`
  return {
    id: "team-size",
    title: "How large a team must be",
    caption: `${verdict} Both modes call the same customers; bands are 95 % intervals over replications.`,
    alt: verdict,
    legend: series.map(({ label, color, dash, symbol }) => ({ kind: "line", label, look: { color, dash, symbol } })),
    panels: [{ title: null, plots: [teamOptions(teams, smallestTeam)] }],
    table: {
      columns: [
        { name: "agents", label: "Agents", show: count },
        { name: "predictive", label: "Predictive", show: (v) => percent(v) },
        { name: "progressive", label: "Progressive", show: (v) => percent(v) },
        { name: "difference", label: "Difference", show: (v) => signedPoints(v) },
        { name: "difference_low", label: "from", show: (v) => signedPoints(v) },
        { name: "difference_high", label: "to", show: (v) => signedPoints(v) },
        { name: "over_limit", label: "Shifts over limit", show: (v) => percent(v) }
      ],
      rows: teams.map((row) => [
        row.agents,
        row.predictive.mean,
        row.progressive.mean,
        row.difference.mean,
        row.difference.low,
        row.difference.high,
        row.overLimit.share
      ])
    }
  }
}
