import { Effect } from "effect"
import type { Workers } from "../workers/Workers.ts"
import { Elsewhere } from "./Elsewhere.ts"
import { controlledEstimate, valuesOf } from "./estimates.ts"
import type { Experiment } from "./Experiment.ts"
import { look, type LookRules } from "./look.ts"
import type { SensitivityRow, SettingResult } from "./Result.ts"
import { changedWorlds } from "./worlds.ts"

const rowOf = (
  label: string,
  answerShift: number,
  { counts, estimates, overLimit, transfersLost }: SettingResult,
  chosen: SettingResult
): SensitivityRow => ({
  label,
  answerShift,
  occupancy: controlledEstimate(valuesOf(counts, "occupancy"), valuesOf(chosen.counts, "occupancy")),
  abandonRate: estimates.abandonRate,
  overLimit,
  ...(transfersLost === undefined ? {} : { transfersLost })
})

/**
 * What becomes of a setting when people are not as assumed, from rarer to more frequent answers. Occupancy is told from the
 * difference to the world as assumed on the same shifts, so that it is in step with the recommendation's.
 */
export const sensitivityOf = (
  experiment: Experiment,
  chosen: SettingResult,
  rules: LookRules
): Effect.Effect<ReadonlyArray<SensitivityRow>, never, Workers> =>
  Effect.gen(function* () {
    const { setting } = chosen
    const rows = [rowOf("as assumed", 0, chosen, chosen)]
    for (const { answerShift, label, scenario } of changedWorlds(experiment.scenario, experiment.campaignIndex)) {
      const world = new Elsewhere(experiment, scenario, setting, `${setting.label}: ${label}`)
      rows.push(rowOf(label, answerShift, yield* look((count) => world.upTo(count), rules), chosen))
    }
    return rows.sort((a, b) => a.answerShift - b.answerShift)
  })
