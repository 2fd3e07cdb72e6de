import { Effect, Option } from "effect"
import type { E164 } from "../../domain/Contact.ts"
import { type ErasedRows, eraseContacts, eraseNumbers, markUnswept, sweep } from "../../store/erase.ts"
import { appendAudit } from "../../store/floor/audit.ts"
import {
  type ContactNumbers,
  contactsWithNumbers,
  type ErasureDue,
  erasuresDue,
  settleErasures
} from "../../store/floor/erasures.ts"
import { problemOf } from "../../store/floor/floorFile.ts"
import { recordingsOf } from "../../store/floor/recordings.ts"
import { turnWindow } from "./openFloor.ts"
import { type RecordingsFolder, removeFile, strayRecordings } from "./recordingFiles.ts"

export interface EraseOptions {
  /** Of the store, for messages. */
  readonly path: string
  /** Unix milliseconds. */
  readonly now: number
  /** For the audit. */
  readonly who: string
  /** Whether agents with after-call work to do from before are signed out without it; otherwise erasing waits for it. */
  readonly endsWrapUps: boolean
  /** Null where only recordings that the store knows can be found. */
  readonly recordings: RecordingsFolder | null
}

/** What was erased. */
export interface Erased extends ErasedRows {
  readonly contacts: ReadonlyArray<ContactNumbers>
  /** Files of recordings that were deleted. */
  readonly files: number
  /** Those that were not where the store had them. */
  readonly missing: ReadonlyArray<string>
}

/**
 * Erases everybody who is to be erased (`askErasure`), of all campaigns and windows: files of recordings, and all in the store
 * that says who they are or what they said. Calls stay, as figures. The window that is open is folded into the past of its
 * contacts first, because its journal can only be told to them as they were. A process that dies meanwhile leaves nobody
 * half erased: what is not done is done the next time. `waits`: agents have after-call work to do.
 */
export const eraseDue = Effect.fn("eraseDue")(
  function* (options: EraseOptions) {
    const due = yield* erasuresDue
    if (due.length === 0) return yield* Effect.as(sweep, null)
    const erased = yield* turnWindow(options, erase(options, due))
    if (Option.isNone(erased)) return "waits"
    yield* sweep
    return erased.value
  },
  (erasing, { path }) => Effect.catchTag(erasing, "SqlError", (error) => Effect.fail(problemOf(path, error)))
)

const erase = Effect.fnUntraced(function* ({ now, recordings, who }: EraseOptions, due: ReadonlyArray<ErasureDue>) {
  const contacts = yield* contactsWithNumbers(due.map(({ number }) => number))
  const files = { removed: 0, missing: [] as Array<string> }
  for (const contact of contacts) {
    for (const { path } of yield* recordingsOf(contact.campaign, contact.contact)) {
      if (yield* removeFile(path)) files.removed += 1
      else files.missing.push(path)
    }
    if (recordings === null) continue
    for (const { path } of yield* strayRecordings(recordings, contact)) if (yield* removeFile(path)) files.removed += 1
  }
  const rows = yield* eraseContacts(contacts)
  const { forgotten, kept } = sorted(due, contacts)
  yield* eraseNumbers([...new Set([...contacts.flatMap(({ numbers }) => numbers), ...due.map(({ number }) => number)])])
  yield* settleErasures(kept, forgotten, now)
  yield* appendAudit({ at: now, who, what: auditText(due.length, contacts.length, rows, files.removed) })
  yield* markUnswept
  const erased: Erased = { ...rows, contacts, files: files.removed, missing: files.missing }
  return erased
})

/** Who is called by nobody at any of their numbers, and which numbers are to be forgotten: those that were named. */
const sorted = (due: ReadonlyArray<ErasureDue>, contacts: ReadonlyArray<ContactNumbers>) => {
  const forgotten = due.filter(({ forget }) => forget).map(({ number }) => number)
  const named = new Set<E164>(due.filter(({ forget }) => !forget).map(({ number }) => number))
  const kept = new Set(named)
  for (const { numbers } of contacts) {
    if (numbers.some((number) => named.has(number))) for (const number of numbers) kept.add(number)
  }
  for (const number of forgotten) kept.delete(number)
  return { forgotten, kept: [...kept] }
}

const auditText = (numbers: number, contacts: number, { answers, notes }: ErasedRows, files: number): string =>
  `erased on request, by ${counted(numbers, "number")}: ${counted(contacts, "contact")}, ${counted(answers, "answer")}, ` +
  `${counted(notes, "note")}, ${counted(files, "recording")}`

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`
