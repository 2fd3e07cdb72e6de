import { assert, describe, it } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { compare } from "../../../sim/experiments/compare.ts"
import type { RunOptions } from "../../../sim/experiments/RunOptions.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { pairedDifference } from "../../../sim/statistics/paired.ts"
import { Workers } from "../../../sim/workers/Workers.ts"
import { measures } from "../../../src/domain/measures.ts"
import { smallScenario } from "./smallScenario.ts"

const options: RunOptions = { replications: 8, precision: 0.01, replicationsMax: 60, campaign: null }
const sources = [
  { text: "first", version: "1" },
  { text: "second", version: "1" }
] as const
const compared = (
  a: Scenario,
  b: Scenario,
  changes: Partial<RunOptions> = {},
  layer: Layer.Layer<Workers> = Workers.layerInline
) => Effect.runPromise(compare(a, b, ...sources, { ...options, ...changes }).pipe(Effect.provide(layer)))

const slow = smallScenario()
const fast = smallScenario({ pacing: "{ kind: fixed-ratio, linesPerAgent: 3 }" })

describe("compare", () => {
  it("finds exactly no difference between a scenario and itself", async () => {
    const { differences, sentences } = await compared(slow, slow)
    for (const { high, low, mean, n } of Object.values(differences))
      assert.deepStrictEqual([mean, low, high, n], [0, 0, 0, 8])
    assert.isTrue(sentences.every((sentence) => sentence.includes("no clear difference")))
  })
  it("gives the paired difference of every measure, second minus first", async () => {
    const { differences, result } = await compared(slow, fast)
    const [first, second] = result.settings
    const values = (of: typeof first) => of.counts.map((one) => measures.occupancy.of(one))
    const { difference } = pairedDifference(values(second), values(first), 0.95)
    const { high, low, mean } = differences.occupancy
    assert.deepStrictEqual([mean, low, high], [difference.mean, difference.low, difference.high])
    assert.isAbove(low, 0)
    assert.isAbove(differences.abandonRate.low, 0)
  })
  it("holds both settings for a report, and both files", async () => {
    const { result, second, sentences } = await compared(slow, fast)
    assert.deepInclude(result, { kind: "compare", scenarioText: "first", finished: true })
    assert.strictEqual(second.scenarioText, "second")
    assert.deepStrictEqual(
      result.settings.map(({ setting }) => [setting.key, setting.label]),
      [
        ["a/predictive/fixed-ratio/1.5", "A: fixed ratio, 1.5"],
        ["b/predictive/fixed-ratio/3", "B: fixed ratio, 3"]
      ]
    )
    assert.strictEqual(result.recordedKey, result.settings[0].setting.key)
    assert.match(
      sentences[0],
      /^B: fixed ratio, 3 keeps agents busy \d+\.\d points .* more of the time than A: fixed ratio, 1\.5/
    )
  })
  it("meets the same customers, whatever the seed of the second", async () => {
    const { differences } = await compared(slow, { ...slow, seed: "other", name: "Other" })
    assert.strictEqual(differences.connected.high, 0)
  })
  it("stops when the difference is precise, whatever the number of workers", async () => {
    const inline = await compared(slow, fast, { replications: "auto" })
    const { high, low } = inline.differences.occupancy
    assert.isAtMost((high - low) / 2, 0.01)
    assert.strictEqual(
      JSON.stringify(await compared(slow, fast, { replications: "auto" }, Workers.layer(2))),
      JSON.stringify(inline)
    )
  })
})
