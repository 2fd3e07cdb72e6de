import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import { AgentState } from "../../../src/domain/AgentState.ts"
import type { FloorCore } from "../../../src/runtime/floor/FloorCore.ts"
import { replay } from "../../../src/runtime/store/replay.ts"
import { contactRowsOf } from "../../../src/store/floor/contactRows.ts"
import { doNotCallNumbers } from "../../../src/store/floor/doNotCallRows.ts"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { openWindow } from "../../../src/store/floor/windows.ts"
import { emptyFolder, withFiles } from "../../store/files.ts"
import { contactOf, floorText, settingsAt, start } from "./floorFile.ts"
import { type LiveFloor, open } from "./LiveFloor.ts"
import { stateOf } from "./stateOf.ts"
import { World } from "./World.ts"

const settings = settingsAt()
const dayMillis = 86_400_000

const inFile = <A, E>(use: (path: string) => Effect.Effect<A, E>) =>
  withFiles(Effect.flatMap(emptyFolder, (folder) => use(join(folder, "floor.sqlite"))))
/** As one run of the process. */
const session = <A, E>(path: string, run: Effect.Effect<A, E, SqlClient.SqlClient>) => Effect.provide(run, layer(path))

/** A day begins: contacts on the lists, agents at work. */
const workDay = Effect.fnUntraced(function* (live: LiveFloor, world: World) {
  const contacts = Array.from({ length: 80 }, (_, index) => contactOf(index))
  yield* live.put(0, contacts)
  yield* live.put(1, contacts.slice(0, 40))
  yield* live.put(2, contacts.slice(0, 3), true)
  yield* live.put(0, [contactOf(81), contactOf(82)], false, true)
  yield* live.tell(
    world,
    live.now,
    { kind: "contactsAdded", campaign: 0, count: 80, segment: null },
    { kind: "contactsAdded", campaign: 1, count: 40, segment: null },
    ...[0, 1, 2].map(() => ({ kind: "callbackRequested", campaign: 2 }) as const),
    { kind: "callerAdded", campaign: 0 },
    { kind: "callerAdded", campaign: 0 }
  )
  yield* live.begin(world)
  yield* live.tell(world, live.now, { kind: "arrives", campaign: 0, contact: 81 })
})

/** Without the answers to what was asked last, which tests ask as well. */
const visible = ({ dialler }: FloorCore): ReadonlyArray<string> =>
  stateOf(dialler).filter((line) => !/\.(reason|refusal) /.test(line))

export const differences = (found: ReadonlyArray<string>, expected: ReadonlyArray<string>): string =>
  expected
    .flatMap((line, i) => (found[i] === line ? [] : [`${found[i]} is to be ${line}`]))
    .slice(0, 8)
    .join("\n")

/** That the store gives the floor as it stands. */
const comesBack = Effect.fnUntraced(function* (path: string, { floor }: LiveFloor) {
  const window = yield* openWindow
  assert.isNotNull(window)
  const replayed = yield* replay(path, window)
  assert.strictEqual(differences(visible(replayed.core), visible(floor.core)), "")
  assert.strictEqual(replayed.core.now, floor.core.now)
  floor.core.dialler.campaigns.forEach(({ index, list }) => {
    for (let contact = 0; contact < list.size; contact += 1) {
      assert.deepStrictEqual(replayed.contacts.contactOf(index, contact), floor.contacts.contactOf(index, contact))
    }
  })
})

/** That every attempt that was dialled is on record once, or still under way. */
const exactlyOnce = Effect.fnUntraced(function* (dialled: ReadonlyArray<string>, core: FloorCore) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ readonly name: string }>`
    SELECT campaign || ' ' || contact || ' ' || attempt AS name FROM attempts`
  const { calls, campaigns } = core.dialler
  const up: Array<string> = []
  calls.state.forEach((state, call) => {
    const { settings: own } = campaigns[calls.campaign[call]]
    if (state > 3 && !calls.hasArrived(call)) up.push(`${own.name} ${calls.contact[call]} ${calls.attempt[call]}`)
  })
  assert.deepStrictEqual([...rows.map(({ name }) => name), ...up].sort(), [...dialled].sort())
  assert.strictEqual(new Set(dialled).size, dialled.length)
})

