import { Effect, FileSystem, Option } from "effect"
import { basename, join } from "node:path"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { dayMillis } from "../../domain/compliance/civil.ts"
import { wavHeaderBytes } from "../../media/audio/wavHeader.ts"
import { insertRecording } from "../../store/floor/recordings.ts"
import { recordingPath } from "../live/Recordings.ts"
import { type RecordingsFolder, strayRecordings, type StrayRecording, withoutRow } from "../store/recordingFiles.ts"

/** 16 bits, two channels, 8,000 times a second. */
const bytesPerSecond = 32_000

/**
 * Puts recordings into the store that it does not know, as their call was up when a process died: so they are found, kept as
 * long as others, and then deleted. Only those of calls of this store: others may share the folder.
 */
export const adoptRecordings = Effect.fn("adoptRecordings")(
  function* ({ campaigns, recordings: { keepDays } }: FloorConfig, recordings: RecordingsFolder) {
    let adopted = 0
    for (const { settings } of campaigns) {
      const campaign = settings.name
      for (const contact of yield* contactsOfStrays(recordings, campaign)) {
        for (const stray of yield* strayRecordings(recordings, { campaign, contact })) {
          yield* adopt(stray, campaign, contact, keepDays)
          adopted += 1
        }
      }
    }
    if (adopted > 0)
      yield* Effect.logInfo(`recordings of calls that were up when the floor was killed: ${adopted} kept`)
  },
  (adopting) =>
    Effect.catch(adopting, (error) => Effect.logError("recordings of a killed floor cannot be looked for", error))
)

const dayPattern = /^\d{4}-\d{2}-\d{2}$/
/** Contact and attempt in the name of a recording. */
const namePattern = /^(\d+)-(-?\d+)-.*\.wav$/

const contactsOfStrays = Effect.fnUntraced(function* ({ folder, zone }: RecordingsFolder, campaign: string) {
  const found = new Set<number>()
  const own = recordingPath({ zone, campaign, contact: 0, attempt: 0, step: null, startedAt: 0 }).folder.split("/")[1]
  for (const day of (yield* namesIn(folder)).filter((name) => dayPattern.test(name))) {
    const names = (yield* namesIn(join(folder, day, own))).filter((name) => namePattern.test(name))
    for (const path of yield* withoutRow(names.map((name) => join(folder, day, own, name)))) {
      found.add(Number(namePattern.exec(basename(path))?.[1]))
    }
  }
  return [...found]
})

const namesIn = (folder: string) =>
  FileSystem.FileSystem.use((files) => files.readDirectory(folder)).pipe(
    Effect.catchReason("PlatformError", "NotFound", () => Effect.succeed<Array<string>>([]))
  )

const adopt = Effect.fnUntraced(function* (
  { path, run }: StrayRecording,
  campaign: string,
  contact: number,
  keepDays: number
) {
  const { mtime, size } = yield* FileSystem.FileSystem.use((files) => files.stat(path))
  const seconds = Math.max(0, Number(size) - wavHeaderBytes) / bytesPerSecond
  const writtenAt = Option.match(mtime, { onNone: () => 0, onSome: (time) => time.getTime() })
  const startedAt = Math.round(writtenAt - seconds * 1_000)
  const attempt = Number(namePattern.exec(basename(path))?.[2])
  const keepUntil = startedAt + keepDays * dayMillis
  yield* insertRecording({ run, campaign, contact, attempt, path, startedAt, seconds, keepUntil })
})
