import { Effect, Fiber, Option, Path, Ref } from "effect"
import { PartialResult } from "../../sim/experiments/PartialResult.ts"
import { recordShift } from "../../sim/experiments/recordShift.ts"
import type { Result } from "../../sim/experiments/Result.ts"
import { Workers } from "../../sim/workers/Workers.ts"
import { Failed, Interrupted } from "./CommandFailure.ts"
import { jsonResult } from "./jsonResult.ts"
import { checkFolder, type Kept, keepOutcome } from "./keepOutcome.ts"
import { type ExperimentFlags, optionWords } from "./options.ts"
import { say } from "./progress/Screen.ts"
import { showProgress } from "./progress/showProgress.ts"
import { type Signal, stopSignal } from "./stopSignal.ts"
import { summary } from "./summary.ts"
import { writeOut } from "./writeOut.ts"

/** One command's experiment, and where its files go. */
export interface Plan {
  readonly flags: ExperimentFlags
  /** Default folder of the files, below `outpace-results`. */
  readonly folderName: string
  readonly experiment: Effect.Effect<Result, never, Workers>
}

/**
 * Runs an experiment from the check of its folder to the last line for the manager. Stopped on request, it keeps what is
 * complete by then; where files cannot be written, it says where they are instead.
 */
export const runExperiment = Effect.fn("runExperiment")(function* ({ experiment, flags, folderName }: Plan) {
  const paths = yield* Path.Path
  const folder = Option.getOrElse(flags.out, () => paths.join("outpace-results", folderName))
  yield* checkFolder(folder)
  const { result: bare, signal } = yield* untilStopped(experiment, flags.workers)
  if (bare === null) {
    const sentence = "Stopped before anything was complete: nothing was kept."
    return yield* new Interrupted({ signal: signal ?? "SIGINT", sentence })
  }
  const result: Result = { ...bare, options: optionWords(flags) }
  const recorded = result.settings.find(({ setting }) => setting.key === result.recordedKey)?.setting ?? null
  const shift = recordShift(result.scenario, recorded, 0, result.campaign)
  const kept = yield* keepOutcome({ result, ...shift }, folder)
  yield* writeOut(flags.json ? jsonResult(result, kept) : `${summary(result)}\n\n${filesText(kept)}\n`)
  if (signal !== null) return yield* new Interrupted({ signal, sentence: keptText(result, kept) })
  if (kept.troubles.length > 0) return yield* new Failed({ sentence: troubleText(kept) })
}, Effect.scoped)

/** The result, or what there is of it when somebody asked to stop; every worker has ended by then. */
const untilStopped = Effect.fnUntraced(function* (experiment: Plan["experiment"], workers: number) {
  const stop = yield* stopSignal
  const partial = yield* Ref.make<Result | null>(null)
  const fiber = yield* experiment.pipe(
    Effect.provide(Workers.layer(workers)),
    showProgress,
    Effect.provideService(PartialResult, partial),
    Effect.forkScoped
  )
  const first = yield* Effect.raceFirst(Effect.as(Fiber.await(fiber), null), stop.requested)
  if (first === null) return { result: yield* Fiber.join(fiber), signal: null as Signal | null }
  yield* Fiber.interrupt(fiber)
  yield* say("Stopping. What is complete will be kept; Ctrl-C again ends at once and keeps nothing.")
  yield* stop.letGo
  return { result: yield* Ref.get(partial), signal: first }
})

const filesText = ({ report, result }: Kept): string =>
  [report === null ? "" : `Report:  ${report}`, result === null ? "" : `Results: ${result}`]
    .filter((line) => line !== "")
    .join("\n")

const keptText = ({ settings }: Result, kept: Kept): string => {
  const shifts = settings.reduce((sum, { replications }) => sum + replications, 0)
  const what = `${shifts} shifts of ${settings.length === 1 ? "one setting" : `${settings.length} settings`}`
  const where = kept.result === null ? "nowhere" : `in ${kept.result}`
  const sentence = `Stopped early. Kept what was complete, ${what}, ${where}.`
  return kept.troubles.length === 0 ? sentence : `${sentence}\n${troubleText(kept)}`
}

const troubleText = ({ report, result, troubles }: Kept): string => {
  const places = [result, report].filter((path) => path !== null)
  const where =
    places.length === 0
      ? "It could be kept nowhere else: it stands above only."
      : `What was computed is in ${places.join(" and ")}.`
  return `${troubles.join("\n")}\n${where}`
}
