import { assert, describe, it } from "@effect/vitest"
import type * as Plot from "@observablehq/plot"
import { abandonBins, abandonDayOptions } from "../../reports/abandonDay.ts"
import { agentBins, agentDayOptions } from "../../reports/agentDay.ts"
import { answerWait, answerWaitOptions, answerWaitRows } from "../../reports/answerWait.ts"
import { bounds } from "../../reports/bounds.ts"
import { callBins } from "../../reports/callDay.ts"
import { dayWindow } from "../../reports/dayBins.ts"
import { families } from "../../reports/family.ts"
import { frontier, frontierDomain, frontierOptions, frontierRows } from "../../reports/frontier.ts"
import { idleWait, idleWaitSeries } from "../../reports/idleWait.ts"
import { knob, knobFamilies, knobOptions } from "../../reports/knob.ts"
import { sensitivity, sensitivityOptions } from "../../reports/sensitivity.ts"
import { subject } from "../../reports/Subject.ts"
import { teamOptions, teamSize } from "../../reports/teamSize.ts"
import type { AgentStateName } from "../../src/domain/AgentState.ts"
import { agentless, day, simulated, tuned } from "./fixture.ts"

const of = subject({ result: tuned(), ...day })
const empty = { attempts: [], spans: [] }

/** The data of the marks of that name: what is drawn, before it is drawn. */
const drawn = (options: Plot.PlotOptions, name: string): Array<unknown> =>
  (options.marks ?? [])
    .flat(3)
    .filter((mark) => (mark as { ariaDescription?: string } | null)?.ariaDescription === name)
    .flatMap((mark) => [...((mark as { data?: Iterable<unknown> }).data ?? [])])

describe("frontier", () => {
  const rows = frontierRows(of)

  it("has a row for every setting, in families, by knob", () => {
    assert.strictEqual(rows.length, 28)
    assert.deepStrictEqual(
      families(of.result.settings).map(({ key, label, results }) => [key, label, results.length]),
      [
        ["manual", "Manual", 1],
        ["preview", "Preview", 1],
        ["progressive", "Progressive", 1],
        ["predictive/look-ahead", "Look-ahead", 6],
        ["predictive/pickup-rate", "Pickup rate", 7],
        ["predictive/fixed-ratio", "Fixed ratio", 8],
        ["predictive/vicidial/average", "VICIdial, average", 4]
      ]
    )
    const [main] = rows.filter((row) => row.main)
    const { occupancy, abandonRate } = of.main!.estimates
    assert.deepStrictEqual(
      [main.setting, main.occupancy, main.abandonRate, main.abandonLow, main.occupancyHigh],
      ["look-ahead, 2.5 %", occupancy.mean, abandonRate.mean, abandonRate.low, occupancy.high]
    )
  })

  it("draws the limit, the intervals both ways and the ring of the recommended setting", () => {
    const options = frontierOptions(rows, 0.03, "Recommended: look-ahead, 2.5 %", "Abandon rate (%)")
    assert.deepStrictEqual(drawn(options, "limit"), [0.03])
    assert.strictEqual(drawn(options, "interval of the abandon rate").length, 28)
    assert.strictEqual(drawn(options, "interval of occupancy").length, 28)
    assert.deepStrictEqual(
      drawn(options, "main setting"),
      rows.filter((row) => row.main)
    )
    assert.include(drawn(options, "label"), "Recommended: look-ahead, 2.5 %")
  })

  it("ends at four times the limit, and says what lies beyond", () => {
    assert.strictEqual(frontierDomain(rows, 0.03).x[1], 0.12)
    assert.match(frontier(of)!.caption, /3 settings lie beyond the right edge/)
  })

  it("looks different for every family, also without colour", () => {
    const looks = families(of.result.settings).map(({ look }) => `${look.dash} ${look.symbol}`)
    assert.strictEqual(new Set(looks).size, looks.length)
  })
})

