import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Migrator, SqlClient } from "effect/sql"
import sqlite from "node-sqlite3-wasm"
import { join } from "node:path"
import { recordShift } from "../../sim/experiments/recordShift.ts"
import { timeline } from "../../src/domain/timeline.ts"
import { simulatedWords } from "../../src/domain/timelineWords.ts"
import { holdsOf, insertHistory, notesOf, recordsOf, timelineOf } from "../../src/store/contactHistory.ts"
import { writeJson } from "../../src/store/losslessJson.ts"
import { migrate, migrationTable, schemaOf, schemaVersion } from "../../src/store/migrations.ts"
import { loadResult } from "../../src/store/resultFile.ts"
import { insertShift } from "../../src/store/rows.ts"
import { answerTables, historyTables, tables } from "../../src/store/schema.ts"
import { layer, seal } from "../../src/store/Sqlite.ts"
import { lawOf, onlyRules } from "../dialler/compliance/setting.ts"
import { campaignOf, scenarioOf } from "../sim/worldFloors.ts"
import { emptyFolder, withFiles } from "./files.ts"
import { attempt, hold, inbound, notes, span } from "./stored.ts"

const inMemory = <A, E>(effect: Effect.Effect<A, E, SqlClient.SqlClient>) =>
  effect.pipe(Effect.provide(Layer.fresh(layer(":memory:"))))

describe("the history of contacts", () => {
  it.effect("is given back as it was written, shift by shift", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        const many = Array.from({ length: 1_234 }, (_, i) => hold(i % 7, 1_000 - i, { until: i % 2 === 0 ? null : i }))
        yield* insertHistory("a", many, notes)
        yield* insertHistory("b", [], notes.slice(2))
        yield* insertHistory("c", [], [])
        assert.deepStrictEqual(yield* holdsOf("a"), many)
        assert.deepStrictEqual(yield* notesOf("a"), notes)
        assert.deepStrictEqual(yield* holdsOf("b"), [])
        assert.deepStrictEqual(yield* notesOf("b"), notes.slice(2))
        assert.deepStrictEqual([yield* holdsOf("c"), yield* notesOf("c")], [[], []])
      })
    )
  )
  it.effect("is found by run, campaign and contact", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        const its = attempt(5, { contact: 2 })
        const called = inbound(3, { contact: 2 })
        const calls = [inbound(1), inbound(2, { contact: 2, campaign: "Other" }), called]
        yield* insertShift("a", [attempt(1), attempt(4, { contact: 2, campaign: "Other" }), its], [], calls)
        yield* insertShift("b", [attempt(2)], [])
        yield* insertHistory("a", [hold(2, 7), hold(3, 8), hold(2, 9, { campaign: "Other" })], notes)
        yield* insertHistory("b", [hold(2, 10)], [])
        assert.deepStrictEqual(yield* recordsOf("a", "Renewals", 2), {
          attempts: [its],
          arrivals: [called],
          holds: [hold(2, 7)],
          notes
        })
        assert.deepStrictEqual(yield* recordsOf("b", "Renewals", 2), {
          attempts: [attempt(2)],
          arrivals: [],
          holds: [hold(2, 10)],
          notes: []
        })
        assert.deepStrictEqual(yield* timelineOf("c", "Renewals", 2, simulatedWords), [])
      })
    )
  )
  it.effect("is looked up in an index", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        const sql = yield* SqlClient.SqlClient
        for (const table of ["holds", "contact_notes"]) {
          const plan = yield* sql<{ readonly detail: string }>`
            EXPLAIN QUERY PLAN SELECT * FROM ${sql(table)} WHERE run = 'a' AND campaign = 'b' AND contact = 1`
          assert.match(plan[0].detail, new RegExp(`SEARCH ${table} USING INDEX ${table}_by_contact`))
        }
      })
    )
  )
  it.effect("refuses details that are no JSON", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        const sql = yield* SqlClient.SqlClient
        const row = { run: "a", campaign: "b", contact: 1, at: 0, kind: "added", detail: "{" }
        const error = yield* Effect.flip(sql`INSERT INTO contact_notes ${sql.insert(row)}`)
        assert.match(error.reason.message, /CHECK constraint failed/)
      })
    )
  )
})

/** The columns of `attempt(id)` before the number shown was kept. */
const earlierColumns = (id: number) => ({
  run: "floor",
  id,
  campaign: "Renewals",
  contact: id,
  attempt: 1,
  segment: "",
  agent: null,
  reserved: 0,
  placed_at: id * 1_000,
  answered_at: null,
  connected_at: null,
  ended_at: id * 1_000 + 22_000,
  outcome: "no-answer",
  late: 0,
  silent: 0,
  machine_false: 0,
  preview_millis: 0,
  talk_millis: 0,
  hold_millis: 0,
  wrap_millis: 0,
  idle_millis: null,
  retry_at: null
})

