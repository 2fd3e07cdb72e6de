import type { AttemptRecord, HoldRecord, InboundRecord, NoteRecord } from "../domain/timeline.ts"

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

/**
 * Answers of call scripts: one row for every answer of an attempt, of a multiple choice one for every choice taken. An
 * answer may be written before the attempt's own row, which comes when the call has ended. `value` is the choice, the
 * text, the number, `2026-11-21`, `true` or `false`; `folded` the same in small letters; `number` that of a number, and of
 * a date its days since 1970-01-01.
 */
export const answerTables: ReadonlyArray<string> = [
  `CREATE TABLE answers (
  run TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  form TEXT NOT NULL,
  step TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  folded TEXT NOT NULL,
  number REAL,
  PRIMARY KEY (run, attempt, form, step, position)
) STRICT, WITHOUT ROWID`,
  `CREATE INDEX answers_by_text ON answers (form, step, folded)`,
  `CREATE INDEX answers_by_number ON answers (form, step, kind, number) WHERE number IS NOT NULL`
]

/**
 * What happened to contacts beside their calls: turns that came and went because something held them back, and notes
 * (`domain/ContactNote.ts`), whose `detail` is JSON. Attempts get an index by contact, for its whole history.
 */
export const historyTables: ReadonlyArray<string> = [
  `CREATE TABLE holds (
  run TEXT NOT NULL,
  campaign TEXT NOT NULL,
  contact INTEGER NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  until INTEGER
) STRICT`,
  `CREATE INDEX holds_by_contact ON holds (run, campaign, contact, at)`,
  `CREATE TABLE contact_notes (
  run TEXT NOT NULL,
  campaign TEXT NOT NULL,
  contact INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT`,
  `CREATE INDEX contact_notes_by_contact ON contact_notes (run, campaign, contact, at)`,
  `CREATE INDEX attempts_by_contact ON attempts (run, campaign, contact, attempt)`
]

/** The number a call showed, E.164; NULL where it was the trunk's own, and for calls from before this was kept. */
export const callerIdColumn: ReadonlyArray<string> = [`ALTER TABLE attempts ADD COLUMN caller_id TEXT`]

/**
 * Calls to us, and calls an agent handed to another: no attempts, and nothing of the law of attempts. `agent` had it last,
 * `handed_by` is the agent it came from; `outcome` is one of `domain/InboundCall.ts`. One that was turned away ended when it
 * came. Answers of such a call have its number below zero in place of an attempt's.
 */
export const inboundTables: ReadonlyArray<string> = [
  `CREATE TABLE inbound_calls (
  run TEXT NOT NULL,
  id INTEGER NOT NULL,
  campaign TEXT NOT NULL,
  contact INTEGER NOT NULL,
  agent INTEGER,
  handed_by INTEGER,
  arrived_at INTEGER NOT NULL,
  connected_at INTEGER,
  ended_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  talk_millis INTEGER NOT NULL,
  hold_millis INTEGER NOT NULL,
  wrap_millis INTEGER NOT NULL,
  PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID`,
  `CREATE INDEX inbound_calls_by_contact ON inbound_calls (run, campaign, contact, id)`,
  // Whether a live floor's contact is known from its own call alone.
  `ALTER TABLE contacts ADD COLUMN called_in INTEGER NOT NULL DEFAULT 0`
]

/** One row of `attempts`. */
export interface AttemptRow extends AttemptRecord {
  readonly campaign: string
  readonly contact: number
  readonly segment: string
  readonly idleMillis: number | null
}

/** One row of `inbound_calls`. */
export interface InboundRow extends InboundRecord {
  readonly campaign: string
  readonly contact: number
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

/** A contact whose turn came and who was not called: one row of `holds`. */
export interface HoldRow extends HoldRecord {
  readonly campaign: string
  readonly contact: number
}

/** One row of `contact_notes`. */
export type NoteRow = NoteRecord & { readonly campaign: string; readonly contact: number }
