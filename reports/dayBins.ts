import type * as Plot from "@observablehq/plot"
import { clock } from "./format.ts"
import type { Subject } from "./Subject.ts"

export const binMinutes = 5
/** Room for the name of the limit; the same for all charts of the day, so that their hours stand under each other. */
export const dayMarginRight = 64

/** The recorded day: clock time of its start and how long anything happened. */
export interface DayWindow {
  readonly startMinutes: number
  readonly lengthMillis: number
}

export interface DayBin {
  /** Start, minutes after midnight. */
  readonly minute: number
  /** Five minutes, less for the last bin of a window that ends inside it. */
  readonly lengthMillis: number
}

/** The scenario's day, longer when calls or agents ended after it. */
export const dayWindow = ({ result, attempts, spans }: Subject): DayWindow => {
  let end = result.scenario.day.lengthMillis
  for (const { to } of spans) if (to > end) end = to
  for (const { placedAt } of attempts) if (placedAt > end) end = placedAt
  return { startMinutes: result.scenario.day.startMinutes, lengthMillis: end }
}

export const dayBins = ({ startMinutes, lengthMillis }: DayWindow): ReadonlyArray<DayBin> => {
  const size = binMinutes * 60_000
  return Array.from({ length: Math.ceil(lengthMillis / size) }, (_, i) => ({
    minute: startMinutes + i * binMinutes,
    lengthMillis: Math.min(size, lengthMillis - i * size)
  }))
}

/** Time of day, one scale for all charts of the day; a tick an hour, fewer on long days, more on short ones. */
export const dayAxis = ({ startMinutes, lengthMillis }: DayWindow): Plot.ScaleOptions => {
  const end = startMinutes + lengthMillis / 60_000
  const hours = (end - startMinutes) / 60
  const step = hours > 16 ? 180 : hours > 10 ? 120 : hours > 3 ? 60 : hours > 1 ? 15 : hours > 0.25 ? 5 : 1
  const first = Math.ceil(startMinutes / step) * step
  return {
    label: "Time of day",
    domain: [startMinutes, end],
    ticks: Array.from({ length: Math.max(0, Math.floor((end - first) / step) + 1) }, (_, i) => first + i * step),
    tickFormat: clock
  }
}
