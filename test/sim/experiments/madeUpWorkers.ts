import { Effect, Layer } from "effect"
import type { Setting } from "../../../sim/experiments/Result.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { Workers } from "../../../sim/workers/Workers.ts"
import { boundNames } from "../../../src/dialler/pacing/Policy.ts"
import { AgentState } from "../../../src/domain/AgentState.ts"
import { emptyCounts } from "../../../src/domain/Counts.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"

/** What a made-up shift comes to: occupancy, and people abandoned of those who answered, 1,000 unless told. */
export interface MadeUpShift {
  readonly occupancy: number
  readonly abandoned: number
  readonly answers?: number
}
export type MadeUpRule = (setting: Setting, replication: number, scenario: Scenario) => MadeUpShift

/** A number from 0 up to 1 that belongs to the replication, spread evenly over any stretch of them. */
export const chanceAt = (replication: number): number => (replication * 0.6180339887498949 + 0.37) % 1

/** Workers that rehearse nothing: every shift is what the rule says, so that the best setting is known. */
export const madeUpWorkers = (rule: MadeUpRule): Layer.Layer<Workers> =>
  Layer.succeed(Workers, {
    count: 2,
    run: ({ from, scenario, setting, to }) =>
      Effect.sync(() =>
        Array.from({ length: to - from }, (_, i) => {
          if (setting === null) throw new Error("a made-up shift needs a setting")
          const { abandoned, answers = 1_000, occupancy } = rule(setting, from + i, scenario)
          const counts = emptyCounts()
          counts.outcomes[Outcome.connected] = answers - abandoned
          counts.outcomes[Outcome.abandoned] = abandoned
          counts.outcomes[Outcome.noAnswer] = 1.5 * answers
          counts.stateMillis[AgentState.talk] = 1e6 * occupancy
          counts.stateMillis[AgentState.ready] = 1e6 * (1 - occupancy)
          return { replication: from + i, counts, boundMillis: new Float64Array(boundNames.length), lostWaiting: 0 }
        })
      )
  })
