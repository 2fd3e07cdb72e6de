import { Array as Arr, Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { InboundRow } from "./schema.ts"

/** Rows in one statement; SQLite takes 32,766 values. */
const chunkSize = 500

/** Writes calls to us of one shift. */
export const insertInbound = Effect.fn("insertInbound")(function* (run: string, calls: ReadonlyArray<InboundRow>) {
  const sql = yield* SqlClient.SqlClient
  for (const chunk of Arr.chunksOf(calls, chunkSize)) {
    yield* sql`INSERT INTO inbound_calls ${sql.insert(Arr.map(chunk, (row) => inboundColumns(run, row)))}`
  }
})

/** The calls to us of one shift in the order of their numbers. */
export const inboundOf = Effect.fn("inboundOf")(function* (run: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<InboundColumns>`SELECT * FROM inbound_calls WHERE run = ${run} ORDER BY id`
  return rows.map(inboundRow)
})

/** How many calls to us a shift has on record. */
export const inboundCount = Effect.fnUntraced(function* (run: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly count: number }>`SELECT count(*) AS count FROM inbound_calls WHERE run = ${run}`
  return rows[0].count
})

export type InboundColumns = ReturnType<typeof inboundColumns>

const inboundColumns = (run: string, row: InboundRow) => ({
  run,
  id: row.id,
  campaign: row.campaign,
  contact: row.contact,
  agent: row.agent,
  handed_by: row.handedBy,
  arrived_at: row.arrivedAt,
  connected_at: row.connectedAt,
  ended_at: row.endedAt,
  outcome: row.outcome,
  talk_millis: row.talkMillis,
  hold_millis: row.holdMillis,
  wrap_millis: row.wrapMillis
})

/** A row of `inbound_calls` as it was written. */
export const inboundRow = (row: InboundColumns): InboundRow => ({
  id: row.id,
  campaign: row.campaign,
  contact: row.contact,
  agent: row.agent,
  handedBy: row.handed_by,
  arrivedAt: row.arrived_at,
  connectedAt: row.connected_at,
  endedAt: row.ended_at,
  outcome: row.outcome,
  talkMillis: row.talk_millis,
  holdMillis: row.hold_millis,
  wrapMillis: row.wrap_millis
})
