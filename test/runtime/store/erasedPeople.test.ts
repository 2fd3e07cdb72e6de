import { assert, describe, it } from "@effect/vitest"
import { Effect, type FileSystem, type Path } from "effect"
import { SqlClient } from "effect/sql"
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import { Closed } from "../../../src/dialler/ContactList.ts"
import type { Contact, E164 } from "../../../src/domain/Contact.ts"
import { eraseDue, type EraseOptions } from "../../../src/runtime/store/eraseDue.ts"
import { backup } from "../../../src/store/floor/backup.ts"
import { dropLost, erasedPeople } from "../../../src/store/floor/erasedPeople.ts"
import { erasedRows } from "../../../src/store/floor/erasedRows.ts"
import { askErasure, erasuresDue } from "../../../src/store/floor/erasures.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { schemaOf, schemaVersion } from "../../../src/store/migrations.ts"
import { emptyFolder, withFiles } from "../../store/files.ts"
import { contactOf, settingsAt, start } from "./floorFile.ts"
import { open } from "./LiveFloor.ts"
import { World } from "./World.ts"

const number = "+442079460999" as E164
const other = "+441619460888" as E164
const person: Contact = {
  numbers: [
    { number, column: "Phone" },
    { number: other, column: "Mobile" }
  ],
  fields: {},
  parameters: {}
}
const day = 86_400_000

const inFolder = <A, E>(
  use: (folder: string, path: string) => Effect.Effect<A, E, FileSystem.FileSystem | Path.Path>
) => withFiles(Effect.flatMap(emptyFolder, (folder) => use(folder, join(folder, "floor.sqlite"))))
const on = <A, E, R>(path: string, run: Effect.Effect<A, E, R>) => Effect.provide(run, layer(path))
const due = (path: string, more: Partial<EraseOptions> = {}) =>
  eraseDue({ path, now: start, who: "ann", endsWrapUps: true, recordings: null, ...more })
const erase = (path: string, numbers: ReadonlyArray<E164>, forget = false, now = start) =>
  on(path, Effect.andThen(askErasure(numbers, forget, now), due(path, { now })))
const known = (path: string) => on(path, erasedPeople(path))
const knows = (path: string) =>
  Effect.map(known(path), ({ numbers }) => [number, other].map((each) => numbers?.has(each, "calls") ?? null))

/** Whether digits of a text are in any file of a folder, byte by byte. */
const isIn = (folder: string, text: string): boolean =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .some((each) => readFileSync(join(each.parentPath, each.name), "latin1").includes(text))
const digits = number.slice(3)

const withPerson = (path: string) =>
  on(
    path,
    Effect.gen(function* () {
      const live = yield* open(path, start, settingsAt())
      yield* live.put(0, [person])
      yield* live.tell(new World(1), 5, { kind: "contactsAdded", campaign: 0, count: 1, segment: null })
    })
  )

