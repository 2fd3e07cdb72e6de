import { assert, describe, it } from "@effect/vitest"
import { agentStateNames } from "../../src/domain/AgentState.ts"
import { attempts, connected, live, measures, workingMillis } from "../../src/domain/measures.ts"
import { outcomeNames } from "../../src/domain/Outcome.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"
import { agentCount, callsPerSecondMax, day, linesMax, recorded, ways } from "./recordedDays.ts"

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
const count = (rows: ReadonlyArray<AttemptRow>, outcome: string) => rows.filter((row) => row.outcome === outcome).length
const spansOf = (spans: ReadonlyArray<SpanRow>, agent: number) => spans.filter((span) => span.agent === agent)

describe.each(ways)("%s (validation.md 6)", (_name, mode, pacing) => {
  it("the counts are those of the records", () => {
    const { recorder, result } = recorded(day(mode, pacing, true), 1)
    const [counts] = result.counts
    const rows = recorder.attempts
    assert.isAbove(rows.length, 500)
    outcomeNames.forEach((outcome, code) => assert.strictEqual(counts.outcomes[code], count(rows, outcome), outcome))
    assert.strictEqual(attempts(counts), rows.length)
    assert.strictEqual(
      live(counts),
      sum(["connected", "abandoned", "hung-up-waiting"].map((each) => count(rows, each)))
    )
    const served = rows.filter((row) => row.outcome === "connected")
    assert.strictEqual(counts.talkMillis, sum(served.map((row) => row.talkMillis + row.holdMillis)))
    assert.strictEqual(counts.wrapMillis, sum(served.map((row) => row.wrapMillis)))
    assert.strictEqual(counts.previewMillis, sum(rows.map((row) => row.previewMillis)))
    assert.strictEqual(counts.idleWaitMillis, sum(served.map((row) => row.idleMillis ?? 0)))
    assert.strictEqual(counts.answerWaitMillis, sum(served.map((row) => row.connectedAt! - row.answeredAt!)))
    assert.strictEqual(counts.late, rows.filter((row) => row.late).length)
    assert.strictEqual(counts.silent, rows.filter((row) => row.silent).length)
    assert.strictEqual(counts.machineFalse, rows.filter((row) => row.machineFalse).length)
    agentStateNames.forEach((state, code) => {
      const millis = sum(recorder.spans.filter((span) => span.state === state).map(({ from, to }) => to - from))
      assert.strictEqual(counts.stateMillis[code], millis, state)
    })
  })

  it("every agent is in one state at every instant", () => {
    const { recorder, result } = recorded(day(mode, pacing, true), 2)
    for (let agent = 0; agent < agentCount; agent += 1) {
      const spans = spansOf(recorder.spans, agent)
      spans.slice(1).forEach((span, index) => assert.strictEqual(span.from, spans[index].to))
      assert.strictEqual(spans[0].from, 0)
      assert.strictEqual(spans.at(-1)!.to, result.endedAt)
    }
    assert.strictEqual(sum(Array.from(result.counts[0].stateMillis)), agentCount * result.endedAt)
  })

  it("occupancy is connects per agent-hour × handling time, exactly, where only people answer", () => {
    const { recorder, result } = recorded(day(mode, pacing, false), 3)
    const [counts] = result.counts
    const perHour = (connected(counts) * 3_600_000) / workingMillis(counts)
    const preview = counts.previewMillis / connected(counts) / 1_000
    // Coding a call nobody answered is work of no connected call.
    const coding = sum(recorder.attempts.filter((row) => row.outcome !== "connected").map((row) => row.wrapMillis))
    const handling = measures.handlingSeconds.of(counts) + preview + coding / connected(counts) / 1_000
    // A card that is never dialled was read all the same; none is skipped here, but some are open at the end of a shift.
    const readMillis = sum(recorder.spans.filter((span) => span.state === "preview").map(({ from, to }) => to - from))
    const unplaced = (readMillis - counts.previewMillis) / workingMillis(counts)
    assert.closeTo(measures.occupancy.of(counts), (perHour * handling) / 3_600 + unplaced, 1e-12)
  })

  it("nobody is abandoned while an eligible agent is idle, nobody launched without agents or past a limit", () => {
    for (const everything of [true, false]) {
      const { attempts: rows, spans } = recorded(day(mode, pacing, everything), 4).recorder
      assert.strictEqual(count(rows, "abandoned") > 0, mode === "predictive")
      const ready = spans.filter((span) => span.state === "ready")
      for (const row of rows.filter(({ outcome }) => outcome === "abandoned")) {
        const since = everything ? row.endedAt - 1 : row.answeredAt!
        const idle = ready.filter(({ from, to }) => from < row.endedAt && to > since)
        assert.deepStrictEqual(idle, [], JSON.stringify(row))
      }
      const atWork = spans.filter(({ state }) => state !== "signed-out" && state !== "paused")
      for (const { placedAt } of rows) {
        assert.isTrue(
          atWork.some(({ from, to }) => from <= placedAt && placedAt <= to),
          `launch at ${placedAt}`
        )
      }
      keepsLimits(rows)
    }
  })

  it("the same seed gives the same records, another replication gives others", () => {
    const [first, again, other] = [5, 5, 6].map(
      (replication) => recorded(day(mode, pacing, true), replication).recorder
    )
    assert.deepStrictEqual(again.attempts, first.attempts)
    assert.deepStrictEqual(again.spans, first.spans)
    assert.notDeepEqual(other.attempts, first.attempts)
  })
})