/** A file as an earlier version left it. */
const earlierFile = Effect.fn(function* (version: 1 | 2 | 3) {
  const path = join(yield* emptyFolder, "result.sqlite")
  const run = (statements: ReadonlyArray<string>) =>
    SqlClient.SqlClient.use((sql) => Effect.forEach(statements, (each) => sql.unsafe(each), { discard: true }))
  const versions = {
    "1_attempts_spans_results": run(tables),
    "2_answers": run(answerTables),
    "3_contact_history": run(historyTables)
  }
  const loader = Migrator.fromRecord(Object.fromEntries(Object.entries(versions).slice(0, version)))
  yield* Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* Migrator.make({})({ loader, table: migrationTable })
    const body = writeJson({ run: "floor", result: { name: "before" } })
    yield* sql`INSERT INTO results ${sql.insert({ id: 1, created_at: "x", version: "0", kind: "tune", body })}`
    for (const id of [1, 2]) yield* sql`INSERT INTO attempts ${sql.insert(earlierColumns(id))}`
    yield* sql`INSERT INTO agent_spans VALUES ('floor', 0, 'team', 'ready', NULL, 0, 10)`
    yield* seal
  }).pipe(Effect.provide(layer(path)))
  return path
})

describe("a file of an earlier schema", () => {
  for (const version of [1, 2, 3] as const) {
    it.effect(`${version} is still read, without what was not kept then`, () =>
      withFiles(
        Effect.gen(function* () {
          const path = yield* earlierFile(version)
          assert.deepStrictEqual(yield* loadResult(path), {
            kind: "tune",
            version: "0",
            createdAt: "x",
            run: "floor",
            body: { name: "before" },
            attempts: [attempt(1), attempt(2)],
            spans: [span(0, 10)],
            arrivals: [],
            holds: [],
            notes: []
          })
        })
      )
    )
    it.effect(`${version} gets what it lacks and keeps its rows`, () =>
      withFiles(
        Effect.gen(function* () {
          const path = yield* earlierFile(version)
          yield* Effect.gen(function* () {
            assert.strictEqual(yield* schemaOf, version)
            yield* migrate
            assert.strictEqual(yield* schemaOf, schemaVersion)
            yield* insertHistory("floor", [hold(2, 100)], notes)
            const entries = yield* timelineOf("floor", "Renewals", 2, simulatedWords)
            assert.deepStrictEqual(
              entries.filter(({ what }) => what === "called" || what === "held-back").map(({ at }) => at),
              [100, 2_000]
            )
            yield* seal
          }).pipe(Effect.provide(layer(path)))
          const db = new sqlite.Database(path)
          assert.deepStrictEqual(db.all("SELECT count(*) AS n FROM contact_notes"), [{ n: notes.length }])
          db.close()
        })
      )
    )
  }
})

describe("the timeline of a simulated shift", () => {
  const law = lawOf(
    onlyRules({ hours: [{ monFri: ["10:00-20:00"], sat: [], sun: [] }] }),
    ["Europe/London"],
    "2026-11-23T09:00:00Z"
  )
  const scenario = scenarioOf({}, { settings: { law }, list: { contacts: 400 } })
  it.effect("is that of the recorder's rows, contact by contact", () =>
    inMemory(
      Effect.gen(function* () {
        yield* migrate
        const { attempts, holds, notes, spans } = recordShift(scenario, null, 0)
        assert.isAtLeast(holds.length, 400)
        yield* insertShift("shift", attempts, spans)
        yield* insertHistory("shift", holds, notes)
        let entries = 0
        for (let contact = 0; contact < 400; contact += 1) {
          const own = <A extends { readonly contact: number }>(rows: ReadonlyArray<A>) =>
            rows.filter((row) => row.contact === contact)
          const found = yield* timelineOf("shift", campaignOf().settings.name, contact, simulatedWords)
          const records = { attempts: own(attempts), holds: own(holds), notes: own(notes) }
          assert.deepStrictEqual(found, timeline(records, simulatedWords))
          const count = (what: string) => found.filter((entry) => entry.what === what).length
          assert.deepStrictEqual(
            [count("called"), count("ended"), count("planned") + count("finished"), count("held-back")],
            [records.attempts.length, records.attempts.length, records.attempts.length, records.holds.length]
          )
          for (let i = 1; i < found.length; i += 1) assert.isAtMost(found[i - 1].at, found[i].at)
          entries += found.length
        }
        assert.isAbove(entries, 2_000)
      })
    )
  )
})
