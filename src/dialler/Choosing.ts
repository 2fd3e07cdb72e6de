import { AgentState, agentStateCount } from "../domain/AgentState.ts"
import { anyone } from "./Appointments.ts"
import type { CampaignState } from "./CampaignState.ts"
import type { Compliance } from "./compliance/Compliance.ts"
import { Reason } from "./compliance/Reason.ts"
import { Closed } from "./ContactList.ts"
import type { CoreState } from "./CoreState.ts"
import type { LineLimits } from "./LineLimits.ts"
import { Bound } from "./pacing/Policy.ts"

/** More contacts than these are not held back at one instant. */
const holdsMax = 10_000
/** How long a promised call the law held back waits for its agent. */
const promiseMillis = 3_600_000
/** In place of a contact: the law forbids every call of the campaign now. */
const forbidden = -2

/** Whose turn it is, and whether limits, list and law let that contact be called now. */
export class Choosing {
  readonly #core: CoreState
  readonly #limits: LineLimits
  /** Why the last answer was no, a code of `Bound`. */
  refusal: number = Bound.lines

  constructor(core: CoreState, limits: LineLimits) {
    this.#core = core
    this.#limits = limits
  }

  /** The contact promised to this agent, or to anyone, that the law lets be called now; -1 without one. */
  promised(campaign: CampaignState, agent: number, now: number): number {
    const { compliance, list, shown } = campaign
    for (;;) {
      const contact = campaign.running ? list.peekPromised(agent, now) : -1
      if (contact < 0) return contact
      const at = compliance === null ? now : compliance.calling.earliest(contact, now, true)
      if (at > now && compliance !== null) {
        const { reason } = compliance.calling
        if (compliance.stopsCampaign(reason)) return -1
        compliance.holds[reason] += 1
        this.#holdPromise(campaign, contact, at, reason)
      } else if (shown !== null && shown.pick(contact, list.attempts[contact] + 1, now) < 0) {
        campaign.uncalled += 1
        this.#holdPromise(campaign, contact, shown.heldUntil, Reason.callerIdCap)
      } else return contact
    }
  }

