import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { join } from "node:path"
import { loadResult } from "../../src/store/resultFile.ts"
import { emptyFolder, withFiles } from "../store/files.ts"
import { runCli, writeScenario } from "./runCli.ts"

interface Compared {
  readonly comparison: {
    readonly scenario: string
    readonly scenarioText: string
    readonly sentences: ReadonlyArray<string>
    readonly differences: Readonly<Record<string, { readonly mean: number }>>
  }
  readonly settings: ReadonlyArray<unknown>
}

describe("outpace compare", () => {
  it.effect("says what the second scenario changes, and keeps both", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder, "a.yaml")
        writeScenario(folder, "b.yaml", (text) => text.replace("linesPerAgent: 1.5", "linesPerAgent: 3"))
        const { code, err, out } = yield* runCli(["compare", "a.yaml", "b.yaml", "--replications", "4"], folder)
        assert.strictEqual(code, 0, err)
        assert.match(out, /Comparison of Tiny[^]*Second minus first[^]*\nOccupancy/)
        const { body } = yield* loadResult(join(folder, "outpace-results", "a-b-compare", "result.sqlite"))
        const { comparison, settings } = body as Compared
        assert.strictEqual(settings.length, 2)
        assert.isAbove(comparison.differences["dialsPerAgentHour"].mean, 0)
        assert.include(comparison.scenarioText, "linesPerAgent: 3")
        assert.include(out.replaceAll("\n", " "), comparison.sentences[0])
      })
    )
  )

  it.effect("finds no difference between a scenario and itself, and names the file that cannot be run", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const same = yield* runCli(["compare", "tiny.yaml", "tiny.yaml", "--replications", "3", "--json"], folder)
        assert.strictEqual(same.code, 0, same.err)
        const { comparison } = JSON.parse(same.out) as Compared
        assert.strictEqual(comparison.differences["occupancy"].mean, 0)
        writeScenario(folder, "bad.yaml", () => "name: x")
        const bad = yield* runCli(["compare", "tiny.yaml", "bad.yaml"], folder)
        assert.strictEqual(bad.code, 2)
        assert.match(bad.err, /bad\.yaml cannot be run/)
      })
    )
  )
})
