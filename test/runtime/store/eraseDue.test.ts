import { assert, describe, it } from "@effect/vitest"
import { Effect, type FileSystem, type Path } from "effect"
import { SqlClient } from "effect/sql"
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { AgentState } from "../../../src/domain/AgentState.ts"
import { Closed } from "../../../src/dialler/ContactList.ts"
import type { Contact, E164 } from "../../../src/domain/Contact.ts"
import { recordingPath } from "../../../src/runtime/live/Recordings.ts"
import { eraseDue, type EraseOptions } from "../../../src/runtime/store/eraseDue.ts"
import { replay } from "../../../src/runtime/store/replay.ts"
import { appendAudit, auditPage } from "../../../src/store/floor/audit.ts"
import { erasedPeople } from "../../../src/store/floor/erasedPeople.ts"
import { askErasure, erasuresDue } from "../../../src/store/floor/erasures.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { insertRecording } from "../../../src/store/floor/recordings.ts"
import { openWindow } from "../../../src/store/floor/windows.ts"
import { emptyFolder, withFiles } from "../../store/files.ts"
import { contactOf, settingsAt, start } from "./floorFile.ts"
import { type LiveFloor, open } from "./LiveFloor.ts"
import { stateOf } from "./stateOf.ts"
import { World } from "./World.ts"

const settings = settingsAt()
const zone = "Europe/London"
const inFolder = <A, E>(use: (folder: string) => Effect.Effect<A, E, FileSystem.FileSystem | Path.Path>) =>
  withFiles(Effect.flatMap(emptyFolder, use))
const storeIn = (folder: string): string => join(folder, "floor.sqlite")
const session = <A, E, R>(folder: string, run: Effect.Effect<A, E, R>) => Effect.provide(run, layer(storeIn(folder)))

/** Who is to be erased has two numbers, and is in all campaigns; only one number is named. */
const named = "+442079460999" as E164
const other = "+441619460888" as E164
const gone: Contact = {
  numbers: [
    { number: named, column: "Phone" },
    { number: other, column: "Mobile" }
  ],
  fields: { firstName: "GONE-NAME", note: "GONE-NOTE ".repeat(300), priority: "9", segment: "GONE-SEGMENT" },
  parameters: { Owner: "GONE-OWNER", Amount: "1" }
}
const secrets = ["GONE-", "2079460999", "1619460888"]

const kept: Contact = { ...contactOf(1), fields: { firstName: "KEPT-NAME" } }

/** Which of some texts are anywhere on the disk, byte by byte. */
const found = (folder: string, texts: ReadonlyArray<string>): ReadonlyArray<string> => {
  const bytes = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .map(({ name, parentPath }) => `${name}\n${readFileSync(join(parentPath, name), "latin1")}`)
  return texts.filter((text) => bytes.some((each) => each.includes(text)))
}

