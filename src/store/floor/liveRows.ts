import type { Records } from "../Recorder.ts"
import type { AttemptRow, HoldRow, InboundRow, NoteRow, SpanRow } from "../schema.ts"

/** Rows of a core whose clock shows 0 at `epoch` with Unix milliseconds in place of its own. */
export const liveRows = ({ arrivals, attempts, holds, notes, spans }: Records, epoch: number): Records => {
  const at = (instant: number): number => instant + epoch
  const orNull = (instant: number | null): number | null => (instant === null ? null : instant + epoch)
  return {
    attempts: attempts.map((row): AttemptRow => ({
      ...row,
      placedAt: at(row.placedAt),
      answeredAt: orNull(row.answeredAt),
      connectedAt: orNull(row.connectedAt),
      endedAt: at(row.endedAt),
      retryAt: orNull(row.retryAt)
    })),
    arrivals: arrivals.map((row): InboundRow => ({
      ...row,
      arrivedAt: at(row.arrivedAt),
      connectedAt: orNull(row.connectedAt),
      endedAt: at(row.endedAt)
    })),
    spans: spans.map((row): SpanRow => ({ ...row, from: at(row.from), to: at(row.to) })),
    holds: holds.map((row): HoldRow => ({ ...row, at: at(row.at), until: orNull(row.until) })),
    notes: notes.map((row) => liveNote(row, epoch))
  }
}

const liveNote = (row: NoteRow, epoch: number): NoteRow =>
  row.kind === "promise"
    ? { ...row, at: row.at + epoch, detail: { ...row.detail, dueAt: row.detail.dueAt + epoch } }
    : { ...row, at: row.at + epoch }
