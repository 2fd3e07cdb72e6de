import { Array as Arr, Effect } from "effect"
import { SqlClient } from "effect/sql"
import { insertInbound } from "./inboundRows.ts"
import type { AttemptRow, InboundRow, SpanRow } from "./schema.ts"

/** Rows in one statement; SQLite takes 32,766 values. */
const chunkSize = 500

/** Writes attempts and spans of one shift, and the calls to us in it. */
export const insertShift = Effect.fn("insertShift")(function* (
  run: string,
  attempts: ReadonlyArray<AttemptRow>,
  spans: ReadonlyArray<SpanRow>,
  inbound: ReadonlyArray<InboundRow> = []
) {
  const sql = yield* SqlClient.SqlClient
  for (const chunk of Arr.chunksOf(attempts, chunkSize)) {
    yield* sql`INSERT INTO attempts ${sql.insert(Arr.map(chunk, (row) => attemptColumns(run, row)))}`
  }
  yield* insertInbound(run, inbound)
  for (const chunk of Arr.chunksOf(spans, chunkSize)) {
    yield* sql`INSERT INTO agent_spans ${sql.insert(Arr.map(chunk, (row) => spanColumns(run, row)))}`
  }
})

/** The attempts of one shift in the order of their numbers. */
export const attemptsOf = Effect.fn("attemptsOf")(function* (run: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<AttemptColumns>`SELECT * FROM attempts WHERE run = ${run} ORDER BY id`
  return rows.map(attemptRow)
})

/** The spans of one shift in the order in which they were written. */
export const spansOf = Effect.fn("spansOf")(function* (run: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<SpanColumns>`SELECT * FROM agent_spans WHERE run = ${run} ORDER BY rowid`
  return rows.map(spanRow)
})

export type AttemptColumns = ReturnType<typeof attemptColumns>
export type SpanColumns = ReturnType<typeof spanColumns>

const attemptColumns = (run: string, row: AttemptRow) => ({
  run,
  id: row.id,
  campaign: row.campaign,
  contact: row.contact,
  attempt: row.attempt,
  segment: row.segment,
  agent: row.agent,
  reserved: Number(row.reserved),
  placed_at: row.placedAt,
  answered_at: row.answeredAt,
  connected_at: row.connectedAt,
  ended_at: row.endedAt,
  outcome: row.outcome,
  late: Number(row.late),
  silent: Number(row.silent),
  machine_false: Number(row.machineFalse),
  preview_millis: row.previewMillis,
  talk_millis: row.talkMillis,
  hold_millis: row.holdMillis,
  wrap_millis: row.wrapMillis,
  idle_millis: row.idleMillis,
  retry_at: row.retryAt,
  caller_id: row.callerId
})

/** A row of `attempts` as it was written. */
export const attemptRow = (row: AttemptColumns): AttemptRow => ({
  id: row.id,
  campaign: row.campaign,
  contact: row.contact,
  attempt: row.attempt,
  segment: row.segment,
  agent: row.agent,
  reserved: row.reserved !== 0,
  placedAt: row.placed_at,
  answeredAt: row.answered_at,
  connectedAt: row.connected_at,
  endedAt: row.ended_at,
  outcome: row.outcome,
  late: row.late !== 0,
  silent: row.silent !== 0,
  machineFalse: row.machine_false !== 0,
  previewMillis: row.preview_millis,
  talkMillis: row.talk_millis,
  holdMillis: row.hold_millis,
  wrapMillis: row.wrap_millis,
  idleMillis: row.idle_millis,
  retryAt: row.retry_at,
  callerId: row.caller_id
})

const spanColumns = (run: string, row: SpanRow) => ({
  run,
  agent: row.agent,
  agent_group: row.group,
  state: row.state,
  campaign: row.campaign,
  from_at: row.from,
  to_at: row.to
})

/** A row of `agent_spans` as it was written. */
export const spanRow = (row: SpanColumns): SpanRow => ({
  agent: row.agent,
  group: row.agent_group,
  state: row.state,
  campaign: row.campaign,
  from: row.from_at,
  to: row.to_at
})
