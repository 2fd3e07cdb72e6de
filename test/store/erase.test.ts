import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { answersOf, writeAnswers } from "../../src/store/answers.ts"
import { insertHistory, recordsOf } from "../../src/store/contactHistory.ts"
import { eraseContacts } from "../../src/store/erase.ts"
import { insertContacts } from "../../src/store/floor/contactRows.ts"
import { migrate } from "../../src/store/migrations.ts"
import { insertShift } from "../../src/store/rows.ts"
import type { NoteRow } from "../../src/store/schema.ts"
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

/** Contact 1 is to be erased, contact 2 stays. */
const fill = Effect.gen(function* () {
  yield* migrate
  yield* insertShift("window-1", [attempt(1), attempt(2)], [])
  yield* insertShift("window-2", [attempt(1)], [])
  yield* insertHistory("window-1", [hold(1, 5), hold(2, 5)], [note(1, told("GONE-NOTE")), note(2, told("KEPT-NOTE"))])
  for (const [run, id, secret] of [
    ["window-1", 1, "GONE-ANSWER"],
    ["window-1", 2, "KEPT-ANSWER"],
    ["window-2", 1, "KEPT-WINDOW"]
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
    segment: "",
    loadedAt: 0,
    requested: false,
    forbidden: false
  })
  yield* insertContacts("Renewals", [contact(1, "GONE"), contact(2, "KEPT")])
})

const bytesIn = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ name }) => readFileSync(join(folder, name), "latin1"))
    .join("\n")

const person = [{ run: "window-1", campaign: "Renewals", contact: 1 }]

describe("erasing a person", () => {
  it.effect("takes answers, holds, notes, fields and parameters, and leaves the attempts and everybody else's", () =>
    withFiles(
      Effect.gen(function* () {
        const path = join(yield* emptyFolder, "floor.sqlite")
        yield* Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          yield* fill
          const before = yield* recordsOf("window-1", "Renewals", 2)
          yield* eraseContacts(person)
          const { attempts, holds, notes } = yield* recordsOf("window-1", "Renewals", 1)
          assert.deepStrictEqual([attempts, holds, notes], [[attempt(1)], [], []])
          assert.deepStrictEqual(yield* answersOf({ run: "window-1", id: 1 }, "renewal"), {})
          assert.deepStrictEqual(
            yield* sql`SELECT contact, fields = '{}' AS bare, parameters = '{}' AS plain FROM contacts ORDER BY contact`,
            [
              { contact: 1, bare: 1, plain: 1 },
              { contact: 2, bare: 0, plain: 0 }
            ]
          )
          assert.deepStrictEqual(yield* recordsOf("window-1", "Renewals", 2), before)
          assert.deepStrictEqual(yield* answersOf({ run: "window-1", id: 2 }, "renewal"), { why: told("KEPT-ANSWER") })
          assert.deepStrictEqual(yield* answersOf({ run: "window-2", id: 1 }, "renewal"), { why: told("KEPT-WINDOW") })
        }).pipe(Effect.provide(layer(path)))
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
          yield* eraseContacts(person)
          assert.isTrue(existsSync(join(folder, "floor.sqlite-wal")))
          const bytes = bytesIn(folder)
          assert.notInclude(bytes, "GONE-")
          for (const kept of ["KEPT-NOTE", "KEPT-ANSWER", "KEPT-FIELD", "KEPT-PARAMETER"]) assert.include(bytes, kept)
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
          yield* Effect.flip(eraseContacts([...person, { ...person[0], contact: 2 }]))
          assert.lengthOf((yield* recordsOf("window-1", "Renewals", 1)).notes, 1)
        }).pipe(Effect.provide(layer(join(yield* emptyFolder, "floor.sqlite"))))
      })
    )
  )
})