describe("knob", () => {
  it("has a pair of panels for each family that was swept", () => {
    const all = knobFamilies(of)
    assert.deepStrictEqual(
      all.map(({ label, knobLabel, knobIsShare, rows }) => [
        label,
        knobLabel,
        knobIsShare,
        rows.map((row) => row.knob)
      ]),
      [
        ["Look-ahead", "Abandon target", true, [0.005, 0.01, 0.015, 0.02, 0.025, 0.03]],
        ["Pickup rate", "Expected pickup rate", true, [0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.8]],
        ["Fixed ratio", "Lines per waiting agent", false, [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3]],
        ["VICIdial, average", "Drop limit", true, [0.01, 0.02, 0.03, 0.05]]
      ]
    )
    assert.deepStrictEqual(
      knob(of)!.panels.map(({ plots }) => plots.length),
      [2, 2, 2, 2]
    )
  })

  it("draws the limit with the abandon rate, and bands", () => {
    const [family] = knobFamilies(of)
    const options = knobOptions(family, "abandonRate", { label: "Abandon rate (%)", domain: [0, 0.12], limit: 0.03 })
    assert.deepStrictEqual(drawn(options, "limit"), [0.03])
    assert.strictEqual(drawn(options, "interval").length, 6)
    const occupancy = knobOptions(family, "occupancy", { label: "Occupancy (%)", domain: [0, 1], limit: Number.NaN })
    assert.deepStrictEqual(drawn(occupancy, "limit"), [])
  })
})

describe("the other charts", () => {
  it("draw the limit and the interval of the abandon rate over the day", () => {
    const window = dayWindow(of)
    const rows = abandonBins(callBins(of.attempts, window))
    const options = abandonDayOptions(rows, window, 0.03)
    assert.deepStrictEqual(drawn(options, "limit"), [0.03])
    assert.deepStrictEqual(
      drawn(options, "interval"),
      rows.filter((row) => Number.isFinite(row.rolling))
    )
  })

  it("draw the limit of the wait after answer in seconds, and name the late share", () => {
    assert.deepStrictEqual(drawn(answerWaitOptions(answerWaitRows(of), 2), "limit"), [2])
    assert.match(answerWait(of)!.caption, /Late connects \(after the limit\): 0\.09/)
  })

  it("compare waits between calls with progressive", () => {
    assert.deepStrictEqual(
      idleWaitSeries(of).map(({ label, p50, p90 }) => [label, p50, p90]),
      [
        ["look-ahead, 2.5 %", 24, 81],
        ["progressive", 80, 253]
      ]
    )
  })

  it("draw limit and intervals of the sensitivity", () => {
    const options = sensitivityOptions(of.result.sensitivity, "abandonRate", 0.03)
    assert.deepStrictEqual(drawn(options, "limit"), [0.03])
    assert.deepStrictEqual(drawn(options, "interval"), [...of.result.sensitivity])
  })

  it("mark the smallest team that gains, if there is one", () => {
    assert.deepStrictEqual(drawn(teamOptions(of.result.teams, 5), "smallest team"), [5])
    assert.deepStrictEqual(drawn(teamOptions(of.result.teams, null), "smallest team"), [])
    assert.strictEqual(drawn(teamOptions(of.result.teams, 5), "interval, predictive").length, 7)
  })

  it("sort what bound the pacing", () => {
    assert.deepStrictEqual(bounds(of)!.table.rows, [
      ["abandon target", 0.71],
      ["nobody to call now", 0.21],
      ["trunk lines", 0.06],
      ["calls per second", 0.02]
    ])
  })
})

describe("what is not there", () => {
  const one = subject({ result: simulated(), ...empty })
  const none = subject({ result: agentless(), ...empty })

  it("is not drawn", () => {
    for (const draw of [frontier, knob, sensitivity, teamSize]) assert.isNull(draw(one))
    for (const draw of [frontier, knob, idleWait, answerWait, bounds]) assert.isNull(draw(none))
  })

  it("leaves intervals out below two replications", () => {
    const options = frontierOptions(frontierRows(one), 0.03, "", "")
    assert.deepStrictEqual([drawn(options, "interval of occupancy"), drawn(options, "limit")], [[], [0.03]])
  })
})

describe("what the agents do over the day", () => {
  const minute = 60_000
  const span = (state: AgentStateName, from: number, to: number) => ({
    agent: 0,
    group: "team",
    state,
    campaign: null,
    from,
    to
  })

  /** From when to when, by the clock, a state's surface reaches, and how high. */
  const surface = (lengthMillis: number) => {
    const window = { startMinutes: 600, lengthMillis }
    const bins = agentBins([span("talk", 0, lengthMillis)], window)
    return drawn(agentDayOptions(bins, window), "talk").map((at) => {
      const { high, minute: when } = at as { readonly minute: number; readonly high: number }
      return [when, high]
    })
  }

  it("fills the whole window, be it shorter than a bin, or end inside one", () => {
    assert.deepStrictEqual(surface(3 * minute), [
      [600, 1],
      [601.5, 1],
      [603, 1]
    ])
    assert.deepStrictEqual(surface(6 * minute), [
      [600, 1],
      [602.5, 1],
      [605.5, 1],
      [606, 1]
    ])
  })
})
