import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { type ContactPast, neverCalled } from "../domain/copyCampaign.ts"
import type { ContactKey } from "./floor/contactRows.ts"

/** What was taken away, in rows; `calls` are those that stay, for the figures, and say no more who was called. */
export interface ErasedRows {
  readonly calls: number
  readonly answers: number
  readonly notes: number
  readonly recordings: number
}

/**
 * Takes away all that is recorded about people of a live floor: numbers, fields and parameters, answers, notes, what held
 * calls back, places of recordings, and what they pressed or answered in the journals of the windows they were called in
 * (there nobody knows any more whose it was, so it goes for everybody; `answers` has it of all others). Their contacts are
 * finished. Attempts and the dispositions chosen after them stay for the figures: they say when was called and what came of
 * it, not who was called.
 *
 * To be called within a transaction, with no window open whose journal has events, as a journal is told to the contacts as
 * they were; `sweep` is to follow.
 */
export const eraseContacts = Effect.fn("eraseContacts")(function* (contacts: ReadonlyArray<ContactKey>) {
  const total = { calls: 0, answers: 0, notes: 0, recordings: 0 }
  for (const contact of contacts) {
    const rows = yield* eraseContact(contact)
    total.calls += rows.calls
    total.answers += rows.answers
    total.notes += rows.notes
    total.recordings += rows.recordings
  }
  const erased: ErasedRows = total
  return erased
})

const eraseContact = Effect.fnUntraced(function* ({ campaign, contact }: ContactKey) {
  const sql = yield* SqlClient.SqlClient
  const runs = sql`run IN (SELECT 'window-' || id FROM floor_windows)`
  const its = sql`campaign = ${campaign} AND contact = ${contact}`
  // Answers of calls to us have the number of the call below zero.
  const calls = yield* sql<{ readonly run: string; readonly id: number }>`
    SELECT run, id FROM attempts INDEXED BY attempts_by_contact WHERE ${runs} AND ${its}
    UNION ALL SELECT run, -id FROM inbound_calls INDEXED BY inbound_calls_by_contact WHERE ${runs} AND ${its}`
  const keys = JSON.stringify(calls.map(({ id, run }) => [run, id]))
  yield* eraseJournals([...new Set(calls.map(({ run }) => run))])
  const answers = yield* sql`
    DELETE FROM answers WHERE (run, attempt) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${keys})) RETURNING 1`
  yield* sql`DELETE FROM holds WHERE ${runs} AND ${its}`
  const notes = yield* sql`
    DELETE FROM contact_notes WHERE ${runs} AND ${its} AND kind <> 'disposition' RETURNING 1`
  const recordings = yield* sql`DELETE FROM recordings WHERE ${its} RETURNING 1`
  const [row] = yield* sql<{ readonly past: string | null }>`SELECT past FROM contacts WHERE ${its}`
  if (row !== undefined) {
    yield* sql`
      UPDATE contacts SET numbers = '[]', fields = '{}', parameters = '{}', changed = NULL, segment = '', requested = 0,
        called_in = 0, forbidden = 1, past = ${JSON.stringify(finished(row.past))}
      WHERE ${its}`
  }
  const erased: ErasedRows = {
    calls: calls.length,
    answers: answers.length,
    notes: notes.length,
    recordings: recordings.length
  }
  return erased
})

/** Its calls are counted still, and none is to come. */
const finished = (past: string | null): ContactPast => {
  const was = past === null ? neverCalled : (JSON.parse(past) as ContactPast)
  const closedAs = was.closedAs === "not" || was.closedAs === "called-in" ? "removed" : was.closedAs
  return { ...was, state: "closed", closedAs, dueAt: null, promise: null, number: 0 }
}

const eraseJournals = Effect.fnUntraced(function* (runs: ReadonlyArray<string>) {
  const sql = yield* SqlClient.SqlClient
  const windows = sql`
    window_id IN (SELECT id FROM floor_windows WHERE 'window-' || id IN (SELECT value FROM json_each(${JSON.stringify(runs)})))`
  yield* sql`
    UPDATE journal SET event = json_set(event, '$.answers', json('{}'))
    WHERE ${windows} AND instr(event, '"kind":"answersGiven"') > 0`
  yield* sql`
    UPDATE journal SET event = json_set(event, '$.keys', '')
    WHERE ${windows} AND instr(event, '"kind":"flowKeys"') > 0`
})

/** What stands in place of a number in a text. */
const placeholder = "(erased)"

/** Digits at the end of a number that every way of writing it has. */
const lastDigits = 8

/**
 * Takes numbers out of every text of the store that is not about a contact: journals, the audit, and the messages that would
 * end calls which a floor that was killed has left up. Such a call ends by itself.
 */
export const eraseNumbers = Effect.fn("eraseNumbers")(function* (numbers: ReadonlyArray<string>) {
  const sql = yield* SqlClient.SqlClient
  for (const number of numbers) {
    yield* sql`UPDATE journal SET event = replace(event, ${number}, ${placeholder}) WHERE instr(event, ${number}) > 0`
    yield* sql`UPDATE audit SET what = replace(what, ${number}, ${placeholder}) WHERE instr(what, ${number}) > 0`
    yield* sql`DELETE FROM open_calls WHERE instr(message, ${number.slice(-lastDigits)}) > 0`
  }
})

/** Marks, as a part of the transaction, that what is erased is still in free pages and in the write-ahead log. */
export const markUnswept = SqlClient.SqlClient.use((sql) => sql`PRAGMA user_version = 1`)

/**
 * Writes the file anew where something was erased since the last time, so that no byte of it is left in free pages or in the
 * write-ahead log; for a large file that takes a while, and for that time as much room again on the disk. Done again after
 * a process that died in the middle of it.
 */
export const sweep = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const [{ user_version: mark }] = yield* sql<{ readonly user_version: number }>`PRAGMA user_version`
  if (mark === 0) return
  yield* sql`VACUUM`
  yield* sql`PRAGMA wal_checkpoint(TRUNCATE)`
  yield* sql`PRAGMA user_version = 0`
  yield* sql`PRAGMA wal_checkpoint(TRUNCATE)`
})
