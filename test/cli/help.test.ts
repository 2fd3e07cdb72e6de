import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { emptyFolder, withFiles } from "../store/files.ts"
import { runCli, writeScenario } from "./runCli.ts"

const said = (args: ReadonlyArray<string>) =>
  withFiles(
    Effect.gen(function* () {
      const { code, err, out } = yield* runCli(args, yield* emptyFolder)
      assert.strictEqual(code, 0, err)
      assert.strictEqual(err, "")
      return out
    })
  )

describe("outpace", () => {
  it.effect("lists its commands", () =>
    Effect.gen(function* () {
      for (const args of [["--help"], []]) {
        const out = yield* said(args)
        for (const name of ["simulate", "tune", "compare", "report", "scenario", "call", "doctor", "config"])
          assert.match(out, new RegExp(`^ +${name} +\\w`, "m"))
      }
    })
  )

  it.effect("lists the options of a command", () =>
    Effect.gen(function* () {
      const out = yield* said(["simulate", "--help"])
      for (const name of ["seed", "replications", "precision", "workers", "campaign", "out", "json"])
        assert.include(out, `--${name}`)
    })
  )

  it.effect("tells its version", () =>
    Effect.gen(function* () {
      const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
        readonly version: string
      }
      assert.strictEqual(yield* said(["--version"]), `outpace v${version}\n`)
    })
  )

  it.effect("completes in bash, zsh and fish", () =>
    Effect.gen(function* () {
      const bash = yield* said(["--completions", "bash"])
      execFileSync("bash", ["-n"], { input: bash })
      for (const shell of ["zsh", "fish"]) assert.include(yield* said(["--completions", shell]), "simulate")
    })
  )

  it.effect("checks a scenario file and prints the schema of all", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const fine = yield* runCli(["scenario", "check", "tiny.yaml"], folder)
        assert.strictEqual(fine.out, "tiny.yaml is fine: Tiny, 3 agents, Calls (predictive).\n")
        writeScenario(folder, "bad.yaml", (text) => text.replace("agents: 3", "agents: -3"))
        const bad = yield* runCli(["scenario", "check", "bad.yaml"], folder)
        assert.strictEqual(bad.code, 2)
        assert.match(bad.err, /bad\.yaml:6:\d+ groups\[0\]\.agents/)
        const schema = yield* runCli(["scenario", "schema"], folder)
        assert.isObject(JSON.parse(schema.out))
        const floor = yield* runCli(["config", "schema"], folder)
        assert.strictEqual((JSON.parse(floor.out) as { readonly title: string }).title, "Outpace floor")
      })
    )
  )
})