const recorded = Effect.fnUntraced(function* (folder: string, name: string, campaign: string, contact: number) {
  const path = join(folder, "recordings", name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${name} GONE-VOICE`)
  yield* insertRecording({
    run: "window-1",
    campaign,
    contact,
    attempt: 1,
    path,
    startedAt: start,
    seconds: 1,
    keepUntil: start * 2
  })
  return path
})

/** A day of work in which the person is called and asked; the process dies in the middle of it. */
const workedUntilDeath = Effect.fnUntraced(function* (folder: string) {
  const world = new World(7)
  const live = yield* open(storeIn(folder), start, settings)
  yield* live.put(0, [gone, kept, ...Array.from({ length: 30 }, (_, index) => contactOf(index + 10))])
  yield* live.put(1, [gone, kept])
  yield* live.put(2, [gone], true)
  yield* live.tell(
    world,
    5,
    { kind: "contactsAdded", campaign: 0, count: 32, segment: null },
    { kind: "contactsAdded", campaign: 1, count: 2, segment: null },
    { kind: "callbackRequested", campaign: 2 }
  )
  yield* live.begin(world)
  const { calls } = live.floor.core.dialler
  const call = calls.contact.findIndex((contact, slot) => contact === 0 && calls.campaign[slot] === 0)
  const key = { call, generation: calls.generation[call] }
  yield* live.tell(world, live.now, {
    kind: "answersGiven",
    ...key,
    form: "ask",
    answers: { owner: true, pets: ["GONE-PET"] }
  })
  yield* live.run(world, 200)
  const sql = yield* SqlClient.SqlClient
  yield* sql`UPDATE contacts SET changed = '{"Owner":"GONE-CHANGED"}' WHERE contact = 0 AND campaign = 'Sales'`
  yield* appendAudit({ at: start, who: "ann", what: `looked ${named} up` })
  return { live, world }
})

const attempts = SqlClient.SqlClient.use((sql) => sql`SELECT * FROM attempts ORDER BY run, id`)
const options = (folder: string, more: Partial<EraseOptions> = {}): EraseOptions => ({
  path: storeIn(folder),
  now: start + 7_200_000,
  who: "ann",
  endsWrapUps: true,
  recordings: { folder: join(folder, "recordings"), zone },
  ...more
})

/** That nobody who was erased is called, whatever the floor does, and that the store gives the floor as it stands. */
const goesOn = Effect.fnUntraced(function* (folder: string, at: number) {
  const world = new World(11)
  const live: LiveFloor = yield* open(storeIn(folder), at, settings)
  const { campaigns } = live.floor.core.dialler
  for (const { list } of campaigns) assert.strictEqual(list.closedAs[0], Closed.doNotCall)
  yield* live.begin(world)
  yield* live.run(world, 150)
  assert.isAbove(live.dialled.length, 0)
  for (const name of live.dialled) assert.notMatch(name, /^(Sales|Survey|Requests) 0 /)
  const window = yield* openWindow
  assert.isNotNull(window)
  const { core } = yield* replay(storeIn(folder), window)
  const seen = (dialler: unknown) => stateOf(dialler).filter((line) => !/\.(reason|refusal) /.test(line))
  assert.isTrue(seen(core.dialler).join("\n") === seen(live.floor.core.dialler).join("\n"))
})

/** Windows of abandoned calls; of short rings nothing is known any more. */
const abandonedOf = ({ floor: { core } }: LiveFloor) =>
  core.dialler.campaigns.map(({ compliance }) =>
    compliance?.ledger.reports().map(({ vector, window: { index } }) => ({ index, ...vector, shortRings: 0 }))
  )

/** How every contact stands, with instants in Unix milliseconds; one never called whose turn came is what it was. */
const standing = ({ floor: { core, window } }: LiveFloor, at: number) =>
  core.dialler.campaigns.map(({ compliance, list, shown }) =>
    Array.from({ length: list.size }, (_, contact) => {
      const freshAgain = list.attempts[contact] === 0 && !list.promises.has(contact) && !list.isRefused(contact)
      const isPlanned = list.state[contact] === 2 && !freshAgain
      return {
        state: list.state[contact] === 2 && freshAgain ? 0 : list.state[contact],
        attempts: list.attempts[contact],
        closedAs: list.closedAs[contact],
        dueAt: isPlanned ? window.epoch + list.dueAt[contact] : null,
        promisedTo: list.promises.has(contact) ? list.promises.agentOf(contact) : null,
        earliest: [true, false].map((reserved) =>
          compliance === null ? 0 : window.epoch + compliance.calling.earliest(contact, at - window.epoch, reserved)
        ),
        shown: shown?.pick(contact, list.attempts[contact] + 1, at - window.epoch)
      }
    })
  )

describe("erasing people on request", () => {
  it.effect("leaves nothing of them in the store, its recordings and what lies beside it; calls stay as figures", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const [before, files] = yield* session(
          folder,
          Effect.gen(function* () {
            yield* workedUntilDeath(folder)
            const files = [
              yield* recorded(folder, "a.wav", "Sales", 0),
              yield* recorded(folder, "b.wav", "Survey", 0),
              yield* recorded(folder, "kept.wav", "Sales", 1)
            ]
            return [yield* attempts, files] as const
          })
        )
        assert.isAbove(before.filter(({ contact }) => contact === 0).length, 1)
        assert.deepStrictEqual(found(folder, secrets), secrets)
        const erased = yield* session(
          folder,
          Effect.gen(function* () {
            yield* askErasure([named, other], true, start)
            const erased = yield* eraseDue(options(folder))
            assert.deepStrictEqual((yield* attempts).slice(0, before.length), before)
            // While the file is open, its log beside it.
            assert.isTrue(existsSync(`${storeIn(folder)}-wal`))
            writeFileSync(files[2], "")
            assert.deepStrictEqual(found(folder, [...secrets, "KEPT-NAME"]), ["KEPT-NAME"])
            assert.deepStrictEqual(yield* erasuresDue, [])
            const said = (yield* auditPage(null, 10)).map(({ what }) => what)
            assert.match(
              said[0],
              /^erased on request, by 2 numbers: 3 contacts, \d+ answers, \d+ notes?, 2 recordings$/
            )
            assert.strictEqual(said[1], "looked (erased) up")
            return erased
          })
        )
        assert.isTrue(erased !== null && erased !== "waits")
        if (erased === null || erased === "waits") return
        assert.deepStrictEqual(
          erased.contacts.map(({ campaign }) => campaign),
          ["Requests", "Sales", "Survey"]
        )
        assert.deepStrictEqual(files.map(existsSync), [false, false, true])
        for (const days of [0.1, 2]) yield* session(folder, goesOn(folder, start + days * 86_400_000))
        assert.deepStrictEqual(found(folder, secrets), [])
      })
    )
  )

  it.effect("leaves everybody else as they stand: state, promises, what the law remembers, numbers shown", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const at = start + 1_800_000
        const world = new World(1)
        let abandoned: unknown = null
        yield* session(folder, workedUntilDeath(folder))
        const before = yield* session(
          folder,
          Effect.gen(function* () {
            const live = yield* open(storeIn(folder), at, settings)
            const { agents } = live.floor.core.dialler
            for (let agent = 0; agent < agents.size; agent += 1) {
              yield* live.tell(world, live.now, { kind: "lost", agent })
            }
            abandoned = abandonedOf(live)
            return standing(live, at)
          })
        )
        yield* session(
          folder,
          Effect.andThen(askErasure([named], false, start), eraseDue(options(folder, { now: at })))
        )
        const after = yield* session(
          folder,
          Effect.map(open(storeIn(folder), at, settings), (live) => {
            assert.deepStrictEqual([live.floor.window.id, live.floor.window.epoch], [2, start])
            assert.deepStrictEqual(abandonedOf(live), abandoned)
            return standing(live, at)
          })
        )
        assert.isAbove(before.flat().filter(({ attempts }) => attempts > 0).length, 5)
        assert.deepStrictEqual(
          after.map((contacts) => contacts.slice(1)),
          before.map((contacts) => contacts.slice(1))
        )
      })
    )
  )

  it.effect("keeps entries that know all their numbers by the secret beside the store, and no number", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const path = storeIn(folder)
        yield* session(
          folder,
          Effect.gen(function* () {
            yield* workedUntilDeath(folder)
            const recording = yield* recorded(folder, `${named}.wav`, "Sales", 0)
            const sql = yield* SqlClient.SqlClient
            yield* sql`INSERT INTO do_not_call VALUES (${other}, 'own', ${start})`
            yield* askErasure([named], false, start)
            yield* eraseDue(options(folder))
            // While the file is open, its log beside it.
            assert.isTrue(existsSync(`${path}-wal`))
            assert.deepStrictEqual([existsSync(recording), existsSync(`${path}.secret`)], [false, true])
            assert.deepStrictEqual(found(folder, secrets), [])
            assert.deepStrictEqual(yield* sql`SELECT 1 FROM do_not_call WHERE number IN (${named}, ${other})`, [])
          })
        )
        const { entries, lost, numbers, why } = yield* session(folder, erasedPeople(path))
        assert.deepStrictEqual([entries, lost, why], [2, 0, null])
        assert.deepStrictEqual(
          [named, other, kept.numbers[0].number].map((each) => numbers?.has(each, "calls")),
          [true, true, false]
        )
        yield* session(folder, goesOn(folder, start + 10_000_000))
      })
    )
  )

  it.effect("leaves nobody to be called who has one of their numbers, too, and knows why no more", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const sharing: Contact = { ...contactOf(40), numbers: [{ number: other, column: "Phone" }] }
        yield* session(
          folder,
          Effect.gen(function* () {
            const { live, world } = yield* workedUntilDeath(folder)
            yield* live.put(1, [sharing])
            const count = live.floor.core.dialler.campaigns[1].list.size
            yield* live.tell(world, live.now, { kind: "contactsAdded", campaign: 1, count: 1, segment: null })
            assert.strictEqual(live.floor.core.dialler.campaigns[1].list.closedAs[count], Closed.not)
          })
        )
        yield* session(folder, Effect.andThen(askErasure([named], false, start), eraseDue(options(folder))))
        const live = yield* session(folder, open(storeIn(folder), start + 10_000_000, settings))
        const { list } = live.floor.core.dialler.campaigns[1]
        assert.strictEqual(list.closedAs[list.size - 1], Closed.doNotCall)
      })
    )
  )

  it.effect("does all of it or nothing, calls nobody meanwhile, and does it the next time", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        yield* session(
          folder,
          Effect.gen(function* () {
            yield* workedUntilDeath(folder)
            const file = yield* recorded(folder, "day/a.wav", "Sales", 0)
            const sql = yield* SqlClient.SqlClient
            yield* askErasure([named, other], true, start)
            yield* sql`CREATE TRIGGER stop BEFORE DELETE ON recordings BEGIN SELECT RAISE(ABORT, 'not now'); END`
            const failure = yield* Effect.flip(eraseDue(options(folder)))
            assert.match(failure.message, /not now/)
            assert.isFalse(existsSync(file))
            assert.strictEqual((yield* sql`SELECT 1 FROM contacts WHERE numbers = '[]'`).length, 0)
            assert.strictEqual((yield* openWindow)?.id, 1)
          })
        )
        yield* session(
          folder,
          goesOn(folder, start + 7_000_000).pipe(
            Effect.tap(() => SqlClient.SqlClient.use((sql) => sql`DROP TRIGGER stop`))
          )
        )
        const erased = yield* session(folder, eraseDue(options(folder, { now: start + 9_000_000 })))
        assert.isTrue(erased !== null && erased !== "waits" && erased.missing.length === 1)
        assert.deepStrictEqual(found(folder, secrets), [])
        yield* session(folder, goesOn(folder, start + 10_000_000))
      })
    )
  )

  it.effect("writes the file anew at last where a process died before that", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        yield* session(
          folder,
          Effect.gen(function* () {
            const sql = yield* SqlClient.SqlClient
            yield* appendAudit({ at: 1, who: "ann", what: "GONE-TEXT ".repeat(2_000) })
            yield* sql`DELETE FROM audit`
            yield* sql`PRAGMA user_version = 1`
          })
        )
        assert.deepStrictEqual(found(folder, ["GONE-TEXT"]), ["GONE-TEXT"])
        assert.isNull(yield* session(folder, eraseDue(options(folder))))
        assert.deepStrictEqual(found(folder, ["GONE-TEXT"]), [])
      })
    )
  )

  it.effect("waits, where it is told to, until after-call work from before is done", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const world = new World(3)
        yield* session(
          folder,
          Effect.gen(function* () {
            const live = yield* open(storeIn(folder), start, settings)
            yield* live.put(0, [gone, ...Array.from({ length: 30 }, (_, index) => contactOf(index + 10))])
            yield* live.tell(world, 5, { kind: "contactsAdded", campaign: 0, count: 31, segment: null })
            yield* live.begin(world)
            const { agents } = live.floor.core.dialler
            const wraps = () => agents.state.includes(AgentState.wrap)
            for (let step = 0; step < 400 && !wraps(); step += 1) yield* live.run(world, 1)
            assert.isTrue(wraps())
          })
        )
        yield* session(
          folder,
          Effect.gen(function* () {
            yield* askErasure([named, other], true, start)
            assert.strictEqual(yield* eraseDue(options(folder, { endsWrapUps: false })), "waits")
            assert.deepStrictEqual(found(folder, ["GONE-NAME"]), ["GONE-NAME"])
            assert.notStrictEqual(yield* eraseDue(options(folder)), "waits")
          })
        )
        assert.deepStrictEqual(found(folder, ["GONE-"]), [])
      })
    )
  )

  it.effect("finds recordings the store does not know by contact and time, and leaves all others", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const fileAt = (contact: number, at: number, step: string | null = null): string => {
          const place = recordingPath({ zone, campaign: "Sales", contact, attempt: 1, step, startedAt: at })
          const path = join(folder, "recordings", place.folder, place.file)
          mkdirSync(dirname(path), { recursive: true })
          writeFileSync(path, "sound")
          return path
        }
        const files = yield* session(
          folder,
          Effect.gen(function* () {
            yield* workedUntilDeath(folder)
            const sql = yield* SqlClient.SqlClient
            const [{ at }] = yield* sql<{ readonly at: number }>`
              SELECT placed_at AS at FROM attempts WHERE campaign = 'Sales' AND contact = 0 ORDER BY placed_at LIMIT 1`
            return [
              fileAt(0, at + 1_000),
              fileAt(0, at + 2_000, "opinion"),
              fileAt(1, at + 1_000),
              fileAt(0, at - 3_600_000),
              fileAt(0, at + 86_400_000)
            ]
          })
        )
        yield* session(folder, Effect.andThen(askErasure([named], false, start), eraseDue(options(folder))))
        assert.deepStrictEqual(files.map(existsSync), [false, false, true, true, true])
      })
    )
  )

  it.effect("erases nobody of whom a recording cannot be deleted", () =>
    inFolder((folder) =>
      Effect.gen(function* () {
        const read = join(folder, "recordings", "day")
        yield* session(
          folder,
          Effect.gen(function* () {
            yield* workedUntilDeath(folder)
            // A folder in the place of the file: also who may do anything cannot delete it as one.
            mkdirSync(join(read, "a.wav", "inside"), { recursive: true })
            const path = join(read, "a.wav")
            yield* insertRecording({
              run: "window-1",
              campaign: "Sales",
              contact: 0,
              attempt: 1,
              path,
              startedAt: start,
              seconds: 1,
              keepUntil: start * 2
            })
            chmodSync(read, 0o700)
            yield* askErasure([named], false, start)
            const failure = yield* Effect.flip(eraseDue(options(folder)))
            assert.strictEqual(failure._tag, "PlatformError")
            assert.lengthOf(yield* erasuresDue, 1)
          })
        )
        assert.deepStrictEqual(found(folder, ["GONE-NAME"]), ["GONE-NAME"])
      })
    )
  )
})
