import { Effect, Option } from "effect"
import { SqlClient } from "effect/sql"
import type { E164 } from "../../domain/Contact.ts"
import { type ErasedRows, eraseContacts, eraseNumbers, markUnswept, sweep } from "../../store/erase.ts"
import { appendAudit } from "../../store/floor/audit.ts"
import { erasedPeople, forgetErased, keepErased } from "../../store/floor/erasedPeople.ts"
import {
  type ContactNumbers,
  contactsWithNumbers,
  dropNumbers,
  erasedInClear,
  type ErasureDue,
  erasuresDue,
  forbidOthers
} from "../../store/floor/erasures.ts"
import { problemOf } from "../../store/floor/floorFile.ts"
import { recordingsOf } from "../../store/floor/recordings.ts"
import { makeSecret, readSecret } from "../../store/floor/secretFile.ts"
import { turnWindow } from "./openFloor.ts"
import { type RecordingsFolder, removeFile, strayRecordings } from "./recordingFiles.ts"

export interface EraseOptions {
  /** Of the store; the secret that erased people are known by lies beside it. */
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
 * that says who they are or what they said. Calls stay, as figures, and entries which tell with the secret alone that a number
 * is of somebody who was erased, so that no list brings them back; none of those who are to be forgotten. The window that is open is folded into the past of its
 * contacts first, because its journal can only be told to them as they were. A process that dies meanwhile leaves nobody
 * half erased: what is not done is done the next time. `waits`: agents have after-call work to do.
 */
export const eraseDue = Effect.fn("eraseDue")(
  function* (options: EraseOptions) {
    yield* hideNumbers(options.path)
    const due = yield* erasuresDue
    if (due.length === 0) return yield* Effect.as(sweep, null)
    // On the disk before there are entries that need it.
    const secret = yield* due.every(({ forget }) => forget) ? readSecret(options.path) : makeSecret(options.path)
    const { numbers } = yield* erasedPeople(options.path)
    const erased = yield* turnWindow({ ...options, erased: numbers }, erase(options, due, secret))
    if (Option.isNone(erased)) return "waits"
    yield* sweep
    return erased.value
  },
  (erasing, { path }) => Effect.catchTag(erasing, "SqlError", (error) => Effect.fail(problemOf(path, error)))
)

/** Of people who were erased when their numbers stayed on the do-not-call list, entries stay in place of these. */
const hideNumbers = Effect.fnUntraced(function* (path: string) {
  const sql = yield* SqlClient.SqlClient
  const inClear = yield* erasedInClear
  if (inClear.length === 0) return
  const secret = yield* makeSecret(path)
  const numbers = inClear.map(({ number }) => number)
  yield* sql.withTransaction(
    Effect.all([keepErased(secret, inClear), dropNumbers(numbers), markUnswept], { discard: true })
  )
})

const erase = Effect.fnUntraced(function* (
  { now, recordings, who }: EraseOptions,
  due: ReadonlyArray<ErasureDue>,
  secret: Uint8Array | null
) {
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
  yield* eraseNumbers([...kept, ...forgotten])
  yield* dropNumbers([...kept, ...forgotten])
  if (secret !== null) {
    const people = kept.map((number) => ({ number, at: now }))
    yield* Effect.andThen(keepErased(secret, people), forgetErased(secret, forgotten))
  }
  yield* forbidOthers(kept)
  yield* appendAudit({ at: now, who, what: auditText(due.length, contacts.length, rows, files.removed) })
  yield* markUnswept
  const erased: Erased = { ...rows, contacts, files: files.removed, missing: files.missing }
  return erased
})

/**
 * Who is called by nobody at any of their numbers, and of which numbers nothing is to be kept. What was said of a number goes
 * before what was said of another one of the same contact; then keeping does.
 */
const sorted = (due: ReadonlyArray<ErasureDue>, contacts: ReadonlyArray<ContactNumbers>) => {
  const named = new Map<E164, boolean>(due.map(({ forget, number }) => [number, forget]))
  const kept = new Set<E164>(due.filter(({ forget }) => !forget).map(({ number }) => number))
  const forgotten = new Set<E164>(due.filter(({ forget }) => forget).map(({ number }) => number))
  for (const { numbers } of contacts) {
    const all = numbers.some((number) => named.get(number) === false) ? kept : forgotten
    for (const number of numbers) if (!named.has(number)) all.add(number)
  }
  return { kept: [...kept], forgotten: [...forgotten].filter((number) => !kept.has(number)) }
}

const auditText = (numbers: number, contacts: number, { answers, notes }: ErasedRows, files: number): string =>
  `erased on request, by ${counted(numbers, "number")}: ${counted(contacts, "contact")}, ${counted(answers, "answer")}, ` +
  `${counted(notes, "note")}, ${counted(files, "recording")}`

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`
