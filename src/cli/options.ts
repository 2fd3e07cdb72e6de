import { Effect, Option } from "effect"
import { Argument, Flag } from "effect/cli"
import { availableParallelism } from "node:os"
import type { RunOptions } from "../../sim/experiments/RunOptions.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import type { ModeName } from "../domain/Mode.ts"
import { WrongInput } from "./CommandFailure.ts"

const workersMax = 256
const replicationsLimit = 1_000_000
const usualPrecision = 0.005
const usualReplicationsMax = 200
export const usualConfidence = 0.95
export const usualOverLimitMax = 0.05

const wholeNumber = (text: string, maximum: number): Option.Option<number> =>
  /^\d{1,15}$/.test(text) && Number(text) >= 1 && Number(text) <= maximum ? Option.some(Number(text)) : Option.none()

const wholeNumberFlag = (name: string, maximum: number) =>
  Flag.String(name).pipe(
    Flag.withMetavar("COUNT"),
    Flag.filterMap(
      (text) => wholeNumber(text, maximum),
      () => `a whole number from 1 to ${maximum}`
    )
  )

/** A part of 1, the edges excluded. */
export const shareFlag = (name: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar("SHARE"),
    Flag.filterMap(
      (text) => Option.liftPredicate((value: number) => value > 0 && value < 1)(text.trim() === "" ? 0 : Number(text)),
      () => "a part of 1, such as 0.005"
    )
  )

export const scenarioArgument = (name: string, description: string) =>
  Argument.String(name).pipe(Argument.withMetavar(name.toUpperCase()), Argument.withDescription(description))

/** What every experiment can be told. */
export const experimentFlags = {
  seed: Flag.String("seed").pipe(
    Flag.withMetavar("TEXT"),
    Flag.withDescription("Another day with the same averages; the scenario's own seed otherwise"),
    Flag.optional
  ),
  replications: Flag.String("replications").pipe(
    Flag.withMetavar("COUNT|auto"),
    Flag.filterMap(
      (text): Option.Option<number | "auto"> =>
        text === "auto" ? Option.some(text) : wholeNumber(text, replicationsLimit),
      () => `auto, or a whole number from 1 to ${replicationsLimit}`
    ),
    Flag.withDescription("Shifts rehearsed of each setting; auto: until they are precise enough (default)"),
    Flag.withDefault("auto" as const)
  ),
  precision: shareFlag("precision").pipe(
    Flag.withDescription("With auto: half-width wanted of the 95 % interval of occupancy (default 0.005)"),
    Flag.withDefault(usualPrecision)
  ),
  replicationsMax: wholeNumberFlag("replications-max", replicationsLimit).pipe(
    Flag.withDescription("With auto: never more shifts than this of one setting (default 200)"),
    Flag.withDefault(usualReplicationsMax)
  ),
  workers: wholeNumberFlag("workers", workersMax).pipe(
    Flag.withDescription("Threads that rehearse; one for every core otherwise. The figures do not depend on it"),
    Flag.withDefault(Math.min(workersMax, availableParallelism()))
  ),
  campaign: Flag.String("campaign").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription("Campaign to look at; the scenario's first otherwise"),
    Flag.optional
  ),
  out: Flag.String("out").pipe(
    Flag.withMetavar("FOLDER"),
    Flag.withDescription("Where result.sqlite and report.html go; outpace-results/SCENARIO-COMMAND otherwise"),
    Flag.optional
  ),
  json: Flag.Boolean("json").pipe(
    Flag.withDescription("Print the result as JSON, and nothing else, on standard output"),
    Flag.withDefault(false)
  )
}

/** The flags of `tune` alone, as they come out of the command line. */
export interface TuneFlags {
  readonly confidence: number
  readonly overLimitMax: number
  readonly modes: Option.Option<ReadonlyArray<ModeName>>
  readonly baselines: boolean
}

/** The flags every experiment has. */
export interface ExperimentFlags {
  readonly seed: Option.Option<string>
  readonly replications: number | "auto"
  readonly precision: number
  readonly replicationsMax: number
  readonly workers: number
  readonly campaign: Option.Option<string>
  readonly out: Option.Option<string>
  readonly json: boolean
}

/** What was said beside scenario and seed, as far as it changes the figures, as words of a command line. */
export const optionWords = (flags: ExperimentFlags & Partial<TuneFlags>): ReadonlyArray<string> => {
  const said = (name: string, value: string | number | null, usual: string | number | null) =>
    value === null || value === usual ? [] : [`--${name}`, String(value)]
  return [
    ...said("replications", flags.replications, "auto"),
    ...said("precision", flags.precision, usualPrecision),
    ...said("replications-max", flags.replicationsMax, usualReplicationsMax),
    ...said("campaign", Option.getOrNull(flags.campaign), null),
    ...said("confidence", flags.confidence ?? null, usualConfidence),
    ...said("over-limit-max", flags.overLimitMax ?? null, usualOverLimitMax),
    ...said("modes", flags.modes === undefined ? null : (Option.getOrNull(flags.modes)?.join(",") ?? null), null),
    ...(flags.baselines === true ? ["--baselines"] : [])
  ]
}

export const runOptions = ({ campaign, precision, replications, replicationsMax }: ExperimentFlags): RunOptions => ({
  campaign: Option.getOrNull(campaign),
  precision,
  replications,
  replicationsMax
})

/** A campaign named on the command line must be one of the scenario's. */
export const checkCampaign = (scenario: Scenario, { campaign }: ExperimentFlags): Effect.Effect<void, WrongInput> => {
  const names = scenario.campaigns.map(({ settings }) => settings.name)
  return Option.isNone(campaign) || names.includes(campaign.value)
    ? Effect.void
    : Effect.fail(
        new WrongInput({
          sentence: `there is no campaign "${campaign.value}" in the scenario: it has ${names.join(", ")}.`
        })
      )
}
