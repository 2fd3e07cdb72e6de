import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { answersOf, writeAnswers } from "../../src/store/answers.ts"
import { insertHistory, recordsOf } from "../../src/store/contactHistory.ts"
import { eraseContacts, eraseNumbers, markUnswept, sweep } from "../../src/store/erase.ts"
import { appendEvents, eventsOf } from "../../src/store/floor/journalRows.ts"
import { closeWindow, insertWindow } from "../../src/store/floor/windows.ts"
import { neverCalled } from "../../src/domain/copyCampaign.ts"
import { type ContactKey, contactRowsOf, insertContacts, keepPasts } from "../../src/store/floor/contactRows.ts"
import { openCalls, writeOpenCalls } from "../../src/store/floor/openCalls.ts"
import { insertRecording } from "../../src/store/floor/recordings.ts"
import { migrate } from "../../src/store/migrations.ts"
import { insertShift } from "../../src/store/rows.ts"
import { insertInbound } from "../../src/store/inboundRows.ts"
import type { InboundRow, NoteRow } from "../../src/store/schema.ts"
import { layer } from "../../src/store/Sqlite.ts"
import type { Form } from "../../src/domain/form/Form.ts"
import { E164 } from "../../src/domain/Contact.ts"
import { emptyFolder, withFiles } from "./files.ts"
import { attempt, hold } from "./stored.ts"

const form: Form = {
  id: "renewal",
  title: "Renewal",
  steps: [{ id: "why", text: "Why?", question: { kind: "text", required: false } }]
}

/** Long enough to fill pages of its own, and to be moved about as rows come and go. */
const told = (secret: string) => `${secret} `.repeat(400)

const note = (contact: number, value: string): NoteRow => ({
  campaign: "Renewals",
  contact,
  at: 10,
  kind: "parameter",
  detail: { of: "contact", name: "Diagnosis", value, attempt: 1 }
})

/** Keys and answers in the journal of the window that is open; then it is closed. */
const journal = (secret: string) =>
  Effect.gen(function* () {
    const { id } = yield* insertWindow({ openedAt: 0, epoch: 0, settings: {}, opening: {} })
    const key = { call: 3, generation: 1 }
    yield* appendEvents(id, 0, [
      { at: 1, event: { kind: "answersGiven", ...key, form: "renewal", answers: { why: told(secret) } } },
      { at: 2, event: { kind: "flowKeys", ...key, turn: 1, keys: `${secret}-KEYS` } },
      { at: 3, event: { kind: "ended", ...key, machine: false } }
    ])
    yield* closeWindow(id, 9)
  })

/** Contact 1 is to be erased, contact 2 stays; in window 3 only contact 2 was called. */
const fill = Effect.gen(function* () {
  yield* migrate
  yield* journal("GONE-SAID")
  yield* journal("GONE-LATER")
  yield* journal("KEPT-SAID")
  yield* insertShift("window-1", [attempt(1), attempt(2)], [])
  yield* insertShift("window-2", [attempt(1)], [])
  yield* insertShift("window-3", [attempt(2)], [])
  yield* journal("GONE-CALLER")
  yield* insertInbound("window-4", [callToUs])
  yield* insertHistory("window-1", [hold(1, 5), hold(2, 5)], [note(1, told("GONE-NOTE")), note(2, told("KEPT-NOTE"))])
  yield* insertHistory("window-2", [], [note(1, told("GONE-AGAIN")), sold])
  for (const [run, id, secret] of [
    ["window-1", 1, "GONE-ANSWER"],
    ["window-1", 2, "KEPT-ANSWER"],
    ["window-2", 1, "GONE-WINDOW"],
    // Of a call to us, in a window in which nobody was called.
    ["window-4", -7, "GONE-INBOUND"]
  ] as const) {
    // Written twice: what an answer was before is to be gone, too.
    yield* writeAnswers({ run, id }, form, { why: told(`${secret}-FIRST`) })
    yield* writeAnswers({ run, id }, form, { why: told(secret) })
  }
  const contact = (of: number, secret: string) => ({
    contact: of,
    is: {
      numbers: [{ number: E164.make(`+4420794600${of}0`), column: "phone" }],
      fields: { note: told(`${secret}-FIELD`) },
      parameters: { Diagnosis: told(`${secret}-PARAMETER`) }
    },
    segment: `${secret}-SEGMENT`,
    loadedAt: 0,
    requested: true,
    forbidden: false
  })
  yield* insertContacts("Renewals", [contact(1, "GONE"), contact(2, "KEPT")])
  const past = { ...neverCalled, state: "retry" as const, attempts: 2, dueAt: 99, number: 1 }
  yield* keepPasts("Renewals", [{ contact: 1, segment: "GONE-SEGMENT", requested: true, past }])
  const recording = { run: "window-1", attempt: 1, startedAt: 1, seconds: 1, keepUntil: 9, campaign: "Renewals" }
  yield* insertRecording({ ...recording, contact: 1, path: "GONE.wav" })
  yield* insertRecording({ ...recording, contact: 2, path: "KEPT.wav" })
})

const callToUs: InboundRow = {
  id: 7,
  campaign: "Renewals",
  contact: 1,
  agent: 0,
  handedBy: null,
  arrivedAt: 1,
  connectedAt: 2,
  endedAt: 3,
  outcome: "connected",
  talkMillis: 1,
  holdMillis: 0,
  wrapMillis: 0
}

/** What the figures are made of. */
const sold: NoteRow = {
  campaign: "Renewals",
  contact: 1,
  at: 11,
  kind: "disposition",
  detail: { code: "sold", label: "Sold", agent: 0, attempt: 1 }
}

