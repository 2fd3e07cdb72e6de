import { Effect, FileSystem, type PlatformError } from "effect"
import { Unwritable, type WriteProblem } from "./StoreError.ts"

/** What a failed file operation says about the place it was for. */
export const unwritable = (path: string, error: PlatformError.PlatformError): Unwritable => {
  const { code, message } = systemError(error)
  return new Unwritable({ path, problem: problems[code] ?? "other", detail: message })
}

/** The system's code and words for a failed file operation. */
export const systemError = (
  error: PlatformError.PlatformError
): { readonly code: string; readonly message: string } => {
  const { cause } = error.reason
  if (!(cause instanceof Error)) return { code: "", message: error.message }
  const code = "code" in cause ? String(cause.code) : ""
  // `ENOSPC: no space left on device, write` without the call and the path, which the sentence names already.
  return { code, message: /^\w+: ([^,]+)/.exec(cause.message)?.[1] ?? cause.message }
}

const problems: Readonly<Record<string, WriteProblem>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  EFBIG: "full",
  EACCES: "denied",
  EPERM: "denied",
  EROFS: "read-only",
  ENOENT: "missing",
  ENOTDIR: "not-a-folder",
  EEXIST: "not-a-folder",
  EISDIR: "a-folder"
}

const probeBytes = 1_048_576

/**
 * Why writing to `folder` failed, found by writing to it: SQLite's WebAssembly build says no more than "disk I/O error".
 * `detail` stands where nothing more is found out.
 */
export const probe = Effect.fn("probe")(
  function* (path: string, folder: string, detail: string) {
    const fs = yield* FileSystem.FileSystem
    const file = yield* fs.makeTempFileScoped({ directory: folder, prefix: "probe-" })
    yield* fs.writeFile(file, new Uint8Array(probeBytes))
    return new Unwritable({ path, problem: "other", detail })
  },
  Effect.scoped,
  (found, path) => Effect.catch(found, (error) => Effect.succeed(unwritable(path, error)))
)
