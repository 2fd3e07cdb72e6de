import { AgentState, agentStateCount } from "../domain/AgentState.ts"
import type { AgentTable } from "./AgentTable.ts"

/** Whether anybody of the groups is signed in and not on a break. */
export const isStaffed = (agents: AgentTable, groups: ReadonlyArray<number>): boolean =>
  groups.some((group) => agents.workingIn(group) > 0)

/** Whether anybody of the groups is signed in, a break or not. */
export const isSignedIn = (agents: AgentTable, groups: ReadonlyArray<number>): boolean =>
  groups.some((group) => agents.workingIn(group) + agents.counts[group * agentStateCount + AgentState.paused] > 0)