const bytesIn = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ name }) => readFileSync(join(folder, name), "latin1"))
    .join("\n")

const person = { campaign: "Renewals", contact: 1 }

const erased = (...contacts: ReadonlyArray<ContactKey>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql.withTransaction(Effect.andThen(markUnswept, eraseContacts(contacts)))
    yield* sweep
    return rows
  })

describe("erasing a person", () => {
  it.effect("takes all that says who and what, of every window, and leaves the figures and everybody else's", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "floor.sqlite")
        yield* Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          yield* fill
          const before = yield* recordsOf("window-1", "Renewals", 2)
          assert.deepStrictEqual(yield* erased(person), { calls: 3, answers: 3, notes: 2, recordings: 1 })
          const { attempts, holds, notes } = yield* recordsOf("window-1", "Renewals", 1)
          assert.deepStrictEqual([attempts, holds, notes], [[attempt(1)], [], []])
          assert.deepStrictEqual((yield* recordsOf("window-2", "Renewals", 1)).notes, [sold])
          assert.deepStrictEqual(yield* answersOf({ run: "window-1", id: 1 }, "renewal"), {})
          assert.deepStrictEqual(yield* sql`SELECT id, contact FROM inbound_calls`, [{ id: 7, contact: 1 }])
          const [one, two] = yield* Stream.runCollect(contactRowsOf("Renewals"))
          const nothing = { numbers: [], fields: {}, parameters: {} }
          assert.deepStrictEqual([one.is, one.changed, one.segment, one.requested], [nothing, null, "", false])
          assert.deepInclude(one.past, { state: "closed", closedAs: "removed", attempts: 2, dueAt: null, number: 0 })
          assert.deepStrictEqual([two.segment, two.requested, two.past], ["KEPT-SEGMENT", true, null])
          assert.deepStrictEqual(yield* recordsOf("window-1", "Renewals", 2), before)
          assert.deepStrictEqual(yield* answersOf({ run: "window-1", id: 2 }, "renewal"), { why: told("KEPT-ANSWER") })
          assert.deepStrictEqual(yield* sql`SELECT path FROM recordings`, [{ path: "KEPT.wav" }])
        }).pipe(Effect.provide(layer(path)))
      })
    )
  )
  it.effect("takes the words out of the journals of the windows the person was called in, and nothing else", () =>
    withFiles(
      Effect.gen(function* () {
        yield* Effect.gen(function* () {
          yield* fill
          const others = yield* Stream.runCollect(eventsOf(3))
          yield* erased(person)
          const key = { call: 3, generation: 1 }
          assert.deepStrictEqual(yield* Stream.runCollect(eventsOf(1)), [
            { at: 1, event: { kind: "answersGiven", ...key, form: "renewal", answers: {} } },
            { at: 2, event: { kind: "flowKeys", ...key, turn: 1, keys: "" } },
            { at: 3, event: { kind: "ended", ...key, machine: false } }
          ])
          assert.deepStrictEqual(yield* Stream.runCollect(eventsOf(3)), others)
        }).pipe(Effect.provide(layer(join(yield* emptyFolder, "floor.sqlite"))))
      })
    )
  )
  it.effect("takes numbers out of whatever else was written down", () =>
    withFiles(
      Effect.gen(function* () {
        yield* Effect.gen(function* () {
          yield* migrate
          const { id } = yield* insertWindow({ openedAt: 0, epoch: 0, settings: {}, opening: {} })
          yield* appendEvents(id, 0, [{ at: 1, event: { kind: "handed", to: "+442079460010" } }])
          const call = { kind: "kept", trunk: null, address: "192.0.2.1:5060" } as const
          yield* writeOpenCalls([
            { ...call, id: "a", message: "BYE sip:02079460010@carrier.example SIP/2.0" },
            { ...call, id: "b", message: "BYE sip:02079460020@carrier.example SIP/2.0" }
          ])
          yield* eraseNumbers(["+442079460010"])
          assert.deepStrictEqual(
            (yield* openCalls).map((each) => each.id),
            ["b"]
          )
          assert.deepStrictEqual(yield* Stream.runCollect(eventsOf(id)), [
            { at: 1, event: { kind: "handed", to: "(erased)" } }
          ])
        }).pipe(Effect.provide(layer(join(yield* emptyFolder, "floor.sqlite"))))
      })
    )
  )
  it.effect("leaves no byte of it in the file nor beside it, while the file is open", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        yield* Effect.gen(function* () {
          yield* fill
          assert.include(bytesIn(folder), "GONE-ANSWER")
          yield* erased(person)
          assert.isTrue(existsSync(join(folder, "floor.sqlite-wal")))
          const bytes = bytesIn(folder)
          assert.isFalse(bytes.includes("GONE"))
          for (const kept of ["KEPT-NOTE", "KEPT-ANSWER", "KEPT-FIELD", "KEPT-PARAMETER", "KEPT-SAID"])
            assert.include(bytes, kept)
        }).pipe(Effect.provide(layer(join(folder, "floor.sqlite"))))
      })
    )
  )
  it.effect("is done for all of the contacts or for none", () =>
    withFiles(
      Effect.gen(function* () {
        yield* Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          yield* fill
          yield* sql`CREATE TRIGGER stop BEFORE DELETE ON contact_notes WHEN old.contact = 2
            BEGIN SELECT RAISE(ABORT, 'not this one'); END`
          yield* Effect.flip(erased(person, { ...person, contact: 2 }))
          assert.lengthOf((yield* recordsOf("window-1", "Renewals", 1)).notes, 1)
        }).pipe(Effect.provide(layer(join(yield* emptyFolder, "floor.sqlite"))))
      })
    )
  )
})
