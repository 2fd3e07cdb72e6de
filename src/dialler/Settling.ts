import { AgentState } from "../domain/AgentState.ts"
import { Outcome } from "../domain/Outcome.ts"
import { Leaving } from "./AgentTable.ts"
import { CallFlag, CallState } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import { Closed } from "./ContactList.ts"
import type { CoreState } from "./CoreState.ts"
import { Seen } from "./pacing/Policy.ts"
import type { Joining } from "./Joining.ts"
import type { Placing } from "./Placing.ts"
import { Ruling } from "./Ruling.ts"
import type { Scripting } from "./Scripting.ts"
import { isSignedIn, isStaffed } from "./staffing.ts"

const orphanCheckMillis = 1_000

/** What happens when a call is over: the line, the lesson for the pacing, the contact's next call, the agent's next state. */
export class Settling {
  readonly #core: CoreState
  readonly #joining: Joining
  readonly #placing: Placing
  readonly #ruling: Ruling
  readonly #scripting: Scripting

  constructor(core: CoreState, joining: Joining, placing: Placing, scripting: Scripting) {
    this.#core = core
    this.#joining = joining
    this.#scripting = scripting
    this.#ruling = new Ruling(core)
    this.#placing = placing
  }

  /** The customer's leg is down and the outcome stands in the table. */
  over(call: number, now: number): void {
    const { agents, calls, port } = this.#core
    const campaign = this.#core.campaigns[calls.campaign[call]]
    calls.endedAt[call] = now
    campaign.lines -= 1
    this.#core.lines -= 1
    if (!calls.hasArrived(call)) {
      if (campaign.hasFlow) this.#scripting.over(call)
      this.#learn(campaign, call, calls.outcome[call], now)
      campaign.compliance?.over(calls, call, campaign.settings.waitMillisMax)
    }
    const agent = calls.agent[call]
    if (calls.connectedAt[call] >= 0) campaign.bridgedCount -= 1
    // The agent may be gone, though on record.
    if (agent < 0 || agents.call[agent] !== call) this.close(call, now)
    else if (calls.connectedAt[call] >= 0 || this.#core.modeOf(campaign, call).preview !== "none") {
      calls.state[call] = CallState.wrap
      this.#core.enter(agent, AgentState.wrap, now)
      if (campaign.settings.wrapMillisMax < Number.POSITIVE_INFINITY) {
        const at = now + campaign.settings.wrapMillisMax
        campaign.wrapTimers.push(call, calls.generation[call], at)
        this.#core.expect(campaign, at)
      }
      port.wrapUp(agent, call)
    } else {
      agents.call[agent] = -1
      this.close(call, now)
      this.#placing.lineFreed(now)
      this.free(agent, now)
    }
    this.#placing.lineFreed(now)
    this.#placing.act(campaign, now)
  }

