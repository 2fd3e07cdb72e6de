import { Effect, FileSystem, Path, Schema } from "effect"

/** A database that changed too much while it was copied. */
export class NeverStill extends Schema.TaggedError<NeverStill>()("NeverStill", { path: Schema.String }) {
  override get message() {
    return `${this.path} is being written so much that no copy of it can be made. Try again in a while, or read a backup of it.`
  }
}

/**
 * How often it is tried, a tenth of a second apart: six seconds. A log of the usual 1,000 pages begins anew every few seconds
 * at most, but a busy machine may let this process run so rarely that many tries in a row meet the beginning of one.
 */
const triesMax = 60
/** The header of a write-ahead log; its salts change whenever the log begins anew. */
const logHeaderBytes = 32

/**
 * Copies a database that another process may have open and be writing, and its write-ahead log, into a folder: what was
 * committed at some instant, whole. The file is copied first. Whatever a checkpoint moves into it meanwhile is still in the
 * log, unless the log has begun anew since, which its header tells (SQLite file format, section 4): then it is done again.
 * Without a log the file itself must have stayed as it was. Returns the path of the copy.
 */
export const snapshot = Effect.fn("snapshot")(function* (path: string, folder: string) {
  const fs = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const copy = paths.join(folder, "copy.sqlite")
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = yield* stateOf(path)
    yield* fs.copyFile(path, copy)
    yield* copyLog(path, copy)
    const copied = yield* logHeader(`${copy}-wal`)
    // The log may also begin anew while it is copied, behind its header.
    if (copied === before.log && sameState(before, yield* stateOf(path))) return copy
    yield* Effect.sleep("100 millis")
  }
  return yield* new NeverStill({ path })
})

interface State {
  /** Its header; empty without a log. */
  readonly log: string
  readonly size: bigint
  readonly changedAt: number
}

const sameState = (a: State, b: State): boolean =>
  a.log === b.log && (a.log !== "" || (a.size === b.size && a.changedAt === b.changedAt))

const stateOf = Effect.fnUntraced(function* (path: string) {
  const fs = yield* FileSystem.FileSystem
  const { mtime, size } = yield* fs.stat(path)
  const changedAt = mtime._tag === "Some" ? mtime.value.getTime() : 0
  const state: State = { log: yield* logHeader(`${path}-wal`), size, changedAt }
  return state
})

const logHeader = Effect.fnUntraced(
  function* (path: string) {
    const fs = yield* FileSystem.FileSystem
    const start = new Uint8Array(logHeaderBytes)
    const length = yield* Effect.scoped(Effect.flatMap(fs.open(path, { flag: "r" }), (file) => file.read(start)))
    return Number(length) < logHeaderBytes ? "" : start.join(" ")
  },
  Effect.catchReason("PlatformError", "NotFound", () => Effect.succeed(""))
)

const copyLog = Effect.fnUntraced(
  function* (path: string, copy: string) {
    const fs = yield* FileSystem.FileSystem
    yield* fs.remove(`${copy}-wal`, { force: true })
    yield* fs.copyFile(`${path}-wal`, `${copy}-wal`)
  },
  Effect.catchReason("PlatformError", "NotFound", () => Effect.void)
)
