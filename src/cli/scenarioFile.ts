import { Console, Effect, FileSystem, Path, Result, Stream } from "effect"
import { count } from "../../reports/format.ts"
import { type ListReport, openScenario } from "../../sim/scenario/openScenario.ts"
import { scenarioWarnings } from "../../sim/scenario/warnings.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { systemError } from "../store/writeProblem.ts"
import { yamlBytesMax } from "../yaml/readYaml.ts"
import { WrongInput } from "./CommandFailure.ts"
import { listProblemsText } from "./listText.ts"
import { readText } from "./readText.ts"

/** A scenario and the text it was read from. */
export interface ScenarioFile {
  /** The file's name without folder and ending. */
  readonly name: string
  readonly text: string
  readonly scenario: Scenario
}

/**
 * Reads a scenario file and the lists it names; every problem in it is told with its line. What is hardly meant, and what of
 * the lists was left out, is told on standard error. `seed` takes the place of the file's own.
 */
export const scenarioFile = Effect.fn("scenarioFile")(function* (path: string, seed: string | null) {
  const paths = yield* Path.Path
  const text = yield* readText(path, "scenario file", yamlBytesMax)
  const fs = yield* FileSystem.FileSystem
  const open = (file: string) => Stream.mapError(fs.stream(file), systemError)
  const read = yield* Effect.result(openScenario(text, path, open))
  if (Result.isFailure(read)) {
    const count = read.failure.problems.length
    const head = `${path} cannot be run: ${count === 1 ? "one problem" : `${count} problems`}.`
    return yield* new WrongInput({ sentence: `${head}\n\n${read.failure.message}` })
  }
  const { reports, scenario: written } = read.success
  for (const report of reports) yield* Console.error(`${path}: ${reportText(report, written)}`)
  for (const { message, path: place } of scenarioWarnings(written)) {
    yield* Console.error(`${path}: ${place}: ${message}.`)
  }
  const scenario = seed === null ? written : { ...written, seed }
  const file: ScenarioFile = { name: paths.parse(path).name, text, scenario }
  return file
})

const reportText = ({ campaigns, contacts, file, problems, rows }: ListReport, scenario: Scenario): string => {
  const names = campaigns.map((index) => scenario.campaigns[index].settings.name).join(", ")
  const head = `${names}: ${file}: ${count(contacts)} contacts of ${count(rows)} rows.`
  return [head, ...listProblemsText(problems)].join("\n")
}
