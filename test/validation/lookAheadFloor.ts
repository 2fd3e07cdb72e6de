import type { Counts } from "../../src/domain/Counts.ts"
import { measures } from "../../src/domain/measures.ts"
import type { LookAheadSettings } from "../../src/domain/Pacing.ts"
import { type PlainFloor, plainFloor } from "../oracles/plainFloor.ts"
import { windowCounts } from "./steadyCounts.ts"
import { percent, type ValidationTable } from "./ValidationTable.ts"

/** Look-ahead as the references had it: steered by the budget alone, no promise about the window of the law. */
export const lookAhead = (settings: Partial<LookAheadSettings> = {}): LookAheadSettings => ({
  kind: "look-ahead",
  abandonTarget: 0.03,
  release: false,
  priceStart: 0.02,
  gain: 0.1,
  guard: false,
  ...settings
})

/** The long run of look-ahead pacing on the plain floor: everything learnt on the way, the start with savings worn off. */
export interface LongRun {
  readonly agents: number
  readonly pickup: number
  readonly abandonTarget?: number
  readonly release?: boolean
  /** In the window of a replication. */
  readonly agentHours: number
  readonly floor?: Partial<PlainFloor>
}

export const longRun = (run: LongRun): ReadonlyArray<Counts> => {
  const { abandonTarget = 0.03, agentHours, agents, pickup, release = false } = run
  const scenario = plainFloor({
    agents,
    pickup,
    pacing: lookAhead({ abandonTarget, release }),
    seed: `look-ahead ${agents} ${pickup} ${abandonTarget} ${release}`,
    ...run.floor
  })
  // At 3 % more than a thousand answers; the price moves in proportion to the target. And an hour of the clock.
  const warmUpHours = Math.max((60 / agents) * Math.max(1, 0.03 / abandonTarget), 1)
  return windowCounts(scenario, { replications: 10, hours: agentHours / agents, warmUpHours })
}

/** Occupancy not below `least`, abandoned not above the target, both beyond the noise. */
export const reaches = (
  table: ValidationTable,
  row: string,
  counts: ReadonlyArray<Counts>,
  least: number,
  target: number,
  halfWidthMax: number
): void => {
  const occupancy = percent(counts.map(measures.occupancy.of))
  const lost = percent(counts.map(measures.abandonRate.of))
  table.atLeast({ row, measure: "occupancy %", values: occupancy, halfWidthMax }, least)
  table.atMost({ row, measure: "abandoned %", values: lost, halfWidthMax: 0.15 }, 100 * target)
}
