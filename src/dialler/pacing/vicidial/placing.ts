import { roundHalfEven } from "./rounding.ts"

/** Agents and lines at the moment of a placing pass; a `Floor` has them all. */
export interface PlacingCounts {
  readonly idle: number
  readonly busy: number
  /** VICIdial's SENT and RINGING. */
  readonly ringing: number
  /** VICIdial's LIVE. */
  readonly waiting: number
  /** VICIdial's XFER and CLOSER. */
  readonly bridged: number
}

export interface PlacingRule {
  /** Dial level: lines for every dialable agent, the bridged line included. */
  readonly level: number
  /** Available-only tally: the level multiplies idle agents only. */
  readonly availableOnly: boolean
  /** The difference target under the method CALLS_PLACED; 0 under ADAPT_CALC_ONLY, the default. */
  readonly agentsAdded: number
  /** Busy agents whose call is longer than the in-call tally threshold; 0 when the threshold is off. */
  readonly busyLong: number
}

/** Agents the level multiplies. Agents in wrap-up or on a break are not among them. */
export const dialableAgents = (counts: PlacingCounts, rule: PlacingRule): number => {
  const agents = rule.availableOnly ? counts.idle : counts.idle + counts.busy - rule.busyLong
  return Math.max(0, agents + rule.agentsAdded)
}

/** Lines the campaign should have in use, bridged ones included. */
export const goalLines = (counts: PlacingCounts, rule: PlacingRule): number =>
  roundHalfEven(rule.level * dialableAgents(counts, rule) + (rule.availableOnly ? counts.bridged : 0))

/** Lines the rule takes to be in use; those of long calls are left out under the in-call tally. */
export const existingLines = (counts: PlacingCounts, rule: PlacingRule): number => {
  const lines = counts.ringing + counts.waiting + counts.bridged
  return lines >= rule.busyLong ? lines - rule.busyLong : lines
}

/** Calls one pass places, 0 or more: VICIdial's rule for RATIO and every ADAPT method (`AST_VDauto_dial.pl`). */
export const newCalls = (counts: PlacingCounts, rule: PlacingRule): number =>
  Math.max(0, goalLines(counts, rule) - existingLines(counts, rule))
