/**
 * States of an agent, as in the definitions of occupancy. The position is the code kept in tables and databases.
 * `reserved`: held for one call that is not yet joined (it rings, or the agent's own phone does).
 */
export const agentStateNames = ["signed-out", "paused", "ready", "preview", "reserved", "talk", "hold", "wrap"] as const
export type AgentStateName = (typeof agentStateNames)[number]

/** Codes of the states, see `agentStateNames`. */
export const AgentState = {
  signedOut: 0,
  paused: 1,
  ready: 2,
  preview: 3,
  reserved: 4,
  talk: 5,
  hold: 6,
  wrap: 7
} as const
export const agentStateCount = agentStateNames.length