  #learn(campaign: CampaignState, call: number, outcome: number, now: number): void {
    const { calls } = this.#core
    const { policy } = campaign
    switch (outcome) {
      case Outcome.connected:
        policy.saw(Seen.talked, now)
        break
      case Outcome.scripted:
      case Outcome.abandoned:
        break
      case Outcome.machine:
        policy.saw(Seen.machine, now)
        break
      case Outcome.hungUpWaiting:
        policy.saw(Seen.hungUpWaiting, now)
        break
      default:
        policy.saw(Seen.failed, now)
    }
    if (calls.connectedAt[call] >= 0) {
      campaign.learned.met(outcome === Outcome.connected, calls.answeredAt[call] - calls.ringingAt[call])
    }
    const segment = campaign.list.segment[calls.contact[call]]
    if (outcome === Outcome.cancelled) {
      return campaign.learned.tookBack(segment, calls.attempt[call], now - calls.placedAt[call])
    }
    const wanted = calls.wantedAt[call]
    const ringMillis =
      (wanted >= 0 ? wanted : calls.answeredAt[call] >= 0 ? calls.answeredAt[call] : now) - calls.placedAt[call]
    campaign.learned.rang(segment, calls.attempt[call], wanted >= 0, ringMillis)
  }

  /** The attempt is complete: its record is written, its contact goes back to the list or is finished. */
  close(call: number, now: number): void {
    const { calls, port } = this.#core
    const campaign = this.#core.campaigns[calls.campaign[call]]
    if (calls.hasArrived(call)) return this.#closeArrival(campaign, call, now)
    if (calls.outcome[call] === Outcome.connected) campaign.list.reach(calls.contact[call])
    const dueAt = this.#ruling.decide(campaign, call, now)
    calls.retryAt[call] = dueAt
    if (dueAt >= 0) this.#lookAgain(campaign, dueAt)
    port.attemptClosed(call)
    calls.release(call)
    if (this.#core.setAside.wanting > 0) this.#core.setAside.released(campaign, calls.contact[call])
    if (dueAt < 0) this.#core.noticeEnd(campaign)
  }

  /** A call that arrived is complete: after a talk the rules are asked, otherwise its contact goes back to where it was. */
  #closeArrival(campaign: CampaignState, call: number, now: number): void {
    const { calls, port, setAside } = this.#core
    const contact = calls.contact[call]
    const wasConnected = calls.outcome[call] === Outcome.connected
    const dueAt = wasConnected ? this.#ruleArrival(campaign, call, now) : setAside.putBack(call, now)
    calls.retryAt[call] = dueAt
    if (dueAt >= 0) {
      campaign.done = false
      this.#lookAgain(campaign, dueAt)
    }
    port.arrivalClosed(call)
    calls.release(call)
    setAside.released(campaign, contact)
    if (dueAt < 0) this.#core.noticeEnd(campaign)
  }

  #ruleArrival(campaign: CampaignState, call: number, now: number): number {
    const { calls, setAside } = this.#core
    const { reached } = campaign.list
    if (reached[calls.contact[call]] === 0) reached[calls.contact[call]] = 2
    const isOurs = setAside.has(call)
    setAside.end(call)
    return this.#ruling.afterArrival(campaign, call, isOurs, now)
  }

  /** Agents may be idle because nobody was there to be called: they look at the list again at `at`. */
  #lookAgain(campaign: CampaignState, at: number): void {
    if (at >= campaign.resumeAt) return
    campaign.resumeAt = at
    this.#core.expect(campaign, at)
  }

  /** The agent's work is finished: the next call, or the break that was asked for. */
  free(agent: number, now: number): void {
    const { agents } = this.#core
    const leaving = agents.leaving[agent]
    agents.leaving[agent] = Leaving.no
    if (leaving === Leaving.no) this.ready(agent, now)
    else {
      this.#core.enter(agent, leaving === Leaving.pause ? AgentState.paused : AgentState.signedOut, now)
      this.noticeAbsence(agents.group[agent], now, leaving === Leaving.signOut)
    }
  }

  ready(agent: number, now: number): void {
    this.#core.enter(agent, AgentState.ready, now)
    this.#placing.serveGroup(this.#core.agents.group[agent], now)
  }

  /** A call that was never placed is given up: its contact is next if `dueAt` is now, else an agent passed it over. */
  dropPreview(call: number, dueAt: number, now: number): void {
    const { calls } = this.#core
    const campaign = this.#core.campaigns[calls.campaign[call]]
    const { list } = campaign
    const contact = calls.contact[call]
    const withdrawn = list.closedAs[contact]
    if (withdrawn !== Closed.not) list.close(contact, withdrawn)
    else if (dueAt === now) list.giveBack(contact, now)
    else list.refuse(contact, dueAt)
    calls.release(call)
    if (this.#core.setAside.wanting > 0) this.#core.setAside.released(campaign, contact)
    if (withdrawn === Closed.not) this.#lookAgain(campaign, dueAt)
    else this.#core.noticeEnd(campaign)
  }

  /**
   * Somebody left: campaigns with nobody at work begin to take back what rings. `signedOut`: not just for a break, or lost,
   * as an agent who may be back at once.
   */
  noticeAbsence(group: number, now: number, signedOut = false): void {
    for (const campaign of this.#core.served[group]) {
      if (signedOut || campaign.stopping) this.endVainWaits(campaign, now)
      if (campaign.ringingCount === 0 || isStaffed(this.#core.agents, campaign.groups)) continue
      this.watchOrphans(campaign, now)
    }
  }

  /** Callers do not wait where nobody is signed in. */
  endVainWaits(campaign: CampaignState, now: number): void {
    if (campaign.callersWaiting === 0 || isSignedIn(this.#core.agents, campaign.groups)) return
    this.#joining.endWaits(campaign, now)
  }

  watchOrphans(campaign: CampaignState, now: number): void {
    campaign.orphansAt = Math.min(campaign.orphansAt, now + orphanCheckMillis)
    this.#core.expect(campaign, campaign.orphansAt)
  }

  /** Takes back calls nobody is there for, once they have rung their legal minimum. */
  takeBackOrphans(campaign: CampaignState, now: number): void {
    const { agents, calls } = this.#core
    campaign.orphansAt = Number.POSITIVE_INFINITY
    const { stopping } = campaign
    const staffed = !stopping && isStaffed(agents, campaign.groups)
    const idle = !stopping && campaign.groups.some((group) => agents.longestIdle(group) >= 0)
    let left = 0
    for (let i = campaign.ringingCount - 1; i >= 0; i -= 1) {
      const call = campaign.ringingSlots[i]
      if (!stopping && this.#core.modeOf(campaign, call).servedBy === "script") continue
      // With somebody at work only those are orphans whose own agent is gone.
      if (staffed && ((calls.flags[call] & CallFlag.reserved) === 0 || calls.agent[call] >= 0)) continue
      const since = calls.ringingAt[call]
      const rangEnough = since >= 0 && now - since >= campaign.settings.ringMillisMin
      if (rangEnough && !idle) this.#core.takeBack(campaign, call)
      else left += 1
    }
    if (left > 0) this.watchOrphans(campaign, now)
  }
}
