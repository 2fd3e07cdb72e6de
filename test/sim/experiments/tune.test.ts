import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, type Layer, Ref } from "effect"
import { PartialResult } from "../../../sim/experiments/PartialResult.ts"
import { Progress, type ProgressState } from "../../../sim/experiments/Progress.ts"
import type { Result } from "../../../sim/experiments/Result.ts"
import { tune, type TuneOptions } from "../../../sim/experiments/tune.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { Workers } from "../../../sim/workers/Workers.ts"
import { scenarioOf, smallScenario, smallText } from "./smallScenario.ts"

const options: TuneOptions = {
  replications: "auto",
  precision: 0.02,
  replicationsMax: 80,
  campaign: null,
  confidence: 0.95,
  overLimitMax: 0.05,
  modes: null,
  baselines: true
}
const quick = smallScenario({ agents: 3, hours: 0.5, abandonLimit: 0.1 })
const source = { text: "file", version: "1" }
const tuned = (
  scenario: Scenario = quick,
  changes: Partial<TuneOptions> = {},
  layer: Layer.Layer<Workers> = Workers.layerInline
) => Effect.runPromise(tune(scenario, source, { ...options, ...changes }).pipe(Effect.provide(layer)))

describe("tune", () => {
  const inOneThread = tuned()
  it("gives the same result byte for byte, whatever the number of workers", async () => {
    const inline = await inOneThread
    for (const count of [1, 2, 3]) {
      const threaded = await tuned(quick, {}, Workers.layer(count))
      assert.strictEqual(JSON.stringify(threaded), JSON.stringify(inline))
      assert.deepStrictEqual(threaded, inline)
    }
  })
  it("rehearses every setting on the same customers, from the first replication on", async () => {
    const { recommendation, recordedKey, settings } = await inOneThread
    const keys = settings.map(({ setting }) => setting.key)
    assert.strictEqual(new Set(keys).size, keys.length)
    assert.include(keys, recommendation?.settingKey)
    assert.strictEqual(recordedKey, recommendation?.settingKey)
    for (const { counts, replications } of settings) {
      assert.strictEqual(counts.length, replications)
      assert.isAtLeast(replications, 8)
      assert.isAtMost(replications, 80)
    }
  })
  it("runs as many shifts of every setting as a number says", async () => {
    const { settings } = await tuned(quick, { replications: 3 })
    assert.deepStrictEqual([...new Set(settings.map(({ replications }) => replications))], [3])
  })
  it("leaves out planned changes, which would blur what a setting does", async () => {
    const more = '    changes: [{ at: "09:10", mode: progressive }]\n'
    const scenario = scenarioOf(smallText({ more, agents: 3, hours: 0.5, abandonLimit: 0.1 }))
    assert.strictEqual(scenario.campaigns[0].changes.length, 1)
    const result = await tuned(scenario, { replications: 3 })
    assert.deepStrictEqual(result.scenario.campaigns[0].changes, [])
    assert.deepStrictEqual(result.settings, (await tuned(quick, { replications: 3 })).settings)
  })
  it("tells how sensitive the recommendation is, with the expectations of the dialler as they were", async () => {
    const { recommendation, sensitivity, settings } = await inOneThread
    assert.deepStrictEqual(
      sensitivity.map(({ answerShift, label }) => [label, answerShift]),
      [
        ["10 points fewer answers", -0.1],
        ["as assumed", 0],
        ["talk 20 % longer", 0],
        ["10 points more answers", 0.1]
      ]
    )
    const chosen = settings.find(({ setting }) => setting.key === recommendation?.settingKey)
    assert.deepStrictEqual(sensitivity[1].occupancy, chosen?.estimates.occupancy)
    assert.isBelow(sensitivity[0].occupancy.mean, sensitivity[3].occupancy.mean)
  })
  it("recommends automatic dialling without agents, which has nothing to search", async () => {
    const pacing = "{ kind: lines, lines: 5, callsPerSecond: 1 }"
    const text = smallText({ agents: 0, mode: "automatic", pacing, modesAllowed: "[automatic]" })
    const { recommendation, settings, teams } = await tuned(scenarioOf(text))
    assert.strictEqual(recommendation?.settingKey, "automatic/lines/5")
    assert.strictEqual(settings.length, 1)
    assert.deepStrictEqual(teams, [])
    assert.match(
      recommendation?.sentences[1] ?? "",
      /^Expect \d+ calls a shift, of which 40\.\d % \(±\d\.\d+\) reach a person/
    )
  })
  it("looks for the number of lines the agents of an automatic campaign can bear", async () => {
    const pacing = "{ kind: lines, lines: 5, callsPerSecond: 1 }"
    const more = "    groups: [team]\n"
    const text = smallText({ mode: "automatic", pacing, modesAllowed: "[automatic]", more }).replace(
      "      talkSeconds",
      "      script: { lengthSeconds: 20, transferShare: 0.3 }\n      patienceSeconds: 10\n      talkSeconds"
    )
    const { recommendation, settings } = await tuned(scenarioOf(text))
    assert.isAbove(settings.length, 5)
    assert.match(recommendation?.settingKey ?? "", /^automatic\/lines\//)
    assert.match(
      recommendation?.sentences[2] ?? "",
      /^Of the people who ask for an agent, [0-2]\.\d % \(±\d\.\d\) leave/
    )
  })
  it("recommends callback dialling where nothing else is allowed", async () => {
    const text = smallText({ mode: "callback", pacing: "one-per-agent", modesAllowed: "[callback]" }).replace(
      "contacts: 2000, endless: true",
      "contacts: 0, requestsPerHour: 60"
    )
    const { recommendation, settings } = await tuned(scenarioOf(text))
    assert.strictEqual(recommendation?.settingKey, "callback")
    assert.isAbove(settings[0].estimates.occupancy.mean, 0.1)
  })
  it("reports progress that only grows and ends at its total", async () => {
    const seen: Array<ProgressState> = []
    await Effect.runPromise(
      tune(quick, source, options).pipe(
        Effect.provide(Workers.layerInline),
        Effect.provideService(Progress, { report: (state) => Effect.sync(() => seen.push(state)) })
      )
    )
    assert.isTrue(seen.every(({ done, total }, i) => done <= total && (i === 0 || done >= seen[i - 1].done)))
    const last = seen[seen.length - 1]
    assert.strictEqual(last.done, last.total)
  })
  it("leaves the settings that are complete when it is interrupted", async () => {
    const partial = Ref.makeUnsafe<Result | null>(null)
    await Effect.runPromise(
      Effect.gen(function* () {
        const long = smallScenario({ abandonLimit: 0.1, hours: 8 })
        const fiber = yield* Effect.forkChild(Effect.provide(tune(long, source, options), Workers.layer(2)))
        while (((yield* Ref.get(partial))?.settings.length ?? 0) < 3) yield* Effect.sleep("10 millis")
        yield* Fiber.interrupt(fiber)
      }).pipe(Effect.provideService(PartialResult, partial))
    )
    const kept = Ref.getUnsafe(partial)
    assert.isNotNull(kept)
    assert.isFalse(kept.finished)
    assert.isNull(kept.recommendation)
    assert.include(
      kept.settings.map(({ setting }) => setting.key),
      kept.recordedKey
    )
  })
  it("dies when the campaign is not in the scenario", async () => {
    const exit = await Effect.runPromiseExit(
      tune(smallScenario(), source, { ...options, campaign: "Other" }).pipe(Effect.provide(Workers.layerInline))
    )
    assert.include(String(exit), "has no campaign")
  })
})
