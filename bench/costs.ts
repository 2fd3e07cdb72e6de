import { busyFloor, fixedRatio, lookAhead } from "./floors.ts"
import { SteadyFloor } from "./steadyFloor.ts"
import { coreSeconds, median, runFor } from "./timing.ts"

const minute = 60_000
/** A busy agent takes about so many dials per simulated millisecond. */
const dialsPerAgentMilli = 75 / 3_600_000
const settleDials = 4_000
const pieceDials = 200
const runs = 3
const secondsPerRun = 0.2
const settleSecondsMax = 2

/**
 * Microseconds per dial in the steady state for each size of team. Teams start at a fixed ratio, which is cheap, and
 * change to the pacing asked for when they are busy.
 */
export const costByAgents = ({
  pacing,
  sizes
}: {
  readonly pacing: "fixed-ratio" | "look-ahead"
  readonly sizes: ReadonlyArray<number>
}): ReadonlyArray<number> =>
  // The first size is measured twice: the first time is the warm-up of the compiled code.
  [sizes[0], ...sizes]
    .map((agents) => {
      const floor = new SteadyFloor(busyFloor({ agents, contacts: null, pacing: fixedRatio }))
      floor.go(Math.max(10 * minute, settleDials / (agents * dialsPerAgentMilli)))
      const piece = Math.max(100, pieceDials / (agents * dialsPerAgentMilli))
      if (pacing === "look-ahead") {
        floor.change(lookAhead(false))
        runFor(settleSecondsMax / 2, 0, () => floor.go(piece))
      }
      runFor(settleSecondsMax / 4, 0, () => floor.go(piece))
      return median(
        Array.from({ length: runs }, () => 1e6 / runFor(secondsPerRun, 0, () => floor.go(piece)).perCoreSecond)
      )
    })
    .slice(1)

/** Short lists are worked through again and again until there is something to time. */
const dialsMin = 400_000

export interface ListCost {
  readonly contacts: number
  /** To work the list through once. */
  readonly dials: number
  readonly microsPerDial: number
}

/** Works whole lists through with one team, retries included. */
export const costByContacts = ({
  agents,
  lists
}: {
  readonly agents: number
  readonly lists: ReadonlyArray<number>
}): ReadonlyArray<ListCost> => {
  const list = (contacts: number): number => {
    const scenario = busyFloor({ agents, contacts, pacing: fixedRatio })
    const groups = scenario.groups.map((group) => ({ ...group, shift: { ...group.shift, endSeconds: Infinity } }))
    return new SteadyFloor({ ...scenario, groups }).go(Infinity)
  }
  const work = (contacts: number): ListCost => {
    const started = coreSeconds()
    let dials = 0
    let lists = 0
    for (; dials < dialsMin; lists += 1) dials += list(contacts)
    return { contacts, dials: dials / lists, microsPerDial: ((coreSeconds() - started) * 1e6) / dials }
  }
  work(lists[0])
  return lists.map(work)
}
