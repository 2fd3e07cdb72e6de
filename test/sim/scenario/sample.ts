import { Effect, Result, Stream } from "effect"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { FileInvalid } from "../../../src/yaml/FileInvalid.ts"
import { openScenario } from "../../../sim/scenario/openScenario.ts"
import type { Scenario } from "../../../sim/Scenario.ts"

/** The bytes of a file of the disk, without waiting for them. */
export const openFile = (path: string): Stream.Stream<Uint8Array, Error> =>
  Stream.fromEffect(Effect.try({ try: () => new Uint8Array(readFileSync(path)), catch: (error) => error as Error }))

type Opened = Result.Result<Effect.Success<ReturnType<typeof openScenario>>, FileInvalid>

/** A scenario and what was read for it; paths in the text are from the folder of `path`. */
export const opened = (text: string, path: string): Opened =>
  Effect.runSync(Effect.result(openScenario(text, path, openFile)))

/** The same of a disk that has these files alone, in the folder of the scenario, `lists/s.yaml`. */
export const openedWith = (text: string, files: Readonly<Record<string, string>>): Opened => {
  const open = (path: string) => {
    const [, name] = /^lists\/(.*)$/.exec(path) ?? [path, path]
    return Object.hasOwn(files, name)
      ? Stream.make(new TextEncoder().encode(files[name]))
      : Stream.fail({ message: "no such file or directory" })
  }
  return Effect.runSync(Effect.result(openScenario(text, "lists/s.yaml", open)))
}

const folder = new URL("../../../scenarios/", import.meta.url)
export const samplePath = (name: string): string => fileURLToPath(new URL(name, folder))

/** A scenario that comes with Outpace. */
export const sampleScenario = (name: string): Scenario =>
  Result.getOrThrow(opened(readFileSync(samplePath(name), "utf8"), samplePath(name))).scenario
