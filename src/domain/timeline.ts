import type { ContactNote } from "./ContactNote.ts"
import { durationText, reasonText, type TimelineWords } from "./timelineWords.ts"

/** An attempt as it is recorded, see `attempts` of the store. Instants and lengths are milliseconds. */
export interface AttemptRecord {
  readonly id: number
  readonly attempt: number
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
  readonly retryAt: number | null
  /** The number shown, E.164; null for the trunk's own. */
  readonly callerId: string | null
}

/** A call to us, or one handed on, as it is recorded, see `inbound_calls` of the store. */
export interface InboundRecord {
  readonly id: number
  readonly agent: number | null
  readonly handedBy: number | null
  readonly arrivedAt: number
  readonly connectedAt: number | null
  readonly endedAt: number
  readonly outcome: string
  readonly talkMillis: number
  readonly holdMillis: number
  readonly wrapMillis: number
}

/** A contact's turn that came and went without a call. */
export interface HoldRecord {
  readonly at: number
  readonly reason: string
  /** Null: for ever. */
  readonly until: number | null
}

export type NoteRecord = ContactNote & { readonly at: number }

/** All that is recorded of one contact of one campaign. */
export interface ContactRecords {
  readonly attempts: ReadonlyArray<AttemptRecord>
  /** None where nobody kept them. */
  readonly arrivals?: ReadonlyArray<InboundRecord>
  readonly holds: ReadonlyArray<HoldRecord>
  readonly notes: ReadonlyArray<NoteRecord>
}

/** What happens to contacts, in the order in which it does at one instant. */
export const timelineEvents = [
  "added",
  "called-in",
  "called",
  "answered",
  "connected",
  "ended",
  "after-call",
  "disposition",
  "rule",
  "parameter",
  "segment",
  "do-not-call",
  "removed",
  "moved",
  "promise",
  "planned",
  "finished",
  "held-back",
  "refused"
] as const
export type TimelineEvent = (typeof timelineEvents)[number]

export interface TimelineEntry {
  readonly at: number
  readonly what: TimelineEvent
  /** The number of the attempt it belongs to; null for none. */
  readonly attempt: number | null
  readonly agent: number | null
  /** A sentence for managers. */
  readonly detail: string
}

interface Placed {
  readonly entry: TimelineEntry
  /** How many attempts had begun. */
  readonly turn: number
}

/**
 * Everything that happened to a contact, oldest first. At one instant things stand in the order in which they come about:
 * what belongs to an attempt before the next attempt, a hold after the attempt it follows, notes alike as they were given.
 */
export const timeline = (records: ContactRecords, words: TimelineWords): ReadonlyArray<TimelineEntry> => {
  const attempts = records.attempts.toSorted((a, b) => a.placedAt - b.placedAt || a.id - b.id)
  const turnAt = (at: number) => attempts.findLastIndex((each) => each.placedAt < at || closedAt(each) <= at) + 1
  const turnOf = (attempt: number | null, at: number) =>
    (attempt === null ? 0 : attempts.findLastIndex((each) => each.attempt === attempt) + 1) || turnAt(at)
  const placed: ReadonlyArray<Placed> = [
    ...attempts.flatMap((each, index) => ofAttempt(each, words).map((entry) => ({ entry, turn: index + 1 }))),
    ...(records.arrivals ?? []).flatMap((each) =>
      ofArrival(each, words).map((entry) => ({ entry, turn: turnAt(each.arrivedAt) }))
    ),
    ...records.holds.map((hold) => ({ entry: ofHold(hold, words), turn: turnAt(hold.at) })),
    ...records.notes.map((note) => ({ entry: ofNote(note, words), turn: turnOf(note.detail.attempt, note.at) }))
  ]
  return placed.toSorted(byOrder).map(({ entry }) => entry)
}

const byOrder = (a: Placed, b: Placed): number =>
  a.entry.at - b.entry.at || a.turn - b.turn || rank(a.entry.what) - rank(b.entry.what)

const rank = (what: TimelineEvent): number => timelineEvents.indexOf(what)

const closedAt = ({ endedAt, wrapMillis }: AttemptRecord): number => endedAt + wrapMillis

const ofAttempt = (row: AttemptRecord, words: TimelineWords): ReadonlyArray<TimelineEntry> => {
  const { agent, answeredAt, attempt, connectedAt, placedAt, retryAt, wrapMillis } = row
  const entries: Array<TimelineEntry> = []
  const add = (at: number, what: TimelineEvent, by: number | null, ...parts: ReadonlyArray<string>) => {
    entries.push({ at, what, attempt, agent: by, detail: parts.filter((part) => part !== "").join(", ") })
  }
  const held = row.reserved && agent !== null
  add(
    placedAt,
    "called",
    held ? agent : null,
    `Call ${attempt}`,
    held ? `${words.agent(agent)} held for it` : "",
    row.callerId === null ? "" : `showing ${row.callerId}`,
    row.previewMillis > 0 ? `card read for ${durationText(row.previewMillis)}` : ""
  )
  if (answeredAt !== null) add(answeredAt, "answered", null, `Answered after ${durationText(answeredAt - placedAt)}`)
  if (connectedAt !== null) {
    const late = row.late ? "later than the limit" : ""
    add(connectedAt, "connected", agent, ...onTheLine(agent, connectedAt - (answeredAt ?? connectedAt), words), late)
  }
  add(row.endedAt, "ended", agent, ...endWords(row))
  if (wrapMillis > 0) add(closedAt(row), "after-call", agent, `After-call work of ${durationText(wrapMillis)} done`)
  if (retryAt === null) add(closedAt(row), "finished", null, "No further call is planned")
  else add(closedAt(row), "planned", null, `Next call at ${words.instant(retryAt)}`)
  return entries
}

