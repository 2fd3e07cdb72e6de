import { addCounts, type Counts, emptyCounts } from "../../src/domain/Counts.ts"
import type { Policy } from "../../src/dialler/pacing/Policy.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import type { Scenario } from "../../sim/Scenario.ts"

export interface Replicated {
  readonly replications: number
  /** Hours of the window that counts, in every replication. */
  readonly hours: number
  /** Hours before it; 0 for a cold start. */
  readonly warmUpHours?: number
  /** A policy of the test's own, made anew for every run. */
  readonly policy?: (replication: number) => Policy
}

const hour = 3_600_000

/**
 * Counts of one window a replication, edges included: calls that end in the window, agents' time that passes in it. The
 * difference of two runs of the same day, so that no call in progress at an edge biases a rate.
 */
export const windowCounts = (scenario: Scenario, replicated: Replicated): ReadonlyArray<Counts> => {
  const { hours, policy, replications, warmUpHours = 0 } = replicated
  const until = (replication: number, hoursOfRun: number): Counts =>
    runShift(scenario, {
      ...wholeShift,
      replication,
      untilMillis: hoursOfRun * hour,
      ...(policy === undefined ? {} : { policies: [policy(replication)] })
    }).counts[0]
  return Array.from({ length: replications }, (_, replication) => {
    const all = until(replication, warmUpHours + hours)
    return warmUpHours === 0 ? all : less(all, until(replication, warmUpHours))
  })
}

/** `all` without `part`. The largest wait stays that of the whole. */
const less = (all: Counts, part: Counts): Counts => {
  const negative = emptyCounts()
  for (const [key, value] of Object.entries(part) as Array<[keyof Counts, number | Float64Array]>) {
    if (typeof value !== "number") (negative[key] as Float64Array).set(value.map((count) => -count))
    else if (key !== "idleWaitMillisMax") (negative as Record<keyof Counts, unknown>)[key] = -value
  }
  return addCounts(addCounts(emptyCounts(), all), negative)
}
