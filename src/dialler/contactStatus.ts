import { ContactStatus, type NextCallReason } from "../domain/ContactStatus.ts"
import { Outcome, type OutcomeName, outcomeNames } from "../domain/Outcome.ts"
import { CallState, type CallTable } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import { type ReasonName, reasonNames } from "./compliance/Reason.ts"
import { Closed, type ContactList, ContactState } from "./ContactList.ts"

/** A contact as a manager sees it. Instants are milliseconds of the core's clock. */
export interface ContactView {
  /** Code of a state, see `contactStatusNames`. */
  readonly status: number
  readonly attempts: number
  /** When it is called next; null where nothing says when. */
  readonly nextAt: number | null
  /** Why then, or why not. */
  readonly why: NextCallReason
  /** What of the law holds it back, or has blocked it; `none` where nothing does. */
  readonly reason: ReasonName
  /** The agent who promised the call, -1 for anyone; null where nobody did. */
  readonly promisedTo: number | null
  /** How the last attempt ended; null without one. */
  readonly lastOutcome: OutcomeName | null
  /** Who has it in hand, or had it last; -1 for nobody. */
  readonly agent: number
}

/** What a list's columns do not tell of a contact. */
export interface ContactMemory {
  /** The agent who had it in hand last; -1 for nobody. */
  readonly lastAgent: (contact: number) => number
  /** Whether an agent passed it over, and it has not been taken since. */
  readonly isRefused: (contact: number) => boolean
  /** Whether it asked to be called and was not called yet. */
  readonly isRequest: (contact: number) => boolean
  /** Whether the filter leaves it out. */
  readonly isLeftOut: (contact: number) => boolean
}

/** Knows nothing. */
export const noMemory: ContactMemory = {
  lastAgent: () => -1,
  isRefused: () => false,
  isRequest: () => false,
  isLeftOut: () => false
}

/** State of a contact with a call, by the call's state. */
const statusOfCall: Readonly<Record<number, number>> = {
  [CallState.preview]: ContactStatus.beforeCall,
  [CallState.agentFirst]: ContactStatus.assigned,
  [CallState.queued]: ContactStatus.assigned,
  [CallState.ringing]: ContactStatus.dialling,
  [CallState.detecting]: ContactStatus.dialling,
  [CallState.script]: ContactStatus.inCall,
  [CallState.waiting]: ContactStatus.waitingForAgent,
  [CallState.joining]: ContactStatus.assigned,
  [CallState.talk]: ContactStatus.inCall,
  [CallState.hold]: ContactStatus.inCall,
  [CallState.wrap]: ContactStatus.afterCall
}

/** The slot of the contact's call under way, -1 without one. Looks through the table. */
export const callOf = ({ index }: CampaignState, calls: CallTable, contact: number): number => {
  for (let call = 0; call < calls.state.length; call += 1) {
    if (calls.state[call] === CallState.free) continue
    if (calls.contact[call] === contact && calls.campaign[call] === index) return call
  }
  return -1
}

/**
 * How a contact stands, and what comes next for it and why. `call` is the slot of its call under way, -1 without one
 * (`callOf` finds it).
 */
export const statusOf = (
  campaign: CampaignState,
  calls: CallTable,
  contact: number,
  call: number,
  memory: ContactMemory = noMemory
): ContactView => {
  const { list } = campaign
  const attempts = list.attempts[contact]
  const view: ContactView = {
    status: ContactStatus.new,
    attempts,
    nextAt: null,
    why: "none",
    reason: reasonNames[list.held[contact]],
    promisedTo: list.promises.has(contact) ? list.promises.agentOf(contact) : null,
    lastOutcome: attempts === 0 ? null : outcomeNames[list.lastOutcome[contact]],
    agent: memory.lastAgent(contact)
  }
  switch (list.state[contact]) {
    case ContactState.inWork:
      return { ...view, ...underWay(calls, call) }
    case ContactState.closed:
      return { ...view, status: finished(list, contact) }
    default:
      return { ...view, ...waits(list, contact, view, memory) }
  }
}

const underWay = (calls: CallTable, call: number): Pick<ContactView, "status" | "agent"> => {
  if (call < 0) return { status: ContactStatus.assigned, agent: -1 }
  const state = calls.state[call]
  // The far end is still to confirm the end; the abandonment message may be playing.
  const ending = calls.answeredAt[call] >= 0 ? ContactStatus.inCall : ContactStatus.dialling
  return { status: state === CallState.ending ? ending : statusOfCall[state], agent: calls.agent[call] }
}

const finished = (list: ContactList, contact: number): number => {
  switch (list.closedAs[contact]) {
    case Closed.removed:
    case Closed.moved:
      return ContactStatus.removed
    case Closed.doNotCall:
    case Closed.forbidden:
      return ContactStatus.blocked
    case Closed.invalid:
      return ContactStatus.invalid
    default:
      return list.attempts[contact] === 0 ? ContactStatus.done : finishedAfter(list.lastOutcome[contact])
  }
}

const finishedAfter = (outcome: number): number => {
  if (outcome === Outcome.connected || outcome === Outcome.scripted) return ContactStatus.done
  return outcome === Outcome.hungUpWaiting ? ContactStatus.customerHungUp : ContactStatus.callFailed
}

const waits = (
  list: ContactList,
  contact: number,
  { attempts, promisedTo, reason }: ContactView,
  memory: ContactMemory
): Pick<ContactView, "status" | "nextAt" | "why"> => {
  const planned = list.state[contact] === ContactState.retry
  const refused = memory.isRefused(contact)
  const status = refused ? ContactStatus.refused : statusWaiting(attempts, memory.isRequest(contact))
  if (!list.isSegmentOn(list.segment[contact])) return { status, nextAt: null, why: "segment-off" }
  if (memory.isLeftOut(contact)) return { status, nextAt: null, why: "filter" }
  const nextAt = planned ? list.dueAt[contact] : null
  if (reason !== "none") return { status, nextAt, why: "law" }
  if (promisedTo !== null) return { status, nextAt, why: "promise" }
  if (refused) return { status, nextAt, why: "refused" }
  return { status, nextAt, why: planned && attempts > 0 ? "rule" : "turn" }
}

const statusWaiting = (attempts: number, isRequest: boolean): number => {
  if (attempts > 0) return ContactStatus.retryPlanned
  return isRequest ? ContactStatus.waitingForAgent : ContactStatus.new
}
