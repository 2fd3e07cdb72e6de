import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { type E164 } from "../../../src/domain/Contact.ts"
import { neverCalled } from "../../../src/domain/copyCampaign.ts"
import { appendAudit, auditPage } from "../../../src/store/floor/audit.ts"
import {
  type ContactRow,
  contactRowsOf,
  insertContacts,
  keepChanged,
  keepPasts
} from "../../../src/store/floor/contactRows.ts"
import {
  doNotCallNumbers,
  forbiddenAmong,
  forbidContacts,
  insertDoNotCall
} from "../../../src/store/floor/doNotCallRows.ts"
import { appendEvents, eventCount, eventsOf } from "../../../src/store/floor/journalRows.ts"
import { floorTables } from "../../../src/store/floor/floorTables.ts"
import { forgetPhone, keepPhone, phonesAt } from "../../../src/store/floor/phones.ts"
import { forgetRecordings, insertRecording, recordingsDue, recordingsOf } from "../../../src/store/floor/recordings.ts"
import { campaignsBegan, closeWindow, insertWindow, openWindow } from "../../../src/store/floor/windows.ts"
import { migrate } from "../../../src/store/migrations.ts"
import { onStore } from "./onStore.ts"

const window = { openedAt: 1_000, epoch: 900, settings: {}, opening: {} }
const numberOf = (last: number): E164 => `+44207946${String(last).padStart(4, "0")}` as E164
const row = (contact: number, fields: Partial<ContactRow> = {}): ContactRow => ({
  contact,
  is: {
    numbers: [{ number: numberOf(contact), column: "Phone" }],
    fields: { lastName: `Name ${contact} "Ø"` },
    parameters: { Amount: "10", "": "" }
  },
  changed: null,
  segment: "",
  loadedAt: 500,
  requested: false,
  forbidden: false,
  past: null,
  ...fields
})
const contactsOf = (campaign: string) => Stream.runCollect(contactRowsOf(campaign))

describe("windows", () => {
  it.effect("give back settings exactly, one open at a time", () =>
    onStore(() =>
      Effect.gen(function* () {
        assert.isNull(yield* openWindow)
        const settings = { max: Infinity, starts: Float64Array.of(-Infinity, 0, 7), offsets: Int32Array.of(1, 2) }
        const first = yield* insertWindow({ ...window, settings, opening: [-0] })
        assert.deepStrictEqual(yield* openWindow, first)
        const second = yield* Effect.flip(insertWindow(window))
        assert.strictEqual(second.reason._tag, "UniqueViolation")
        yield* closeWindow(first.id, 2_000)
        assert.isNull(yield* openWindow)
        assert.strictEqual((yield* insertWindow(window)).id, first.id + 1)
      })
    )
  )

  it.effect("know when each campaign began first", () =>
    onStore(() =>
      Effect.gen(function* () {
        yield* campaignsBegan(["a"], 5)
        const began = yield* campaignsBegan(["a", "b"], 9)
        assert.deepStrictEqual(
          [...began],
          [
            ["a", 5],
            ["b", 9]
          ]
        )
      })
    )
  )
})

describe("the journal's rows", () => {
  it.effect("come back as they were, over several pages", () =>
    onStore(() =>
      Effect.gen(function* () {
        const { id } = yield* insertWindow(window)
        const odd = { kind: "changed", pacing: { linesMax: Infinity, share: -0, none: undefined, text: `"'\\ \u2028` } }
        const events = Array.from({ length: 4_001 }, (_, at) => ({
          at,
          event: at % 7 === 0 ? odd : { kind: "timers" }
        }))
        yield* appendEvents(id, 0, events.slice(0, 1_500))
        yield* appendEvents(id, 1_500, events.slice(1_500))
        assert.deepStrictEqual(yield* Stream.runCollect(eventsOf(id)), events)
        assert.strictEqual(yield* eventCount(id), 4_001)
        const twice = yield* Effect.flip(appendEvents(id, 4_000, events.slice(0, 1)))
        assert.strictEqual(twice.reason._tag, "UniqueViolation")
      })
    )
  )
})

