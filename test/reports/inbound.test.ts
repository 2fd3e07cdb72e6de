import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { Window } from "happy-dom"
import { readFileSync } from "node:fs"
import { liveReport } from "../../reports/live/liveReport.ts"
import { report } from "../../reports/report.ts"
import type { InboundResult } from "../../sim/experiments/inboundResult.ts"
import { settingResult } from "../../sim/experiments/estimates.ts"
import type { Estimate, Result as RunResult } from "../../sim/experiments/Result.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { readScenario } from "../../sim/scenario/readScenario.ts"
import { callerLine } from "../../src/cli/callerLine.ts"
import { readLive } from "../../src/cli/live/readLive.ts"
import { type InboundCall, inboundFigures } from "../../src/domain/InboundCall.ts"
import { onStore } from "../store/floor/onStore.ts"
import { day, simulated } from "./fixture.ts"
import { fillStore } from "./live/filledStore.ts"

const dayMillis = 86_400_000
const about = (mean: number): Estimate => ({ mean, low: mean - 1, high: mean + 1, n: 20 })
const inbound: InboundResult = {
  calls: about(200),
  connected: about(150),
  inTime: about(120),
  gaveUp: about(30),
  waitOver: about(12),
  turnedAway: about(8),
  waitMean: about(9_500),
  waitP95: about(41_000)
}
const rowsOf = (page: string): ReadonlyArray<ReadonlyArray<string>> => {
  const window = new Window()
  window.document.write(page.replace(/<script>[^]*<\/script>/, ""))
  return [...window.document.querySelectorAll("#callers tr")].map((row) =>
    [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim().replaceAll("\u00a0", " "))
  )
}
const withInbound = (given: InboundResult | undefined): RunResult => {
  const result = simulated()
  const [first, ...rest] = result.settings
  return { ...result, settings: [{ ...first, ...(given === undefined ? {} : { inbound: given }) }, ...rest] }
}

/** The sample with a queue and callers in its campaign. */
const called = (): Scenario => {
  const text = readFileSync(new URL("../../scenarios/sample.yaml", import.meta.url), "utf8")
  const scenario = Result.getOrThrow(readScenario(text, "sample"))
  const [first, ...rest] = scenario.campaigns
  const queue = { callersMax: 5, waitMillisMax: 120_000 }
  const callers = { perHour: 90, knownShare: 0.7, patience: { kind: "exponential", mean: 40 } } as const
  return { ...scenario, campaigns: [{ ...first, settings: { ...first.settings, queue }, callers }, ...rest] }
}

describe("the figures of callers", () => {
  const call = (outcome: string, waited: number | null, handedBy: number | null = null): InboundCall => ({
    outcome,
    handedBy,
    arrivedAt: 1_000,
    connectedAt: waited === null ? null : 1_000 + waited
  })
  it("count each once, by what became of it", () => {
    const waits = [0, 5_000, 20_000, 20_001, 60_000]
    const calls = [
      ...waits.map((wait) => call("connected", wait)),
      call("connected", 0, 3),
      call("gave-up", null),
      call("gave-up", null),
      call("wait-over", null),
      call("turned-away", null)
    ]
    assert.deepStrictEqual(inboundFigures(calls), {
      calls: 9,
      connected: 5,
      inTime: 3,
      gaveUp: 2,
      waitOver: 1,
      turnedAway: 1,
      waitMean: 21_000.2,
      waitP95: 60_000
    })
    const hundred = Array.from({ length: 100 }, (_, index) => call("connected", (index + 1) * 100))
    assert.strictEqual(inboundFigures(hundred).waitP95, 9_500)
    assert.isNaN(inboundFigures([]).waitMean)
  })
})

describe("the callers in a report", () => {
  it("are in a small table, with how long they waited", () => {
    const page = report({ result: withInbound(inbound), ...day })
    assert.deepStrictEqual(rowsOf(page), [
      ["Calls to the campaign", "A shift", "from", "to", "Share"],
      ["All", "200", "199", "201", "100.0 %"],
      ["Taken by an agent", "150", "149", "151", "75.0 %"],
      ["Taken within 20 s", "120", "119", "121", "60.0 %"],
      ["Hung up while waiting", "30", "29", "31", "15.0 %"],
      ["Let go after the longest wait", "12", "11", "13", "6.0 %"],
      ["Turned away", "8.0", "7.0", "9.0", "4.0 %"]
    ])
    assert.include(page.replaceAll("\u00a0", " "), "waited 9.5 s on average, 95 of 100 of them at most 41 s")
  })
  it("are not in that of a campaign nobody calls", () => {
    for (const given of [undefined, { ...inbound, calls: { ...about(0), low: 0 } }]) {
      const page = report({ result: withInbound(given), ...day })
      assert.deepStrictEqual(rowsOf(page), [])
      assert.notInclude(page, "People who called")
    }
  })
  it("are in a sentence of the summary, where somebody calls", () => {
    const line = (given: InboundResult | undefined) => callerLine(withInbound(given)).replaceAll("\u00a0", " ")
    assert.strictEqual(
      line(inbound),
      "Callers of a shift: 200; an agent took 75.0 %, who had waited 9.5 s on average, 60.0 % within 20 s."
    )
    const nobody = { ...inbound, connected: about(0), inTime: about(0), waitMean: about(Number.NaN) }
    assert.strictEqual(line(nobody), "Callers of a shift: 200; an agent took 0.0 %, 0.0 % within 20 s.")
    assert.deepStrictEqual([line(undefined), line({ ...inbound, calls: about(0) })], ["", ""])
  })
  it.effect("of a live campaign are those of the same day in the simulator", () =>
    Effect.gen(function* () {
      const scenario = called()
      const shift = runShift(scenario, { ...wholeShift, replication: 0, untilMillis: dayMillis })
      const epoch = scenario.campaigns[0].settings.law?.epochMillis ?? 0
      const subject = yield* onStore((path) =>
        Effect.andThen(
          fillStore(scenario, { epoch, replication: 0, untilMillis: dayMillis }),
          readLive(path, { campaign: scenario.campaigns[0].settings.name, from: null, to: null })
        )
      )
      const figures = shift.figures[0].inbound
      assert.isAbove(figures?.connected ?? 0, 100)
      assert.deepStrictEqual(subject.inbound, figures)
      // A store tells of contacts that calls of ours have finished; the core also knows those who called.
      const { contactsClosed } = shift.counts[0]
      assert.deepStrictEqual({ ...subject.counts, contactsClosed }, shift.counts[0])
      const rows = rowsOf(liveReport(subject))
      assert.strictEqual(rows.length, 7)
      assert.strictEqual(rows[1][1], String(figures?.calls))
      const { setting } = simulated().settings[0]
      const outcome = { replication: 0, counts: shift.counts[0], boundMillis: shift.boundMillis[0], lostWaiting: 0 }
      const { inbound: means } = settingResult(setting, [{ ...outcome, figures: shift.figures[0] }], 0.03)
      assert.strictEqual(means?.waitMean.mean, figures?.waitMean)
    })
  )
})
