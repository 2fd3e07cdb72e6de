import { Effect } from "effect"
import { SqlClient, type Statement } from "effect/sql"
import { outcomeNames, isLive } from "../../domain/Outcome.ts"
import { type InboundColumns, inboundRow } from "../inboundRows.ts"
import { readJson } from "../losslessJson.ts"
import { type AttemptColumns, attemptRow, type SpanColumns, spanRow } from "../rows.ts"
import { runOf } from "./windows.ts"

/** What of a floor's records is meant: those of these windows, from an instant on up to another one, Unix milliseconds. */
export interface LiveSpan {
  readonly runs: ReadonlyArray<string>
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** A window of a floor, without what its core was made of. */
export interface WindowRow {
  readonly id: number
  readonly run: string
  /** Unix milliseconds. */
  readonly openedAt: number
  readonly epoch: number
  /** Null while it is open. */
  readonly closedAt: number | null
  /** Whether any call or agent is on record. */
  readonly hasRecords: boolean
}

/** The windows of a floor, the oldest first. */
export const windowRows = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{
    readonly id: number
    readonly opened_at: number
    readonly epoch: number
    readonly closed_at: number | null
    readonly has_records: number
  }>`
    SELECT id, opened_at, epoch, closed_at,
      EXISTS (SELECT 1 FROM attempts WHERE run = 'window-' || id)
        OR EXISTS (SELECT 1 FROM agent_spans WHERE run = 'window-' || id) AS has_records
    FROM floor_windows ORDER BY id`
  return rows.map((row): WindowRow => ({
    id: row.id,
    run: runOf(row.id),
    openedAt: row.opened_at,
    epoch: row.epoch,
    closedAt: row.closed_at,
    hasRecords: row.has_records === 1
  }))
})

/** The settings of a window as they were kept. Throws a SyntaxError, as a defect, where their text is damaged. */
export const settingsOfWindow = Effect.fn("settingsOfWindow")(function* (id: number) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly settings: string }>`SELECT settings FROM floor_windows WHERE id = ${id}`
  return readJson(rows[0].settings)
})

const placedIn = (sql: SqlClient.SqlClient, { from, runs, to }: LiveSpan): Statement.Fragment =>
  sql`${sql.in("run", runs)} AND placed_at >= ${from} AND placed_at < ${to}`
const happenedIn = (sql: SqlClient.SqlClient, { from, runs, to }: LiveSpan): Statement.Fragment =>
  sql`${sql.in("run", runs)} AND at >= ${from} AND at < ${to}`

/** Every campaign that called somebody and how often, the most frequent first. */
export const campaignsIn = Effect.fn("campaignsIn")(function* (span: LiveSpan) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<{ readonly name: string; readonly attempts: number }>`
    SELECT campaign AS name, count(*) AS attempts FROM attempts WHERE ${placedIn(sql, span)}
    GROUP BY campaign ORDER BY attempts DESC, name`
})

/** A campaign's attempts in the order in which they were placed. */
export const attemptsIn = Effect.fn("attemptsIn")(function* (campaign: string, span: LiveSpan) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<AttemptColumns>`
    SELECT * FROM attempts WHERE ${placedIn(sql, span)} AND campaign = ${campaign} ORDER BY placed_at, run, id`
  return rows.map(attemptRow)
})

/** What the agents of some groups did, cut at the edges. */
export const spansIn = Effect.fn("spansIn")(function* (groups: ReadonlyArray<string>, { from, runs, to }: LiveSpan) {
  if (groups.length === 0) return []
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<SpanColumns>`
    SELECT * FROM agent_spans
    WHERE ${sql.in("run", runs)} AND ${sql.in("agent_group", groups)} AND to_at > ${from} AND from_at < ${to}
    ORDER BY from_at, agent`
  return rows.map(spanRow).map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }))
})

/** Calls to a campaign in the order in which they came. */
export const inboundIn = Effect.fn("inboundIn")(function* (campaign: string, { from, runs, to }: LiveSpan) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<InboundColumns>`
    SELECT * FROM inbound_calls WHERE ${sql.in("run", runs)} AND arrived_at >= ${from} AND arrived_at < ${to}
      AND campaign = ${campaign} ORDER BY arrived_at, run, id`
  return rows.map(inboundRow)
})

/** How often turns came and went, by reason, the most frequent first, and of how many contacts. */
export const holdsIn = Effect.fn("holdsIn")(function* (campaign: string, span: LiveSpan) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<{ readonly reason: string; readonly times: number; readonly contacts: number }>`
    SELECT reason, count(*) AS times, count(DISTINCT contact) AS contacts FROM holds
    WHERE ${happenedIn(sql, span)} AND campaign = ${campaign} GROUP BY reason ORDER BY times DESC, reason`
})

/** What agents chose after talks, by code, of the attempts placed in the span. */
export const dispositionsIn = Effect.fn("dispositionsIn")(function* (campaign: string, span: LiveSpan) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<{ readonly code: string; readonly count: number }>`
    SELECT detail ->> 'code' AS code, count(*) AS count
    FROM (SELECT run, contact, attempt FROM attempts
      WHERE ${placedIn(sql, span)} AND campaign = ${campaign} AND outcome = 'connected') AS talk
    JOIN contact_notes AS note ON note.run = talk.run AND note.campaign = ${campaign} AND note.contact = talk.contact
      AND note.kind = 'disposition' AND note.detail ->> 'attempt' = talk.attempt
    GROUP BY code ORDER BY count DESC, code`
})

