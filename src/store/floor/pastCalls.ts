import { Effect, Option, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { OutcomeName } from "../../domain/Outcome.ts"
import { type AttemptColumns, attemptRow } from "../rows.ts"

/** Rows read at a time. */
const pageSize = 5_000

/** Where a page ends: calls of one instant are told apart by run and number. */
type Place = readonly [placedAt: number, run: string, id: number]

/** The live calls of a campaign placed since an instant, Unix milliseconds, in that order; without those of one window. */
export const callsSince = (campaign: string, since: number, exceptRun: string) =>
  Stream.paginate<Place, ReturnType<typeof attemptRow>, Effect.Error<ReturnType<typeof callPage>>, SqlClient.SqlClient>(
    [Math.max(since, Number.MIN_SAFE_INTEGER), "", 0],
    (from) =>
      Effect.map(callPage(campaign, from, exceptRun), (rows) => {
        const last = rows.at(-1)
        const next: Option.Option<Place> =
          last === undefined || rows.length < pageSize
            ? Option.none()
            : Option.some([last.placed_at, last.run, last.id] as const)
        return [rows.map(attemptRow), next] as const
      })
  )

const callPage = (campaign: string, [placedAt, run, id]: Place, exceptRun: string) =>
  SqlClient.SqlClient.use(
    (sql) => sql<AttemptColumns>`
      SELECT * FROM attempts INDEXED BY attempts_of_floor
      WHERE run GLOB 'window-*' AND campaign = ${campaign} AND (placed_at, run, id) > (${placedAt}, ${run}, ${id})
        AND run <> ${exceptRun}
      ORDER BY placed_at, run, id LIMIT ${pageSize}`
  )

/** What was heard of a campaign's calls taken for machines, in all windows but one; instants are Unix milliseconds. */
export const samplesOf = Effect.fnUntraced(function* (campaign: string, exceptWindow: number) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly placedAt: number; readonly isPerson: number }>`
    SELECT own.epoch + (event ->> 'placedAt') AS placedAt, event ->> 'isPerson' AS isPerson
    FROM floor_windows AS own
    JOIN json_each(own.opening, '$.campaigns') AS each ON each.value ->> 'name' = ${campaign}
    JOIN journal ON journal.window_id = own.id
    WHERE own.id <> ${exceptWindow} AND instr(event, '"kind":"sampled"') > 0 AND event ->> 'campaign' = each.key
    ORDER BY own.id, seq`
  return rows.map(({ isPerson, placedAt }) => ({ placedAt, isPerson: isPerson === 1 }))
})

/** How the attempts of contacts ended in one window: those from one number up to, not including, another. */
export const outcomesOf = Effect.fnUntraced(function* (run: string, campaign: string, from: number, until: number) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly contact: number; readonly outcome: OutcomeName; readonly count: number }>`
    SELECT contact, outcome, count(*) AS count FROM attempts INDEXED BY attempts_by_contact
    WHERE run = ${run} AND campaign = ${campaign} AND contact >= ${from} AND contact < ${until}
    GROUP BY contact, outcome`
  return Map.groupBy(rows, ({ contact }) => contact)
})

/** How many attempts a window has on record. */
export const attemptCount = Effect.fnUntraced(function* (run: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly count: number }>`SELECT count(*) AS count FROM attempts WHERE run = ${run}`
  return rows[0].count
})
