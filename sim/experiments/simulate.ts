import { Effect } from "effect"
import type { Scenario } from "../Scenario.ts"
import { countExpected, decide } from "../statistics/stopping.ts"
import type { Workers } from "../workers/Workers.ts"
import { precisionOf } from "./precisionOf.ts"
import { Experiment } from "./Experiment.ts"
import { kindOf } from "./Pace.ts"
import type { Result } from "./Result.ts"
import { campaignIndexOf, type RunOptions, type Source, stoppingRule } from "./RunOptions.ts"
import { ownSetting } from "./settingOf.ts"

export type { RunOptions, Source } from "./RunOptions.ts"

/** Rehearses the scenario as it is, its planned changes included, until occupancy is as precise as wanted. */
export const simulate = (
  scenario: Scenario,
  source: Source,
  options: RunOptions
): Effect.Effect<Result, never, Workers> =>
  Effect.gen(function* () {
    const experiment = new Experiment(scenario, campaignIndexOf(scenario, options.campaign), {
      kind: "simulate",
      version: source.version,
      scenarioText: source.text
    })
    const setting = ownSetting(experiment.campaign)
    const rule = stoppingRule(options)
    const kind = kindOf(setting)
    experiment.expect([{ kind, shifts: Math.min(rule.firstCount, rule.countMax) }])
    let count = Math.min(rule.firstCount, rule.countMax)
    for (;;) {
      const result = yield* experiment.upTo(setting, count)
      const decision = decide(precisionOf(result), rule)
      if (decision.kind !== "more") return yield* experiment.finish({})
      count += decision.count
      experiment.expect([{ kind, shifts: countExpected(precisionOf(result), rule) - result.replications }])
    }
  })
