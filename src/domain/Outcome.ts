/**
 * Final outcome of a call attempt; every attempt ends with exactly one. The position is the code kept in tables and
 * databases, so new outcomes go at the end.
 *
 * `connected`: a person heard an agent. `abandoned`: a person answered, no agent in time, the dialler ended it or played
 * the message. `hung-up-waiting`: the person left before an agent or the message. `machine`: an answering machine, by
 * detection or by the agent's word. `scripted`: answered by a person and served by an automatic script alone.
 * `cancelled`: the dialler took back a ringing call. `interrupted`: the dialler itself stopped.
 */
export const outcomeNames = [
  "connected",
  "abandoned",
  "hung-up-waiting",
  "machine",
  "scripted",
  "busy",
  "no-answer",
  "rejected",
  "invalid",
  "congestion",
  "cancelled",
  "interrupted"
] as const
export type OutcomeName = (typeof outcomeNames)[number]

/** Codes of the outcomes, see `outcomeNames`. */
export const Outcome = {
  connected: 0,
  abandoned: 1,
  hungUpWaiting: 2,
  machine: 3,
  scripted: 4,
  busy: 5,
  noAnswer: 6,
  rejected: 7,
  invalid: 8,
  congestion: 9,
  cancelled: 10,
  interrupted: 11
} as const
export const outcomeCount = outcomeNames.length

/** Whether a person answered: live = connected + abandoned + hung-up-waiting (+ scripted in automatic mode). */
export const isLive = (outcome: number): boolean => outcome <= Outcome.hungUpWaiting || outcome === Outcome.scripted
