import { type Trunk, turnMillisMax } from "./Trunk.ts"

/** Why a trunk cannot take a call now, or undefined when it can. */
export const objectionOf = (trunk: Trunk, tried: ReadonlySet<Trunk>, now: number): string | undefined => {
  const { health, settings } = trunk
  if (health.state !== "up") return `is ${health.state} (${health.reason})`
  if (trunk.isFull) return `has all of its ${settings.linesMax} lines in use`
  if (trunk.waitMillis(now) > turnMillisMax) return `has its ${settings.callsPerSecondMax} calls a second`
  return tried.has(trunk) ? "was tried" : undefined
}

/**
 * The trunk for a call: of those that can take it, the first by priority, then the one whose turn is soonest, then the one
 * with the smallest share of its lines in use, then the first in the list.
 */
export const chooseTrunk = (
  trunks: ReadonlyArray<Trunk>,
  tried: ReadonlySet<Trunk>,
  now: number
): Trunk | undefined => {
  let best: Trunk | undefined
  for (const trunk of trunks) {
    if (objectionOf(trunk, tried, now) !== undefined) continue
    if (best === undefined || order(trunk, best, now) < 0) best = trunk
  }
  return best
}

const order = (a: Trunk, b: Trunk, now: number): number =>
  a.settings.priority - b.settings.priority || a.waitMillis(now) - b.waitMillis(now) || a.load - b.load
