import { AgentState, agentStateCount } from "../src/domain/AgentState.ts"
import {
  addCounts,
  answerWaitBinMillis,
  answerWaitBins,
  type Counts,
  emptyCounts,
  idleWaitBinMillis,
  idleWaitBins
} from "../src/domain/Counts.ts"
import { Outcome } from "../src/domain/Outcome.ts"
import { CallFlag, type CallTable, recordedOutcome } from "../src/dialler/CallTable.ts"
import type { CampaignState } from "../src/dialler/CampaignState.ts"

/**
 * Adds up raw counts while a shift runs: the same figures as a query over attempt records and agent spans, without
 * writing them. Attempts placed and time spent before `from` (the warm-up) do not count.
 */
export class Tally {
  readonly #from: number
  readonly #campaigns: ReadonlyArray<Counts>
  /** By campaign. */
  readonly #lostWaiting: Float64Array
  /** By group, then agent state. */
  readonly #stateMillis: Float64Array

  constructor(campaignCount: number, groupCount: number, from: number) {
    this.#from = from
    this.#campaigns = Array.from({ length: campaignCount }, emptyCounts)
    this.#lostWaiting = new Float64Array(campaignCount)
    this.#stateMillis = new Float64Array(groupCount * agentStateCount)
  }

  /** An agent of the group was `lastedMillis` in `state`, until `now`. */
  span(group: number, state: number, lastedMillis: number, now: number): void {
    const counted = Math.min(lastedMillis, now - this.#from)
    if (counted > 0) this.#stateMillis[group * agentStateCount + state] += counted
  }

  attempt(calls: CallTable, call: number): void {
    if (calls.placedAt[call] < this.#from) return
    const counts = this.#campaigns[calls.campaign[call]]
    const outcome = recordedOutcome(calls, call)
    counts.outcomes[outcome] += 1
    const flags = calls.flags[call]
    if ((flags & CallFlag.late) !== 0) counts.late += 1
    if ((flags & CallFlag.silent) !== 0 && outcome === Outcome.abandoned) counts.silent += 1
    if ((flags & CallFlag.machineFalse) !== 0) counts.machineFalse += 1
    counts.previewMillis += calls.previewMillis[call]
    // Who leaves while the dialler still listens for a machine has not asked for anybody.
    const isLost = outcome === Outcome.abandoned || outcome === Outcome.hungUpWaiting
    if (isLost && calls.wantedAt[call] >= 0) this.#lostWaiting[calls.campaign[call]] += 1
    if (outcome !== Outcome.connected) return
    counts.talkMillis += calls.endedAt[call] - calls.connectedAt[call]
    counts.wrapMillis += calls.wrapMillis[call]
    const answerWait = calls.connectedAt[call] - calls.answeredAt[call]
    counts.answerWaitMillis += answerWait
    counts.answerWaits[Math.min(answerWaitBins - 1, Math.ceil(answerWait / answerWaitBinMillis))] += 1
    const idle = calls.idleMillis[call]
    counts.idleWaitMillis += idle
    counts.idleWaitMillisMax = Math.max(counts.idleWaitMillisMax, idle)
    counts.idleWaits[Math.min(idleWaitBins - 1, Math.ceil(idle / idleWaitBinMillis))] += 1
  }

  /** A call flow went on with a person who had asked for an agent: served by the script on record, and lost. */
  sentOn(campaign: number): void {
    this.#lostWaiting[campaign] += 1
  }

  /** By campaign: people for whom an agent was wanted, and who left or were abandoned before one was on the line. */
  get lostWaiting(): ReadonlyArray<number> {
    return [...this.#lostWaiting]
  }

  /** The counts of every campaign; agent time is that of its groups, whichever campaign they worked for. */
  counts(campaigns: ReadonlyArray<CampaignState>): ReadonlyArray<Counts> {
    return campaigns.map((campaign, index) => {
      const counts = addCounts(emptyCounts(), this.#campaigns[index])
      for (const group of campaign.groups) {
        for (let state: number = AgentState.signedOut; state < agentStateCount; state += 1) {
          counts.stateMillis[state] += this.#stateMillis[group * agentStateCount + state]
        }
      }
      counts.contactsLoaded = campaign.list.size
      counts.contactsAttempted = campaign.list.attempted
      counts.contactsReached = campaign.list.reachedCount
      counts.contactsClosed = campaign.list.closed
      return counts
    })
  }
}