describe("people who were erased", () => {
  it.effect("are known by a secret beside the store, for this user alone, that is made once and never again", () =>
    inFolder((folder, path) =>
      Effect.gen(function* () {
        yield* withPerson(path)
        assert.isFalse(existsSync(`${path}.secret`))
        yield* erase(path, [number])
        const secret = readFileSync(`${path}.secret`)
        assert.strictEqual(secret.length, 32)
        assert.strictEqual(statSync(`${path}.secret`).mode & 0o777, 0o600)
        assert.deepStrictEqual(yield* knows(path), [true, true])
        assert.isFalse(isIn(folder, digits) || isIn(folder, other.slice(3)))
        assert.isFalse(readFileSync(path).includes(secret))
        // Twice is once, on the later day.
        yield* erase(path, [number], false, start + day)
        assert.isTrue(readFileSync(`${path}.secret`).equals(secret))
        const rows = yield* on(path, erasedRows)
        const days = rows.map(({ erasedOn }) => Date.parse(erasedOn)).sort()
        assert.deepStrictEqual(
          days.map((each) => each / day),
          [Math.floor(start / day), Math.floor(start / day) + 1]
        )
        assert.deepStrictEqual(
          rows.map(({ scope }) => scope),
          [null, null]
        )
      })
    )
  )

  it.effect("differ from store to store", () =>
    inFolder((folder, path) =>
      Effect.gen(function* () {
        const second = join(folder, "second.sqlite")
        for (const store of [path, second]) yield* erase(store, [number])
        assert.notStrictEqual((yield* on(path, erasedRows))[0].hash, (yield* on(second, erasedRows))[0].hash)
        assert.isFalse(readFileSync(`${path}.secret`).equals(readFileSync(`${second}.secret`)))
      })
    )
  )

  it.effect("are not known at all who are to be forgotten, also where they were before, nor objections of theirs", () =>
    inFolder((folder, path) =>
      Effect.gen(function* () {
        yield* withPerson(path)
        yield* on(
          path,
          SqlClient.SqlClient.use((sql) => sql`INSERT INTO do_not_call VALUES (${other}, 'own', ${start})`)
        )
        yield* erase(path, [number], true)
        assert.deepStrictEqual([isIn(folder, digits), isIn(folder, other.slice(3))], [false, false])
        assert.deepStrictEqual([(yield* known(path)).entries, existsSync(`${path}.secret`)], [0, false])
        yield* erase(path, [number, other])
        assert.deepStrictEqual(yield* knows(path), [true, true])
        yield* erase(path, [number], true)
        assert.deepStrictEqual(yield* knows(path), [false, true])
        assert.strictEqual((yield* known(path)).entries, 1)
      })
    )
  )

  it.effect("stay known, one by one, where of two numbers of a contact one is to be forgotten", () =>
    inFolder((_, path) =>
      Effect.gen(function* () {
        yield* withPerson(path)
        yield* on(
          path,
          Effect.gen(function* () {
            yield* askErasure([number], true, start)
            yield* askErasure([other], false, start)
            yield* due(path)
          })
        )
        assert.deepStrictEqual(yield* knows(path), [false, true])
      })
    )
  )

  it.effect(
    "are not known by a copy of the store alone, nor by another secret, which is said; with the secret they are",
    () =>
      inFolder((folder, path) =>
        Effect.gen(function* () {
          yield* erase(path, [number])
          mkdirSync(join(folder, "backups"))
          const copy = join(folder, "backups", "copy.sqlite")
          yield* on(path, backup(path, copy))
          assert.deepStrictEqual(readdirSync(join(folder, "backups")), ["copy.sqlite"])
          assert.deepStrictEqual(yield* known(copy), {
            numbers: null,
            entries: 1,
            lost: 1,
            why: `there is no ${copy}.secret`
          })
          copyFileSync(`${path}.secret`, `${copy}.secret`)
          assert.deepStrictEqual(yield* knows(copy), [true, false])
          // Another one, made by the next erasure.
          rmSync(`${copy}.secret`)
          yield* erase(copy, [other])
          const mixed = yield* known(copy)
          assert.deepStrictEqual(
            [mixed.entries, mixed.lost, mixed.why],
            [2, 1, `${copy}.secret is not the secret they were erased with`]
          )
          assert.deepStrictEqual(yield* knows(copy), [false, true])
          assert.strictEqual(yield* on(copy, dropLost(copy)), 1)
          assert.deepStrictEqual([(yield* known(copy)).why, yield* knows(copy)], [null, [false, true]])
          writeFileSync(`${copy}.secret`, "short")
          assert.match((yield* known(copy)).why ?? "", /cannot be used: it has 5 bytes instead of 32$/)
          assert.strictEqual((yield* known(copy)).lost, 1)
          assert.strictEqual((yield* Effect.flip(on(copy, dropLost(copy))))._tag, "SecretProblem")
          rmSync(`${copy}.secret`)
          assert.strictEqual(yield* on(copy, dropLost(copy)), 1)
          assert.strictEqual((yield* known(copy)).entries, 0)
        })
      )
  )

  it.effect("are called no more, from the next start with the secret, whom a list has brought back without it", () =>
    inFolder((_, path) =>
      Effect.gen(function* () {
        yield* erase(path, [number])
        const { numbers } = yield* known(path)
        yield* on(
          path,
          Effect.gen(function* () {
            const live = yield* open(path, start, settingsAt())
            yield* live.put(0, [contactOf(1), person])
            yield* live.put(1, [person], false, true)
            yield* live.put(2, [person], true)
            yield* live.tell(
              new World(1),
              5,
              { kind: "contactsAdded", campaign: 0, count: 2, segment: null },
              { kind: "callerAdded", campaign: 1 },
              { kind: "callbackRequested", campaign: 2 }
            )
          })
        )
        for (const at of [60_000, 120_000, 2 * day]) {
          const { floor } = yield* on(path, open(path, start + at, settingsAt(), numbers))
          assert.deepStrictEqual(
            floor.core.dialler.campaigns.map(({ list }) => [...list.closedAs.slice(0, list.size)]),
            [[Closed.not, Closed.doNotCall], [Closed.calledIn], [Closed.not]]
          )
        }
      })
    )
  )

  it.effect("are to be erased still where the secret cannot be used, and it is not written over", () =>
    inFolder((_, path) =>
      Effect.gen(function* () {
        yield* withPerson(path)
        writeFileSync(`${path}.secret`, "short")
        const failure = yield* Effect.flip(erase(path, [number]))
        assert.isTrue(failure instanceof Error && failure._tag === "SecretProblem")
        assert.strictEqual(readFileSync(`${path}.secret`, "latin1"), "short")
        assert.deepStrictEqual(yield* on(path, erasuresDue), [{ number, forget: false }])
        rmSync(`${path}.secret`)
        assert.notStrictEqual(yield* on(path, due(path)), null)
        assert.deepStrictEqual(yield* knows(path), [true, true])
      })
    )
  )
})

describe("a store from before there were entries of erased people", () => {
  it.effect(
    "gets them in place of numbers in clear at the next start; who is to be erased again is, or forgotten",
    () =>
      inFolder((folder, path) =>
        Effect.gen(function* () {
          const third = "+442079460777" as E164
          yield* on(
            path,
            Effect.gen(function* () {
              const sql = yield* SqlClient.SqlClient
              yield* sql`DROP TABLE erased_people`
              yield* sql`DELETE FROM outpace_migrations WHERE migration_id >= 9`
              yield* sql`INSERT INTO do_not_call VALUES (${number}, 'erased', ${start - day}), (${third}, 'own', ${start}),
              (${number}, 'own', 1), (${other}, 'erased', ${start})`
              assert.strictEqual(yield* schemaOf, 8)
            })
          )
          yield* on(
            path,
            Effect.gen(function* () {
              assert.strictEqual(yield* schemaOf, schemaVersion)
              yield* askErasure([other], true, start)
              assert.isTrue(isIn(folder, digits))
              assert.notStrictEqual(yield* due(path, { now: start + day }), null)
              assert.isTrue(existsSync(`${path}-wal`))
              assert.deepStrictEqual(
                [number, other, third].map((each) => isIn(folder, each.slice(3))),
                [false, false, true]
              )
              assert.deepStrictEqual(
                (yield* erasedRows).map(({ erasedOn }) => Date.parse(erasedOn) / day),
                [Math.floor(start / day) - 1]
              )
              assert.isNull(yield* due(path))
            })
          )
          assert.deepStrictEqual(yield* knows(path), [true, false])
        })
      )
  )
})
