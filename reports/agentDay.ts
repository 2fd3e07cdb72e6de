import * as Plot from "@observablehq/plot"
import { type AgentStateName } from "../src/domain/AgentState.ts"
import type { SpanRow } from "../src/store/schema.ts"
import { binMinutes, dayAxis, dayBins, dayMarginRight, type DayWindow, dayWindow } from "./dayBins.ts"
import { drawing, hitStrips } from "./drawing.ts"
import type { Figure } from "./Figure.ts"
import { clock, decimal } from "./format.ts"
import type { Subject } from "./Subject.ts"

/** Bottom to top: work first, then waiting, then away. Signed-out agents are not drawn. */
export const stackOrder = [
  "talk",
  "hold",
  "wrap",
  "preview",
  "reserved",
  "ready",
  "paused"
] as const satisfies ReadonlyArray<AgentStateName>
type Stacked = (typeof stackOrder)[number]

const labels: Readonly<Record<Stacked, string>> = {
  talk: "talk",
  hold: "hold",
  wrap: "wrap-up",
  preview: "preview",
  reserved: "reserved",
  ready: "ready",
  paused: "paused"
}

/** Mean number of agents in each state during one bin; minutes after midnight. */
export interface AgentBin {
  readonly minute: number
  readonly agents: Readonly<Record<Stacked, number>>
}

/** Spans cut into bins: agent-minutes over the minutes of the bin. The last bin counts only up to the end of the window. */
export const agentBins = (spans: ReadonlyArray<SpanRow>, window: DayWindow): ReadonlyArray<AgentBin> => {
  const bins = dayBins(window)
  const millis = stackOrder.map(() => new Float64Array(bins.length))
  const size = binMinutes * 60_000
  for (const { state, from, to } of spans) {
    const place = (stackOrder as ReadonlyArray<string>).indexOf(state)
    if (place < 0) continue
    for (let bin = Math.floor(from / size); bin < bins.length && bin * size < to; bin += 1) {
      millis[place][bin] += Math.min(to, (bin + 1) * size) - Math.max(from, bin * size)
    }
  }
  return bins.map(({ minute, lengthMillis }, bin) => ({
    minute,
    agents: Object.fromEntries(stackOrder.map((state, place) => [state, millis[place][bin] / lengthMillis])) as Record<
      Stacked,
      number
    >
  }))
}

interface Layer {
  readonly state: Stacked
  readonly minute: number
  readonly low: number
  readonly high: number
}

const seenStates = (bins: ReadonlyArray<AgentBin>): ReadonlyArray<Stacked> =>
  stackOrder.filter((state) => bins.some((bin) => bin.agents[state] > 0))

/** At the middle of each bin. */
const layersOf = (bins: ReadonlyArray<AgentBin>, end: number): ReadonlyArray<Layer> =>
  bins.flatMap((bin) => {
    let low = 0
    const minute = (bin.minute + Math.min(bin.minute + binMinutes, end)) / 2
    return seenStates(bins).map((state) => {
      const layer = { state, minute, low, high: low + bin.agents[state] }
      low = layer.high
      return layer
    })
  })

/** From the beginning of the window to its end, as high there as in the bin next to it: a single bin is a surface, too. */
const toBothEnds = (layers: ReadonlyArray<Layer>, begin: number, end: number): ReadonlyArray<Layer> =>
  layers.length === 0 ? [] : [{ ...layers[0], minute: begin }, ...layers, { ...layers[layers.length - 1], minute: end }]

/** Where a state can bear its name: its widest moment of those not at the edge, if wide enough for the letters. */
const named = (layers: ReadonlyArray<Layer>, room: number): ReadonlyArray<Layer> => {
  const placed: Array<Layer> = []
  for (const state of new Set(layers.map((layer) => layer.state))) {
    const own = layers.filter((layer) => layer.state === state)
    const apart = Math.max(1, own.length * 0.1) * binMinutes
    const inner = own
      .slice(Math.ceil(own.length * 0.06), Math.floor(own.length * 0.94))
      .filter((layer) => placed.every((other) => Math.abs(other.minute - layer.minute) >= apart))
    const widest = inner.reduce<Layer | null>(
      (best, at) => (best === null || at.high - at.low > best.high - best.low ? at : best),
      null
    )
    if (widest !== null && widest.high - widest.low >= room) placed.push(widest)
  }
  return placed
}

