import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { SqlClient } from "effect/sql"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { readScenario } from "../../sim/scenario/readScenario.ts"
import { fillStore } from "../reports/live/filledStore.ts"
import { onStore } from "../store/floor/onStore.ts"
import { runCli } from "./runCli.ts"

const scenario = Result.getOrThrow(
  readScenario(readFileSync(new URL("../../scenarios/callback-desk.yaml", import.meta.url), "utf8"), "callback-desk")
)
const epoch = Date.UTC(2026, 10, 23, 9)

describe("outpace report of a floor's store", () => {
  it.live("reads it while its floor has it open, and leaves it alone", () =>
    onStore((path) =>
      Effect.gen(function* () {
        const folder = dirname(path)
        const empty = yield* runCli(["report", path], folder)
        assert.strictEqual(empty.code, 2)
        assert.match(empty.err, /nothing is on record/)
        yield* fillStore(scenario, { epoch, replication: 0, untilMillis: 4 * 3_600_000, isOpen: true })
        // What is told now is in the write-ahead log alone.
        const { code, err, out } = yield* runCli(["report", path, "--json"], folder)
        assert.strictEqual(code, 0, err)
        const body = JSON.parse(out) as { readonly open: boolean; readonly outcomes: Record<string, number> }
        const sql = yield* SqlClient.SqlClient
        const name = scenario.campaigns[0].settings.name
        const rows = yield* sql<{ readonly connected: number }>`
          SELECT count(*) AS connected FROM attempts WHERE outcome = 'connected' AND campaign = ${name}`
        assert.isTrue(body.open)
        assert.strictEqual(body.outcomes["connected"], rows[0].connected)
        assert.isAbove(rows[0].connected, 10)
        assert.match(readFileSync(join(folder, "report.html"), "utf8"), /The window is still open/)
        // The floor goes on writing.
        yield* sql`DELETE FROM attempts WHERE id = 1`
      })
    )
  )
})
