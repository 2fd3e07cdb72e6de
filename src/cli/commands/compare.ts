import { Effect, Option } from "effect"
import { Command } from "effect/cli"
import { compare } from "../../../sim/experiments/compare.ts"
import type { Result } from "../../../sim/experiments/Result.ts"
import { checkCampaign, experimentFlags, runOptions, scenarioArgument } from "../options.ts"
import { runExperiment } from "../runExperiment.ts"
import { scenarioFile } from "../scenarioFile.ts"
import { version } from "../version.ts"

export const compareCommand = Command.make(
  "compare",
  {
    a: scenarioArgument("a", "Scenario file (YAML)"),
    b: scenarioArgument("b", "Scenario file to compare with it, on the customers of the first"),
    ...experimentFlags
  },
  Effect.fn(function* ({ a, b, ...flags }) {
    const first = yield* scenarioFile(a, Option.getOrNull(flags.seed))
    const second = yield* scenarioFile(b, first.scenario.seed)
    yield* checkCampaign(first.scenario, flags)
    yield* checkCampaign(second.scenario, flags)
    const sources = [first, second].map(({ text }) => ({ text, version }))
    const experiment = compare(first.scenario, second.scenario, sources[0], sources[1], runOptions(flags)).pipe(
      Effect.map(({ differences, result, sentences }): Result => {
        const { scenario, text: scenarioText } = second
        return { ...result, comparison: { scenario: scenario.name, scenarioText, differences, sentences } }
      })
    )
    yield* runExperiment({ flags, folderName: `${first.name}-${second.name}-compare`, experiment })
  })
).pipe(
  Command.withDescription("Rehearse two scenarios on the same customers: what the second changes."),
  Command.withExamples([
    { command: "outpace compare now.yaml planned.yaml", description: "Until the difference in occupancy is known well" }
  ])
)
