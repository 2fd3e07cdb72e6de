import { Clock, Config, Effect, FileSystem, Option, Path, Result } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { readFloor } from "../../config/floor/readFloor.ts"
import { environmentNames } from "../../config/floor/secrets.ts"
import { yamlBytesMax } from "../../yaml/readYaml.ts"
import { WrongInput } from "../CommandFailure.ts"
import { readText } from "../readText.ts"

/** What the `${NAME}` of a text stand for, as far as they are set. */
const environmentOf = Effect.fnUntraced(function* (text: string) {
  const values = new Map<string, string>()
  for (const name of environmentNames(text)) {
    const value = yield* Effect.option(Config.String(name))
    if (Option.isSome(value)) values.set(name, value.value)
  }
  return values
})

/** When the do-not-call files of a floor were last written, as far as they are there: the law limits their age. */
const writtenAtOf = Effect.fnUntraced(function* ({ campaigns }: FloorConfig) {
  const fs = yield* FileSystem.FileSystem
  const writtenAt = new Map<string, number>()
  for (const { file } of campaigns.flatMap(({ list }) => list.doNotCall)) {
    const found = yield* Effect.option(fs.stat(file))
    const written = Option.flatMap(found, ({ mtime }) => mtime)
    if (Option.isSome(written)) writtenAt.set(file, written.value.getTime())
  }
  return writtenAt
})

/** Reads `outpace.yaml`; every problem in it is told with its line. Instant 0 of the core's clock is now. */
export const floorFile = (path: string) => Effect.map(floorFileAt(path), ({ config }) => config)

/** The same, and the floor again for a clock whose instant 0 is another, Unix milliseconds. */
export const floorFileAt = Effect.fn("floorFileAt")(function* (path: string) {
  const paths = yield* Path.Path
  const text = yield* readText(path, "configuration", yamlBytesMax)
  const environment = yield* environmentOf(text)
  const context = { folder: paths.dirname(path), epochMillis: yield* Clock.currentTimeMillis }
  const read = readFloor(text, path, environment, { ...context, writtenAt: new Map() })
  if (Result.isSuccess(read)) {
    const writtenAt = yield* writtenAtOf(read.success)
    const at = (epochMillis: number): FloorConfig =>
      Result.getOrThrow(readFloor(text, path, environment, { ...context, epochMillis, writtenAt }))
    return { config: at(context.epochMillis), at }
  }
  const count = read.failure.problems.length
  const head = `${path} cannot be used: ${count === 1 ? "one problem" : `${count} problems`}.`
  return yield* new WrongInput({ sentence: `${head}\n\n${read.failure.message}` })
})

/** `outpace.yaml` in one line. */
export const floorLine = ({ campaigns, groups, name, trunks }: FloorConfig): string => {
  const agents = groups.reduce((sum, group) => sum + group.agents.length, 0)
  const dialled = campaigns.map(({ settings }) => `${settings.name} (${settings.mode})`).join(", ")
  return `${name}, ${counted(trunks.length, "trunk")}, ${counted(agents, "agent")}, ${dialled}`
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`
