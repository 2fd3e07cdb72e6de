import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { readFileSync } from "node:fs"
import { readScenario } from "../../../sim/scenario/readScenario.ts"
import { chartWindow, lawWindows } from "../../../src/cli/live/liveLaw.ts"
import { zoneTable } from "../../../src/domain/compliance/zoneTable.ts"
import type { PlacedRow } from "../../../src/store/floor/liveQueries.ts"

const scenario = Result.getOrThrow(
  readScenario(readFileSync(new URL("../../../scenarios/sample.yaml", import.meta.url), "utf8"), "sample")
)
const [{ settings }] = scenario.campaigns
const zoneOf = (id: string) => zoneTable(id, { fromYear: 2026, untilYear: 2026, tzdata: "" })!
const ofLondon = (rule: object) => ({
  ...settings.law!,
  zone: "Europe/London",
  composed: {
    ...settings.law!.composed,
    rules: { abandon: [{ ...settings.law!.composed.rules.abandon![0], ...rule }] }
  }
})

const rule = {
  ceiling: 0.03,
  denominator: "D_LIVE",
  includeAmdFalse: "no",
  breach: "above",
  window: { kind: "calendarDay" }
} as const

const day = Date.UTC(2026, 5, 1, 12)
const row = (outcome: string, calls: number, more: Partial<PlacedRow> = {}): PlacedRow => ({
  at: day,
  outcome,
  connected: Number(outcome === "connected"),
  answered: 1,
  late: 0,
  silent: 0,
  over: 0,
  calls,
  ...more
})

const rows: ReadonlyArray<PlacedRow> = [
  row("connected", 90),
  row("connected", 4, { late: 1 }),
  row("abandoned", 3),
  row("abandoned", 1, { silent: 1 }),
  row("hung-up-waiting", 1, { over: 1 }),
  row("hung-up-waiting", 1),
  row("no-answer", 100, { answered: 0 }),
  // Half past eleven in the evening of the day before, by the clock of London in summer.
  row("abandoned", 7, { at: Date.UTC(2026, 4, 31, 22, 30) })
]
const facts = { rows, samples: [], beganAt: Date.UTC(2026, 4, 1), zoneOf }
const detecting = { ...settings, detection: true }

describe("the law's windows of a live campaign", () => {
  it("count every call in the day in which it was dialled", () => {
    const windows = lawWindows(detecting, ofLondon(rule), facts, { from: 0, until: Infinity })
    assert.deepStrictEqual(
      windows.map(({ from, standing }) => [new Date(from).toISOString(), standing.numerator, standing.base]),
      [
        ["2026-05-30T23:00:00.000Z", 7, 7],
        ["2026-05-31T23:00:00.000Z", 5, 100]
      ]
    )
    assert.deepStrictEqual(
      windows.map(({ standing }) => standing.verdict),
      ["red", "red"]
    )
  })

  it("are those that touch the reported time", () => {
    const windows = lawWindows(detecting, ofLondon(rule), facts, { from: day, until: day + 1 })
    assert.lengthOf(windows, 1)
  })

  it("take a month in one, and have the window of the chart", () => {
    const law = ofLondon({ ...rule, window: { kind: "successiveDays", days: 30 } })
    const [window, ...others] = lawWindows(
      detecting,
      law,
      { ...facts, beganAt: Date.UTC(2026, 4, 20) },
      { from: day, until: day }
    )
    assert.lengthOf(others, 0)
    assert.deepStrictEqual([window.standing.numerator, window.standing.base], [12, 107])
    const chart = chartWindow(law, { beganAt: Date.UTC(2026, 4, 20), zoneOf }, day)
    assert.strictEqual(chart?.window.from, Date.UTC(2026, 4, 19, 23))
    assert.isNull(chartWindow(ofLondon({ ...rule, ceiling: null }), facts, day))
  })

  it("cannot be told where people taken for machines count and nobody listened, and can once somebody did", () => {
    const machines = [...rows, row("machine", 200)]
    const law = ofLondon({ ...rule, ceiling: 0.5, includeAmdFalse: "estimate" })
    const time = { from: day, until: day }
    const [untold] = lawWindows(detecting, law, { ...facts, rows: machines }, time)
    assert.strictEqual(untold.standing.verdict, "not assessable")
    const samples = Array.from({ length: 50 }, (_, i) => ({ placedAt: day, isPerson: i === 0 }))
    const [told] = lawWindows(detecting, law, { ...facts, rows: machines, samples }, time)
    assert.strictEqual(told.standing.verdict, "amber")
    assert.isAbove(told.standing.numerator, 5)
  })
})
