import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Contact, E164 } from "../../src/domain/Contact.ts"
import { auditPage } from "../../src/store/floor/audit.ts"
import { erasedPeople } from "../../src/store/floor/erasedPeople.ts"
import { layer } from "../../src/store/floor/floorFile.ts"
import { insertRecording } from "../../src/store/floor/recordings.ts"
import { emptyFolder, withFiles } from "../store/files.ts"
import { floorText, settingsAt, start } from "../runtime/store/floorFile.ts"
import { open } from "../runtime/store/LiveFloor.ts"
import { World } from "../runtime/store/World.ts"
import { runCli } from "./runCli.ts"

const number = "+442079460999" as E164
const person: Contact = { numbers: [{ number, column: "Phone" }], fields: { firstName: "GONE-NAME" }, parameters: {} }

/** A folder with `outpace.yaml` and its store, in which two campaigns know the person. */
const floorFolder = Effect.gen(function* () {
  const folder = yield* emptyFolder
  writeFileSync(join(folder, "outpace.yaml"), floorText)
  const store = join(folder, "outpace.sqlite")
  const recording = join(folder, "recordings", "talk.wav")
  mkdirSync(join(folder, "recordings"))
  writeFileSync(recording, "GONE-VOICE")
  yield* Effect.gen(function* () {
    const live = yield* open(store, start, settingsAt())
    yield* live.put(0, [person])
    yield* live.put(1, [person])
    yield* live.tell(
      new World(1),
      5,
      { kind: "contactsAdded", campaign: 0, count: 1, segment: null },
      { kind: "contactsAdded", campaign: 1, count: 1, segment: null }
    )
    const call = { run: "window-1", campaign: "Sales", contact: 0, attempt: 1, startedAt: start, seconds: 1 }
    yield* insertRecording({ ...call, path: recording, keepUntil: start })
  }).pipe(Effect.provide(layer(store)))
  return { folder, store, recording }
})

const holds = (path: string, text: string): boolean => readFileSync(path, "latin1").includes(text)

describe("outpace erase", () => {
  it.live("takes a person out of the store and its recordings, and says what was there and what is out of reach", () =>
    withFiles(
      Effect.gen(function* () {
        const { folder, recording, store } = yield* floorFolder
        assert.isTrue(holds(store, "GONE-NAME"))
        const { code, err, out } = yield* runCli(["erase", "020 7946 0999"], folder)
        assert.deepStrictEqual([err, code], ["", 0])
        assert.match(out, /^\+442079460999: erased\. 2 contacts \(Sales, Survey\), 0 answers, 0 notes, 1 recording\.\n/)
        assert.match(
          out,
          /\nNobody calls there: lists leave them out, .* nobody without outpace\.sqlite\.secret\. Keep a copy/
        )
        assert.match(out, /out of reach: the files of lists \(a\.csv, b\.csv, c\.csv\); backups/)
        assert.deepStrictEqual([existsSync(recording), holds(store, "GONE-NAME")], [false, false])
        const files = readdirSync(folder).filter((name) => name.startsWith("outpace.sqlite"))
        assert.deepStrictEqual(files, ["outpace.sqlite", "outpace.sqlite.secret"])
        assert.deepStrictEqual(
          files.map((name) => holds(join(folder, name), number.slice(3))),
          [false, false]
        )
        const people = Effect.provide(erasedPeople(store), layer(store))
        assert.isTrue((yield* people).numbers?.has(number, "calls"))
        const again = yield* runCli(["erase", number, "--forget"], folder)
        assert.match(
          again.out,
          /^\+442079460999: no campaign knows it\.\nNothing is kept to know it by: a list brings the people back\.\n/
        )
        assert.strictEqual((yield* people).entries, 0)
        assert.isFalse(holds(store, number.slice(3)))
        const entries = yield* Effect.provide(auditPage(null, 10), layer(store))
        assert.deepStrictEqual(
          entries.map(({ what }) => what),
          [
            "erased on request, by 1 number: 0 contacts, 0 answers, 0 notes, 0 recordings",
            "erased on request, by 1 number: 2 contacts, 0 answers, 0 notes, 1 recording"
          ]
        )
      })
    )
  )

  it.live("says, as a start of the floor does, that erased people are not known any more without the secret", () =>
    withFiles(
      Effect.gen(function* () {
        const { folder } = yield* floorFolder
        yield* runCli(["erase", number], folder)
        rmSync(join(folder, "outpace.sqlite.secret"))
        const lost = (of: number, why: string) =>
          `Of ${of} numbers? of erased people 1 cannot be told any more: ${why}\\. A list that has them brings these ` +
          "people back, and they are called\\.\\s+Put the secret back as it was"
        // There are no files of lists: it ends by itself.
        const served = yield* runCli(["serve"], folder)
        assert.match(served.err, new RegExp(lost(1, "there is no outpace.sqlite.secret")))
        assert.notStrictEqual(served.code, 0)
        const { code, out } = yield* runCli(["erase", "+44 20 7946 0998"], folder)
        assert.strictEqual(code, 0)
        assert.match(out, new RegExp(lost(2, "outpace.sqlite.secret is not the secret they were erased with")))
        const again = yield* runCli(["erase", number, "--drop-lost"], folder)
        assert.notInclude(again.out, "cannot be told")
      })
    )
  )

  it.live("refuses in a sentence what it cannot do, and changes nothing", () =>
    withFiles(
      Effect.gen(function* () {
        const { folder, store } = yield* floorFolder
        const refused = (...args: ReadonlyArray<string>) =>
          Effect.map(runCli(["erase", ...args], folder), ({ code, err }) => {
            assert.strictEqual(code, 2)
            return err
          })
        const before = readFileSync(store)
        assert.match(yield* refused("12", number), /"12" is no telephone number: of GB, or with \+ and a country code/)
        assert.match(yield* refused("02079460999", "--store", store), /write it with \+ and its country code/)
        assert.match(yield* refused(number, "--store", "none.sqlite"), /there is no store none\.sqlite/)
        assert.isFalse(existsSync(join(folder, "none.sqlite")))
        assert.isTrue(readFileSync(store).equals(before))
        yield* Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          const err = yield* refused(number)
          assert.match(
            err,
            /is in use \(process \d+\)\. While its floor runs, say it to the floor: outpace floor erase/
          )
          yield* sql`INSERT INTO results VALUES (1, '', '', 'tune', '{}')`
        }).pipe(Effect.provide(layer(store)))
        assert.match(yield* refused(number), /is the result of a rehearsal: nobody real is in it/)
      })
    )
  )
})
