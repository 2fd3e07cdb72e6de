import { assert, describe, it } from "@effect/vitest"
import type * as Plot from "@observablehq/plot"
import { abandonDay } from "../../reports/abandonDay.ts"
import { answerWait } from "../../reports/answerWait.ts"
import { bounds } from "../../reports/bounds.ts"
import { frontier, frontierRows } from "../../reports/frontier.ts"
import { idleWaitOptions, type WaitSeries } from "../../reports/idleWait.ts"
import { knob } from "../../reports/knob.ts"
import { lossOf } from "../../reports/loss.ts"
import { report } from "../../reports/report.ts"
import { sensitivity, sensitivityOptions } from "../../reports/sensitivity.ts"
import { settingsTable } from "../../reports/settingsTable.ts"
import { subject } from "../../reports/Subject.ts"
import { teamOptions, teamSize } from "../../reports/teamSize.ts"
import { headTiles } from "../../reports/tiles.ts"
import { differenceOf, valuesOf } from "../../sim/experiments/estimates.ts"
import type { Result, SettingResult } from "../../sim/experiments/Result.ts"
import { AgentState } from "../../src/domain/AgentState.ts"
import { day, simulated, transferred, tuned } from "./fixture.ts"

const none = { attempts: [], spans: [] }
const marks = (options: Plot.PlotOptions) =>
  (options.marks ?? []).flat(3) as unknown as ReadonlyArray<Record<string, unknown>>
const named = (options: Plot.PlotOptions, name: string) =>
  marks(options).find((mark) => (mark as { ariaDescription?: string } | null)?.ariaDescription === name)
const words = (result: Result, ...of: ReadonlyArray<RegExp>) => {
  const text = report({ result, ...none }).replaceAll(/\s+/g, " ")
  for (const each of of) assert.match(text, each)
}

describe("a report on automatic dialling with agents", () => {
  const of = subject({ result: transferred(), ...day })

  it("weighs busy agents against the people who ask for one and leave", () => {
    assert.strictEqual(lossOf(of).column, "transfers_lost")
    assert.strictEqual(lossOf(subject({ result: tuned(), ...none })).column, "abandon_rate")
    assert.deepStrictEqual(
      frontierRows(of).map((row) => row.abandonRate),
      [0.004, 0.021, 0.12]
    )
    assert.strictEqual(frontier(of)!.title, "Occupancy against transfers lost")
    assert.include(
      knob(of)!.table.columns.map(({ name }) => name),
      "transfers_lost_high"
    )
    assert.deepStrictEqual(
      knob(of)!.table.rows.map((row) => row[6]),
      [0.004, 0.021, 0.12]
    )
    const options = sensitivityOptions(of.result.sensitivity, "abandonRate", 0.03)
    assert.strictEqual(options.x?.label, "Transfers lost (%)")
    assert.deepStrictEqual(
      sensitivity(of)!.table.rows.map((row) => row[5]),
      [0.02, 0.02, 0.02, 0.02, 0.02]
    )
  })
  it("has the transfers lost among its tiles and in the table of settings", () => {
    const [calls, lost, occupancy] = headTiles(of)
    assert.deepStrictEqual([calls.label, lost.label, occupancy.label], ["Attempts", "Transfers lost", "Occupancy"])
    assert.deepStrictEqual([lost.value, lost.interval, lost.verdict], ["2.10\u00a0%", "1.80 to 2.40\u00a0%", "good"])
    assert.match(settingsTable(of).text, /Transfers lost[^]*12\.00\u00a0±\u00a00\.30/)
    assert.notMatch(settingsTable(of).text, /Late/)
  })
  it("says nothing of waits after the answer, most of which are the script, nor of a rate nobody adds to", () => {
    assert.isNull(answerWait(of))
    const served = day.attempts.filter(({ outcome }) => outcome !== "abandoned")
    assert.isNull(abandonDay(subject({ result: transferred(), attempts: served, spans: [] })))
    assert.isNotNull(abandonDay(of))
  })
})

describe("a report on modes that hold an agent for every call", () => {
  const result = simulated()
  const [only] = result.settings
  const held = day.attempts.filter(({ outcome }) => outcome !== "abandoned").map((row) => ({ ...row, reserved: true }))

  it("draws no abandon rate and no wait after the answer", () => {
    assert.isNull(answerWait(subject({ result, ...none })))
    assert.isNull(abandonDay(subject({ result, attempts: held, spans: [] })))
  })
  it("draws the rate when a planned change lets the dialler run ahead for a while", () => {
    const attempts = held.map((row, i) => (i === 5 ? { ...row, outcome: "connected", reserved: false } : row))
    assert.isNotNull(abandonDay(subject({ result, attempts, spans: [] })))
  })
  it("calls the limit certain instead of giving an interval", () => {
    const sure: SettingResult = { ...only, overLimit: { successes: 0, n: 24, share: 0, low: 0, high: 0 } }
    const of = subject({ result: { ...result, settings: [sure] }, ...none })
    const tile = headTiles(of)[2]
    assert.deepStrictEqual([tile.interval, tile.note], ["", "an agent is held for every call"])
    assert.match(settingsTable(of).text, /<td class="n">0\.0<\/td>/)
  })
  it("draws what held the dialler back only where agents wait without one being held", () => {
    assert.isNotNull(bounds(subject({ result, ...none })))
    const counts = only.counts.map((one) => {
      const stateMillis = one.stateMillis.slice()
      stateMillis[AgentState.reserved] = stateMillis[AgentState.ready]
      stateMillis[AgentState.ready] = 1_000
      return { ...one, stateMillis }
    })
    assert.isNull(bounds(subject({ result: { ...result, settings: [{ ...only, counts }] }, ...none })))
  })
})

