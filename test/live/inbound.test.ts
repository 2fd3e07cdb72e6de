import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { globSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { wavOf } from "../../src/media/audio/wavHeader.ts"
import { layer as layerSqlite } from "../../src/store/Sqlite.ts"
import { controlClient } from "../../src/runtime/control/controlSocket.ts"
import { runCli } from "../cli/runCli.ts"
import { baresip } from "./harness/baresip.ts"
import { type FloorPlan, numberOf, phonePassword, signIn, socketOf, startFloor, writeFloor } from "./harness/floor.ts"
import { dominantHertz, heardMillis, onsetMillis, readTracks } from "./harness/hearing.ts"
import { newHost, until } from "./harness/host.ts"
import { folder } from "./harness/program.ts"
import { sine } from "./harness/voice.ts"

const dialled = numberOf(999)
const hertz = { ann: 440, ben: 550, music: 350, closing: 620, caller: 800 }
/** A caller the list has: its contact 1; and some it has not. */
const [known, stranger, third, fourth] = [numberOf(1), numberOf(901), numberOf(902), numberOf(903)]

const planOf = (users: ReadonlyArray<string>, queue: string): FloorPlan => ({
  host: newHost(),
  // Nobody is called by us.
  trunk: newHost(),
  users,
  alwaysOn: true,
  contacts: 3,
  campaign: [
    "mode: manual",
    "rules: { wrapSecondsMax: 0.3 }",
    `numbersDialled: ["${dialled}"]`,
    queue,
    "takesRequests: true",
    "closingMessage: { file: closing.wav }",
    "holdMusic: { file: music.wav }",
    "record: true"
  ]
})

const write = (cwd: string, plan: FloorPlan): void => {
  writeFloor(cwd, plan)
  mkdirSync(join(cwd, "prompts"))
  writeFileSync(join(cwd, "prompts", "music.wav"), wavOf(8_000, sine(hertz.music, 1_000)))
  writeFileSync(join(cwd, "prompts", "closing.wav"), wavOf(8_000, sine(hertz.closing, 1_500)))
}

const phone = (user: string, host: string, pitch: number) =>
  baresip({ user, password: phonePassword, registrar: { host, port: 5060 }, voice: sine(pitch, 120_000) })

/** Somebody who can call the campaign. */
const callerOf = (number: string, { host }: FloorPlan, pitch = hertz.caller) =>
  Effect.map(phone(number, host, pitch), (caller) => ({
    ...caller,
    calls: caller.dial(`sip:${dialled}@${host}:5060`),
    isOver: caller.saw("CALL_CLOSED")
  }))

const does = Effect.fnUntraced(function* (cwd: string, ...args: ReadonlyArray<string>) {
  const { code, err, out } = yield* runCli(["floor", ...args], cwd)
  assert.strictEqual(code, 0, err)
  return out
})

/** Waits until so many callers wait, and so many people talk to agents. */
const standing = Effect.fnUntraced(function* (cwd: string) {
  const { floor } = yield* controlClient(socketOf(cwd))
  return (callers: number, talking: number) => {
    let last = ""
    return until(
      () => `${callers} wait and ${talking} talk, not ${last}`,
      Effect.map(Effect.orDie(floor.show()), ({ campaigns: [campaign] }) => {
        last = JSON.stringify(campaign)
        return campaign.callers === callers && campaign.talking === talking
      }),
      30
    )
  }
})

interface Inbound {
  readonly contact: number
  readonly agent: number | null
  readonly handed_by: number | null
  readonly outcome: string
}
/** What the store of a floor that has ended says of calls to it, and of contacts its list did not bring. */
const stored = (cwd: string) =>
  SqlClient.SqlClient.use((sql) =>
    Effect.gen(function* () {
      const inbound = yield* sql<Inbound>`
        SELECT contact, agent, handed_by, outcome FROM inbound_calls ORDER BY contact, arrived_at`
      const others = yield* sql<{ readonly number: string; readonly requested: number; readonly called_in: number }>`
        SELECT numbers ->> '$[0].number' AS number, requested, called_in FROM contacts WHERE contact >= 3 ORDER BY contact`
      const attempts = yield* sql<{ readonly count: number }>`SELECT count(*) AS count FROM attempts`
      return {
        inbound: inbound.map(({ agent, contact, handed_by, outcome }) => [contact, agent, handed_by, outcome]),
        others: others.map(({ called_in, number, requested }) => [number, requested, called_in]),
        attempts: attempts[0].count
      }
    })
  ).pipe(Effect.provide(layerSqlite(join(cwd, "floor.sqlite"))))

const endsDay = Effect.fnUntraced(function* (cwd: string, floor: Effect.Success<ReturnType<typeof startFloor>>) {
  yield* does(cwd, "stop")
  yield* until(
    () => `the floor has ended: ${floor.output()}`,
    () => !floor.isRunning(),
    60
  )
})

describe("people who call a campaign with a queue", () => {
  it.live(
    "hear music until an agent is there, are given to another agent, and are recorded with each",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("inbound")
        const plan = planOf(["ann", "ben"], "queue: {}")
        write(cwd, plan)
        const floor = yield* startFloor(cwd)
        const ann = yield* phone("ann", plan.host, hertz.ann)
        yield* signIn(cwd, "ann")
        const stands = yield* standing(cwd)
        const first = yield* callerOf(known, plan, 700)
        yield* first.calls
        yield* stands(0, 1)
        const second = yield* callerOf(stranger, plan)
        yield* second.calls
        yield* stands(1, 1)
        assert.match(yield* does(cwd, "show"), /Queue/)
        yield* Effect.sleep("1 second")
        yield* first.hangUp
        yield* first.isOver
        yield* stands(0, 1)
        const ben = yield* phone("ben", plan.host, hertz.ben)
        const refused = yield* runCli(["floor", "agent", "ann", "transfer", "--to", "ben"], cwd)
        assert.deepStrictEqual([refused.code, /ben is not free: signed-out/.test(refused.err)], [2, true], refused.err)
        yield* signIn(cwd, "ben")
        yield* Effect.sleep("1 second")
        assert.match(yield* does(cwd, "agent", "ann", "transfer", "--to", "ben"), /given to ben/)
        yield* stands(0, 1)
        yield* Effect.sleep("1500 millis")
        yield* second.hangUp
        yield* second.isOver
        yield* stands(0, 0)
        yield* endsDay(cwd, floor)
        const [heard] = second.heard()
        const onsets = [hertz.music, hertz.ann, hertz.ben].map((pitch) => onsetMillis(heard, pitch))
        assert.deepStrictEqual(
          [...onsets].sort((a, b) => a - b),
          onsets
        )
        for (const pitch of [hertz.music, hertz.ann, hertz.ben])
          assert.isAbove(heardMillis(heard, pitch), 700, `${pitch} Hz`)
        // Nobody else was on the line.
        assert.isBelow(heardMillis(heard, 700), 50)
        for (const agent of [ann, ben]) {
          yield* agent.saw("CALL_CLOSED")
          assert.isAbove(heardMillis(agent.heard()[0], hertz.caller), 700)
        }
        assert.deepStrictEqual(yield* stored(cwd), {
          inbound: [
            [1, 0, null, "connected"],
            [3, 0, null, "connected"],
            [3, 1, 0, "connected"]
          ],
          others: [[stranger, 0, 1]],
          attempts: 0
        })
        const pitches = globSync("recordings/**/*.wav", { cwd })
          .sort()
          .map((path) => {
            const [customer, desk] = readTracks(join(cwd, path)).map(dominantHertz)
            return [/(\d+-\d+)-[^/]*$/.exec(path)?.[1], Math.round(customer), Math.round(desk)]
          })
        assert.deepStrictEqual(pitches, [
          ["1-0", 700, hertz.ann],
          ["3-0", hertz.caller, hertz.ann],
          ["3-0", hertz.caller, hertz.ben]
        ])
      }).pipe(Effect.scoped),
    150_000
  )

  it.live(
    "may give up, find the queue full, or wait long enough: who was not served is called back",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("queue")
        const plan = planOf(["ann"], "queue: { callersMax: 1, waitSecondsMax: 10 }")
        write(cwd, plan)
        const floor = yield* startFloor(cwd)
        yield* phone("ann", plan.host, hertz.ann)
        yield* signIn(cwd, "ann")
        const stands = yield* standing(cwd)
        const [served, givesUp, waits, late] = yield* Effect.forEach([known, stranger, third, fourth], (number) =>
          callerOf(number, plan)
        )
        yield* served.calls
        yield* stands(0, 1)
        yield* givesUp.calls
        yield* stands(1, 1)
        yield* givesUp.hangUp
        yield* givesUp.isOver
        yield* stands(0, 1)
        yield* waits.calls
        yield* stands(1, 1)
        yield* late.calls
        yield* late.isOver
        yield* waits.isOver
        yield* stands(0, 1)
        yield* served.hangUp
        yield* stands(0, 0)
        yield* endsDay(cwd, floor)
        const [toLate] = late.heard()
        const [toWaiting] = waits.heard()
        assert.isAbove(heardMillis(toLate, hertz.closing), 1_000)
        assert.isBelow(heardMillis(toLate, hertz.music), 50)
        assert.isAbove(heardMillis(toWaiting, hertz.music), 8_000)
        assert.isAbove(heardMillis(toWaiting, hertz.closing), 1_000)
        const { attempts, inbound, others } = yield* stored(cwd)
        assert.deepStrictEqual(inbound, [
          [1, 0, null, "connected"],
          [3, null, null, "gave-up"],
          [4, null, null, "wait-over"],
          [5, null, null, "turned-away"]
        ])
        // Each is known from the call, and asks to be called where nobody was free.
        assert.deepStrictEqual(others, [
          [stranger, 0, 1],
          [third, 0, 1],
          [fourth, 0, 1],
          [fourth, 1, 0],
          [third, 1, 0]
        ])
        assert.strictEqual(attempts, 0)
      }).pipe(Effect.scoped),
    150_000
  )

  it.live(
    "are on no line any more when a floor that was killed is back, and on record",
    () =>
      Effect.gen(function* () {
        const cwd = yield* folder("killed")
        const plan = planOf(["ann"], "queue: {}")
        write(cwd, plan)
        const first = yield* startFloor(cwd)
        yield* phone("ann", plan.host, hertz.ann)
        yield* signIn(cwd, "ann")
        const stands = yield* standing(cwd)
        const [served, waits] = yield* Effect.forEach([known, stranger], (number) => callerOf(number, plan))
        yield* served.calls
        yield* stands(0, 1)
        yield* waits.calls
        yield* stands(1, 1)
        // How a call would be ended is in the store 20 ms after it has changed, and a commit (docs/sip.md).
        yield* Effect.forEach([served, waits], (caller) => caller.saw("CALL_ESTABLISHED"))
        yield* Effect.sleep("1 second")
        yield* first.kill
        const second = yield* startFloor(cwd)
        yield* served.isOver
        yield* waits.isOver
        yield* endsDay(cwd, second)
        assert.deepStrictEqual(yield* stored(cwd), {
          inbound: [
            [1, 0, null, "connected"],
            [3, null, null, "interrupted"]
          ],
          others: [[stranger, 0, 1]],
          attempts: 0
        })
      }).pipe(Effect.scoped),
    120_000
  )
})
