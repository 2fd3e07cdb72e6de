import { Effect, FileSystem, Path, Result } from "effect"
import { ChildProcess } from "effect/process"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { promptFromWav } from "../../media/prompts/Prompt.ts"
import { systemError } from "../../store/writeProblem.ts"
import { type Finding, ok, problem } from "./Finding.ts"

const speaker = "espeak-ng"
const waitMax = "10 seconds"

/** What the calls of a floor can be given to hear. */
interface Heard {
  readonly files: ReadonlyArray<string>
  readonly texts: number
}

const heardOf = ({ campaigns }: FloorConfig): Heard => {
  const files = new Set<string>()
  let texts = 0
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return
    const { file, text } = value as { readonly file?: unknown; readonly text?: unknown }
    if (typeof file === "string") files.add(file)
    if (typeof text === "string") texts += 1
    Object.values(value).forEach(walk)
  }
  for (const { abandonMessage, closingMessage, holdMusic, settings } of campaigns)
    walk([abandonMessage, closingMessage, holdMusic, settings.flow?.steps])
  return { files: [...files], texts }
}

/** Whether everything that is to be heard can be played. */
export const prompts = Effect.fnUntraced(function* (config: FloorConfig) {
  const { files, texts } = heardOf(config)
  const findings: Array<Finding> = []
  for (const file of files) {
    const wrong = yield* soundProblem(config, file)
    if (wrong !== null) findings.push(wrong)
  }
  if (files.length > 0 && findings.length === 0) {
    findings.push(ok("sound files", `${files.length} in ${config.prompts.folder}, all can be played`))
  }
  if (texts > 0) findings.push(yield* speech(config, texts))
  return findings
})

const soundProblem = Effect.fnUntraced(function* ({ prompts: { folder } }: FloorConfig, file: string) {
  const fs = yield* FileSystem.FileSystem
  const path = (yield* Path.Path).join(folder, file)
  const read = yield* Effect.result(fs.readFile(path))
  const check = `sound file ${file}`
  if (read._tag === "Failure") {
    return problem(check, `${path}: ${systemError(read.failure).message}`, "Put it there, or change the campaign.")
  }
  const prompt = promptFromWav(read.success)
  return Result.isSuccess(prompt)
    ? null
    : problem(check, `${path}: ${prompt.failure.message}`, "Save it as WAV, PCM of 16 bits.")
})

/** Whether the program for speech is there, and knows the voice. */
const speech = Effect.fnUntraced(function* ({ prompts: { voice } }: FloorConfig, texts: number) {
  const check = "spoken texts"
  const run = ChildProcess.make(speaker, ["-v", voice, "-q", "ready"]).pipe(
    Effect.flatMap((handle) => handle.exitCode),
    Effect.scoped,
    Effect.timeout(waitMax),
    Effect.result
  )
  const ended = yield* run
  if (ended._tag === "Failure") {
    return problem(
      check,
      `${texts} texts are to be spoken, and ${speaker} cannot be run`,
      `Install it (apt-get install ${speaker}), or record the texts.`
    )
  }
  return ended.success === 0
    ? ok(check, `${texts}, by ${speaker} with the voice ${voice}`)
    : problem(check, `${speaker} has no voice ${voice}`, `Set prompts.voice to one of: ${speaker} --voices`)
})
