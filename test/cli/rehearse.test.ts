import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { join } from "node:path"
import { floorLine, floorTable } from "../../src/cli/floor/floorTable.ts"
import type { FloorSnapshot } from "../../src/runtime/floor/FloorView.ts"
import { loadResult } from "../../src/store/resultFile.ts"
import { emptyFolder, withFiles } from "../store/files.ts"
import { heard, runCli, startCli, writeScenario } from "./runCli.ts"

const floor: FloorSnapshot = {
  at: 65_000,
  campaigns: [
    {
      name: "Renewals",
      mode: "predictive",
      state: "running",
      bound: "lines",
      ringing: 4,
      waiting: 1,
      callers: 3,
      talking: 2,
      attempts: 1_234,
      connected: 300,
      abandoned: 6,
      occupancy: 0.871,
      abandonRate: 0.0196,
      contacts: 200,
      closed: 50
    }
  ],
  agents: [
    { agent: 0, name: "Anna", group: "team", state: "talk", sinceMillis: 61_500, campaign: "Renewals" },
    { agent: 1, name: "Ben", group: "team", state: "signed-out", sinceMillis: 65_000, campaign: null }
  ]
}

describe("the floor on a terminal", () => {
  it("shows campaigns, and agents one by one", () => {
    const lines = floorTable(floor, "09:01:05", { columns: 120, rows: 40 })
    assert.strictEqual(lines[0], "09:01:05")
    assert.match(
      lines[4],
      /Renewals +predictive +4 +1 +3 +2 +1,234 +300 +2\.0\s% +87\.1\s% +25\.0\s% +all lines in use/
    )
    assert.strictEqual(lines[6], "Agents: 1 signed out, 1 talking")
    assert.match(lines.at(-1) ?? "", /Anna +talking +1:01 +Renewals/)
  })
  it("never writes more lines or columns than there are", () => {
    const agents = Array.from({ length: 24 }, (_, agent) => ({ ...floor.agents[0], agent }))
    const lines = floorTable({ ...floor, agents }, "09:01:05", { columns: 40, rows: 12 })
    assert.isAtMost(lines.length, 12)
    for (const line of lines) assert.isAtMost(line.length, 40)
    assert.include(lines.join("\n"), "24 talking")
  })
  it("says the same in one line of a log", () => {
    assert.strictEqual(
      floorLine(floor, "09:01:05").replaceAll("\u00a0", " "),
      "09:01:05; 1 agent at work; Renewals: 1,234 calls, 300 connected, 2.0 % abandoned, 87.1 % busy, 3 in the queue"
    )
    const nobody = { ...floor, campaigns: [{ ...floor.campaigns[0], callers: 0 }] }
    assert.notInclude(floorLine(nobody, "09:01:05"), "queue")
  })
})

describe("outpace rehearse", () => {
  it.effect("runs the day that simulate records, to its end", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const { code, err, out } = yield* runCli(["rehearse", "tiny.yaml", "--speed", "100000"], folder)
        assert.strictEqual(code, 0, err)
        yield* runCli(["simulate", "tiny.yaml", "--replications", "3", "--out", "result"], folder)
        const { attempts } = yield* loadResult(join(folder, "result", "result.sqlite"))
        const connected = attempts.filter(({ outcome }) => outcome === "connected").length
        assert.match(out, new RegExp(`Calls +predictive +0 +0 +0 +0 +${attempts.length} +${connected} `))
      })
    )
  )
  it.effect("stops at Ctrl-C with the floor as it stood", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const { child, ended } = startCli(["rehearse", "tiny.yaml", "--speed", "1"], folder)
        yield* Effect.promise(() => heard(child, /agents? at work/))
        child.kill("SIGINT")
        const { code, err, out } = yield* Effect.promise(() => ended)
        assert.strictEqual(code, 130, err)
        assert.match(out, /Agents: /)
        assert.match(err, /A rehearsal keeps nothing/)
      })
    )
  )
  it.effect("refuses a speed that is none", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeScenario(folder)
        const { code, err } = yield* runCli(["rehearse", "tiny.yaml", "--speed", "0"], folder)
        assert.strictEqual(code, 2)
        assert.match(err, /a number above 0/)
      })
    )
  )
})
