/**
 * Where a contact is in its campaign, as managers see it. The position is the code; new ones go at the end. Lists keep less
 * (`FilterSubject.state`): what is under way shows in the call, and how a contact was finished in its last outcome.
 */
export const contactStatusNames = [
  "new",
  "waiting-for-agent",
  "assigned",
  "before-call",
  "dialling",
  "in-call",
  "after-call",
  "done",
  "call-failed",
  "customer-hung-up",
  "refused",
  "retry-planned",
  "blocked",
  "invalid",
  "removed"
] as const
export type ContactStatusName = (typeof contactStatusNames)[number]

/** Codes of the states, see `contactStatusNames`. */
export const ContactStatus = {
  new: 0,
  waitingForAgent: 1,
  assigned: 2,
  beforeCall: 3,
  dialling: 4,
  inCall: 5,
  afterCall: 6,
  done: 7,
  callFailed: 8,
  customerHungUp: 9,
  refused: 10,
  retryPlanned: 11,
  blocked: 12,
  invalid: 13,
  removed: 14
} as const

/** What each state means, for whoever reads it. */
export const contactStatusMeanings: Readonly<Record<ContactStatusName, string>> = {
  new: "Never called; its turn, or the time it is held back or promised for, is still to come.",
  "waiting-for-agent": "The person is on the line, or asked to be called, and no agent has been found yet.",
  assigned: "An agent was chosen; the agent's phone rings, or a limit of lines keeps the call back.",
  "before-call": "An agent reads the card and has not dialled yet.",
  dialling: "The number is being called; nobody has been heard yet.",
  "in-call": "The person talks with an agent, is on hold, or hears the script.",
  "after-call": "The call is over; the agent still has work to do for it.",
  done: "Finished after a talk with an agent or the script; nothing more is planned.",
  "call-failed": "Finished without a talk: the last call reached nobody, or no agent in time.",
  "customer-hung-up": "Finished; in the last call the person hung up before an agent was there.",
  refused: "An agent passed the contact over; it comes up again later.",
  "retry-planned": "Called before; the next call is planned.",
  blocked: "Not to be called any more: on the do-not-call list, or the law allows no further call.",
  invalid: "Finished, as the number does not exist.",
  removed: "Taken out of the campaign, by hand, by a rule, or to another campaign."
}

/** Why a contact is called when it is, or why not. */
export const nextCallReasons = [
  /** A call is under way, or nothing more is tried. */
  "none",
  /** It is called when its turn comes. */
  "turn",
  /** A rule of the campaign planned the call after the last outcome. */
  "rule",
  /** The law holds the call back. */
  "law",
  /** The person was promised a call. */
  "promise",
  /** An agent passed it over. */
  "refused",
  /** Its segment is off. */
  "segment-off",
  /** The campaign's filter leaves it out. */
  "filter"
] as const
export type NextCallReason = (typeof nextCallReasons)[number]