describe("contacts", () => {
  it.effect("come back as they were, over several pages", () =>
    onStore(() =>
      Effect.gen(function* () {
        const rows = Array.from({ length: 2_345 }, (_, contact) =>
          row(contact, { requested: contact % 3 === 0, forbidden: contact % 5 === 0, segment: `s${contact % 2}` })
        )
        yield* insertContacts("a", rows)
        yield* insertContacts("b", [row(0)])
        assert.deepStrictEqual(yield* contactsOf("a"), rows)
        assert.deepStrictEqual(yield* contactsOf("b"), [row(0)])
      })
    )
  )

  it.effect("keep what was set beside what they were until the window is closed", () =>
    onStore(() =>
      Effect.gen(function* () {
        yield* insertContacts("a", [row(0), row(1), row(2)])
        const parameters = { Amount: "12", Seen: "yes" }
        yield* keepChanged([{ campaign: "a", contact: 1, parameters }])
        assert.deepStrictEqual((yield* contactsOf("a"))[1], row(1, { changed: parameters }))
        const past = { ...neverCalled, attempts: 2, promise: { agent: null, until: 7 }, attemptsBy: { busy: 2 } }
        yield* keepPasts("a", [
          { contact: 1, segment: "new", requested: false, past },
          { contact: 2, segment: "", requested: true, past }
        ])
        const kept = { ...row(1).is, parameters }
        assert.deepStrictEqual(yield* contactsOf("a"), [
          row(0),
          row(1, { is: kept, segment: "new", past }),
          row(2, { requested: true, past })
        ])
      })
    )
  )

  it.effect("are forbidden by any of their numbers", () =>
    onStore(() =>
      Effect.gen(function* () {
        const two = { ...row(2).is, numbers: [...row(2).is.numbers, { number: numberOf(77), column: "Mobile" }] }
        yield* insertContacts("a", [row(0), row(1), row(2, { is: two })])
        const own = { source: "own", since: 3 }
        yield* insertDoNotCall([77, 1, 1, 500].map((last) => ({ number: numberOf(last), ...own })))
        yield* insertDoNotCall([{ number: numberOf(1), source: "TPS", since: 9 }])
        assert.deepStrictEqual(yield* Stream.runCollect(doNotCallNumbers), [1, 77, 500].map(numberOf))
        const among = yield* forbiddenAmong([1, 2, 77].map(numberOf))
        assert.deepStrictEqual([...among], [1, 77].map(numberOf))
        yield* forbidContacts("a")
        assert.deepStrictEqual(
          (yield* contactsOf("a")).map(({ forbidden }) => forbidden),
          [false, true, true]
        )
      })
    )
  )
})

describe("what else a floor keeps", () => {
  it.effect("recordings, until they are due", () =>
    onStore(() =>
      Effect.gen(function* () {
        const recording = { run: "window-1", campaign: "a", contact: 3, attempt: 1, seconds: 61.5 }
        const first = { ...recording, path: "a.wav", startedAt: 10, keepUntil: 100 }
        const second = { ...recording, path: "b.wav", startedAt: 20, keepUntil: 50 }
        yield* insertRecording(second)
        yield* insertRecording(first)
        yield* insertRecording(first)
        assert.deepStrictEqual(yield* recordingsOf("a", 3), [first, second])
        assert.deepStrictEqual(yield* recordingsDue(99, 10), [second])
        yield* forgetRecordings(["b.wav"])
        assert.deepStrictEqual(yield* recordingsOf("a", 3), [first])
      })
    )
  )

  it.effect("phones, several a user, the oldest registration first, until it is over", () =>
    onStore(() =>
      Effect.gen(function* () {
        const phone = { user: "ann", contact: "sip:ann@192.0.2.1", source: "192.0.2.1:5060", expiresAt: 50 }
        const second = { ...phone, contact: "sip:ann@192.0.2.2" }
        const refreshed = { ...phone, source: "198.51.100.7:40123", expiresAt: 60 }
        yield* keepPhone(phone)
        yield* keepPhone(second)
        yield* keepPhone(refreshed)
        yield* keepPhone({ ...phone, user: "bob", expiresAt: 20 })
        yield* keepPhone({ ...phone, user: "eve" })
        yield* keepPhone({ ...second, user: "eve" })
        yield* forgetPhone("eve", phone.contact)
        const held = [second, refreshed, { ...second, user: "eve" }]
        assert.deepStrictEqual(yield* phonesAt(20), held)
        assert.deepStrictEqual(yield* phonesAt(0), held)
        assert.deepStrictEqual(yield* phonesAt(50), [refreshed])
      })
    )
  )

  it.effect("phones, also in a store from before their sources were kept", () =>
    onStore(() =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        yield* sql`DROP TABLE phones`
        for (const statement of floorTables.filter((each) => each.includes("TABLE phones")))
          yield* sql.unsafe(statement)
        // What later schemas have brought.
        yield* sql`DROP TABLE IF EXISTS open_calls`
        yield* sql`DROP TABLE inbound_calls`
        yield* sql`DROP TABLE erased_people`
        yield* sql`ALTER TABLE contacts DROP COLUMN called_in`
        yield* sql`DELETE FROM outpace_migrations WHERE migration_id > 5`
        yield* migrate
        const phone = { user: "ann", contact: "sip:ann@192.0.2.1", source: "192.0.2.1:5060", expiresAt: 50 }
        yield* keepPhone(phone)
        assert.deepStrictEqual(yield* phonesAt(0), [phone])
      })
    )
  )

  it.effect("who did what, newest first", () =>
    onStore(() =>
      Effect.gen(function* () {
        for (const at of [1, 2, 3]) yield* appendAudit({ at, who: "ann", what: `did ${at}` })
        const page = yield* auditPage(null, 2)
        assert.deepStrictEqual(
          page.map(({ what }) => what),
          ["did 3", "did 2"]
        )
        assert.deepStrictEqual(yield* auditPage(page[1].id, 2), [{ id: 1, at: 1, who: "ann", what: "did 1" }])
        const sql = yield* SqlClient.SqlClient
        assert.strictEqual((yield* sql`SELECT * FROM audit`).length, 3)
      })
    )
  )
})
