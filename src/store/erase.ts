import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** A contact of a campaign in one shift or window. */
export interface RecordedContact {
  readonly run: string
  readonly campaign: string
  readonly contact: number
}

/**
 * Takes away what was recorded about people in words: answers, holds and notes of these contacts, and the fields and
 * parameters of those a live floor keeps. All or nothing; afterwards the file is written anew, so that no byte of it is left
 * in free pages or in the write-ahead log, which for a large file takes a while. Attempts stay for the figures: they say
 * when was called and what came of it, not who was called. A live contact's numbers stay, too: nobody is to call them.
 */
export const eraseContacts = Effect.fn("eraseContacts")(function* (contacts: ReadonlyArray<RecordedContact>) {
  const sql = yield* SqlClient.SqlClient
  yield* sql.withTransaction(Effect.forEach(contacts, erase, { discard: true }))
  yield* sql`VACUUM`
  yield* sql`PRAGMA wal_checkpoint(TRUNCATE)`
})

const erase = Effect.fnUntraced(function* ({ campaign, contact, run }: RecordedContact) {
  const sql = yield* SqlClient.SqlClient
  const its = sql`run = ${run} AND campaign = ${campaign} AND contact = ${contact}`
  yield* sql`
    DELETE FROM answers WHERE run = ${run} AND attempt IN
      (SELECT id FROM attempts INDEXED BY attempts_by_contact WHERE ${its})`
  yield* sql`DELETE FROM holds WHERE ${its}`
  yield* sql`DELETE FROM contact_notes WHERE ${its}`
  yield* sql`
    UPDATE contacts SET fields = '{}', parameters = '{}', changed = NULL
    WHERE campaign = ${campaign} AND contact = ${contact}`
})
