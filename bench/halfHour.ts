import { busyFloor, fixedRatio } from "./floors.ts"
import { SteadyFloor } from "./steadyFloor.ts"
import { coreSeconds } from "./timing.ts"

export interface HalfHour {
  readonly dials: number
  readonly seconds: number
  readonly perCoreSecond: number
  readonly rssBytes: number
  readonly rssBytesMax: number
}

const minute = 60_000

/** Half an hour of one large team at a fixed ratio. */
export const halfHour = (size: { readonly agents: number; readonly contacts: number }): HalfHour => {
  const started = performance.now()
  const cpu = coreSeconds()
  const floor = new SteadyFloor(busyFloor({ ...size, pacing: fixedRatio }))
  const dials = floor.go(30 * minute)
  const seconds = (performance.now() - started) / 1_000
  const perCoreSecond = dials / (coreSeconds() - cpu)
  const rssBytes = process.memoryUsage().rss
  return { dials, seconds, perCoreSecond, rssBytes, rssBytesMax: process.resourceUsage().maxRSS * 1_024 }
}