/** That every call to us, and every one handed on, is on record once, or still under way. */
const arrivedOnce = Effect.fnUntraced(function* (arrived: number, { dialler: { calls } }: FloorCore) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT 1 FROM inbound_calls`
  const up = [...calls.state.keys()].filter((call) => calls.state[call] !== 0 && calls.hasArrived(call))
  assert.strictEqual(rows.length + up.length, arrived)
})

/** How many contacts rules have sent to a campaign. */
const movedTo = Effect.fnUntraced(function* (campaign: string) {
  const sql = yield* SqlClient.SqlClient
  const notes = yield* sql`SELECT 1 FROM contact_notes WHERE kind = 'moved' AND detail ->> 'to' = ${campaign}`
  return notes.length
})

describe("a floor in its store", () => {
  const seeds = { seed: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })) }

  it.effect.prop(
    "comes back as it was at any instant, in every part",
    seeds,
    ({ seed }) =>
      inFile((path) =>
        session(
          path,
          Effect.gen(function* () {
            const world = new World(seed)
            const live = yield* open(path, start, settings)
            yield* workDay(live, world)
            for (let round = 0; round < 5; round += 1) {
              yield* live.run(world, Math.floor(world.next() * 120))
              yield* comesBack(path, live)
            }
            yield* exactlyOnce(live.dialled, live.floor.core)
            yield* arrivedOnce(live.arrived, live.floor.core)
            assert.isAbove(live.dialled.length, 0)
          })
        )
      ),
    { arbitrary: { runs: 6, seed: 1 } }
  )

  it.effect.prop(
    "goes on after every crash: no call twice, none lost, agents out, campaigns as they ran",
    seeds,
    ({ seed }) =>
      inFile((path) =>
        Effect.gen(function* () {
          const world = new World(seed)
          const dialled: Array<string> = []
          let arrived = 0
          let at = start
          for (let run = 0; run < 4; run += 1) {
            yield* session(
              path,
              Effect.gen(function* () {
                const live = yield* open(path, at, settings)
                const { carried, core, startMillis } = live.floor
                const { agents, calls, campaigns } = core.dialler
                if (run > 0) {
                  assert.deepStrictEqual(carried.running, [true, false, true])
                  assert.isTrue(campaigns.every(({ running }) => !running))
                  agents.state.forEach((state) => assert.include([AgentState.signedOut, AgentState.wrap], state))
                  calls.state.forEach((state) => assert.include([0, 12], state))
                  assert.strictEqual(startMillis, at - live.floor.window.epoch)
                }
                yield* comesBack(path, live)
                if (run > 0) assert.strictEqual(core.dialler.campaigns[1].list.size, 40 + (yield* movedTo("Survey")))
                if (run === 0) yield* workDay(live, world)
                else yield* live.begin(world)
                yield* live.run(world, Math.floor(world.next() * 150))
                yield* live.tell(world, live.now, { kind: "paused", campaign: 1 })
                dialled.push(...live.dialled)
                const known = live.dialled.length
                yield* exactlyOnce(dialled, core)
                const objections = yield* Stream.runCollect(doNotCallNumbers)
                yield* live.run(world, 1)
                assert.deepStrictEqual(live.floor.contacts.stillCalledAt(objections), [])
                dialled.push(...live.dialled.slice(known))
                arrived += live.arrived
                yield* arrivedOnce(arrived, core)
                at = live.floor.window.epoch + live.now + Math.floor(world.next() * 60_000)
              })
            )
            world.clear()
          }
        })
      ),
    { arbitrary: { runs: 6, seed: 2 } }
  )

  it.effect("puts contacts on their list once that were in the store when it ended", () =>
    inFile((path) =>
      Effect.gen(function* () {
        yield* session(
          path,
          Effect.gen(function* () {
            const live = yield* open(path, start, settings)
            yield* live.put(0, [0, 1, 2].map(contactOf))
            yield* live.tell(new World(1), 5, { kind: "contactsAdded", campaign: 0, count: 2, segment: null })
            yield* live.put(2, [contactOf(7)], true)
            yield* live.put(2, [contactOf(8)])
          })
        )
        for (const at of [10, 20]) {
          yield* session(
            path,
            Effect.gen(function* () {
              const { core } = (yield* open(path, start + at, settings)).floor
              const [sales, , requests] = core.dialler.campaigns
              assert.deepStrictEqual([sales.list.size, requests.list.size], [3, 2])
              assert.deepStrictEqual([requests.list.isRequest(0), requests.list.isRequest(1)], [true, false])
            })
          )
        }
      })
    )
  )
})

/** What the law, the rules and the numbers shown know of every contact, in Unix milliseconds. */
const known = ({ floor: { core, window } }: LiveFloor, at: number) =>
  core.dialler.campaigns.map((campaign) => {
    const { compliance, list, shown } = campaign
    const contacts = Array.from({ length: list.size }, (_, contact) => {
      const state = list.state[contact]
      const isUntouched = list.attempts[contact] === 0 && list.reached[contact] === 0
      const freshAgain = isUntouched && !list.promises.has(contact) && !list.isRefused(contact)
      return {
        state: state === 2 && freshAgain ? 0 : state,
        attempts: list.attempts[contact],
        counts: [...list.byRule.subarray(contact * list.ruleCount, (contact + 1) * list.ruleCount)],
        lastOutcome: list.attempts[contact] === 0 ? 0 : list.lastOutcome[contact],
        reached: list.reached[contact] !== 0,
        closedAs: list.closedAs[contact],
        number: list.number[contact],
        segment: list.segment[contact],
        asked: state !== 2 && list.isRequest(contact),
        dueAt: state === 2 && !freshAgain ? Math.max(at, window.epoch + list.dueAt[contact]) : 0,
        promise: list.promises.has(contact) ? list.promises.agentOf(contact) : null,
        earliest: [true, false].map((reserved) => {
          if (compliance === null) return 0
          const earliest = compliance.calling.earliest(contact, at - window.epoch, reserved) + window.epoch
          return [earliest, compliance.calling.reason]
        }),
        shownFirst: shown?.ids.shownFirst(contact)
      }
    })
    return {
      contacts,
      shownNext: contacts.map((_, contact) => shown?.pick(contact, list.attempts[contact] + 1, at - window.epoch)),
      windows: compliance?.ledger.reports().map(({ vector, window: bounds }) => ({
        index: bounds.index,
        vector: { ...vector, shortRings: 0 }
      })),
      allowance: compliance?.ledger.allowanceLeft(at)
    }
  })

describe("from one window to the next", () => {
  it.effect.prop(
    "contacts keep what they had behind them, and the law what it remembers",
    { seed: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })) },
    ({ seed }) =>
      inFile((path) =>
        Effect.gen(function* () {
          const world = new World(seed)
          const other = settingsAt(floorText.replace("linesMax: 12", "linesMax: 9"))
          let at = start
          const before = yield* session(
            path,
            Effect.gen(function* () {
              const live = yield* open(path, start, settings)
              yield* workDay(live, world)
              yield* live.run(world, 100 + Math.floor(world.next() * 300))
              yield* live.tell(world, live.now, { kind: "paused", campaign: 2 })
              for (const isPerson of [true, false, false]) {
                yield* live.tell(world, live.now, { kind: "sampled", campaign: 0, isPerson, placedAt: 5_000 })
              }
              yield* live.tell(world, live.now, { kind: "segmentSwitched", campaign: 0, segment: 0, on: false })
              at = start + live.now + 1_000
              return live.dialled
            })
          )
          world.clear()
          // The same settings first, so that no call is up any more, and whoever said no in one campaign is out of all.
          yield* session(
            path,
            Effect.gen(function* () {
              const live = yield* open(path, at, settings)
              const { agents } = live.floor.core.dialler
              for (let agent = 0; agent < agents.size; agent += 1) {
                yield* live.tell(world, live.now, { kind: "lost", agent })
              }
            })
          )
          const [was, values] = yield* session(
            path,
            Effect.gen(function* () {
              const live = yield* open(path, at, settings)
              const contacts = live.floor.core.dialler.campaigns.map(({ index, list }) =>
                Array.from({ length: list.size }, (_, contact) => live.floor.contacts.contactOf(index, contact))
              )
              return [known(live, at), contacts] as const
            })
          )
          yield* session(
            path,
            Effect.gen(function* () {
              const live = yield* open(path, at, other)
              assert.strictEqual(live.floor.window.id, 2)
              assert.strictEqual(differences(stateOf(known(live, at)), stateOf(was)), "")
              assert.deepStrictEqual(live.floor.carried.running, [true, true, false])
              assert.isFalse(live.floor.core.dialler.campaigns[0].list.isSegmentOn(0))
              values.forEach((contacts, campaign) =>
                contacts.forEach((contact, number) =>
                  assert.deepStrictEqual(live.floor.contacts.contactOf(campaign, number), contact)
                )
              )
              yield* live.begin(world)
              yield* live.run(world, 80)
              yield* comesBack(path, live)
              yield* exactlyOnce([...before, ...live.dialled], live.floor.core)
            })
          )
        })
      ),
    { arbitrary: { runs: 6, seed: 3 } }
  )

  it.effect("a window lasts a day, or until nothing is in hand", () =>
    inFile((path) =>
      Effect.gen(function* () {
        const ids: Array<number> = []
        for (const days of [0, 0.9, 1.1, 1.2, 2.3]) {
          yield* session(
            path,
            Effect.map(
              open(path, start + Math.round(days * dayMillis), settings),
              ({ floor }) => void ids.push(floor.window.id)
            )
          )
        }
        assert.deepStrictEqual(ids, [1, 1, 2, 2, 3])
      })
    )
  )

  it.effect("what a person said stays said: numbers on the do-not-call list are called in no campaign", () =>
    inFile((path) =>
      Effect.gen(function* () {
        yield* session(
          path,
          Effect.gen(function* () {
            const world = new World(1)
            const live = yield* open(path, start, settings)
            yield* live.put(0, [contactOf(1), contactOf(2)])
            yield* live.put(1, [contactOf(2), contactOf(3)])
            yield* live.tell(world, 5, { kind: "contactsAdded", campaign: 0, count: 2, segment: null })
            yield* live.tell(world, 5, { kind: "contactsAdded", campaign: 1, count: 2, segment: null })
            const sql = yield* SqlClient.SqlClient
            yield* sql`INSERT INTO do_not_call VALUES (${contactOf(2).numbers[0].number}, 'own', ${start})`
          })
        )
        const closed = ({ floor }: LiveFloor) =>
          floor.core.dialler.campaigns.slice(0, 2).map(({ list }) => [...list.closedAs.subarray(0, 2)])
        for (const days of [0, 2]) {
          const seen = yield* session(path, Effect.map(open(path, start + 10 + days * dayMillis, settings), closed))
          assert.deepStrictEqual(seen, [
            [0, 3],
            [3, 0]
          ])
        }
        const rows = yield* session(path, Stream.runCollect(contactRowsOf("Sales")))
        assert.deepStrictEqual(
          rows.map(({ forbidden }) => forbidden),
          [false, true]
        )
      })
    )
  )
})
