import { Effect, FileSystem, Path, type PlatformError } from "effect"
import { unwritable } from "./writeProblem.ts"

/**
 * Puts a file in its place, whole or not at all: `write` fills it in a folder of its own beside the place (made where it
 * is missing), and only what is complete is moved. An earlier file of that name stays until then.
 */
export const replaceFile = <E, R>(
  path: string,
  write: (temporary: string) => Effect.Effect<void, E | PlatformError.PlatformError, R>
) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    const folder = paths.dirname(path)
    yield* makeFolder(folder)
    const work = yield* fs.makeTempDirectoryScoped({ directory: folder, prefix: ".saving-" })
    const temporary = paths.join(work, paths.basename(path))
    yield* write(temporary)
    yield* sync(fs, temporary)
    yield* fs.rename(temporary, path)
    // Some systems cannot sync a folder; the file itself is safe by then.
    yield* Effect.ignore(sync(fs, folder))
  }).pipe(
    Effect.scoped,
    Effect.catchTag("PlatformError", (error) => Effect.fail(unwritable(path, error as PlatformError.PlatformError)))
  )

/** Writes text to its place, whole or not at all. */
export const replaceText = Effect.fn("replaceText")(function* (path: string, text: string) {
  const fs = yield* FileSystem.FileSystem
  yield* replaceFile(path, (temporary) => fs.writeFileString(temporary, text))
})

/**
 * Makes a folder and those above it. Step by step, because Node never comes back from making `/proc/a` with its own option
 * for that.
 */
const makeFolder = (
  folder: string
): Effect.Effect<void, PlatformError.PlatformError, FileSystem.FileSystem | Path.Path> =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    if (yield* fs.exists(folder)) return
    const parent = paths.dirname(folder)
    if (parent !== folder) yield* makeFolder(parent)
    // Somebody else may have made it meanwhile.
    yield* Effect.catchIf(
      fs.makeDirectory(folder),
      ({ reason }) => reason._tag === "AlreadyExists",
      () => Effect.void
    )
  })

const sync = (fs: FileSystem.FileSystem, path: string) =>
  Effect.scoped(Effect.flatMap(fs.open(path, { flag: "r" }), (file) => file.sync))
