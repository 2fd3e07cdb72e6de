import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import { Closed } from "../../../src/dialler/ContactList.ts"
import { ErasedNumbers } from "../../../src/contacts/ErasedNumbers.ts"
import type { Contact } from "../../../src/domain/Contact.ts"
import { Outcome } from "../../../src/domain/Outcome.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { emptyFolder, withFiles } from "../../store/files.ts"
import { contactOf, floorText, settingsAt, start } from "./floorFile.ts"
import { type LiveFloor, open } from "./LiveFloor.ts"
import { World } from "./World.ts"

const inFile = <A, E>(use: (path: string) => Effect.Effect<A, E>) =>
  withFiles(Effect.flatMap(emptyFolder, (folder) => use(join(folder, "floor.sqlite"))))
const session = <A, E>(path: string, run: Effect.Effect<A, E, SqlClient.SqlClient>) => Effect.provide(run, layer(path))

const owner: Contact = { ...contactOf(1), parameters: { Owner: "yes", Amount: "1" } }
const settings = settingsAt()
/** Where whoever was interrupted goes, too. */
const interruptedMove = settingsAt(
  floorText.replace("outcome: [no-answer], contact:", "outcome: [no-answer, interrupted], contact:")
)

/** The owner of the campaign Sales is called. */
const dialled = Effect.fnUntraced(function* (live: LiveFloor, world: World) {
  yield* live.put(0, [owner])
  yield* live.tell(world, 5, { kind: "contactsAdded", campaign: 0, count: 1, segment: null })
  yield* live.begin(world)
  assert.deepStrictEqual(live.dialled, ["Sales 0 1"])
})

/** Who is in the campaign Survey: in memory, on its list, in the store. */
const arrived = Effect.fnUntraced(function* ({ floor: { contacts, core } }: LiveFloor) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT 1 FROM contacts WHERE campaign = 'Survey'`
  const { list } = core.dialler.campaigns[1]
  assert.deepStrictEqual([list.size, rows.length], [contacts.loaded(1), contacts.loaded(1)])
  return Array.from({ length: list.size }, (_, contact) => contacts.contactOf(1, contact))
})

describe("a contact that a rule sends to another campaign", () => {
  for (const [when, steps] of [
    ["the instant after its journal entry", 0],
    ["when it is on the list", 5]
  ] as const) {
    it.effect(`is there once if the floor dies ${when}`, () =>
      inFile((path) =>
        Effect.gen(function* () {
          const world = new World(1)
          yield* session(
            path,
            Effect.gen(function* () {
              const live = yield* open(path, start, settings)
              yield* dialled(live, world)
              const { generation } = live.floor.core.dialler.calls
              world.clear()
              const key = { call: 0, generation: generation[0] }
              yield* live.tell(world, live.now, { kind: "failed", ...key, outcome: Outcome.noAnswer })
              assert.strictEqual(live.floor.core.dialler.campaigns[0].list.closedAs[0], Closed.moved)
              yield* live.run(world, steps)
              if (steps > 0) assert.deepStrictEqual(yield* arrived(live), [owner])
            })
          )
          for (const at of [60_000, 120_000, 2 * 86_400_000]) {
            const found = yield* session(path, Effect.flatMap(open(path, start + at, settings), arrived))
            assert.deepStrictEqual(found, [owner])
          }
        })
      )
    )
  }

  it.effect("because its call was interrupted is there once, too", () =>
    inFile((path) =>
      Effect.gen(function* () {
        const world = new World(1)
        yield* session(
          path,
          Effect.flatMap(open(path, start, interruptedMove), (live) => dialled(live, world))
        )
        for (const at of [60_000, 120_000]) {
          const found = yield* session(path, Effect.flatMap(open(path, start + at, interruptedMove), arrived))
          assert.deepStrictEqual(found, [owner])
        }
      })
    )
  )

  it.effect("is not called there where its number is on the do-not-call list", () =>
    inFile((path) =>
      session(
        path,
        Effect.gen(function* () {
          const world = new World(1)
          const live = yield* open(path, start, settings)
          yield* dialled(live, world)
          world.clear()
          const sql = yield* SqlClient.SqlClient
          yield* sql`INSERT INTO do_not_call VALUES (${owner.numbers[0].number}, 'own', ${start})`
          const key = { call: 0, generation: live.floor.core.dialler.calls.generation[0] }
          yield* live.tell(world, live.now, { kind: "failed", ...key, outcome: Outcome.noAnswer })
          yield* live.run(world, 5)
          assert.strictEqual(live.floor.core.dialler.campaigns[1].list.closedAs[0], Closed.doNotCall)
        })
      )
    )
  )
})

describe("somebody who was erased and has called us since", () => {
  it.effect("is not called in another campaign that a rule sends the contact to", () =>
    inFile((path) =>
      session(
        path,
        Effect.gen(function* () {
          const world = new World(1)
          const erased = new ErasedNumbers(new Uint8Array(32).fill(7))
          erased.add(owner.numbers[0].number, "2026-11-21", null)
          const live = yield* open(path, start, settings, erased)
          yield* dialled(live, world)
          world.clear()
          const key = { call: 0, generation: live.floor.core.dialler.calls.generation[0] }
          yield* live.tell(world, live.now, { kind: "failed", ...key, outcome: Outcome.noAnswer })
          yield* live.run(world, 5)
          assert.deepStrictEqual(yield* arrived(live), [owner])
          assert.strictEqual(live.floor.core.dialler.campaigns[1].list.closedAs[0], Closed.doNotCall)
        })
      )
    )
  )
})

describe("contacts and requests", () => {
  it.effect("are what they came as, also where their words come in another order", () =>
    inFile((path) =>
      session(
        path,
        Effect.gen(function* () {
          const live = yield* open(path, start, settings)
          yield* live.put(2, [contactOf(1)])
          yield* live.put(2, [contactOf(2)], true)
          yield* live.put(2, [contactOf(4), contactOf(5)])
          yield* live.tell(
            new World(1),
            5,
            { kind: "callbackRequested", campaign: 2 },
            { kind: "contactsAdded", campaign: 2, count: 2, segment: null },
            { kind: "contactsAdded", campaign: 2, count: 1, segment: null }
          )
          const { list } = live.floor.core.dialler.campaigns[2]
          assert.deepStrictEqual(
            [0, 1, 2, 3].map((contact) => list.isRequest(contact)),
            [false, true, false, false]
          )
        })
      )
    )
  )
})
