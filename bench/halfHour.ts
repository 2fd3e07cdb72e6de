import { busyFloor, fixedRatio, lookAhead } from "./floors.ts"
import { SteadyFloor } from "./steadyFloor.ts"
import { runFor } from "./timing.ts"

export interface HalfHour {
  readonly dials: number
  readonly seconds: number
  readonly rssBytes: number
  readonly rssBytesMax: number
  /** Dials per second of look-ahead on the same floor afterwards. */
  readonly lookAheadPerSecond: number
  readonly rssBytesMaxLookAhead: number
}

const minute = 60_000
const lookAheadSeconds = 4

/** Half an hour of one large team at a fixed ratio, then some seconds of look-ahead on the same floor. */
export const halfHour = (size: { readonly agents: number; readonly contacts: number }): HalfHour => {
  const started = performance.now()
  const floor = new SteadyFloor(busyFloor({ ...size, pacing: fixedRatio }))
  const dials = floor.go(30 * minute)
  const seconds = (performance.now() - started) / 1_000
  const rssBytes = process.memoryUsage().rss
  const rssBytesMax = maxRss()
  floor.change(lookAhead(true))
  const { perSecond } = runFor(lookAheadSeconds, 0, () => floor.go(1_000))
  return { dials, seconds, rssBytes, rssBytesMax, lookAheadPerSecond: perSecond, rssBytesMaxLookAhead: maxRss() }
}

const maxRss = (): number => process.resourceUsage().maxRSS * 1_024