/** Contacts put on the do-not-call list by a rule, a key or a word. */
export const doNotCallIn = Effect.fn("doNotCallIn")(function* (campaign: string, span: LiveSpan) {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ readonly contacts: number }>`
    SELECT count(DISTINCT contact) AS contacts FROM contact_notes
    WHERE ${happenedIn(sql, span)} AND campaign = ${campaign} AND kind = 'do-not-call'`
  return row.contacts
})

/** Promised calls that fell due in the span, and the first call after each promise. */
export const promisesIn = Effect.fn("promisesIn")(function* (campaign: string, { from, runs, to }: LiveSpan) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<{
    readonly due_at: number
    readonly agent: number | null
    readonly placed_at: number | null
    readonly placed_by: number | null
  }>`
    SELECT note.detail ->> 'dueAt' AS due_at, note.detail ->> 'agent' AS agent, min(call.placed_at) AS placed_at,
      call.agent AS placed_by
    FROM contact_notes AS note
    LEFT JOIN attempts AS call ON ${sql.in("call.run", runs)} AND call.campaign = note.campaign
      AND call.contact = note.contact AND call.placed_at >= note.at AND call.placed_at < ${to}
    WHERE ${sql.in("note.run", runs)} AND note.campaign = ${campaign} AND note.kind = 'promise' AND note.at < ${to}
      AND note.detail ->> 'dueAt' >= ${from} AND note.detail ->> 'dueAt' < ${to}
    GROUP BY note.rowid`
})

/** How often each answer was given in calls placed in the span; numbers, dates and texts are only counted. */
export const answersIn = Effect.fn("answersIn")(function* (campaign: string, span: LiveSpan) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<{
    readonly form: string
    readonly step: string
    readonly kind: string
    readonly value: string
    readonly count: number
  }>`
    SELECT form, step, kind, value, count(*) AS count
    FROM answers JOIN attempts ON attempts.run = answers.run AND attempts.id = answers.attempt
    WHERE ${sql.in("attempts.run", span.runs)} AND attempts.placed_at >= ${span.from}
      AND attempts.placed_at < ${span.to} AND attempts.campaign = ${campaign}
    GROUP BY form, step, kind, value ORDER BY form, step, kind, count DESC, value`
})

/** Contacts a campaign had up to an instant. */
export const contactsLoaded = Effect.fn("contactsLoaded")(function* (campaign: string, to: number) {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ readonly contacts: number }>`
    SELECT count(*) AS contacts FROM contacts WHERE campaign = ${campaign} AND loaded_at < ${to}`
  return row.contacts
})

/** Zones change their clocks, and days begin, at multiples of this. */
const slotMillis = 900_000

/** How many calls placed in a quarter of an hour came to the same, as far as the law tells them apart. */
export interface PlacedRow {
  /** An instant of that quarter of an hour, Unix milliseconds. */
  readonly at: number
  readonly outcome: string
  readonly connected: number
  readonly answered: number
  readonly late: number
  readonly silent: number
  /** Ended later after the answer than people may wait. */
  readonly over: number
  readonly calls: number
}

/** All calls of a campaign up to an instant, counted by quarters of an hour. */
export const placedBefore = Effect.fn("placedBefore")(function* (campaign: string, to: number, waitMillisMax: number) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql<PlacedRow>`
    SELECT max(placed_at) AS at, outcome, connected_at IS NOT NULL AS connected, answered_at IS NOT NULL AS answered, late,
      silent, coalesce(ended_at - answered_at > ${waitMillisMax}, 0) AS over, count(*) AS calls
    FROM attempts
    WHERE run GLOB 'window-*' AND campaign = ${campaign} AND placed_at < ${to}
    GROUP BY placed_at / ${slotMillis}, outcome, connected, answered, late, silent, over ORDER BY at`
})

/** Calls of a campaign that were taken for machines and to which somebody listened, of all windows. */
export const samplesOf = Effect.fn("samplesOf")(function* (campaign: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly at: number; readonly person: number }>`
    SELECT own.epoch + (event ->> 'placedAt') AS at, event ->> 'isPerson' AS person
    FROM floor_windows AS own
    JOIN json_each(own.opening, '$.campaigns') AS each ON each.value ->> 'name' = ${campaign}
    JOIN journal ON journal.window_id = own.id
    WHERE instr(event, '"sampled"') > 0 AND event ->> 'kind' = 'sampled' AND event ->> 'campaign' = each.key`
  return rows.map(({ at, person }) => ({ placedAt: at, isPerson: person === 1 }))
})

const people = outcomeNames.filter((_, code) => isLive(code))

/** People who answered calls placed in the span, and those of them who were abandoned. */
export const answeredIn = Effect.fn("answeredIn")(function* (campaign: string, from: number, to: number) {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ readonly answered: number; readonly abandoned: number }>`
    SELECT count(*) AS answered, coalesce(sum(outcome = 'abandoned'), 0) AS abandoned FROM attempts
    WHERE run GLOB 'window-*' AND campaign = ${campaign} AND placed_at >= ${from} AND placed_at < ${to}
      AND ${sql.in("outcome", people)}`
  return row
})
