import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { loadResult } from "../../src/store/resultFile.ts"
import { emptyFolder, withFiles } from "../store/files.ts"
import { heard, runCli, startCli, writeScenario } from "./runCli.ts"

interface Tuned {
  readonly recommendation: { readonly settingKey: string; readonly sentences: ReadonlyArray<string> }
  readonly settings: ReadonlyArray<{ readonly setting: { readonly key: string; readonly mode: string } }>
}

describe("outpace tune", () => {
  it.effect("recommends a setting in words, in a table and in the report, and records that setting", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const { code, err, out } = yield* runCli(["tune", "tiny.yaml", "--replications", "2", "--out", "a"], folder)
        assert.strictEqual(code, 0, err)
        assert.match(out, /Tuning of Tiny[^]*Launch with [^]*\n\* [a-z][^]*\* recommended\.[^]*Report: +a/)
        const { body, run } = yield* loadResult(join(folder, "a", "result.sqlite"))
        const { recommendation, settings } = body as Tuned
        assert.strictEqual(run, recommendation.settingKey)
        assert.isAbove(settings.length, 5)
        assert.include(out.replaceAll("\n", " "), recommendation.sentences[0])
        assert.match(readFileSync(join(folder, "a", "report.html"), "utf8"), /Tuning before launch/)
      })
    )
  )

  it.effect("chooses among the modes asked for, and refuses those the campaign does not allow", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const tune = (modes: string) =>
          runCli(["tune", "tiny.yaml", "--replications", "2", "--json", "--modes", modes], folder)
        const { code, err, out } = yield* tune("progressive")
        assert.strictEqual(code, 0, err)
        const printed = JSON.parse(out) as Tuned
        assert.deepStrictEqual(
          printed.settings.map(({ setting }) => setting.mode),
          ["progressive"]
        )
        const refused = yield* tune("manual,progressive")
        assert.strictEqual(refused.code, 2)
        assert.match(
          refused.err,
          /campaign "Calls" does not allow manual: its modesAllowed are progressive, predictive\./
        )
        assert.match((yield* tune("fast")).err, /Invalid value for flag --modes: "fast"/)
      })
    )
  )

  it.effect("stopped by Ctrl-C keeps the settings that are complete", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const { child, ended } = startCli(["tune", "tiny.yaml", "--replications", "2000", "--json"], folder)
        yield* Effect.promise(() => heard(child, /[2-9]\d{3,} of \d+ shifts/))
        child.kill("SIGINT")
        const { code, err, out } = yield* Effect.promise(() => ended)
        assert.strictEqual(code, 130, err)
        assert.match(err, /Kept what was complete, \d{4,} shifts of/)
        const printed = JSON.parse(out) as Tuned & { readonly finished: boolean }
        assert.isFalse(printed.finished)
        assert.isNull(printed.recommendation)
        assert.isAtLeast(printed.settings.length, 1)
      })
    )
  )
})