describe("figures that stand beside each other", () => {
  it("are of the same shifts: the gain on progressive is the paired difference", () => {
    const result = tuned()
    const settings = result.settings.map((one) =>
      one.setting.mode === "progressive" ? { ...one, counts: one.counts.slice(0, 5) } : one
    )
    const of = subject({ result: { ...result, settings }, ...none })
    const { mean } = differenceOf(valuesOf(of.main!.counts, "occupancy"), valuesOf(of.baseline!.counts, "occupancy"))
    const apart = of.main!.estimates.occupancy.mean - of.baseline!.estimates.occupancy.mean
    assert.notStrictEqual(mean.toFixed(3), apart.toFixed(3))
    assert.include(headTiles(of)[0].note, `+${(100 * mean).toFixed(1)}\u00a0points`)
  })
  it("say in the table where they are told from the recommended one", () => {
    const result = tuned()
    const fewer = (replications: number): Result => ({
      ...result,
      settings: result.settings.map((one, i) => (i === 0 ? { ...one, replications } : one))
    })
    const told = /are told from the paired difference to it/
    assert.match(settingsTable(subject({ result: fewer(8), ...none })).text, told)
    for (const replications of [4, 20, 24]) {
      assert.notMatch(settingsTable(subject({ result: fewer(replications), ...none })).text, told)
    }
  })
  it("say what large shifts are told from", () => {
    const result = tuned()
    const settings = result.settings.map((one) => ({ ...one, overLimit: { ...one.overLimit, bySpread: true } }))
    assert.match(headTiles(subject({ result: { ...result, settings }, ...none }))[2].definition, /told from the spread/)
    words({ ...result, settings }, /chances carry Wilson intervals, or, where shifts are large, exact ones/)
    words(result, /chances carry Wilson intervals\. The whole day/)
  })
  it("say whose work is counted where agents serve several campaigns", () => {
    const result = tuned()
    const [own] = result.scenario.campaigns
    const other = { ...own, settings: { ...own.settings, name: "Callbacks" } }
    const shared: Result = { ...result, scenario: { ...result.scenario, campaigns: [own, other] } }
    words(shared, /Agents also work for Callbacks: their occupancy and talk are of all their work/)
    assert.notInclude(report({ result, ...none }), "Agents also work for")
  })
})

describe("drawings of changed worlds, teams and waits", () => {
  it("fill the world as assumed alone", () => {
    const rows = tuned().sensitivity
    const longer = [...rows, { ...rows[2], label: "talk 20 % longer" }]
    const mean = named(sensitivityOptions(longer, "occupancy", 0.03), "mean") as unknown as {
      channels: { fill: { value: (row: unknown) => string } }
    }
    assert.deepStrictEqual(
      longer.map((row) => mean.channels.fill.value(row)),
      ["paper", "paper", "blue", "paper", "paper", "paper"].map((color) => `var(--${color})`)
    )
    assert.strictEqual(sensitivity(subject({ result: tuned(), ...none }))!.title, "If people are not as assumed")
  })
  it("speak of one agent in the singular", () => {
    const result = { ...tuned(), smallestTeam: 1 }
    assert.match(teamSize(subject({ result, ...none }))!.caption, /^From 1 agent up /)
    const texts = marks(teamOptions(result.teams, 1)).map((mark) => {
      const value = (mark as { channels?: { text?: { value?: unknown } } }).channels?.text?.value
      return typeof value === "function" ? String((value as (size: number) => string)(1)) : ""
    })
    assert.include(texts, "predictive gains from 1 agent")
  })
  it("end where waits are told apart no more", () => {
    const rows = [600, 1_200, 1_799, 1_800].map((seconds, i) => ({ seconds, share: [0.3, 0.6, 0.9, 1][i] }))
    const look = { color: "", dash: "", symbol: "circle" } as const
    const series: WaitSeries = { label: "", look, rows, p50: 1_200, p90: 1_799 }
    assert.deepStrictEqual(idleWaitOptions([series]).x?.domain, [0, 1_799])
  })
})