/** Lines in use and the distance between launches. A line that is freed may be used again in the same instant. */
const keepsLimits = (rows: ReadonlyArray<AttemptRow>): void => {
  const changes = rows.flatMap((row) => [
    { at: row.placedAt, by: 1 },
    { at: row.endedAt, by: -1 }
  ])
  changes.sort((a, b) => a.at - b.at || a.by - b.by)
  let lines = 0
  for (const { at, by } of changes) {
    lines += by
    assert.isAtMost(lines, linesMax, `lines at ${at}`)
  }
  const placed = rows.map(({ placedAt }) => placedAt).sort((a, b) => a - b)
  placed.slice(1).forEach((at, index) => assert.isAtLeast(at - placed[index], 1_000 / callsPerSecondMax))
}

describe("people are the same whatever dials them (validation.md 6)", () => {
  const [, mode, pacing] = ways[3]
  const keyed = (rows: ReadonlyArray<AttemptRow>) => new Map(rows.map((row) => [`${row.contact} ${row.attempt}`, row]))
  it.each(ways)("%s", (_name, otherMode, otherPacing) => {
    const before = keyed(recorded(day(mode, pacing, true), 7).recorder.attempts)
    const after = recorded(day(otherMode, otherPacing, true), 7).recorder.attempts
    let [answers, talks] = [0, 0]
    for (const row of after) {
      const same = before.get(`${row.contact} ${row.attempt}`)
      // A call the dialler takes back shows nothing of the person.
      if (same === undefined || row.outcome === "cancelled" || same.outcome === "cancelled") continue
      const ring = (of: AttemptRow) => (of.answeredAt ?? of.endedAt) - of.placedAt
      assert.strictEqual(row.answeredAt === null, same.answeredAt === null, JSON.stringify([same, row]))
      assert.strictEqual(ring(row), ring(same), JSON.stringify([same, row]))
      answers += row.answeredAt === null ? 0 : 1
      if (row.outcome === "hung-up-waiting" && same.outcome === "hung-up-waiting") {
        assert.strictEqual(row.endedAt - row.answeredAt!, same.endedAt - same.answeredAt!)
      }
      if (row.outcome !== "connected" || same.outcome !== "connected" || row.agent !== same.agent) continue
      // The agent's own speed multiplies the talk, so it is the same only with the same agent.
      assert.strictEqual(row.talkMillis, same.talkMillis, JSON.stringify([same, row]))
      talks += 1
    }
    assert.isAbove(answers, 100)
    assert.isAbove(talks, 5)
  })
})
