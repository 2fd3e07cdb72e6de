import { Effect } from "effect"
import type { Workers } from "../workers/Workers.ts"
import { settingResult } from "./estimates.ts"
import type { Experiment } from "./Experiment.ts"
import type { SensitivityRow, SettingResult } from "./Result.ts"
import { changedWorlds } from "./worlds.ts"

const rowOf = (label: string, answerShift: number, { estimates, overLimit }: SettingResult): SensitivityRow => ({
  label,
  answerShift,
  occupancy: estimates.occupancy,
  abandonRate: estimates.abandonRate,
  overLimit
})

/** What becomes of a setting when people are not as assumed, from rarer to more frequent answers. */
export const sensitivityOf = (
  experiment: Experiment,
  chosen: SettingResult,
  replications: number
): Effect.Effect<ReadonlyArray<SensitivityRow>, never, Workers> =>
  Effect.gen(function* () {
    const { campaign, campaignIndex, scenario } = experiment
    const { abandonLimit } = campaign.settings
    const { setting } = chosen
    const rows = [rowOf("as assumed", 0, chosen)]
    for (const world of changedWorlds(scenario, campaignIndex)) {
      const label = `${setting.label}: ${world.label}`
      const outcomes = yield* experiment.shifts(
        { scenario: world.scenario, campaignIndex },
        setting,
        0,
        replications,
        label
      )
      rows.push(rowOf(world.label, world.answerShift, settingResult(setting, outcomes, abandonLimit)))
    }
    return rows.sort((a, b) => a.answerShift - b.answerShift)
  })