const onTheLine = (agent: number | null, waited: number, words: TimelineWords): readonly [string, string] => [
  `${agent === null ? "An agent" : capital(words.agent(agent))} on the line`,
  waited === 0 ? "at once" : `after a wait of ${durationText(waited)}`
]

const ofArrival = (row: InboundRecord, words: TimelineWords): ReadonlyArray<TimelineEntry> => {
  const { agent, arrivedAt, connectedAt, endedAt, handedBy, wrapMillis } = row
  const entry = (at: number, what: TimelineEvent, by: number | null, ...parts: ReadonlyArray<string>) => ({
    at,
    what,
    attempt: null,
    agent: by,
    detail: parts.filter((part) => part !== "").join(", ")
  })
  const wrapUp = `After-call work of ${durationText(wrapMillis)} done`
  return [
    entry(arrivedAt, "called-in", handedBy, handedBy === null ? "Called us" : `Handed on by ${words.agent(handedBy)}`),
    ...(connectedAt === null
      ? []
      : [entry(connectedAt, "connected", agent, ...onTheLine(agent, connectedAt - arrivedAt, words))]),
    entry(endedAt, "ended", agent, ...endOfArrival(row)),
    ...(wrapMillis > 0 ? [entry(endedAt + wrapMillis, "after-call", agent, wrapUp)] : [])
  ]
}

const endOfArrival = ({
  arrivedAt,
  endedAt,
  holdMillis,
  outcome,
  talkMillis
}: InboundRecord): ReadonlyArray<string> => {
  const waited = durationText(endedAt - arrivedAt)
  switch (outcome) {
    case "connected":
      return [`Talked for ${durationText(talkMillis)}`, holdMillis > 0 ? `${durationText(holdMillis)} on hold` : ""]
    case "gave-up":
      return [`Hung up after a wait of ${waited}`]
    case "wait-over":
      return [`Let go after a wait of ${waited}: no agent was free`]
    case "turned-away":
      return ["Turned away: nobody could take the call"]
    default:
      return ["Interrupted: the dialler stopped"]
  }
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const endWords = (row: AttemptRecord): ReadonlyArray<string> => {
  const rang = durationText(row.endedAt - row.placedAt)
  const answered = durationText(row.endedAt - (row.answeredAt ?? row.endedAt))
  switch (row.outcome) {
    case "connected":
      return [
        `Talked for ${durationText(row.talkMillis)}`,
        row.holdMillis > 0 ? `${durationText(row.holdMillis)} on hold` : ""
      ]
    case "abandoned":
      return [`Abandoned ${answered} after the answer: no agent was free`, row.silent ? "no message was played" : ""]
    case "hung-up-waiting":
      return [`Hung up after a wait of ${answered}`]
    case "machine":
      return [
        row.connectedAt === null ? "Answering machine, by detection" : "Answering machine, by the agent's word",
        row.machineFalse ? "though a person had answered" : ""
      ]
    case "scripted":
      return [`Heard the script for ${answered}`]
    case "busy":
      return ["Busy"]
    case "no-answer":
      return [`No answer after ${rang}`]
    case "rejected":
      return [`Rejected after ${rang}`]
    case "invalid":
      return ["The number does not exist"]
    case "congestion":
      return ["The network was congested"]
    case "cancelled":
      return [`Taken back by the dialler after ${rang}`]
    case "interrupted":
      return ["Interrupted: the dialler stopped"]
    default:
      return [row.outcome]
  }
}

const ofHold = ({ at, reason, until }: HoldRecord, words: TimelineWords): TimelineEntry => ({
  at,
  what: "held-back",
  attempt: null,
  agent: null,
  detail: `Not called: ${reasonText(reason)}, ${until === null ? "for good" : `until ${words.instant(until)}`}`
})

const ofNote = (note: NoteRecord, words: TimelineWords): TimelineEntry => ({
  at: note.at,
  what: note.kind,
  attempt: note.detail.attempt,
  agent: "agent" in note.detail ? note.detail.agent : null,
  detail: noteWords(note, words)
})

const noteWords = (note: ContactNote, words: TimelineWords): string => {
  switch (note.kind) {
    case "added":
      return note.detail.segment === "" ? "Added" : `Added, in segment ${note.detail.segment}`
    case "segment":
      return `From segment ${note.detail.from} to ${note.detail.to}`
    case "rule":
      return `By the rule “${note.detail.rule}”${note.detail.result === null ? "" : `: ${note.detail.result}`}`
    case "disposition":
      return note.detail.label
    case "promise":
      return `Promised a call at ${words.instant(note.detail.dueAt)} by ${
        note.detail.agent === null ? "anyone" : words.agent(note.detail.agent)
      }`
    case "do-not-call":
      return "Put on the do-not-call list"
    case "removed":
      return "Removed from the campaign"
    case "moved":
      return `Moved to ${note.detail.to}`
    case "parameter": {
      const { name, of, value } = note.detail
      const which = of === "attempt" ? `${name} of the call` : name
      return value === "" ? `${which} taken away` : `${which} set to ${value}`
    }
    case "refused":
      return `Passed over by ${note.detail.agent === null ? "an agent" : words.agent(note.detail.agent)}`
  }
}
