import { AgentState } from "./AgentState.ts"
import { answerWaitBinMillis, type Counts, idleWaitBinMillis } from "./Counts.ts"
import { Outcome } from "./Outcome.ts"

/** One figure of a report: how it is computed from raw counts, and the sentence that defines it. */
export interface Measure {
  readonly key: string
  readonly label: string
  readonly unit: "share" | "seconds" | "minutes/h" | "per agent-hour" | "count" | "ratio"
  readonly definition: string
  /** NaN where the denominator is zero. */
  readonly of: (counts: Counts) => number
}

const hour = 3_600_000
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)

export const attempts = (counts: Counts): number => sum(counts.outcomes)
export const connected = (counts: Counts): number => counts.outcomes[Outcome.connected]
export const abandoned = (counts: Counts): number => counts.outcomes[Outcome.abandoned]
/** Answered by a person; people taken for machines were cleared as machines and are not in it. */
export const live = (counts: Counts): number =>
  connected(counts) + abandoned(counts) + counts.outcomes[Outcome.hungUpWaiting] + counts.outcomes[Outcome.scripted]
/** Signed in and not paused, milliseconds. */
export const workingMillis = (counts: Counts): number =>
  sum(counts.stateMillis) - counts.stateMillis[AgentState.signedOut] - counts.stateMillis[AgentState.paused]
export const signedInMillis = (counts: Counts): number =>
  sum(counts.stateMillis) - counts.stateMillis[AgentState.signedOut]
const occupiedMillis = ({ stateMillis }: Counts): number =>
  stateMillis[AgentState.talk] +
  stateMillis[AgentState.hold] +
  stateMillis[AgentState.preview] +
  stateMillis[AgentState.wrap]

/** Upper edge of the bin in which the share `q` of the values is reached; NaN without values. */
export const quantileOfBins = (bins: Float64Array, binSize: number, q: number): number => {
  const total = sum(bins)
  if (total === 0) return Number.NaN
  let seen = 0
  for (let i = 0; i < bins.length; i += 1) {
    seen += bins[i]
    if (seen >= q * total) return i === 0 ? 0 : i * binSize
  }
  return bins.length * binSize
}

const measure = (
  key: string,
  label: string,
  unit: Measure["unit"],
  definition: string,
  of: (counts: Counts) => number
): Measure => ({ key, label, unit, definition, of })

/** Every figure a report shows, by key. */
export const measures = {
  occupancy: measure(
    "occupancy",
    "Occupancy",
    "share",
    "(talk + hold + preview + wrap) / (signed-in − paused); reserved is idle time",
    (c) => occupiedMillis(c) / workingMillis(c)
  ),
  utilisation: measure(
    "utilisation",
    "Utilisation",
    "share",
    "(talk + hold + preview + wrap) / signed-in",
    (c) => occupiedMillis(c) / signedInMillis(c)
  ),
  talkMinutesPerHour: measure(
    "talkMinutesPerHour",
    "Talk minutes per hour",
    "minutes/h",
    "60 × talk / (signed-in − paused)",
    (c) => (60 * c.stateMillis[AgentState.talk]) / workingMillis(c)
  ),
  connectsPerAgentHour: measure(
    "connectsPerAgentHour",
    "Connects per agent-hour",
    "per agent-hour",
    "connected / hours signed-in and not paused",
    (c) => (connected(c) * hour) / workingMillis(c)
  ),
  dialsPerAgentHour: measure(
    "dialsPerAgentHour",
    "Dials per agent-hour",
    "per agent-hour",
    "attempts / hours signed-in and not paused",
    (c) => (attempts(c) * hour) / workingMillis(c)
  ),
  handlingSeconds: measure(
    "handlingSeconds",
    "Handling time",
    "seconds",
    "(talk + hold + wrap) per connected call",
    (c) => (c.talkMillis + c.wrapMillis) / connected(c) / 1_000
  ),
  idleWaitSeconds: measure(
    "idleWaitSeconds",
    "Wait between calls, mean",
    "seconds",
    "ready + reserved time before each connected call, mean",
    (c) => c.idleWaitMillis / sum(c.idleWaits) / 1_000
  ),
  idleWaitSecondsP50: measure(
    "idleWaitSecondsP50",
    "Wait between calls, median",
    "seconds",
    "ready + reserved time before each connected call, median",
    (c) => quantileOfBins(c.idleWaits, idleWaitBinMillis, 0.5) / 1_000
  ),
  idleWaitSecondsP90: measure(
    "idleWaitSecondsP90",
    "Wait between calls, p90",
    "seconds",
    "ready + reserved time before each connected call, 90th percentile",
    (c) => quantileOfBins(c.idleWaits, idleWaitBinMillis, 0.9) / 1_000
  ),
  answerRate: measure(
    "answerRate",
    "Answer rate",
    "share",
    "(live + machine) / attempts",
    (c) => (live(c) + c.outcomes[Outcome.machine]) / attempts(c)
  ),
  liveRate: measure(
    "liveRate",
    "Live rate (measured pickup)",
    "share",
    "live / attempts, live = connected + abandoned + hung-up-waiting (+ served by a script)",
    (c) => live(c) / attempts(c)
  ),
  abandonRate: measure("abandonRate", "Abandon rate", "share", "abandoned / live", (c) => abandoned(c) / live(c)),
  lateRate: measure(
    "lateRate",
    "Late connects",
    "share",
    "connected after the wait limit / live",
    (c) => c.late / live(c)
  ),
  nuisanceRate: measure(
    "nuisanceRate",
    "Silent calls",
    "share",
    "abandoned without a message / live",
    (c) => c.silent / live(c)
  ),
  answerWaitSecondsP50: measure(
    "answerWaitSecondsP50",
    "Wait after answer, median",
    "seconds",
    "answer → agent heard, median over connected calls",
    (c) => quantileOfBins(c.answerWaits, answerWaitBinMillis, 0.5) / 1_000
  ),
  answerWaitSecondsP95: measure(
    "answerWaitSecondsP95",
    "Wait after answer, p95",
    "seconds",
    "answer → agent heard, 95th percentile over connected calls",
    (c) => quantileOfBins(c.answerWaits, answerWaitBinMillis, 0.95) / 1_000
  ),
  answerWaitSecondsP99: measure(
    "answerWaitSecondsP99",
    "Wait after answer, p99",
    "seconds",
    "answer → agent heard, 99th percentile over connected calls",
    (c) => quantileOfBins(c.answerWaits, answerWaitBinMillis, 0.99) / 1_000
  ),
  penetration: measure(
    "penetration",
    "Penetration",
    "share",
    "contacts attempted at least once / loaded",
    (c) => c.contactsAttempted / c.contactsLoaded
  ),
  depth: measure("depth", "Depth", "ratio", "attempts / contacts attempted", (c) => attempts(c) / c.contactsAttempted),
  closure: measure(
    "closure",
    "Closure",
    "share",
    "contacts in a final state / loaded",
    (c) => c.contactsClosed / c.contactsLoaded
  ),
  reached: measure(
    "reached",
    "Reached",
    "share",
    "contacts with at least one connect / loaded",
    (c) => c.contactsReached / c.contactsLoaded
  ),
  attempts: measure("attempts", "Attempts", "count", "calls placed that reached an outcome", attempts),
  connected: measure("connected", "Connected", "count", "a person heard an agent", connected)
} as const
export type MeasureKey = keyof typeof measures
