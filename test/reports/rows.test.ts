import { assert, describe, it } from "@effect/vitest"
import { abandonBins } from "../../reports/abandonDay.ts"
import { agentBins } from "../../reports/agentDay.ts"
import { outcomeRows } from "../../reports/attemptOutcomes.ts"
import { callBins } from "../../reports/callDay.ts"
import { dayBins } from "../../reports/dayBins.ts"
import { ecdf, secondsAt, shareAt } from "../../reports/ecdf.ts"
import { retriesOf } from "../../reports/listState.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"

const minute = 60_000
const window = { startMinutes: 540, lengthMillis: 12 * minute }

const attempt = (over: Partial<AttemptRow>): AttemptRow => ({
  id: 1,
  campaign: "spring",
  contact: 1,
  attempt: 1,
  segment: "all",
  agent: null,
  reserved: false,
  placedAt: 0,
  answeredAt: null,
  connectedAt: null,
  endedAt: 20_000,
  outcome: "no-answer",
  late: false,
  silent: false,
  machineFalse: false,
  previewMillis: 0,
  talkMillis: 0,
  holdMillis: 0,
  wrapMillis: 0,
  idleMillis: null,
  retryAt: null,
  callerId: null,
  ...over
})
const span = (state: string, from: number, to: number): SpanRow => ({
  agent: 1,
  group: "telesales",
  state,
  campaign: "spring",
  from: from * minute,
  to: to * minute
})

describe("bins of the day", () => {
  it("are five minutes from the start on, the last one as long as the window goes", () => {
    assert.deepStrictEqual(dayBins(window), [
      { minute: 540, lengthMillis: 5 * minute },
      { minute: 545, lengthMillis: 5 * minute },
      { minute: 550, lengthMillis: 2 * minute }
    ])
  })

  it("hold the mean number of agents in each state; spans are cut at the edges", () => {
    const none = { talk: 0, hold: 0, wrap: 0, preview: 0, reserved: 0, ready: 0, paused: 0 }
    const spans = [
      span("ready", 0, 4),
      span("talk", 4, 11),
      span("wrap", 11, 12),
      span("signed-out", 0, 12),
      span("talk", 5, 10)
    ]
    assert.deepStrictEqual(agentBins(spans, window), [
      { minute: 540, agents: { ...none, ready: 0.8, talk: 0.2 } },
      { minute: 545, agents: { ...none, talk: 2 } },
      { minute: 550, agents: { ...none, talk: 0.5, wrap: 0.5 } }
    ])
  })

  it("count calls where they were placed and people where they answered", () => {
    const attempts = [
      attempt({ placedAt: 1 * minute }),
      attempt({ placedAt: 4.9 * minute, answeredAt: 5.1 * minute, outcome: "connected" }),
      attempt({ placedAt: 6 * minute, answeredAt: 6.1 * minute, outcome: "abandoned" }),
      attempt({ placedAt: 6 * minute, answeredAt: 6.2 * minute, outcome: "machine" }),
      attempt({ placedAt: 11 * minute, answeredAt: null, endedAt: 11.5 * minute, outcome: "hung-up-waiting" })
    ]
    assert.deepStrictEqual(callBins(attempts, window), [
      { minute: 540, placed: 2, answered: 0, connected: 0, abandoned: 0 },
      { minute: 545, placed: 2, answered: 2, connected: 1, abandoned: 1 },
      { minute: 550, placed: 1, answered: 1, connected: 0, abandoned: 0 }
    ])
  })

  it("give the abandon rate since the start and over the last twelve bins, with Wilson's interval", () => {
    const bins = Array.from({ length: 14 }, (_, i) => ({
      minute: 540 + 5 * i,
      placed: 10,
      answered: i === 0 ? 0 : 10,
      connected: 10,
      abandoned: i === 1 ? 2 : 0
    }))
    const rows = abandonBins(bins)
    assert.isNaN(rows[0].rolling)
    assert.deepStrictEqual(
      { ...rows[12], low: 0, high: 0 },
      { minute: 605, cumulative: 2 / 120, rolling: 2 / 120, low: 0, high: 0, answeredInWindow: 120 }
    )
    assert.deepStrictEqual([rows[13].cumulative, rows[13].rolling, rows[13].low], [2 / 130, 0, 0])
    // Two of 120 by the closed form of Wilson (1927).
    assert.closeTo(rows[12].low, 0.0045826, 1e-6)
    assert.closeTo(rows[12].high, 0.058736, 1e-6)
  })
})

describe("distribution of waits", () => {
  it("counts bin 0 as zero and every other bin at its upper edge", () => {
    const rows = ecdf(Float64Array.of(2, 1, 0, 1, 0), 100)
    assert.deepStrictEqual(rows, [
      { seconds: 0, share: 0.5 },
      { seconds: 0.1, share: 0.75 },
      { seconds: 0.2, share: 0.75 },
      { seconds: 0.3, share: 1 }
    ])
    assert.deepStrictEqual(
      [shareAt(rows, 0.15), shareAt(rows, 9), secondsAt(rows, 0.5), secondsAt(rows, 0.9)],
      [0.75, 1, 0, 0.3]
    )
  })

  it("is empty without values", () => {
    assert.deepStrictEqual(ecdf(new Float64Array(5), 100), [])
    assert.isNaN(secondsAt([], 0.5))
  })
})

describe("attempts", () => {
  const attempts = [
    attempt({ outcome: "connected" }),
    attempt({ outcome: "no-answer", retryAt: 5 * minute }),
    attempt({ outcome: "congestion" }),
    attempt({ outcome: "no-answer" }),
    attempt({ attempt: 2, outcome: "rejected" }),
    attempt({ attempt: 11, outcome: "busy" })
  ]

  it("are shares of their attempt number, in the order of the stack, the last bar open", () => {
    assert.deepStrictEqual(outcomeRows(attempts), [
      { attempt: "1", group: "connected", calls: 1, share: 0.25, from: 0 },
      { attempt: "1", group: "no-answer", calls: 2, share: 0.5, from: 0.25 },
      { attempt: "1", group: "other", calls: 1, share: 0.25, from: 0.75 },
      { attempt: "2", group: "busy", calls: 1, share: 1, from: 0 },
      { attempt: "8+", group: "busy", calls: 1, share: 1, from: 0 }
    ])
  })

  it("are counted as retries from the second on, and as put back where a time was set", () => {
    assert.deepStrictEqual(retriesOf(attempts), { calls: 6, again: 2, scheduled: 1, attemptMax: 11 })
  })
})
