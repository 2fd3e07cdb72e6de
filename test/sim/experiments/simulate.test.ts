import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, type Layer, Ref } from "effect"
import { PartialResult } from "../../../sim/experiments/PartialResult.ts"
import { Progress, type ProgressState } from "../../../sim/experiments/Progress.ts"
import { recordShift } from "../../../sim/experiments/recordShift.ts"
import type { Result } from "../../../sim/experiments/Result.ts"
import { type RunOptions, simulate } from "../../../sim/experiments/simulate.ts"
import { runShift, wholeShift } from "../../../sim/runShift.ts"
import { Workers } from "../../../sim/workers/Workers.ts"
import { Outcome, outcomeNames } from "../../../src/domain/Outcome.ts"
import { measures } from "../../../src/domain/measures.ts"
import { scenarioOf, smallScenario, smallText } from "./smallScenario.ts"

const options: RunOptions = { replications: 6, precision: 0.005, replicationsMax: 40, campaign: null }
const source = { text: smallText(), version: "1.2.3" }
const run = (
  scenario = smallScenario(),
  changes: Partial<RunOptions> = {},
  layer: Layer.Layer<Workers> = Workers.layerInline
) => Effect.runPromise(simulate(scenario, source, { ...options, ...changes }).pipe(Effect.provide(layer)))

describe("simulate", () => {
  it("gives the same result byte for byte, whatever the number of workers", async () => {
    const inline = await run()
    for (const count of [1, 2, 3]) {
      const threaded = await run(smallScenario(), {}, Workers.layer(count))
      assert.deepStrictEqual(threaded, inline)
      assert.strictEqual(JSON.stringify(threaded), JSON.stringify(inline))
    }
  })
  it("names scenario, file, version, seed and campaign, and the one setting", async () => {
    const result = await run()
    assert.deepInclude(result, {
      kind: "simulate",
      version: "1.2.3",
      scenarioText: source.text,
      seed: "5",
      campaign: "Calls",
      recommendation: null,
      recordedKey: "predictive/fixed-ratio/1.5",
      finished: true
    })
    assert.deepStrictEqual(result.settings[0].setting, {
      key: "predictive/fixed-ratio/1.5",
      label: "fixed ratio, 1.5",
      mode: "predictive",
      pacing: { kind: "fixed-ratio", linesPerAgent: 1.5 },
      knob: 1.5,
      knobLabel: "Lines per waiting agent"
    })
  })
  it("holds the counts of the shifts themselves, and their plain means", async () => {
    const { settings } = await run()
    const shifts = Array.from({ length: 6 }, (_, replication) =>
      runShift(smallScenario(), { ...wholeShift, replication })
    )
    const counts = shifts.map((shift) => shift.counts[0])
    assert.deepStrictEqual(settings[0].counts, counts)
    const mean = counts.reduce((sum, one) => sum + measures.occupancy.of(one), 0) / 6
    assert.closeTo(settings[0].estimates.occupancy.mean, mean, 1e-14)
  })
  it("adds shifts until occupancy is precise enough, or as many as it may", async () => {
    const precise = await run(smallScenario(), { replications: "auto", precision: 0.02, replicationsMax: 200 })
    const { high, low, n } = precise.settings[0].estimates.occupancy
    assert.isAtMost((high - low) / 2, 0.02)
    assert.strictEqual((n - 10) % 5, 0)
    const most = await run(smallScenario(), { replications: "auto", precision: 1e-6, replicationsMax: 13 })
    assert.strictEqual(most.settings[0].replications, 13)
    const few = await run(smallScenario(), { replications: "auto", precision: 1e-6, replicationsMax: 4 })
    assert.strictEqual(few.settings[0].replications, 4)
  })
  it("runs a campaign without agents: no occupancy, but everything else", async () => {
    const pacing = "{ kind: lines, lines: 5, callsPerSecond: 1 }"
    const text = smallText({ agents: 0, mode: "automatic", pacing, modesAllowed: "[automatic]" })
    const { settings } = await run(scenarioOf(text), { replications: "auto" })
    assert.isNaN(settings[0].estimates.occupancy.mean)
    assert.isAbove(settings[0].estimates.liveRate.mean, 0.3)
    assert.strictEqual(settings[0].setting.key, "automatic/lines/5")
  })
  it("reports every few shifts how many are done, never more than the total", async () => {
    const seen: Array<ProgressState> = []
    await Effect.runPromise(
      simulate(smallScenario(), source, options).pipe(
        Effect.provide(Workers.layerInline),
        Effect.provideService(Progress, { report: (state) => Effect.sync(() => seen.push(state)) })
      )
    )
    assert.deepStrictEqual(
      seen.map(({ done, total }) => [done, total]),
      [1, 2, 3, 4, 5, 6, 6].map((done) => [done, 6])
    )
  })
  it("leaves what is complete when it is interrupted", async () => {
    const partial = Ref.makeUnsafe<Result | null>(null)
    await Effect.runPromise(
      Effect.gen(function* () {
        const settings = { ...options, replications: "auto", precision: 1e-9, replicationsMax: 1_000_000 } as const
        const fiber = yield* Effect.forkChild(
          Effect.provide(simulate(smallScenario(), source, settings), Workers.layer(2))
        )
        while ((yield* Ref.get(partial)) === null) yield* Effect.sleep("10 millis")
        yield* Fiber.interrupt(fiber)
      }).pipe(Effect.provideService(PartialResult, partial))
    )
    const kept = Ref.getUnsafe(partial)
    assert.isNotNull(kept)
    assert.isFalse(kept.finished)
    assert.isAtLeast(kept.settings[0].replications, 10)
    assert.deepStrictEqual(
      kept.settings[0].counts[0],
      runShift(smallScenario(), { ...wholeShift, replication: 0 }).counts[0]
    )
  })
})

describe("a recorded shift", () => {
  it("has one row for every attempt the same replication counted", async () => {
    const [{ counts, setting }] = (await run()).settings
    const { attempts, spans } = recordShift(smallScenario(), setting, 2)
    const byOutcome = outcomeNames.map((name) => attempts.filter((row) => row.outcome === name).length)
    assert.deepStrictEqual(byOutcome, [...counts[2].outcomes])
    const talked = spans.filter((span) => span.state === "talk").reduce((sum, span) => sum + span.to - span.from, 0)
    assert.strictEqual(talked, counts[2].stateMillis[5])
    assert.isAbove(counts[2].outcomes[Outcome.connected], 0)
  })
})
