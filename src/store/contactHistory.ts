import { Array as Arr, Effect, Schema } from "effect"
import { SqlClient, type Statement } from "effect/sql"
import { ContactNote } from "../domain/ContactNote.ts"
import { timeline } from "../domain/timeline.ts"
import type { TimelineWords } from "../domain/timelineWords.ts"
import { type AttemptColumns, attemptRow } from "./rows.ts"
import { type InboundColumns, inboundRow } from "./inboundRows.ts"
import type { AttemptRow, HoldRow, InboundRow, NoteRow } from "./schema.ts"

/** The rows of one contact, each kind in the order in which it was written. */
export interface ContactRows {
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly arrivals: ReadonlyArray<InboundRow>
  readonly holds: ReadonlyArray<HoldRow>
  readonly notes: ReadonlyArray<NoteRow>
}

/** Rows in one statement; SQLite takes 32,766 values. */
const chunkSize = 500

/** Writes what held contacts of one shift back, and the notes on them. */
export const insertHistory = Effect.fn("insertHistory")(function* (
  run: string,
  holds: ReadonlyArray<HoldRow>,
  notes: ReadonlyArray<NoteRow>
) {
  const sql = yield* SqlClient.SqlClient
  for (const chunk of Arr.chunksOf(holds, chunkSize)) {
    yield* sql`INSERT INTO holds ${sql.insert(Arr.map(chunk, (row) => ({ run, ...row })))}`
  }
  for (const chunk of Arr.chunksOf(notes, chunkSize)) {
    yield* sql`INSERT INTO contact_notes ${sql.insert(Arr.map(chunk, (row) => noteColumns(run, row)))}`
  }
})

/** What held contacts of one shift back, in the order in which it was written. */
export const holdsOf = Effect.fn("holdsOf")(function* (run: string) {
  const sql = yield* SqlClient.SqlClient
  return yield* selectHolds(sql, sql`run = ${run}`)
})

/** The notes on contacts of one shift, in the order in which they were written. */
export const notesOf = Effect.fn("notesOf")(function* (run: string) {
  const sql = yield* SqlClient.SqlClient
  return yield* selectNotes(sql, sql`run = ${run}`)
})

/** All that is recorded of one contact of a campaign. */
export const recordsOf = Effect.fn("recordsOf")(function* (run: string, campaign: string, contact: number) {
  const sql = yield* SqlClient.SqlClient
  const its = sql`run = ${run} AND campaign = ${campaign} AND contact = ${contact}`
  // Left to itself SQLite reads all attempts of the run.
  const attempts = yield* sql<AttemptColumns>`
    SELECT * FROM attempts INDEXED BY attempts_by_contact WHERE ${its} ORDER BY id`
  const arrivals = yield* sql<InboundColumns>`
    SELECT * FROM inbound_calls INDEXED BY inbound_calls_by_contact WHERE ${its} ORDER BY id`
  const records: ContactRows = {
    attempts: attempts.map(attemptRow),
    arrivals: arrivals.map(inboundRow),
    holds: yield* selectHolds(sql, its),
    notes: yield* selectNotes(sql, its)
  }
  return records
})

/** Everything that happened to a contact of a campaign, oldest first, in words. */
export const timelineOf = Effect.fn("timelineOf")(function* (
  run: string,
  campaign: string,
  contact: number,
  words: TimelineWords
) {
  return timeline(yield* recordsOf(run, campaign, contact), words)
})

const selectHolds = (sql: SqlClient.SqlClient, where: Statement.Fragment) =>
  sql<HoldRow>`SELECT campaign, contact, at, reason, until FROM holds WHERE ${where} ORDER BY rowid`

const selectNotes = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, where: Statement.Fragment) {
  const rows = yield* sql<Pick<NoteRow, "campaign" | "contact" | "at"> & { readonly note: string }>`
    SELECT campaign, contact, at, json_object('kind', kind, 'detail', json(detail)) AS note
    FROM contact_notes WHERE ${where} ORDER BY rowid`
  const notes = yield* decodeNotes(rows.map(({ note }) => note))
  return rows.map(({ at, campaign, contact }, index): NoteRow => ({ campaign, contact, at, ...notes[index] }))
})

const decodeNotes = Schema.decodeUnknownEffect(Schema.Array(Schema.fromJsonString(ContactNote)))

const noteColumns = (run: string, { at, campaign, contact, detail, kind }: NoteRow) => ({
  run,
  campaign,
  contact,
  at,
  kind,
  detail: JSON.stringify(detail)
})
