import * as Plot from "@observablehq/plot"
import { AgentState } from "../src/domain/AgentState.ts"
import { workingMillis } from "../src/domain/measures.ts"
import { drawing, roundUp, shortened } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { percent, percentTick } from "./format.ts"
import { pooled, type Subject } from "./Subject.ts"

export interface BoundRow {
  readonly reason: string
  /** Of the time agents waited for a call. */
  readonly share: number
}

/** Why no more was dialled while agents waited, most frequent first. */
export const boundRows = ({ main }: Subject): ReadonlyArray<BoundRow> =>
  (main?.bounds ?? []).filter(({ share }) => share > 0).toSorted((a, b) => b.share - a.share)

export const boundOptions = (rows: ReadonlyArray<BoundRow>): Plot.PlotOptions =>
  drawing({
    height: 56 + 28 * rows.length,
    marginTop: 8,
    marginLeft: 190,
    marginRight: 60,
    x: {
      label: "Share of waiting time (%)",
      domain: [0, roundUp(Math.max(...rows.map((row) => row.share)))],
      tickFormat: percentTick,
      grid: true,
      ticks: 6
    },
    y: {
      type: "band",
      label: null,
      tickFormat: (reason: string) => shortened(reason, 30),
      domain: rows.map((row) => row.reason),
      grid: false,
      padding: 0.3
    },
    marks: [
      Plot.barX(rows, {
        x: "share",
        y: "reason",
        fill: "var(--blue)",
        fillOpacity: 0.75,
        title: (row: BoundRow) => `${row.reason}\n${percent(row.share)}`
      }),
      Plot.text(rows, {
        x: "share",
        y: "reason",
        text: (row: BoundRow) => percent(row.share),
        dx: 6,
        textAnchor: "start"
      })
    ]
  })

/** Share of their working time agents must be without a call, held for one or not, before anything is worth saying of it. */
const readyShareMin = 0.01

/** `null` where agents hardly ever wait without one being held for a call: nothing holds the dialler back then. */
export const bounds = (of: Subject): Figure | null => {
  const rows = boundRows(of)
  if (rows.length === 0 || of.main === null) return null
  const counts = pooled(of.main)
  if (counts.stateMillis[AgentState.ready] < readyShareMin * workingMillis(counts)) return null
  return {
    id: "bounds",
    title: "What held the dialler back",
    caption: `While agents of ${of.main?.setting.label ?? "the setting"} waited for a call: what kept the dialler from placing more, share of the waiting time.`,
    alt: `Most often: ${rows[0].reason}, ${percent(rows[0].share)} of the waiting time.`,
    legend: [],
    panels: [{ title: null, plots: [boundOptions(rows)] }],
    table: {
      columns: [
        { name: "reason", label: "Reason" },
        { name: "share", label: "Share of waiting time", show: (v) => percent(v) }
      ],
      rows: rows.map((row) => [row.reason, row.share])
    }
  }
}
