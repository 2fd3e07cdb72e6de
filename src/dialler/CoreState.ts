import { type Mode, modeNames, modes } from "../domain/Mode.ts"
import { Outcome } from "../domain/Outcome.ts"
import type { AgentTable } from "./AgentTable.ts"
import type { CallTable } from "./CallTable.ts"
import { CallState } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import type { Port } from "./Port.ts"
import { SetAside } from "./SetAside.ts"

/** Limits of the trunk all campaigns share. */
export interface TrunkLimits {
  readonly linesMax: number
  readonly callsPerSecondMax: number
  /** Whether the trunk tells when the far end rings; otherwise a call counts as ringing from the moment it is placed. */
  readonly ringingReported: boolean
}

/** Order in which campaigns are served: by claim, and among equal claims the one served longest ago first. */
export const byTurn = (a: CampaignState, b: CampaignState): number =>
  a.claim === b.claim ? a.lastServed - b.lastServed || a.index - b.index : b.claim - a.claim

/** The tables every part of the core works on, and the few steps all of them take. */
export class CoreState {
  readonly agents: AgentTable
  readonly calls: CallTable
  readonly campaigns: ReadonlyArray<CampaignState>
  /** Changes where trunks fail and come back. */
  trunk: TrunkLimits
  readonly port: Port
  /** Clock time at instant 0, minutes after midnight. */
  readonly startMinutes: number
  /** Campaigns served by each group, in the order of their claims. */
  readonly served: ReadonlyArray<Array<CampaignState>>
  /** Lines in use on the trunk. */
  lines = 0
  /** People who called us and wait for an agent, in all campaigns. */
  callersWaiting = 0
  /** Contacts who are on the line and whom we did not call. */
  readonly setAside = new SetAside()
  /** Earliest instant at which something is due in any campaign. */
  nextTimerAt = Number.POSITIVE_INFINITY

  constructor(
    agents: AgentTable,
    calls: CallTable,
    campaigns: ReadonlyArray<CampaignState>,
    groupCount: number,
    trunk: TrunkLimits,
    port: Port,
    startMinutes: number
  ) {
    this.agents = agents
    this.calls = calls
    this.campaigns = campaigns
    this.trunk = trunk
    this.port = port
    this.startMinutes = startMinutes
    this.served = Array.from({ length: groupCount }, (_, group) =>
      campaigns.filter((campaign) => campaign.groups.includes(group))
    )
    this.sortClaims()
  }

  /** Puts the campaigns of every group in the order of their claims; to be called when a mode changed. */
  sortClaims(): void {
    for (const campaigns of this.served) {
      campaigns.sort((a, b) => (a.claim === b.claim ? a.index - b.index : b.claim - a.claim))
    }
  }

  enter(agent: number, state: number, now: number): void {
    const old = this.agents.state[agent]
    const lasted = this.agents.enter(agent, state, now)
    this.port.agentChanged(agent, old, lasted, now, state)
  }

  /** The mode a call began in; it keeps it when the campaign's mode changes. */
  modeOf(campaign: CampaignState, call: number): Mode {
    const begunAs = this.calls.begunAs[call]
    return begunAs < 0 ? campaign.mode : modes[modeNames[begunAs]]
  }

  /** The campaign has something to do at `at`. */
  expect(campaign: CampaignState, at: number): void {
    if (at < campaign.wakeAt) campaign.wakeAt = at
    if (at < this.nextTimerAt) this.nextTimerAt = at
  }

  /** Says so, once, when the list of a campaign whose goal that is has been worked through. */
  noticeEnd(campaign: CampaignState): void {
    const { list, settings } = campaign
    if (settings.goal !== "exhausted" || campaign.done || !list.exhausted) return
    campaign.done = true
    this.port.campaignDone(campaign.index)
  }

  /** Ends the customer's leg; the attempt is settled when the far end has confirmed it. */
  hangUp(call: number): void {
    this.calls.state[call] = CallState.ending
    this.port.hangUp(call)
  }

  /** Cancels a ringing call. */
  takeBack(campaign: CampaignState, call: number): void {
    this.calls.outcome[call] = Outcome.cancelled
    campaign.stopRinging(call, this.calls)
    this.hangUp(call)
  }
}
