import type { Counts } from "../../src/domain/Counts.ts"
import type { ShiftFigures } from "../../src/domain/LawFigures.ts"
import type { Setting } from "../experiments/Result.ts"
import { horizonOf } from "../experiments/horizon.ts"
import { withSetting } from "../experiments/withSetting.ts"
import { runShift } from "../runShift.ts"
import type { Scenario } from "../Scenario.ts"

/** A few replications of one setting: what a worker gets at a time. Plain data, so that it can be sent to a thread. */
export interface ShiftJob {
  readonly scenario: Scenario
  /** Position of the tuned campaign; its counts come back. */
  readonly campaignIndex: number
  /** `null` runs the scenario as it is. */
  readonly setting: Setting | null
  /** Replications `from` up to, not including, `to`. */
  readonly from: number
  readonly to: number
  readonly warmUpMillis: number
}

/** Raw counts of one shift of the tuned campaign. */
export interface ShiftOutcome {
  readonly replication: number
  readonly counts: Counts
  /** Ready agent time by what bound the pacing, milliseconds, in the order of `boundNames`. */
  readonly boundMillis: Float64Array
  /** People for whom an agent was wanted, and who left or were abandoned before one was on the line. */
  readonly lostWaiting: number
  /** What the law did, and how the list stands; missing where nobody asks. */
  readonly figures?: ShiftFigures
}

/** Which shifts a message is about, so that a failure can be repeated. */
export const jobName = ({ from, scenario, setting, to }: ShiftJob): string => {
  const replications = to - from === 1 ? `replication ${from}` : `replications ${from} to ${to - 1}`
  return `${replications} of scenario "${scenario.name}", seed ${scenario.seed}, setting ${setting?.key ?? "as given"}`
}

/** Runs the shifts of a job, in order. A defect of the core names the replication and the seed. */
export const runJob = (job: ShiftJob): ReadonlyArray<ShiftOutcome> => {
  const scenario = withSetting(job.scenario, job.campaignIndex, job.setting)
  return Array.from({ length: job.to - job.from }, (_, i) => {
    const replication = job.from + i
    try {
      const { boundMillis, counts, figures, lostWaiting } = runShift(scenario, {
        replication,
        untilMillis: horizonOf(scenario),
        warmUpMillis: job.warmUpMillis,
        recorder: null
      })
      const index = job.campaignIndex
      return {
        replication,
        counts: counts[index],
        boundMillis: boundMillis[index],
        lostWaiting: lostWaiting[index],
        figures: figures[index]
      }
    } catch (cause) {
      throw new Error(`${jobName({ ...job, from: replication, to: replication + 1 })}: ${String(cause)}`, { cause })
    }
  })
}
