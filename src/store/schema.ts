/**
 * Schema of what happened, shared by simulation and live floor: one flat row for every call attempt and one for every
 * agent-state span. Instants are milliseconds after the start of the window (simulation) or Unix time (live); codes are
 * written as names (`domain/Outcome.ts`, `domain/AgentState.ts`). NULL where something did not happen. `run` names the
 * shift a row belongs to.
 */
export const tables: ReadonlyArray<string> = [
  `CREATE TABLE attempts (
  run TEXT NOT NULL,
  id INTEGER NOT NULL,
  campaign TEXT NOT NULL,
  contact INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  segment TEXT NOT NULL,
  agent INTEGER,
  reserved INTEGER NOT NULL,
  placed_at INTEGER NOT NULL,
  answered_at INTEGER,
  connected_at INTEGER,
  ended_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  late INTEGER NOT NULL,
  silent INTEGER NOT NULL,
  machine_false INTEGER NOT NULL,
  preview_millis INTEGER NOT NULL,
  talk_millis INTEGER NOT NULL,
  hold_millis INTEGER NOT NULL,
  wrap_millis INTEGER NOT NULL,
  idle_millis INTEGER,
  retry_at INTEGER,
  PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE agent_spans (
  run TEXT NOT NULL,
  agent INTEGER NOT NULL,
  agent_group TEXT NOT NULL,
  state TEXT NOT NULL,
  campaign TEXT,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL
) STRICT`,
  `CREATE INDEX agent_spans_by_run ON agent_spans (run, agent, from_at)`,
  `CREATE TABLE results (
  id INTEGER PRIMARY KEY,
  created_at TEXT NOT NULL,
  version TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT`
]

/** One row of `attempts`. */
export interface AttemptRow {
  readonly id: number
  readonly campaign: string
  readonly contact: number
  readonly attempt: number
  readonly segment: string
  readonly agent: number | null
  readonly reserved: boolean
  readonly placedAt: number
  readonly answeredAt: number | null
  readonly connectedAt: number | null
  readonly endedAt: number
  readonly outcome: string
  readonly late: boolean
  readonly silent: boolean
  readonly machineFalse: boolean
  readonly previewMillis: number
  readonly talkMillis: number
  readonly holdMillis: number
  readonly wrapMillis: number
  readonly idleMillis: number | null
  readonly retryAt: number | null
}

/** One row of `agent_spans`. */
export interface SpanRow {
  readonly agent: number
  readonly group: string
  readonly state: string
  readonly campaign: string | null
  readonly from: number
  readonly to: number
}
