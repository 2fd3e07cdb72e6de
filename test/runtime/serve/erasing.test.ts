import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Queue, Result } from "effect"
import { TestClock } from "effect/testing"
import { SqlClient } from "effect/sql"
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { readFloor } from "../../../src/config/floor/readFloor.ts"
import { Closed } from "../../../src/dialler/ContactList.ts"
import type { Contact, E164 } from "../../../src/domain/Contact.ts"
import { Inbox } from "../../../src/runtime/floor/Inbox.ts"
import { ContactDesk } from "../../../src/runtime/serve/ContactDesk.ts"
import { erasing } from "../../../src/runtime/serve/erasing.ts"
import { loadList } from "../../../src/runtime/serve/loadList.ts"
import { eraseDue } from "../../../src/runtime/store/eraseDue.ts"
import { auditPage } from "../../../src/store/floor/audit.ts"
import { erasedPeople } from "../../../src/store/floor/erasedPeople.ts"
import { askErasure, erasuresDue } from "../../../src/store/floor/erasures.ts"
import { onStore } from "../../store/floor/onStore.ts"
import { contactOf, floorText, settingsAt, start } from "../store/floorFile.ts"
import { open } from "../store/LiveFloor.ts"
import { World } from "../store/World.ts"

const number = "+442079460999" as E164
const person: Contact = { numbers: [{ number, column: "Phone" }], fields: { firstName: "GONE-NAME" }, parameters: {} }
const context = { epochMillis: start, writtenAt: new Map<string, number>() }
const configIn = (folder: string) =>
  Result.getOrThrow(readFloor(floorText, "outpace.yaml", new Map(), { ...context, folder }))

describe("erasing on a floor that works", () => {
  it.effect("takes people off all lists at once, requests of theirs too; the next start erases them", () =>
    onStore((path) =>
      Effect.gen(function* () {
        yield* TestClock.setTime(start)
        const live = yield* open(path, start, settingsAt())
        yield* live.put(0, [contactOf(1), person])
        yield* live.put(2, [person], true)
        const world = new World(1)
        yield* live.tell(world, 5, { kind: "contactsAdded", campaign: 0, count: 2, segment: null })
        yield* live.tell(world, 5, { kind: "callbackRequested", campaign: 2 })
        const inbox = yield* Inbox
        const erase = yield* erasing(configIn("/srv/outpace"), live.floor)
        const refused = yield* Effect.flip(erase({ numbers: ["020 7946 0999", "12"], forget: false }))
        assert.strictEqual(refused.sentence, 'No telephone number of GB, nor with + of any country: "12".')
        assert.deepStrictEqual(yield* erasuresDue, [])
        assert.match(
          yield* erase({ numbers: ["020 7946 0999"], forget: true }),
          /any more \(contacts: 2\)\. What is known/
        )
        assert.deepStrictEqual(yield* erasuresDue, [{ number, forget: true }])
        const told = yield* Queue.takeAll(inbox.events)
        yield* live.tell(world, 10, ...told.map(({ event }) => event))
        const { campaigns } = live.floor.core.dialler
        assert.deepStrictEqual(
          [campaigns[0].list.closedAs[0], campaigns[0].list.closedAs[1], campaigns[2].list.closedAs[0]],
          [Closed.not, Closed.doNotCall, Closed.doNotCall]
        )
        assert.isTrue(
          readFileSync(path, "latin1").includes("GONE-NAME") ||
            readFileSync(`${path}-wal`, "latin1").includes("GONE-NAME")
        )
        yield* eraseDue({ path, now: start + 60_000, who: "serve", endsWrapUps: false, recordings: null })
        for (const file of [path, `${path}-wal`]) {
          const bytes = readFileSync(file, "latin1")
          assert.deepStrictEqual([bytes.includes("GONE-NAME"), bytes.includes(number.slice(1))], [false, false])
        }
        assert.deepStrictEqual(
          (yield* auditPage(null, 10)).map(({ what }) => what.slice(0, 34)),
          ["erased on request, by 1 number: 2 ", "people are to be erased, by 1 numb"]
        )
        const next = yield* open(path, start + 120_000, settingsAt())
        assert.strictEqual(next.floor.core.dialler.campaigns[0].list.closedAs[1], Closed.doNotCall)
      }).pipe(Effect.provide([Inbox.layer(0), NodeServices.layer]))
    )
  )

  it.effect("takes off who was just about to be on a list", () =>
    onStore((path) =>
      Effect.gen(function* () {
        yield* TestClock.setTime(start)
        const live = yield* open(path, start, settingsAt())
        yield* live.put(0, [person])
        const erase = yield* erasing(configIn("/srv/outpace"), live.floor)
        const asked = yield* Effect.forkChild(erase({ numbers: [number], forget: false }))
        yield* TestClock.adjust("100 millis")
        yield* live.tell(new World(1), 5, { kind: "contactsAdded", campaign: 0, count: 1, segment: null })
        yield* TestClock.adjust("100 millis")
        assert.match(yield* Fiber.join(asked), /contacts: 1/)
        const told = yield* Queue.takeAll((yield* Inbox).events)
        assert.deepStrictEqual(
          told.map(({ event }) => event),
          [{ kind: "withdrawn", as: Closed.doNotCall, campaign: 0, contact: 0 }]
        )
      }).pipe(Effect.provide([Inbox.layer(0), NodeServices.layer]))
    )
  )

  it.effect("lists bring nobody back who was erased, or is to be", () =>
    onStore((path) =>
      Effect.gen(function* () {
        yield* TestClock.setTime(start)
        const folder = dirname(path)
        writeFileSync(
          join(folder, "a.csv"),
          "Phone,First name,Secret\n+442079460999,Ann,GONE\n+442079460998,Ben,kept\n+442079460997,Cas,GONE\n"
        )
        yield* askErasure([number], false, start)
        yield* eraseDue({ path, now: start, who: "ann", endsWrapUps: true, recordings: null })
        yield* askErasure(["+442079460997" as E164], false, start)
        const { numbers } = yield* erasedPeople(path)
        const { floor } = yield* open(path, start, settingsAt(), numbers)
        const loaded = yield* loadList(configIn(folder).campaigns[0], 0, floor, () => {}).pipe(
          Effect.provide(ContactDesk.layer(floor))
        )
        assert.deepStrictEqual([loaded.added, loaded.rows], [1, 3])
        assert.deepStrictEqual(
          loaded.problems.map(({ count, first, kind }) => [kind, count, first.map((each) => each.message)]),
          [["do-not-call", 2, ["somebody who was erased", "somebody who was erased"]]]
        )
        assert.notInclude(JSON.stringify(loaded), "20794609")
        const sql = yield* SqlClient.SqlClient
        const rows = yield* sql<{ readonly parameters: string }>`SELECT parameters FROM contacts`
        assert.deepStrictEqual(
          rows.map(({ parameters }) => JSON.parse(parameters) as unknown),
          [{ "First name": "Ben", Secret: "kept" }]
        )
      }).pipe(Effect.provide([Inbox.layer(0), NodeServices.layer]))
    )
  )
})
