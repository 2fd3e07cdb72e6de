/**
 * How a call to us ended. `connected`: an agent took it. `gave-up`: the caller hung up first. `wait-over`: nobody was free in
 * the time a caller may wait. `turned-away`: it was not taken at all. `interrupted`: the dialler itself stopped.
 */
export const inboundOutcomes = ["connected", "gave-up", "wait-over", "turned-away", "interrupted"] as const
export type InboundOutcome = (typeof inboundOutcomes)[number]

/** A call to us as figures need it. Instants are milliseconds. */
export interface InboundCall {
  readonly outcome: string
  /** Null for somebody who called; an agent where it was handed on. */
  readonly handedBy: number | null
  readonly arrivedAt: number
  readonly connectedAt: number | null
}

/** Callers an agent takes within this time were served in time: the usual service level. */
export const servedInTimeMillis = 20_000

/** What became of the calls to a campaign in one shift. Calls an agent handed on are calls already counted. */
export interface InboundFigures {
  readonly calls: number
  readonly connected: number
  /** Of those, connected within `servedInTimeMillis`. */
  readonly inTime: number
  readonly gaveUp: number
  /** Let go after the longest wait, and not taken at all. */
  readonly waitOver: number
  readonly turnedAway: number
  /** Milliseconds until an agent was there, of those connected; NaN where nobody was. The 95th of 100 waited so long. */
  readonly waitMean: number
  readonly waitP95: number
}

/** Counts calls to a campaign. */
export const inboundFigures = (calls: ReadonlyArray<InboundCall>): InboundFigures => {
  const came = calls.filter(({ handedBy }) => handedBy === null)
  const ended = (outcome: InboundOutcome): number => came.filter((each) => each.outcome === outcome).length
  const waits = came
    .flatMap(({ arrivedAt, connectedAt }) => (connectedAt === null ? [] : [connectedAt - arrivedAt]))
    .sort((a, b) => a - b)
  return {
    calls: came.length,
    connected: ended("connected"),
    inTime: waits.filter((wait) => wait <= servedInTimeMillis).length,
    gaveUp: ended("gave-up"),
    waitOver: ended("wait-over"),
    turnedAway: ended("turned-away"),
    waitMean: waits.reduce((sum, wait) => sum + wait, 0) / waits.length,
    waitP95: waits.length === 0 ? Number.NaN : waits[Math.ceil(0.95 * waits.length) - 1]
  }
}
