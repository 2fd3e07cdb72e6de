import { assert, describe, it } from "@effect/vitest"
import { servedInTimeMillis } from "../../src/domain/InboundCall.ts"
import { erlangA, erlangC } from "../oracles/closedForms.ts"
import { campaignOf, type CampaignParts, group, people, record, scenarioOf } from "./worldFloors.ts"

const onePerAgent = { kind: "one-per-agent" } as const
const seconds = (value: number) => ({ kind: "constant", value }) as const
const queue = { callersMax: 1_000, waitMillisMax: 600_000 }
const callers = { perHour: 120, knownShare: 0.6, patience: { kind: "exponential", mean: 60 } } as const
/** Agents who do nothing but take calls. */
const quiet: CampaignParts = {
  settings: { mode: "manual", pacing: onePerAgent, queue, goal: "none" },
  list: { contacts: 0 },
  callers
}
const hours = (count: number) => ({
  day: { startMinutes: 540, lengthMillis: count * 3_600_000 },
  groups: [{ ...group, agents: 4, shift: { startSeconds: 0, endSeconds: count * 3_600, spreadSeconds: 0 } }]
})

describe("people who call", () => {
  it("come as often as the scenario says, and every call is on record once", () => {
    const { figures, recorder } = record(scenarioOf(hours(50), quiet))
    const [{ inbound }] = figures
    const { arrivals } = recorder
    assert.strictEqual(inbound?.calls, arrivals.length)
    // 6000 are expected, with a standard deviation of 77.
    assert.closeTo(arrivals.length, 6_000, 3.3 * Math.sqrt(6_000))
    assert.deepStrictEqual(
      arrivals.map(({ id }) => id).sort((a, b) => a - b),
      arrivals.map((_, index) => index + 1)
    )
    const { calls = 0, connected = 0, gaveUp = 0, turnedAway = 0, waitOver = 0 } = inbound ?? {}
    assert.strictEqual(connected + gaveUp + turnedAway + waitOver, calls)
    const talks = arrivals.filter(({ outcome }) => outcome === "connected")
    assert.strictEqual(talks.length, connected)
    for (const { arrivedAt, connectedAt, endedAt, talkMillis } of talks) {
      assert.isAtLeast(connectedAt ?? -1, arrivedAt)
      assert.strictEqual(endedAt - (connectedAt ?? 0), talkMillis)
    }
  })
  describe("with exponential talks, no wrap-up and no limit of waits", () => {
    const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length
    const spread = (values: ReadonlyArray<number>) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1))
    const near = (values: ReadonlyArray<number>, expected: number) =>
      assert.closeTo(mean(values), expected, (3.5 * spread(values)) / Math.sqrt(values.length))
    const talkSeconds = 90
    const shifts = (patience: CampaignParts["callers"]) =>
      Array.from({ length: 20 }, (_, replication) => {
        const parts: CampaignParts = {
          settings: { ...quiet.settings, queue: { callersMax: 1_000, waitMillisMax: 36_000_000 } },
          list: { contacts: 0 },
          people: { talk: { kind: "exponential", mean: talkSeconds } },
          work: { wrap: seconds(0) },
          ...(patience === undefined ? {} : { callers: patience })
        }
        const [{ inbound }] = record(scenarioOf(hours(60), parts), { replication }).figures
        return inbound ?? assert.fail("nobody called")
      })

    it("they wait as in Erlang C where nobody gives up", () => {
      const seen = shifts({ ...callers, patience: null })
      const { meanWait, within } = erlangC(4, (callers.perHour * talkSeconds) / 3_600, talkSeconds)
      near(
        seen.map(({ waitMean }) => waitMean / 1_000),
        meanWait
      )
      near(
        seen.map(({ calls, inTime }) => inTime / calls),
        within(servedInTimeMillis / 1_000)
      )
    })
    it("they give up as in Erlang A", () => {
      const seen = shifts({ ...callers, perHour: 200 })
      const { abandoned } = erlangA(200 / 3_600, talkSeconds, callers.patience.mean, 4)
      near(
        seen.map(({ calls, gaveUp }) => gaveUp / calls),
        abandoned
      )
    })
  })
  it("are the same people whatever the dialler does", () => {
    const arrivals = [1, 3].map((linesPerAgent) => {
      const parts: CampaignParts = { settings: { queue, pacing: { kind: "fixed-ratio", linesPerAgent } }, callers }
      return record(scenarioOf({}, { ...parts, callers: { ...callers, knownShare: 1 } })).recorder.arrivals
    })
    const came = arrivals.map((rows) =>
      rows.map(({ arrivedAt, contact }) => `${arrivedAt} ${contact}`).sort((a, b) => a.localeCompare(b))
    )
    assert.isAbove(came[0].length, 180)
    assert.deepStrictEqual(came[0], came[1])
    const talks = arrivals.map((rows) => new Map(rows.map(({ contact, talkMillis }) => [contact, talkMillis])))
    const both = [...talks[0]].filter(([contact, millis]) => millis > 0 && (talks[1].get(contact) ?? 0) > 0)
    assert.isAbove(both.length, 100)
    for (const [contact, millis] of both) assert.strictEqual(talks[1].get(contact), millis)
  })
  it("come before calls to be placed: with enough of them nobody is called", () => {
    const many = { perHour: 600, knownShare: 0, patience: null }
    const parts: CampaignParts = { settings: { queue, pacing: { kind: "fixed-ratio", linesPerAgent: 2 } } }
    const quietDay = record(scenarioOf({}, parts))
    const busyDay = record(scenarioOf({}, { ...parts, callers: many }))
    assert.isAbove(quietDay.recorder.attempts.length, 1_000)
    assert.isBelow(busyDay.recorder.attempts.length, quietDay.recorder.attempts.length / 10)
    assert.isAbove(busyDay.recorder.arrivals.filter(({ outcome }) => outcome === "connected").length, 400)
  })
  it("nobody knew are on the list from their call on, and are not called", () => {
    const parts: CampaignParts = { settings: { queue }, list: { contacts: 50 }, callers: { ...callers, knownShare: 0 } }
    const { figures, recorder } = record(scenarioOf({}, parts))
    const { arrivals, attempts } = recorder
    assert.isTrue(arrivals.every(({ contact }) => contact >= 50))
    assert.isTrue(attempts.every(({ contact }) => contact < 50))
    assert.strictEqual(figures[0].list.loaded, 50 + arrivals.length)
  })
  it("are turned away when nobody is at work", () => {
    const parts: CampaignParts = { ...quiet, callers: { ...callers, patience: null } }
    const late = {
      ...hours(4),
      groups: [{ ...group, shift: { startSeconds: 0, endSeconds: 7_200, spreadSeconds: 0 } }]
    }
    const { arrivals } = record(scenarioOf(late, parts)).recorder
    for (const { arrivedAt, outcome } of arrivals) {
      if (arrivedAt > 7_200_000 + 600_000) assert.strictEqual(outcome, "turned-away")
    }
    assert.isAbove(arrivals.filter(({ outcome }) => outcome === "turned-away").length, 150)
  })
  it("change nothing of a campaign nobody calls", () => {
    const campaign = campaignOf({ settings: { queue } })
    assert.isUndefined(campaign.callers)
    const { figures, recorder } = record(scenarioOf({}, { settings: { queue } }))
    assert.deepStrictEqual(recorder.attempts, record(scenarioOf({})).recorder.attempts)
    assert.deepStrictEqual([recorder.arrivals, figures[0].inbound], [[], undefined])
    assert.strictEqual(people.patience, null)
  })
})
