/** Why a call has to wait or may not be made: a closed list. The position is the code kept in logs; new ones go at the end. */
export const reasonNames = [
  "none",
  "hours",
  "holiday",
  "attempts-rolling",
  "attempts-per-day",
  "attempts-in-days",
  "attempts-per-week",
  "attempts-per-month",
  "attempts-per-campaign",
  "conversations",
  "lock-out-abandoned",
  "lock-out-machine",
  "lock-out-refusal",
  "lock-out-conversation",
  "reserved-agent-only",
  "do-not-call",
  "list-stale",
  "unknown-zone",
  "mode-forbidden",
  "caller-id",
  "caller-id-cap"
] as const
export type ReasonName = (typeof reasonNames)[number]

/** Codes of the reasons, see `reasonNames`. */
export const Reason = {
  none: 0,
  hours: 1,
  holiday: 2,
  attemptsRolling: 3,
  attemptsPerDay: 4,
  attemptsInDays: 5,
  attemptsPerWeek: 6,
  attemptsPerMonth: 7,
  attemptsPerCampaign: 8,
  conversations: 9,
  abandoned: 10,
  machine: 11,
  refusal: 12,
  conversation: 13,
  reservedAgentOnly: 14,
  doNotCall: 15,
  listStale: 16,
  unknownZone: 17,
  modeForbidden: 18,
  callerId: 19,
  callerIdCap: 20
} as const
