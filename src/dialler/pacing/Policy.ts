import type { AgentTable } from "../AgentTable.ts"
import type { CallTable } from "../CallTable.ts"
import type { CampaignState } from "../CampaignState.ts"

/** What kept the core from placing one more call; every decision has exactly one. */
export const boundNames = [
  "price",
  "budget",
  "ratio",
  "lines",
  "calls-per-second",
  "contacts",
  "hours",
  "agents",
  "stopped"
] as const
export type BoundName = (typeof boundNames)[number]
export const Bound = {
  price: 0,
  budget: 1,
  ratio: 2,
  lines: 3,
  callsPerSecond: 4,
  contacts: 5,
  hours: 6,
  agents: 7,
  stopped: 8
} as const

/**
 * What a policy may see: only what a live floor knows. Counts cover the agents who serve the campaign and, where
 * campaigns share agents, the calls of all of them. The core keeps one object up to date; read it, never store it.
 */
export interface Floor {
  /** Milliseconds. */
  readonly now: number
  /** Ready and unassigned. */
  readonly idle: number
  /** Reserved for, or joined to, one call: preview, reserved, talk, hold. */
  readonly busy: number
  /** In wrap-up. */
  readonly wrapping: number
  /** On a break but signed in. */
  readonly paused: number
  /** Placed and neither answered nor ended. */
  readonly ringing: number
  /** Answered and waiting for an agent (detection included). */
  readonly waiting: number
  /** Joined to an agent. */
  readonly bridged: number
}

/** What happened to a call, as told to the policy of its campaign. */
export const Seen = {
  placed: 0,
  /** Answered by anyone. */
  answered: 1,
  /** A person was joined to an agent. */
  connected: 2,
  /** The dialler gave up on a waiting person, or cleared one as a machine where that is known. */
  abandoned: 3,
  /** A person left while waiting. */
  hungUpWaiting: 4,
  /** Answered by a machine, by detection or by the agent's word. */
  machine: 5,
  /** Ended without an answer: busy, no answer, rejected, invalid, congestion, cancelled. */
  failed: 6,
  /** The agent finished with a connected call, wrap-up included. */
  disposed: 7,
  /** An agent stopped talking and wraps up. */
  talked: 8
} as const

/**
 * A pacing policy. The core asks `oneMore` after every event that concerns the campaign, and at `askAt`, until it says
 * no or a limit of lines, call rate or contacts binds; it places a call after every yes. Deterministic; no clock of its own.
 */
export interface Policy {
  /** Instant, in milliseconds, at which the policy wants to be asked even if nothing happens; Infinity for never. */
  askAt: number
  /** Why the last answer was no, a code of `Bound`. */
  bound: number
  /** Lets a policy that looks at single calls and agents see the tables; called before anything else. */
  readonly attach?: (campaign: CampaignState, agents: AgentTable, calls: CallTable) => void
  /** A ringing call that should be taken back now, or -1; asked until -1. The core keeps the legal minimum ring. */
  readonly takeBack?: (now: number) => number
  /** Whether it weighs each call's chance of an abandonment against what may still be abandoned, and needs no other bound. */
  readonly weighsAbandonment?: true
  /** Whether it goes by counts alone: then it is asked before a contact is looked for, and with a chance of 0. */
  readonly countsOnly?: true
  /** Whether it goes by what the campaign has learnt of single calls; others are told chances of 0, and shares of 1. */
  readonly learns?: true
  /** `chance`: the chance that the next contact is answered by a person, as far as the campaign has learnt it. */
  readonly oneMore: (floor: Floor, chance: number) => boolean
  /**
   * Told at the instant it happens, before `oneMore` is asked again. `what` is a code of `Seen`. `person`: with connected
   * and abandoned calls, the chance that it was a person who answered.
   */
  readonly saw: (what: number, now: number, person?: number) => void
}
