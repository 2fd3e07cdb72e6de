import { Console, Effect, Path, Result } from "effect"
import { readScenario } from "../../sim/scenario/readScenario.ts"
import { scenarioWarnings } from "../../sim/scenario/warnings.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { yamlBytesMax } from "../yaml/readYaml.ts"
import { WrongInput } from "./CommandFailure.ts"
import { readText } from "./readText.ts"

/** A scenario and the text it was read from. */
export interface ScenarioFile {
  /** The file's name without folder and ending. */
  readonly name: string
  readonly text: string
  readonly scenario: Scenario
}

/** Reads a scenario file; every problem in it is told with its line, and what is hardly
 * meant on standard error. `seed` takes the place of the file's own. */
export const scenarioFile = Effect.fn("scenarioFile")(function* (path: string, seed: string | null) {
  const paths = yield* Path.Path
  const text = yield* readText(path, "scenario file", yamlBytesMax)
  const read = readScenario(text, path)
  if (Result.isFailure(read)) {
    const count = read.failure.problems.length
    const head = `${path} cannot be run: ${count === 1 ? "one problem" : `${count} problems`}.`
    return yield* new WrongInput({ sentence: `${head}\n\n${read.failure.message}` })
  }
  for (const { message, path: place } of scenarioWarnings(read.success)) {
    yield* Console.error(`${path}: ${place}: ${message}.`)
  }
  const scenario = seed === null ? read.success : { ...read.success, seed }
  const file: ScenarioFile = { name: paths.parse(path).name, text, scenario }
  return file
})
