import { Effect, FileSystem, Path, Result, Stream } from "effect"
import { readScenario } from "../../sim/scenario/readScenario.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { systemError } from "../store/writeProblem.ts"
import { yamlBytesMax } from "../yaml/readYaml.ts"
import { WrongInput } from "./CommandFailure.ts"

/** A scenario and the text it was read from. */
export interface ScenarioFile {
  /** The file's name without folder and ending. */
  readonly name: string
  readonly text: string
  readonly scenario: Scenario
}

/** Reads a scenario file; every problem in it is told with its line. `seed` takes the place of the file's own. */
export const scenarioFile = Effect.fn("scenarioFile")(function* (path: string, seed: string | null) {
  const paths = yield* Path.Path
  const text = yield* readText(path)
  const read = readScenario(text, path)
  if (Result.isFailure(read)) {
    const count = read.failure.problems.length
    const head = `${path} cannot be run: ${count === 1 ? "one problem" : `${count} problems`}.`
    return yield* new WrongInput({ sentence: `${head}\n\n${read.failure.message}` })
  }
  const scenario = seed === null ? read.success : { ...read.success, seed }
  const file: ScenarioFile = { name: paths.parse(path).name, text, scenario }
  return file
})

const readText = Effect.fnUntraced(
  function* (path: string) {
    const fs = yield* FileSystem.FileSystem
    if ((yield* fs.stat(path)).type === "Directory") {
      return yield* new WrongInput({ sentence: `cannot read ${path}: it is a folder, not a scenario file.` })
    }
    // One byte too many tells a file that is too large, of whatever length.
    const chunks = yield* Stream.runCollect(fs.stream(path, { bytesToRead: yamlBytesMax + 1 }))
    return yield* Effect.try({
      try: () => new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)),
      catch: () => new WrongInput({ sentence: `cannot read ${path}: it is not UTF-8 text.` })
    })
  },
  (text, path) =>
    Effect.catchTag(text, "PlatformError", (error) =>
      Effect.fail(new WrongInput({ sentence: `cannot read ${path}: ${systemError(error).message}.` }))
    )
)