  #holdPromise(campaign: CampaignState, contact: number, until: number, reason: number): void {
    const { list } = campaign
    const agent = list.promises.agentOf(contact)
    list.take(contact)
    this.#core.port.heldBack(campaign.index, contact, reason, until)
    if (until === Number.POSITIVE_INFINITY) return this.#close(campaign, contact, reason)
    list.promise(contact, until, until + promiseMillis, agent)
    list.setHeld(contact, reason)
    this.#core.expect(campaign, list.promises.nextAt)
  }

  /** The contact that may be called now, or -1 with the reason in `refusal`; asks to be woken where time will help. */
  mayPlace(campaign: CampaignState, now: number): number {
    return this.mayDial(campaign, now) ? this.mayTake(campaign, now, false) : -1
  }

  /** Whether lines and calls per second allow one more call. */
  mayDial(campaign: CampaignState, now: number): boolean {
    if (campaign.queued.size === 0) campaign.resumeAt = Number.POSITIVE_INFINITY
    if (!campaign.running) return true
    // Agents who have their contact already go first.
    if (campaign.queued.size === 0 && this.#limits.allow(campaign, now)) return true
    this.refusal = this.#limits.bound
    return false
  }

  /** The contact whose turn it is, or -1. `reserved`: an agent is held for the call. */
  mayTake(campaign: CampaignState, now: number, reserved: boolean): number {
    if (!campaign.running) return this.refuse(Bound.stopped)
    const { compliance, list, shown } = campaign
    const contact = compliance === null && shown === null ? list.peek(now) : this.#allowed(campaign, now, reserved)
    if (contact < 0) {
      // Where the law stops the whole campaign, contacts may be due already: then time alone does not help.
      const { nextDueAt } = campaign.list
      campaign.resumeAt = Math.min(
        campaign.queued.size === 0 ? Number.POSITIVE_INFINITY : campaign.resumeAt,
        nextDueAt > now ? nextDueAt : Number.POSITIVE_INFINITY
      )
      this.#core.expect(campaign, campaign.resumeAt)
      return this.refuse(contact === forbidden || this.#waitsForHours(campaign) ? Bound.hours : Bound.contacts)
    }
    return contact
  }

  /** Whether there were a call for every free agent if it were not for the hours; otherwise contacts are what is missing. */
  #waitsForHours({ groups, list }: CampaignState): boolean {
    if (list.waitingForHours === 0) return false
    let idle = 0
    for (const group of groups) idle += this.#core.agents.counts[group * agentStateCount + AgentState.ready]
    return list.waitingForHours >= idle
  }

  /** The first contact that may be called now; those before it are held back, each with its reason. */
  #allowed(campaign: CampaignState, now: number, reserved: boolean): number {
    const { compliance, list } = campaign
    for (let looked = 0; looked < holdsMax; looked += 1) {
      const contact = list.peek(now)
      if (contact < 0) return contact
      const at = compliance === null ? now : compliance.calling.earliest(contact, now, reserved)
      if (at > now) {
        if (this.#holdByLaw(campaign, compliance, contact, at, now)) return forbidden
      } else if (this.#canShow(campaign, contact, now)) return contact
    }
    // Many in a row: the others wait for the next millisecond, and so does whoever else wants the floor.
    campaign.resumeAt = Math.min(campaign.resumeAt, now + 1)
    this.#core.expect(campaign, campaign.resumeAt)
    return -1
  }

  /** Every contact that was left is held back: more are wanted, once for each time somebody could be called. */
  #low(campaign: CampaignState): void {
    if (campaign.list.attempted === campaign.attemptedAtLow) return
    campaign.attemptedAtLow = campaign.list.attempted
    this.#core.port.listLow(campaign.index)
  }

  /** Whether there is a number to show; otherwise the contact waits for midnight, or for good. */
  #canShow(campaign: CampaignState, contact: number, now: number): boolean {
    const { list, shown } = campaign
    if (shown === null || shown.pick(contact, list.attempts[contact] + 1, now) >= 0) return true
    campaign.uncalled += 1
    this.#holdBack(campaign, contact, shown.heldUntil, Reason.callerIdCap, now)
    return false
  }

  /** Holds the contact back; true when the law stops the whole campaign instead. */
  #holdByLaw(
    campaign: CampaignState,
    compliance: Compliance | null,
    contact: number,
    until: number,
    now: number
  ): boolean {
    if (compliance === null) return false
    const { reason } = compliance.calling
    if (compliance.stopsCampaign(reason)) return true
    compliance.holds[reason] += 1
    this.#holdBack(campaign, contact, until, reason, now)
    return false
  }

  #holdBack(campaign: CampaignState, contact: number, until: number, reason: number, now: number): void {
    const { list } = campaign
    // An agent held for the call lifts some rules: so is called whoever was abandoned, and who could not be called otherwise.
    const lifted = reason === Reason.abandoned || (until === Number.POSITIVE_INFINITY && reason !== Reason.callerIdCap)
    const withAgent = lifted ? campaign.compliance!.calling.earliest(contact, now, true) : until
    if (withAgent < until) {
      list.take(contact)
      list.promise(contact, withAgent, withAgent, anyone)
      list.setHeld(contact, reason)
      this.#core.expect(campaign, withAgent)
    } else if (until < Number.POSITIVE_INFINITY) list.hold(contact, until, reason)
    else {
      list.take(contact)
      this.#close(campaign, contact, reason)
    }
    this.#core.port.heldBack(campaign.index, contact, reason, withAgent)
    if (list.freshCount === 0) this.#low(campaign)
  }

  /** Nobody may ever call the contact. */
  #close(campaign: CampaignState, contact: number, reason: number): void {
    const { list } = campaign
    list.close(contact, reason === Reason.doNotCall ? Closed.doNotCall : Closed.forbidden)
    list.held[contact] = reason
    this.#core.noticeEnd(campaign)
  }

  refuse(bound: number): number {
    this.refusal = bound
    return -1
  }
}
