import type { Counts } from "../src/domain/Counts.ts"
import type { ShiftFigures } from "../src/domain/LawFigures.ts"
import { boundNames } from "../src/dialler/pacing/Policy.ts"
import type { Policy } from "../src/dialler/pacing/Policy.ts"
import type { Recorder } from "../src/store/Recorder.ts"
import type { Scenario } from "./Scenario.ts"
import { World } from "./World.ts"

export interface ShiftOptions {
  /** Which of the endless days with this seed; the same number meets the same people. */
  readonly replication: number
  /** Ends the run at this instant whatever is under way; Infinity lets the shift end by itself. */
  readonly untilMillis: number
  /** What happens before is not counted: 0 for a real day, more for the steady state. */
  readonly warmUpMillis: number
  readonly recorder: Recorder | null
  /** Puts policies of the caller's own in charge, by campaign. */
  readonly policies?: ReadonlyArray<Policy>
}

export interface ShiftResult {
  /** By campaign. */
  readonly counts: ReadonlyArray<Counts>
  /** By campaign: ready agent time by what bound the pacing, milliseconds, in the order of `boundNames`. */
  readonly boundMillis: ReadonlyArray<Float64Array>
  /** By campaign: people for whom an agent was wanted, and who left or were abandoned before one was on the line. */
  readonly lostWaiting: ReadonlyArray<number>
  /** By campaign: what the law did, and how the list stands. */
  readonly figures: ReadonlyArray<ShiftFigures>
  readonly endedAt: number
}

export const wholeShift: Omit<ShiftOptions, "replication"> = {
  untilMillis: Number.POSITIVE_INFINITY,
  warmUpMillis: 0,
  recorder: null
}

/** Runs one shift of a scenario through the real core. The same scenario, seed and replication give the same result. */
export const runShift = (scenario: Scenario, options: ShiftOptions): ShiftResult => {
  const world = new World(scenario, options.replication, options)
  options.policies?.forEach((policy, campaign) => world.dialler.setPolicy(campaign, policy, 0))
  world.run(options.untilMillis)
  const { campaigns } = world.dialler
  const result = {
    counts: world.tally.counts(campaigns),
    boundMillis: campaigns.map((campaign) => campaign.boundMillis.slice(0, boundNames.length)),
    lostWaiting: world.tally.lostWaiting,
    figures: world.figures(),
    endedAt: world.now
  }
  for (const { list } of campaigns) list.release()
  return result
}
