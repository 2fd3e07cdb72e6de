import { Effect, Option } from "effect"
import { Command } from "effect/cli"
import { simulate } from "../../../sim/experiments/simulate.ts"
import { checkCampaign, experimentFlags, runOptions, scenarioArgument } from "../options.ts"
import { runExperiment } from "../runExperiment.ts"
import { scenarioFile } from "../scenarioFile.ts"
import { version } from "../version.ts"

export const simulateCommand = Command.make(
  "simulate",
  { scenario: scenarioArgument("scenario", "Scenario file (YAML)"), ...experimentFlags },
  Effect.fn(function* ({ scenario: path, ...flags }) {
    const { name, scenario, text } = yield* scenarioFile(path, Option.getOrNull(flags.seed))
    yield* checkCampaign(scenario, flags)
    const experiment = simulate(scenario, { text, version }, runOptions(flags))
    yield* runExperiment({ flags, folderName: `${name}-simulate`, experiment })
  })
).pipe(
  Command.withDescription("Rehearse a scenario as it is: the figures with their intervals."),
  Command.withExamples([
    { command: "outpace simulate scenarios/sample.yaml", description: "Until occupancy is known to half a point" },
    { command: "outpace simulate my.yaml --replications 100 --seed 7", description: "A hundred shifts of another day" }
  ])
)
