import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Queue } from "effect"
import { TestClock } from "effect/testing"
import { SqlClient } from "effect/sql"
import { Closed } from "../../../src/dialler/ContactList.ts"
import { ErasedNumbers } from "../../../src/contacts/ErasedNumbers.ts"
import type { E164 } from "../../../src/domain/Contact.ts"
import { Inbox } from "../../../src/runtime/floor/Inbox.ts"
import { ContactDesk } from "../../../src/runtime/serve/ContactDesk.ts"
import { onStore } from "../../store/floor/onStore.ts"
import { contactOf, settingsAt, start } from "../store/floorFile.ts"
import { open } from "../store/LiveFloor.ts"
import { World } from "../store/World.ts"

const stranger = "+442079460999" as E164
const listed = contactOf(1).numbers[0].number
const world = new World(1)

/** A floor with two contacts on the list of campaign 0, and the desk where callers are looked up. */
const floorAt = Effect.fnUntraced(function* (path: string, erased: ErasedNumbers | null = null) {
  yield* TestClock.setTime(start)
  const live = yield* open(path, start, settingsAt(), erased)
  yield* live.put(0, [contactOf(0), contactOf(1)])
  yield* live.tell(world, 5, { kind: "contactsAdded", campaign: 0, count: 2, segment: null })
  const desk = yield* ContactDesk.pipe(Effect.provide(ContactDesk.layer(live.floor)))
  const inbox = yield* Inbox
  /** Somebody calls, in a fibre. */
  const calls = (number: E164 | null) => Effect.tap(Effect.forkChild(desk.caller(0, number)), () => settle)
  /** The core hears what it was told. */
  const hear = Effect.gen(function* () {
    const told = (yield* Queue.takeAll(inbox.events)).map(({ event }) => event)
    yield* live.tell(world, live.now, ...told)
    yield* TestClock.adjust("10 millis")
    return told
  })
  return { calls, desk, hear, inbox, live }
})

/** The store answers at once, in steps. */
const settle = Effect.repeat(Effect.yieldNow, { times: 100 })

describe("somebody who calls a campaign", () => {
  it.effect("is the contact who has the number", () =>
    onStore((path) =>
      Effect.gen(function* () {
        const { desk, inbox } = yield* floorAt(path)
        assert.strictEqual(yield* desk.caller(0, listed), 1)
        assert.strictEqual(Queue.sizeUnsafe(inbox.events), 0)
      }).pipe(Effect.provide(Inbox.layer(0)))
    )
  )

  it.effect("and whom nobody knows is a new one, from the moment the core has it on the list; called by nobody", () =>
    onStore((path) =>
      Effect.gen(function* () {
        const { calls, hear, live } = yield* floorAt(path)
        // Twice at once is one person.
        const first = yield* calls(stranger)
        const second = yield* calls(stranger)
        assert.deepStrictEqual([first.pollUnsafe(), second.pollUnsafe()], [undefined, undefined])
        assert.deepStrictEqual(yield* hear, [{ kind: "callerAdded", campaign: 0 }])
        assert.deepStrictEqual([yield* Fiber.join(first), yield* Fiber.join(second)], [2, 2])
        const { list } = live.floor.core.dialler.campaigns[0]
        assert.deepStrictEqual([list.size, list.closedAs[2]], [3, Closed.calledIn])
        const sql = yield* SqlClient.SqlClient
        assert.deepStrictEqual(
          yield* sql`SELECT contact, numbers ->> '$[0].number' AS number, called_in FROM contacts WHERE contact = 2`,
          [{ contact: 2, number: stranger, called_in: 1 }]
        )
      }).pipe(Effect.provide(Inbox.layer(0)))
    )
  )

  it.effect(
    "or asks to be called is served though erased before: it is their wish; by a list nobody of them comes back",
    () =>
      onStore((path) =>
        Effect.gen(function* () {
          const erased = new ErasedNumbers(new Uint8Array(32).fill(7))
          erased.add(stranger, "2026-11-21", null)
          const { calls, desk, hear, live } = yield* floorAt(path, erased)
          const person = { ...contactOf(2), numbers: [{ number: stranger, column: "Phone" }] }
          const asked = yield* calls(stranger)
          yield* hear
          assert.strictEqual(yield* Fiber.join(asked), 2)
          yield* desk.request(0, person)
          yield* desk.add(0, [person, contactOf(3)])
          yield* hear
          const { list } = live.floor.core.dialler.campaigns[0]
          assert.deepStrictEqual(
            [2, 3, 4, 5].map((contact) => [list.closedAs[contact], list.isRequest(contact)]),
            [
              [Closed.calledIn, false],
              [Closed.not, true],
              [Closed.doNotCall, false],
              [Closed.not, false]
            ]
          )
          const next = yield* open(path, start + 60_000, settingsAt(), erased)
          assert.strictEqual(next.floor.core.dialler.campaigns[0].list.closedAs[3], Closed.not)
        }).pipe(Effect.provide(Inbox.layer(0)))
      )
  )

  it.effect("and withholds the number is somebody new each time", () =>
    onStore((path) =>
      Effect.gen(function* () {
        const { calls, hear, live } = yield* floorAt(path)
        const asked = [yield* calls(null), yield* calls(null)]
        yield* hear
        assert.deepStrictEqual([yield* Fiber.join(asked[0]), yield* Fiber.join(asked[1])], [2, 3])
        assert.deepStrictEqual(live.floor.contacts.contactOf(0, 3).numbers, [])
        // A rule that has them called finds no number, and the call is invalid.
        assert.isUndefined(live.floor.contacts.numberOf(0, 3, 0))
        // The next start has them all.
        const next = yield* open(path, start + 60_000, settingsAt())
        assert.strictEqual(next.floor.core.dialler.campaigns[0].list.size, 4)
        assert.strictEqual(next.floor.core.dialler.campaigns[0].list.closedAs[3], Closed.calledIn)
      }).pipe(Effect.provide(Inbox.layer(0)))
    )
  )

  it.effect("is nobody where the core does not hear of it within five seconds", () =>
    onStore((path) =>
      Effect.gen(function* () {
        const { calls } = yield* floorAt(path)
        const asked = yield* calls(stranger)
        yield* TestClock.adjust("4990 millis")
        assert.isUndefined(asked.pollUnsafe())
        yield* TestClock.adjust("10 millis")
        assert.isUndefined(yield* Fiber.join(asked))
      }).pipe(Effect.provide(Inbox.layer(0)))
    )
  )
})
