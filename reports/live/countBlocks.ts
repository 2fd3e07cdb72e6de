import { agentStateNames } from "../../src/domain/AgentState.ts"
import {
  answerWaitBinMillis,
  answerWaitBins,
  type Counts,
  emptyCounts,
  idleWaitBinMillis,
  idleWaitBins
} from "../../src/domain/Counts.ts"
import { Outcome, outcomeNames } from "../../src/domain/Outcome.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"

export const blockMinutes = 30
const blockMillis = blockMinutes * 60_000

/**
 * Counts of each half hour in which somebody was called or an agent was there, in order of time: attempts by when they were
 * placed, agents' time cut at the edges. Added up they are the counts of the whole, apart from those of the list.
 */
export const countBlocks = (
  attempts: ReadonlyArray<AttemptRow>,
  spans: ReadonlyArray<SpanRow>
): ReadonlyArray<Counts> => {
  const blocks = new Map<number, Counts>()
  const blockOf = (number: number): Counts => {
    const counts = blocks.get(number) ?? emptyCounts()
    blocks.set(number, counts)
    return counts
  }
  for (const row of attempts) addAttempt(blockOf(Math.floor(row.placedAt / blockMillis)), row)
  for (const { from, state, to } of spans) {
    const code = agentStateNames.findIndex((name) => name === state)
    for (let number = Math.floor(from / blockMillis); number * blockMillis < to; number += 1) {
      const start = Math.max(from, number * blockMillis)
      blockOf(number).stateMillis[code] += Math.min(to, (number + 1) * blockMillis) - start
    }
  }
  return [...blocks].sort(([a], [b]) => a - b).map(([, counts]) => counts)
}

const addAttempt = (counts: Counts, row: AttemptRow): void => {
  const outcome = outcomeNames.findIndex((name) => name === row.outcome)
  counts.outcomes[outcome] += 1
  counts.late += Number(row.late)
  counts.silent += Number(row.silent)
  counts.machineFalse += Number(row.machineFalse)
  counts.previewMillis += row.previewMillis
  if (outcome !== Outcome.connected) return
  counts.talkMillis += row.talkMillis + row.holdMillis
  counts.wrapMillis += row.wrapMillis
  if (row.connectedAt !== null && row.answeredAt !== null) {
    const wait = row.connectedAt - row.answeredAt
    counts.answerWaitMillis += wait
    counts.answerWaits[Math.min(answerWaitBins - 1, Math.ceil(wait / answerWaitBinMillis))] += 1
  }
  if (row.idleMillis !== null) {
    counts.idleWaitMillis += row.idleMillis
    counts.idleWaitMillisMax = Math.max(counts.idleWaitMillisMax, row.idleMillis)
    counts.idleWaits[Math.min(idleWaitBins - 1, Math.ceil(row.idleMillis / idleWaitBinMillis))] += 1
  }
}
