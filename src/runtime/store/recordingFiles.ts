import { Effect, FileSystem, Option } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import type { ContactKey } from "../../store/floor/contactRows.ts"
import { recordingPath } from "../live/Recordings.ts"

/** Where a floor keeps its recordings, and by which clock it names them. */
export interface RecordingsFolder {
  readonly folder: string
  /** IANA zone. */
  readonly zone: string
}

/** The clock of the floor may differ so much from the one files are named by. */
const slackMillis = 5_000

/** A recording the store has no row of. */
export interface StrayRecording {
  readonly path: string
  /** Of the call it is of. */
  readonly run: string
}

/**
 * Recordings of a contact's calls that the store has no row of, as their call was up when a process died: found by their
 * names, which tell contact and time, in the folders of the days it was called on.
 */
export const strayRecordings = Effect.fn("strayRecordings")(function* (
  { folder, zone }: RecordingsFolder,
  { campaign, contact }: ContactKey
) {
  const sql = yield* SqlClient.SqlClient
  const its = sql`run IN (SELECT 'window-' || id FROM floor_windows) AND campaign = ${campaign} AND contact = ${contact}`
  const calls = yield* sql<{ readonly run: string; readonly from: number; readonly to: number }>`
    SELECT run, placed_at AS "from", ended_at AS "to" FROM attempts INDEXED BY attempts_by_contact WHERE ${its}
    UNION ALL
    SELECT run, arrived_at, ended_at FROM inbound_calls INDEXED BY inbound_calls_by_contact WHERE ${its}`
  const files = yield* FileSystem.FileSystem
  const found = new Map<string, string>()
  for (const { from, run, to } of calls) {
    const [first, last] = [from - slackMillis, to + slackMillis].map((startedAt) =>
      recordingPath({ zone, campaign, contact, attempt: 1, step: null, startedAt })
    )
    for (const day of new Set([first.folder, last.folder])) {
      const names = Option.getOrElse(yield* Effect.option(files.readDirectory(join(folder, day))), () => [])
      for (const name of names) {
        if (!name.startsWith(`${contact}-`) || !name.endsWith(".wav")) continue
        const at = `${day}/${timeIn(name)}`
        if (at >= `${first.folder}/${timeIn(first.file)}` && at <= `${last.folder}/${timeIn(last.file)}`) {
          found.set(join(folder, day, name), run)
        }
      }
    }
  }
  const unknown = new Set(yield* withoutRow([...found.keys()]))
  return [...found].flatMap(([path, run]): ReadonlyArray<StrayRecording> => (unknown.has(path) ? [{ path, run }] : []))
})

/** Of some files those that the store has no row of. */
export const withoutRow = Effect.fnUntraced(function* (paths: ReadonlyArray<string>) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly path: string }>`
    SELECT value AS path FROM json_each(${JSON.stringify(paths)})
    WHERE NOT EXISTS (SELECT 1 FROM recordings WHERE recordings.path = value)`
  return rows.map(({ path }) => path)
})

const suffix = ".wav"
const timeLength = "hhmmss.mmm".length

/** The time at the end of a recording's name. */
const timeIn = (name: string): string => name.slice(-timeLength - suffix.length, -suffix.length)

/** Deletes a file; whether it was there. */
export const removeFile = Effect.fnUntraced(function* (path: string) {
  const files = yield* FileSystem.FileSystem
  return yield* Effect.as(files.remove(path), true).pipe(
    Effect.catchReason("PlatformError", "NotFound", () => Effect.succeed(false))
  )
})
