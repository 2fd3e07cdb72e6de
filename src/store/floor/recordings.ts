import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** A recording of a call. Instants are Unix milliseconds. */
export interface Recording {
  readonly run: string
  readonly campaign: string
  readonly contact: number
  readonly attempt: number
  readonly path: string
  readonly startedAt: number
  readonly seconds: number
  /** From when on it is to be deleted. */
  readonly keepUntil: number
}

/** Keeps where a recording is; one of the same path is replaced. */
export const insertRecording = Effect.fn("insertRecording")(function* (recording: Recording) {
  const sql = yield* SqlClient.SqlClient
  const { attempt, campaign, contact, keepUntil, path, run, seconds, startedAt } = recording
  yield* sql`INSERT OR REPLACE INTO recordings ${sql.insert({
    run,
    campaign,
    contact,
    attempt,
    path,
    started_at: startedAt,
    seconds,
    keep_until: keepUntil
  })}`
})

/** The recordings of a contact, oldest first. */
export const recordingsOf = Effect.fn("recordingsOf")(function* (campaign: string, contact: number) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<RecordingColumns>`
    SELECT * FROM recordings WHERE campaign = ${campaign} AND contact = ${contact} ORDER BY started_at, id`
  return rows.map(recordingRow)
})

/** Recordings that are to be deleted at `now`, at most `limit`, the longest overdue first. */
export const recordingsDue = Effect.fn("recordingsDue")(function* (now: number, limit: number) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<RecordingColumns>`
    SELECT * FROM recordings WHERE keep_until <= ${now} ORDER BY keep_until, id LIMIT ${limit}`
  return rows.map(recordingRow)
})

/** Forgets recordings whose files are gone. */
export const forgetRecordings = Effect.fn("forgetRecordings")(function* (paths: ReadonlyArray<string>) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM recordings WHERE path IN (SELECT value FROM json_each(${JSON.stringify(paths)}))`
})

interface RecordingColumns extends Omit<Recording, "startedAt" | "keepUntil"> {
  readonly started_at: number
  readonly keep_until: number
}

const recordingRow = (row: RecordingColumns): Recording => ({
  run: row.run,
  campaign: row.campaign,
  contact: row.contact,
  attempt: row.attempt,
  path: row.path,
  startedAt: row.started_at,
  seconds: row.seconds,
  keepUntil: row.keep_until
})
