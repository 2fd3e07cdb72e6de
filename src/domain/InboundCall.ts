/**
 * How a call to us ended. `connected`: an agent took it. `gave-up`: the caller hung up first. `wait-over`: nobody was free in
 * the time a caller may wait. `turned-away`: it was not taken at all. `interrupted`: the dialler itself stopped.
 */
export const inboundOutcomes = ["connected", "gave-up", "wait-over", "turned-away", "interrupted"] as const
export type InboundOutcome = (typeof inboundOutcomes)[number]
