import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Result } from "effect"
import { readFileSync } from "node:fs"
import { Recorder } from "../../src/store/Recorder.ts"
import { runShift } from "../../sim/runShift.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { readScenario } from "../../sim/scenario/readScenario.ts"
import { emptyCounts } from "../../src/domain/Counts.ts"
import { always, countsOf } from "../../src/store/measuresSql.ts"
import { migrate } from "../../src/store/migrations.ts"
import { insertShift } from "../../src/store/rows.ts"
import { layer } from "../../src/store/Sqlite.ts"
import { attempt, span } from "./stored.ts"

const scenarioOf = (name: string): Scenario => {
  const text = readFileSync(new URL(`../../scenarios/${name}.yaml`, import.meta.url), "utf8")
  return Result.getOrThrow(readScenario(text, name))
}

const dayMillis = 24 * 3_600_000

/** Each campaign's counts of one recorded day, by the simulator and by query. */
const bothCounts = Effect.fn("bothCounts")(
  function* (scenario: Scenario, warmUpMillis: number) {
    const recorder = new Recorder(scenario)
    // Long enough for the day to end by itself: calls that are still up are in no record.
    const { counts } = runShift(scenario, {
      replication: 0,
      untilMillis: dayMillis,
      warmUpMillis,
      recorder
    })
    yield* migrate
    yield* insertShift("day", recorder.attempts, recorder.spans)
    const queried = yield* Effect.forEach(scenario.campaigns, ({ settings }, index) =>
      countsOf({
        ...always,
        run: "day",
        campaign: settings.name,
        groups: settings.groups,
        from: warmUpMillis,
        contactsLoaded: counts[index].contactsLoaded
      })
    )
    return { counts, queried }
  },
  Effect.provide(Layer.fresh(layer(":memory:")))
)

describe("counts by query", () => {
  for (const name of ["sample", "small-b2b", "canvass", "mixed-floor", "survey-robot", "callback-desk"]) {
    it.effect(`are those the simulator adds up: ${name}`, () =>
      Effect.gen(function* () {
        const { counts, queried } = yield* bothCounts(scenarioOf(name), 0)
        assert.deepStrictEqual(queried, counts)
        assert.isAbove(counts[0].outcomes[0], 0)
      })
    )
  }

  it.effect("are those the simulator adds up after a warm-up", () =>
    Effect.gen(function* () {
      const { counts, queried } = yield* bothCounts(scenarioOf("sample"), 2 * 3_600_000 + 1)
      assert.deepStrictEqual(queried, counts)
    })
  )

  for (const kind of ["manual", "preview", "progressive"] as const) {
    it.effect(`are those the simulator adds up: sample in ${kind} mode`, () =>
      Effect.gen(function* () {
        const sample = scenarioOf("sample")
        const campaigns = sample.campaigns.map((campaign) => ({
          ...campaign,
          settings: { ...campaign.settings, mode: kind, pacing: { kind: "one-per-agent" } as const }
        }))
        const { counts, queried } = yield* bothCounts({ ...sample, campaigns }, 0)
        assert.deepStrictEqual(queried, counts)
      })
    )
  }

  const query = { run: "day", campaign: "Renewals", groups: ["team"], from: 0, to: 10_000, contactsLoaded: 9 }
  const counted = Effect.fn("counted")(
    function* (...rows: Parameters<typeof insertShift>) {
      yield* migrate
      yield* insertShift(...rows)
      return yield* countsOf(query)
    },
    Effect.provide(Layer.fresh(layer(":memory:")))
  )

  it.effect("leave out other runs, campaigns, groups and what is outside the window; spans are cut at its edges", () =>
    Effect.gen(function* () {
      const counts = yield* counted(
        "day",
        [
          attempt(1, { placedAt: -1 }),
          attempt(2, { placedAt: 10_000, contact: 4 }),
          attempt(3, { placedAt: 9_999, contact: 5, retryAt: 20_000 }),
          attempt(4, { placedAt: 5, campaign: "Other" })
        ],
        [
          span(-50, 100),
          span(9_000, 11_000, { state: "wrap" }),
          span(10_000, 12_000),
          span(1, 2, { group: "others" }),
          span(3, 5, { agent: 1 })
        ]
      )
      const expected = emptyCounts()
      expected.outcomes[6] = 1
      expected.stateMillis[2] = 102
      expected.stateMillis[7] = 1_000
      expected.contactsLoaded = 9
      expected.contactsAttempted = 2
      expected.contactsClosed = 1
      assert.deepStrictEqual(counts, expected)
    })
  )

  it.effect("are all zero where nothing was recorded", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* counted("day", [], []), { ...emptyCounts(), contactsLoaded: 9 })
    })
  )

  it.effect("put waits in the bin whose upper edge they do not pass", () =>
    Effect.gen(function* () {
      const waits = [0, 1, 100, 101, 30_000, 99_999]
      const rows = waits.map((wait, i) =>
        attempt(i + 1, {
          placedAt: 0,
          outcome: "connected",
          answeredAt: 5,
          connectedAt: 5 + wait,
          idleMillis: wait,
          talkMillis: 7,
          holdMillis: 2
        })
      )
      const counts = yield* counted("day", rows, [])
      assert.deepStrictEqual(
        [0, 1, 2, 300].map((bin) => counts.answerWaits[bin]),
        [1, 2, 1, 2]
      )
      assert.deepStrictEqual(
        [0, 1, 30, 100].map((bin) => counts.idleWaits[bin]),
        [1, 3, 1, 1]
      )
      assert.strictEqual(counts.idleWaitMillisMax, 99_999)
      assert.strictEqual(counts.talkMillis, 9 * 6)
    })
  )
})
