import { Effect, FileSystem, Stream } from "effect"
import { systemError } from "../store/writeProblem.ts"
import { WrongInput } from "./CommandFailure.ts"

/** The text of a file, or why it cannot be read. `what` it should be: `scenario file`. Of a longer one, one byte more. */
export const readText = Effect.fnUntraced(
  function* (path: string, what: string, bytesMax: number) {
    const fs = yield* FileSystem.FileSystem
    if ((yield* fs.stat(path)).type === "Directory") {
      return yield* new WrongInput({ sentence: `cannot read ${path}: it is a folder, not a ${what}.` })
    }
    // One byte too many tells a file that is too large, of whatever length.
    const chunks = yield* Stream.runCollect(fs.stream(path, { bytesToRead: bytesMax + 1 }))
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
