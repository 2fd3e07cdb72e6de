import { assert, describe, it } from "@effect/vitest"
import { agentStateNames } from "../../src/domain/AgentState.ts"
import { answerWaitBinMillis, type Counts, emptyCounts, idleWaitBinMillis } from "../../src/domain/Counts.ts"
import { outcomeNames } from "../../src/domain/Outcome.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"
import type { CampaignScenario } from "../../sim/Scenario.ts"
import { floors, record } from "./worldFloors.ts"

/** The counts of a campaign by plain sums over what was recorded since `from`. */
const countsOf = (
  { settings }: CampaignScenario,
  attempts: ReadonlyArray<AttemptRow>,
  spans: ReadonlyArray<SpanRow>,
  from: number
): Counts => {
  const counts = emptyCounts()
  for (const row of attempts) {
    if (row.campaign !== settings.name || row.placedAt < from) continue
    counts.outcomes[outcomeNames.findIndex((name) => name === row.outcome)] += 1
    if (row.late) counts.late += 1
    if (row.silent) counts.silent += 1
    if (row.machineFalse) counts.machineFalse += 1
    counts.previewMillis += row.previewMillis
    if (row.outcome !== "connected" || row.connectedAt === null) continue
    counts.talkMillis += row.talkMillis + row.holdMillis
    counts.wrapMillis += row.wrapMillis
    const wait = row.connectedAt - (row.answeredAt ?? Number.NaN)
    counts.answerWaitMillis += wait
    counts.answerWaits[Math.min(counts.answerWaits.length - 1, Math.ceil(wait / answerWaitBinMillis))] += 1
    const idle = row.idleMillis ?? Number.NaN
    counts.idleWaitMillis += idle
    counts.idleWaitMillisMax = Math.max(counts.idleWaitMillisMax, idle)
    counts.idleWaits[Math.min(counts.idleWaits.length - 1, Math.ceil(idle / idleWaitBinMillis))] += 1
  }
  for (const span of spans) {
    if (!settings.groups.includes(span.group) || span.to <= from) continue
    counts.stateMillis[agentStateNames.findIndex((name) => name === span.state)] += span.to - Math.max(from, span.from)
  }
  return counts
}
const listCounts = ["contactsLoaded", "contactsAttempted", "contactsReached", "contactsClosed"] as const

describe("the tally of a shift", () => {
  it.each(Object.keys(floors))("is the sum over its records: %s", (name) => {
    const scenario = floors[name]
    const { counts, recorder } = record(scenario)
    scenario.campaigns.forEach((campaign, index) => {
      const expected = countsOf(campaign, recorder.attempts, recorder.spans, 0)
      for (const count of listCounts) expected[count] = counts[index][count]
      assert.deepStrictEqual(counts[index], expected)
    })
  })
  it.each(["everything at once", "patience", "preview"])("leaves the warm-up out: %s", (name) => {
    const scenario = floors[name]
    const warmUpMillis = 1_234_567
    const { counts, recorder } = record(scenario, { warmUpMillis })
    scenario.campaigns.forEach((campaign, index) => {
      const expected = countsOf(campaign, recorder.attempts, recorder.spans, warmUpMillis)
      for (const count of listCounts) expected[count] = counts[index][count]
      assert.deepStrictEqual(counts[index], expected)
    })
  })
  it.each(Object.keys(floors))("counts the contacts of the list: %s", (name) => {
    const scenario = floors[name]
    const { counts, recorder } = record(scenario)
    scenario.campaigns.forEach(({ list, settings }, index) => {
      const rows = recorder.attempts.filter(({ campaign }) => campaign === settings.name)
      const contacts = (of: ReadonlyArray<AttemptRow>) => new Set(of.map(({ contact }) => contact)).size
      assert.isAtLeast(counts[index].contactsLoaded, list.contacts)
      assert.strictEqual(counts[index].contactsAttempted, contacts(rows))
      assert.strictEqual(counts[index].contactsReached, contacts(rows.filter(({ outcome }) => outcome === "connected")))
      assert.strictEqual(counts[index].contactsClosed, contacts(rows.filter(({ retryAt }) => retryAt === null)))
    })
  })
})
