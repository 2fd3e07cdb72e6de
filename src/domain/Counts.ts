import { agentStateCount } from "./AgentState.ts"
import { outcomeCount } from "./Outcome.ts"

/** Bins of the wait after answer: 100 ms each, the last one open. */
export const answerWaitBinMillis = 100
export const answerWaitBins = 301
/** Bins of the wait between calls: 1 s each, the last one open. */
export const idleWaitBinMillis = 1_000
export const idleWaitBins = 1_801

/**
 * Raw counts of one campaign (or floor) over one window: sums over attempt records and agent-state spans. Every reported
 * figure is a function of these (`measures.ts`), so counts of several windows can simply be added.
 */
export interface Counts {
  /** By outcome code. Their sum is the number of attempts. */
  readonly outcomes: Float64Array
  /** By agent state code, milliseconds. */
  readonly stateMillis: Float64Array
  /** Person connected after the legal wait limit. */
  late: number
  /** Abandoned without a message. */
  silent: number
  /** People taken for machines; known in simulation, estimated live. */
  machineFalse: number
  /** Talk and hold of connected calls, milliseconds. */
  talkMillis: number
  /** Wrap after connected calls, milliseconds. */
  wrapMillis: number
  /** Preview before connected or failed calls, milliseconds. */
  previewMillis: number
  /** Answer to agent heard, connected calls: sum (milliseconds) and bins. */
  answerWaitMillis: number
  readonly answerWaits: Float64Array
  /** Ready and reserved time before each connected call: sum, largest (milliseconds) and bins. */
  idleWaitMillis: number
  idleWaitMillisMax: number
  readonly idleWaits: Float64Array
  contactsLoaded: number
  contactsAttempted: number
  contactsReached: number
  contactsClosed: number
}

export const emptyCounts = (): Counts => ({
  outcomes: new Float64Array(outcomeCount),
  stateMillis: new Float64Array(agentStateCount),
  late: 0,
  silent: 0,
  machineFalse: 0,
  talkMillis: 0,
  wrapMillis: 0,
  previewMillis: 0,
  answerWaitMillis: 0,
  answerWaits: new Float64Array(answerWaitBins),
  idleWaitMillis: 0,
  idleWaitMillisMax: 0,
  idleWaits: new Float64Array(idleWaitBins),
  contactsLoaded: 0,
  contactsAttempted: 0,
  contactsReached: 0,
  contactsClosed: 0
})

/** Adds `other` to `sum`, in place. */
export const addCounts = (sum: Counts, other: Counts): Counts => {
  for (let i = 0; i < sum.outcomes.length; i += 1) sum.outcomes[i] += other.outcomes[i]
  for (let i = 0; i < sum.stateMillis.length; i += 1) sum.stateMillis[i] += other.stateMillis[i]
  for (let i = 0; i < sum.answerWaits.length; i += 1) sum.answerWaits[i] += other.answerWaits[i]
  for (let i = 0; i < sum.idleWaits.length; i += 1) sum.idleWaits[i] += other.idleWaits[i]
  sum.late += other.late
  sum.silent += other.silent
  sum.machineFalse += other.machineFalse
  sum.talkMillis += other.talkMillis
  sum.wrapMillis += other.wrapMillis
  sum.previewMillis += other.previewMillis
  sum.answerWaitMillis += other.answerWaitMillis
  sum.idleWaitMillis += other.idleWaitMillis
  sum.idleWaitMillisMax = Math.max(sum.idleWaitMillisMax, other.idleWaitMillisMax)
  sum.contactsLoaded += other.contactsLoaded
  sum.contactsAttempted += other.contactsAttempted
  sum.contactsReached += other.contactsReached
  sum.contactsClosed += other.contactsClosed
  return sum
}
