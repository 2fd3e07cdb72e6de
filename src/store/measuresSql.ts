import { Effect } from "effect"
import { SqlClient, type Statement } from "effect/sql"
import { agentStateNames } from "../domain/AgentState.ts"
import { answerWaitBinMillis, type Counts, emptyCounts, idleWaitBinMillis } from "../domain/Counts.ts"
import { outcomeNames } from "../domain/Outcome.ts"

/** What is counted: one campaign's attempts placed in a window, and the time of the agent groups that serve it. */
export interface CountsQuery {
  /** One shift or window, or several that are to be counted as one. */
  readonly run: string | ReadonlyArray<string>
  readonly campaign: string
  readonly groups: ReadonlyArray<string>
  /** Attempts placed at this instant or later; agents' time from it on. */
  readonly from: number
  /** Exclusive. */
  readonly to: number
  /** Contacts on the campaign's list: the list is not part of the records. */
  readonly contactsLoaded: number
}

/** Every attempt and span of a run. */
export const always = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER } as const

/**
 * Raw counts of a window from attempt records and agent spans: every live figure is computed from these. The list's own
 * counts look at the whole run up to the end of the window.
 */
export const countsOf = Effect.fn("countsOf")(function* (query: CountsQuery) {
  const counts = emptyCounts()
  yield* countAttempts(query, counts)
  yield* countWaits(query, counts)
  yield* countTime(query, counts)
  yield* countContacts(query, counts)
  return counts
})

const countAttempts = Effect.fnUntraced(function* ({ campaign, from, run, to }: CountsQuery, counts: Counts) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{
    readonly outcome: string
    readonly attempts: number
    readonly late: number
    readonly silent: number
    readonly machine_false: number
    readonly preview_millis: number
  }>`
    SELECT outcome, count(*) AS attempts, sum(late) AS late, sum(silent) AS silent, sum(machine_false) AS machine_false,
      sum(preview_millis) AS preview_millis
    FROM attempts
    WHERE ${inRuns(sql, run)} AND campaign = ${campaign} AND placed_at >= ${from} AND placed_at < ${to}
    GROUP BY outcome`
  for (const row of rows) {
    counts.outcomes[outcomeNames.findIndex((name) => name === row.outcome)] = row.attempts
    counts.late += row.late
    counts.silent += row.silent
    counts.machineFalse += row.machine_false
    counts.previewMillis += row.preview_millis
  }
})

const countWaits = Effect.fnUntraced(function* ({ campaign, from, run, to }: CountsQuery, counts: Counts) {
  const sql = yield* SqlClient.SqlClient
  const connected = sql`
    SELECT talk_millis + hold_millis AS talk, wrap_millis AS wrap, connected_at - answered_at AS answer_wait,
      idle_millis AS idle_wait
    FROM attempts
    WHERE ${inRuns(sql, run)} AND campaign = ${campaign} AND placed_at >= ${from} AND placed_at < ${to}
      AND outcome = 'connected'`
  const [sums] = yield* sql<Readonly<Record<"talk" | "wrap" | "answer" | "idle" | "idle_max", number>>>`
    SELECT coalesce(sum(talk), 0) AS talk, coalesce(sum(wrap), 0) AS wrap, coalesce(sum(answer_wait), 0) AS answer,
      coalesce(sum(idle_wait), 0) AS idle, coalesce(max(idle_wait), 0) AS idle_max
    FROM (${connected})`
  counts.talkMillis = sums.talk
  counts.wrapMillis = sums.wrap
  counts.answerWaitMillis = sums.answer
  counts.idleWaitMillis = sums.idle
  counts.idleWaitMillisMax = sums.idle_max
  // A bin holds what is above the one before it and not above its own edge; the last one is open.
  const fill = Effect.fnUntraced(function* (bins: Float64Array, column: string, size: number) {
    const rows = yield* sql<{ readonly bin: number; readonly calls: number }>`
      SELECT min(${bins.length - 1}, (${sql(column)} + ${size - 1}) / ${size}) AS bin, count(*) AS calls
      FROM (${connected}) GROUP BY bin`
    for (const { bin, calls } of rows) bins[bin] = calls
  })
  yield* fill(counts.answerWaits, "answer_wait", answerWaitBinMillis)
  yield* fill(counts.idleWaits, "idle_wait", idleWaitBinMillis)
})

const countTime = Effect.fnUntraced(function* ({ from, groups, run, to }: CountsQuery, counts: Counts) {
  if (groups.length === 0) return
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly state: string; readonly millis: number }>`
    SELECT state, sum(min(to_at, ${to}) - max(from_at, ${from})) AS millis
    FROM agent_spans
    WHERE ${inRuns(sql, run)} AND ${sql.in("agent_group", groups)} AND to_at > ${from} AND from_at < ${to}
    GROUP BY state`
  for (const { millis, state } of rows) counts.stateMillis[agentStateNames.findIndex((name) => name === state)] = millis
})

const countContacts = Effect.fnUntraced(function* ({ campaign, contactsLoaded, run, to }: CountsQuery, counts: Counts) {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ readonly attempted: number; readonly reached: number; readonly closed: number }>`
    SELECT count(DISTINCT contact) AS attempted,
      count(DISTINCT CASE WHEN outcome = 'connected' THEN contact END) AS reached,
      count(DISTINCT CASE WHEN retry_at IS NULL THEN contact END) AS closed
    FROM attempts WHERE ${inRuns(sql, run)} AND campaign = ${campaign} AND placed_at < ${to}`
  counts.contactsLoaded = contactsLoaded
  counts.contactsAttempted = row.attempted
  counts.contactsReached = row.reached
  counts.contactsClosed = row.closed
})

const inRuns = (sql: SqlClient.SqlClient, run: CountsQuery["run"]): Statement.Fragment =>
  typeof run === "string" ? sql`run = ${run}` : sql.in("run", run)