export const agentDayOptions = (bins: ReadonlyArray<AgentBin>, window: DayWindow): Plot.PlotOptions => {
  const { lengthMillis, startMinutes } = window
  const end = startMinutes + lengthMillis / 60_000
  const layers = layersOf(bins, end)
  const states = seenStates(bins)
  const surfaces = states.map((state) => {
    const own = layers.filter((layer) => layer.state === state)
    return { state, outline: toBothEnds(own, startMinutes, end) }
  })
  const top = Math.max(1, ...layers.map((layer) => layer.high))
  return drawing({
    height: 300,
    marginRight: dayMarginRight,
    x: dayAxis(window),
    y: { label: "Agents", domain: [0, top * 1.04], ticks: Math.min(6, Math.max(1, Math.ceil(top))) },
    marks: [
      ...surfaces.map(({ outline, state }) =>
        Plot.areaY(outline, { x: "minute", y1: "low", y2: "high", fill: `url(#t-${state})`, ariaDescription: state })
      ),
      ...surfaces.map(({ outline }) =>
        Plot.line(outline, { x: "minute", y: "high", stroke: "var(--paper)", strokeWidth: 1.2 })
      ),
      Plot.text(named(layers, (top * 18) / 228), {
        x: "minute",
        y: (layer: Layer) => (layer.low + layer.high) / 2,
        text: (layer: Layer) => labels[layer.state],
        fill: "var(--ink)",
        stroke: "var(--paper)",
        strokeWidth: 4,
        fontWeight: 600,
        ariaDescription: "names of states"
      }),
      hitStrips(bins, {
        x1: (bin) => bin.minute,
        x2: (bin) => bin.minute + binMinutes,
        title: (bin) =>
          [
            `${clock(bin.minute)} to ${clock(bin.minute + binMinutes)}`,
            ...states.toReversed().map((state) => `${labels[state]} ${decimal(bin.agents[state], 1)}`)
          ].join("\n")
      })
    ]
  })
}

/** `null` without spans: nothing was recorded, or the campaign has no agents. */
export const agentDay = (of: Subject): Figure | null => {
  if (of.spans.length === 0) return null
  const recorded = of.recorded?.setting.label ?? of.result.recordedKey
  return agentDayFigure(of.spans, dayWindow(of), `one simulated day (first replication) of ${recorded}`)
}

/** Agents by state over a day; `whose` says which day in the caption. */
export const agentDayFigure = (spans: ReadonlyArray<SpanRow>, window: DayWindow, whose: string): Figure => {
  const bins = agentBins(spans, window)
  const states = seenStates(bins)
  return {
    id: "agent-day",
    title: "What the agents do over the day",
    caption: `Mean number of agents in each state in bins of ${binMinutes} minutes, ${whose}. The order from the bottom is that of the legend. Signed-out agents are left out.`,
    alt: `Agents by state from ${clock(window.startMinutes)} to ${clock(window.startMinutes + window.lengthMillis / 60_000)}.`,
    legend: states.map((state) => ({ kind: "area", label: labels[state], fill: `url(#t-${state})` })),
    panels: [{ title: null, plots: [agentDayOptions(bins, window)] }],
    table: {
      columns: [
        { name: "time", label: "From" },
        ...states.map((state) => ({
          name: `agents_${state}`,
          label: labels[state],
          show: (v: number) => decimal(v, 1)
        }))
      ],
      rows: bins.map((bin) => [clock(bin.minute), ...states.map((state) => bin.agents[state])])
    }
  }
}
