import { Clock, Effect } from "effect"
import { forgetRecordings, recordingsDue } from "../../store/floor/recordings.ts"
import { removeFile } from "../store/recordingFiles.ts"

const everyMillis = 3_600_000
/** Recordings deleted in one go; then the floor has its turn. */
const batchMax = 100

/**
 * Deletes recordings that have been kept as long as they are to be: those that are due now, and each hour while the scope is
 * open. A file that is gone already is forgotten; one that cannot be deleted is told of, and tried again the next hour.
 */
export const endRecordings = Effect.asVoid(
  Effect.suspend(() => deleteDue).pipe(
    Effect.catch((error) => Effect.logError("recordings that are due cannot be deleted", error)),
    Effect.andThen(Effect.sleep(everyMillis)),
    Effect.forever,
    Effect.forkScoped
  )
)

/** Deletes what is due. */
const deleteDue = Effect.gen(function* () {
  const now = yield* Clock.currentTimeMillis
  const kept = new Set<string>()
  let deleted = 0
  for (;;) {
    // What cannot be deleted is the first that is due the next time, too.
    const due = (yield* recordingsDue(now, batchMax + kept.size)).filter(({ path }) => !kept.has(path))
    if (due.length === 0) break
    const gone: Array<string> = []
    for (const { path } of due) {
      if (yield* isGone(path)) gone.push(path)
      else kept.add(path)
    }
    yield* forgetRecordings(gone)
    deleted += gone.length
  }
  if (deleted > 0) yield* Effect.logInfo(`${deleted} recordings deleted: their time was over`)
})

const isGone = (path: string) =>
  Effect.as(removeFile(path), true).pipe(
    Effect.catch((error) => Effect.as(Effect.logError("a recording cannot be deleted", path, error), false))
  )
