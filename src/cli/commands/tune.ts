import { Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { tune } from "../../../sim/experiments/tune.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { type ModeName, modeNames } from "../../domain/Mode.ts"
import { WrongInput } from "../CommandFailure.ts"
import {
  checkCampaign,
  experimentFlags,
  runOptions,
  scenarioArgument,
  shareFlag,
  usualConfidence,
  usualOverLimitMax
} from "../options.ts"
import { runExperiment } from "../runExperiment.ts"
import { scenarioFile } from "../scenarioFile.ts"
import { version } from "../version.ts"

const isMode = (text: string): text is ModeName => modeNames.some((name) => name === text)

const modesIn = (text: string): Option.Option<ReadonlyArray<ModeName>> => {
  const names = text.split(",").map((each) => each.trim())
  return names.every(isMode) ? Option.some(names) : Option.none()
}

const tuneFlags = {
  confidence: shareFlag("confidence").pipe(
    Flag.withDescription("Confidence of the statement that a setting keeps the limit (default 0.95)"),
    Flag.withDefault(usualConfidence)
  ),
  overLimitMax: shareFlag("over-limit-max").pipe(
    Flag.withDescription("Largest chance of a shift above the abandon limit that is tolerated (default 0.05)"),
    Flag.withDefault(usualOverLimitMax)
  ),
  modes: Flag.String("modes").pipe(
    Flag.withMetavar("MODE,…"),
    Flag.withDescription("Modes to choose from; all that the campaign allows otherwise"),
    Flag.filterMap(modesIn, () => `modes with commas between them: ${modeNames.join(", ")}`),
    Flag.optional
  ),
  baselines: Flag.Boolean("baselines").pipe(
    Flag.withDescription("Rehearse the pacing of other diallers too, to compare"),
    Flag.withDefault(false)
  )
}

export const tuneCommand = Command.make(
  "tune",
  { scenario: scenarioArgument("scenario", "Scenario file (YAML)"), ...experimentFlags, ...tuneFlags },
  Effect.fn(function* ({ scenario: path, ...flags }) {
    const { name, scenario, text } = yield* scenarioFile(path, Option.getOrNull(flags.seed))
    yield* checkCampaign(scenario, flags)
    const modes = Option.getOrNull(flags.modes)
    yield* checkModes(scenario, Option.getOrNull(flags.campaign), modes)
    const { baselines, confidence, overLimitMax } = flags
    const options = { ...runOptions(flags), baselines, confidence, modes, overLimitMax }
    yield* runExperiment({ flags, folderName: `${name}-tune`, experiment: tune(scenario, { text, version }, options) })
  })
).pipe(
  Command.withDescription("Find the setting to launch with: every mode and pacing rehearsed on the same customers."),
  Command.withExamples([
    { command: "outpace tune scenarios/sample.yaml", description: "The best setting of every mode, and which to use" },
    { command: "outpace tune my.yaml --modes progressive,predictive", description: "A choice between two modes" }
  ])
)

const checkModes = Effect.fnUntraced(function* (
  { campaigns }: Scenario,
  campaign: string | null,
  modes: ReadonlyArray<ModeName> | null
) {
  const { modesAllowed, settings } = campaigns.find(({ settings }) => settings.name === campaign) ?? campaigns[0]
  const others = (modes ?? []).filter((mode) => !modesAllowed.includes(mode))
  if (others.length === 0) return
  const sentence = `campaign "${settings.name}" does not allow ${others.join(", ")}: its modesAllowed are ${modesAllowed.join(", ")}.`
  return yield* new WrongInput({ sentence })
})
