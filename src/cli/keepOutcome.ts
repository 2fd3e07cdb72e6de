import { Clock, Effect, FileSystem, Path } from "effect"
import { replaceText } from "../store/replaceFile.ts"
import { saveResult } from "../store/resultFile.ts"
import { type Failed, WrongInput } from "./CommandFailure.ts"
import { drawReport } from "./drawReport.ts"
import { type Outcome, stored } from "./storedResult.ts"

/** Where an outcome was written, and what went wrong on the way. */
export interface Kept {
  /** `null` where the file could be written nowhere. */
  readonly result: string | null
  readonly report: string | null
  readonly troubles: ReadonlyArray<string>
}

/** Makes sure, before anything is computed, that a folder is there and can be written. */
export const checkFolder = Effect.fn("checkFolder")(function* (folder: string) {
  const paths = yield* Path.Path
  const probe = paths.join(folder, ".outpace-probe")
  const fs = yield* FileSystem.FileSystem
  yield* replaceText(probe, "").pipe(
    Effect.andThen(Effect.ignore(fs.remove(probe))),
    Effect.mapError(({ detail, problem }) => new WrongInput({ sentence: outSentence(folder, problem, detail) }))
  )
})

const outSentence = (folder: string, problem: string, detail: string): string =>
  problem === "full"
    ? `there is no space left in ${folder}: free some, or choose another folder with --out. Nothing was run.`
    : `results cannot be written to ${folder} (${detail}): choose another folder with --out. Nothing was run.`

/**
 * Writes `result.sqlite` and `report.html` to the folder. What cannot be written there goes to the system's folder for
 * temporary files instead: nothing that was computed is lost.
 */
export const keepOutcome = Effect.fn("keepOutcome")(function* (outcome: Outcome, folder: string) {
  const paths = yield* Path.Path
  const fs = yield* FileSystem.FileSystem
  const troubles: Array<string> = []
  const createdAt = new Date(yield* Clock.currentTimeMillis).toISOString()
  const elsewhere = yield* Effect.cached(fs.makeTempDirectory({ prefix: "outpace-" }))
  const keep = <E extends { readonly message: string }, R>(
    name: string,
    write: (path: string) => Effect.Effect<void, E, R>
  ) => {
    const at = (place: string) => Effect.as(write(paths.join(place, name)), paths.join(place, name))
    return at(folder).pipe(
      Effect.tapError(({ message }) => Effect.sync(() => troubles.push(message))),
      Effect.catch(() => Effect.flatMap(elsewhere, at)),
      Effect.catch((error) =>
        Effect.sync(() => {
          troubles.push(error.message)
          return null
        })
      )
    )
  }
  const result = yield* keep("result.sqlite", (path) => saveResult(path, stored(outcome, createdAt)))
  const report = yield* drawReport(outcome).pipe(
    Effect.flatMap((text) => keep("report.html", (path) => replaceText(path, text))),
    Effect.catchTag("Failed", (error: Failed) =>
      Effect.sync(() => {
        troubles.push(error.message)
        return null
      })
    )
  )
  const kept: Kept = { result, report, troubles }
  return kept
})
