import { Outcome } from "../../src/domain/Outcome.ts"
import { abandoned, attempts, connected, live, measures } from "../../src/domain/measures.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import { busyFloor } from "../floors.ts"
import { percent, short } from "../table.ts"

/** What a shift came to, the same on both sides; shares are of the attempts or of the people who answered. */
export interface Shift {
  readonly occupancy: number
  readonly abandoned: number
  readonly hungUpWaiting: number
  readonly answerWaitSeconds: number
  readonly dials: number
  readonly retries: number
  readonly machines: number
}

/** How a figure of the shift is called and shown. */
export const figures: Readonly<Record<keyof Shift, { title: string; show: (value: number) => string }>> = {
  occupancy: { title: "occupancy", show: (share) => percent(share, 2) },
  abandoned: { title: "abandoned", show: (share) => percent(share, 2) },
  hungUpWaiting: { title: "hung up waiting", show: (share) => percent(share, 2) },
  answerWaitSeconds: { title: "wait after answer", show: (seconds) => `${(1_000 * seconds).toFixed(1)} ms` },
  dials: { title: "dials per shift", show: short },
  retries: { title: "retries", show: (share) => percent(share, 2) },
  machines: { title: "machines", show: (share) => percent(share, 2) }
}

/** The floor of the first row of `bench/dials.ts`, which `floor.py` describes for SimPy. */
export const floor = { agents: 50, linesPerAgent: 3.5, hours: 8 }
const scenario = busyFloor({
  agents: floor.agents,
  pacing: { kind: "fixed-ratio", linesPerAgent: floor.linesPerAgent }
})

/** A whole shift through the real core. */
export const ourShift = (replication: number): Shift => {
  const [counts] = runShift(scenario, { ...wholeShift, replication }).counts
  const dials = attempts(counts)
  return {
    occupancy: measures.occupancy.of(counts),
    abandoned: abandoned(counts) / live(counts),
    hungUpWaiting: counts.outcomes[Outcome.hungUpWaiting] / live(counts),
    answerWaitSeconds: counts.answerWaitMillis / connected(counts) / 1_000,
    dials,
    retries: 1 - counts.contactsAttempted / dials,
    machines: counts.outcomes[Outcome.machine] / dials
  }
}

/** A shift as `floor.py` reports it; times are seconds of all agents. */
export interface SimpyShift {
  readonly outcomes: Readonly<
    Record<"connected" | "abandoned" | "hung up waiting" | "machine" | "busy" | "no answer" | "invalid", number>
  >
  readonly contactsAttempted: number
  readonly readySeconds: number
  readonly talkSeconds: number
  readonly wrapSeconds: number
  readonly waitSeconds: number
}

export const simpyShift = (shift: SimpyShift): Shift => {
  const { outcomes, readySeconds, talkSeconds, wrapSeconds } = shift
  const dials = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const people = outcomes.connected + outcomes.abandoned + outcomes["hung up waiting"]
  return {
    occupancy: (talkSeconds + wrapSeconds) / (readySeconds + talkSeconds + wrapSeconds),
    abandoned: outcomes.abandoned / people,
    hungUpWaiting: outcomes["hung up waiting"] / people,
    answerWaitSeconds: shift.waitSeconds / outcomes.connected,
    dials,
    retries: 1 - shift.contactsAttempted / dials,
    machines: outcomes.machine / dials
  }
}
