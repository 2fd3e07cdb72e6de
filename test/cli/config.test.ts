import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { emptyFolder, withFiles } from "../store/files.ts"
import { runCli } from "./runCli.ts"

const sample = readFileSync(new URL("../../docs/outpace.sample.yaml", import.meta.url), "utf8")

const checked = (environment: Readonly<Record<string, string>>) =>
  withFiles(
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      writeFileSync(join(folder, "outpace.yaml"), sample)
      return yield* runCli(["config", "check"], folder, environment)
    })
  )

describe("outpace config check", () => {
  it.effect("takes secrets from the environment", () =>
    Effect.gen(function* () {
      const { code, out } = yield* checked({ TRUNK_USER: "a", TRUNK_PASSWORD: "b", AGENT_201_PASSWORD: "c" })
      assert.strictEqual(code, 0)
      assert.strictEqual(out, "outpace.yaml is fine: Renewals, Leeds, 1 trunk, 2 agents, Renewals (predictive).\n")
    })
  )
  it.effect("names those that are not set, and shows none that are", () =>
    Effect.gen(function* () {
      const { code, err, out } = yield* checked({ TRUNK_USER: "topsecret", TRUNK_PASSWORD: "topsecret" })
      assert.deepStrictEqual([code, out], [2, ""])
      assert.strictEqual(
        err,
        [
          "outpace: outpace.yaml cannot be used: one problem.",
          "",
          "outpace.yaml:33:49 groups[0].agents[0].password",
          '  33 |       - { name: Ann Ash, user: "201", password: "${AGENT_201_PASSWORD}" }',
          "     |                                                 ^",
          "  found:   ${AGENT_201_PASSWORD}, which is not set",
          "  allowed: an environment variable AGENT_201_PASSWORD that is set, or the value itself",
          ""
        ].join("\n")
      )
    })
  )
})
