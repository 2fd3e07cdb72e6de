import { AgentState } from "../domain/AgentState.ts"
import { Outcome } from "../domain/Outcome.ts"
import { CallFlag, CallState } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import type { CoreState } from "./CoreState.ts"
import type { Joining } from "./Joining.ts"
import type { Placing } from "./Placing.ts"
import type { Settling } from "./Settling.ts"
import { isStaffed } from "./staffing.ts"

/**
 * Customers' legs the core did not place: people who call us, and calls an agent hands to another. They take a line and an
 * agent as other calls do, and are no attempts: neither the law of calling, nor the pacing, nor any count of attempts knows
 * of them.
 */
export class Arrivals {
  readonly #core: CoreState
  readonly #joining: Joining
  readonly #placing: Placing
  readonly #settling: Settling

  constructor(core: CoreState, joining: Joining, placing: Placing, settling: Settling) {
    this.#core = core
    this.#joining = joining
    this.#placing = placing
    this.#settling = settling
  }

  /**
   * A contact of the campaign calls us: it gets an agent, waits for one, or is turned away where nobody is at work, the queue
   * is full, or nothing more is to begin.
   */
  arrives(campaign: number, contact: number, now: number): void {
    const state = this.#core.campaigns[campaign]
    if (!this.#takes(state)) return this.#core.port.turnAway(campaign, contact)
    const call = this.#begin(state, contact, -1, now)
    this.#core.port.welcome(call)
    this.#joining.find(state, call, now)
    this.#placing.act(state, now)
  }

  #takes(campaign: CampaignState): boolean {
    const { agents } = this.#core
    const { queue } = campaign
    if (queue === null || campaign.stopping || !isStaffed(agents, campaign.groups)) return false
    if (campaign.callersWaiting < queue.callersMax) return true
    return campaign.groups.some((group) => agents.longestIdle(group) >= 0)
  }

  #begin(campaign: CampaignState, contact: number, handedBy: number, now: number): number {
    const { calls, setAside } = this.#core
    const call = calls.take(campaign.index, contact)
    calls.flags[call] = CallFlag.arrived
    calls.handedBy[call] = handedBy
    calls.placedAt[call] = now
    calls.answeredAt[call] = now
    calls.wantedAt[call] = now
    campaign.lines += 1
    this.#core.lines += 1
    setAside.begin(call, campaign, contact)
    return call
  }

  /**
   * The agent who talks, or holds the call, gives the customer to another agent, of any group: at once, or when that agent's
   * phone is picked up. False, and nothing happens, unless the other is ready.
   */
  handOver(call: number, to: number, now: number): boolean {
    const { agents, calls, campaigns, port } = this.#core
    const state = calls.state[call]
    const agent = calls.agent[call]
    if ((state !== CallState.talk && state !== CallState.hold) || agents.call[agent] !== call) return false
    if (to < 0 || to >= agents.size || agents.state[to] !== AgentState.ready) return false
    const campaign = campaigns[calls.campaign[call]]
    if (state === CallState.hold) calls.holdMillis[call] += now - calls.heldAt[call]
    calls.outcome[call] = Outcome.connected
    const next = this.#begin(campaign, calls.contact[call], agent, now)
    port.handedOver(call, next)
    this.#joining.join(campaign, next, to, now)
    this.#settling.over(call, now)
    return true
  }

  /** Somebody nobody knew is a contact of the campaign from now on, and waits for no call; returns its number. */
  addCaller(campaign: number, segment: number): number {
    return this.#core.campaigns[campaign].list.addCaller(segment)
  }
}
