import { AgentState, type AgentStateName, agentStateNames } from "../../domain/AgentState.ts"
import { type Counts, emptyCounts } from "../../domain/Counts.ts"
import { measures } from "../../domain/measures.ts"
import type { ModeName } from "../../domain/Mode.ts"
import { outcomeNames } from "../../domain/Outcome.ts"
import type { CampaignState } from "../../dialler/CampaignState.ts"
import { type BoundName, boundNames } from "../../dialler/pacing/Policy.ts"
import type { FloorNames, Records } from "../../store/Recorder.ts"
import type { FloorCore } from "./FloorCore.ts"

/** One campaign at an instant. Shares are NaN while there is nothing to divide by. */
export interface CampaignView {
  readonly name: string
  readonly mode: ModeName
  readonly state: "running" | "paused" | "done"
  /** What keeps the core from placing one more call. */
  readonly bound: BoundName
  /** Calls under way. */
  readonly ringing: number
  readonly waiting: number
  /** People who called us and wait for an agent. */
  readonly callers: number
  readonly talking: number
  /** Calls that are over. */
  readonly attempts: number
  readonly connected: number
  readonly abandoned: number
  readonly occupancy: number
  readonly abandonRate: number
  /** Contacts on the list, and those finished. */
  readonly contacts: number
  readonly closed: number
}

export interface AgentView {
  readonly agent: number
  readonly name: string
  readonly group: string
  readonly state: AgentStateName
  readonly sinceMillis: number
  /** Null while it works for none. */
  readonly campaign: string | null
}

/** The floor at an instant, as plain data. */
export interface FloorSnapshot {
  readonly at: number
  readonly campaigns: ReadonlyArray<CampaignView>
  readonly agents: ReadonlyArray<AgentView>
}

/** What a view calls things by; agents without names of their own are counted through their group. */
export interface ViewNames extends FloorNames {
  /** By the agents' numbers in the core. */
  readonly agents?: ReadonlyArray<{ readonly name: string }>
}

/** What people look at while a floor works: its figures since the view began, and how it stands now. */
export class FloorView {
  readonly #core: FloorCore
  readonly #names: ViewNames
  /** By campaign. */
  readonly #counts: ReadonlyArray<Counts>

  constructor(core: FloorCore, names: ViewNames) {
    this.#core = core
    this.#names = names
    this.#counts = names.campaigns.map(emptyCounts)
  }

  /** Counts what has been written down. */
  add({ attempts, spans }: Records): void {
    for (const { campaign, outcome } of attempts) {
      const index = this.#names.campaigns.findIndex(({ settings }) => settings.name === campaign)
      this.#counts[index].outcomes[outcomeNames.indexOf(outcome as (typeof outcomeNames)[number])] += 1
    }
    for (const { from, group, state, to } of spans) {
      const code = agentStateNames.indexOf(state as AgentStateName)
      this.#names.campaigns.forEach(({ settings }, index) => {
        if (settings.groups.includes(group)) this.#counts[index].stateMillis[code] += to - from
      })
    }
  }

  snapshot(at: number): FloorSnapshot {
    const { agents, campaigns } = this.#core.dialler
    const places = this.#names.groups.flatMap(({ agents, name }) =>
      Array.from({ length: agents }, (_, place) => ({ group: name, name: `${name} ${place + 1}` }))
    )
    return {
      at,
      campaigns: campaigns.map((campaign) => this.#campaign(campaign, at)),
      agents: places.map(({ group, name }, agent) => ({
        agent,
        name: this.#names.agents?.[agent].name ?? name,
        group,
        state: agentStateNames[agents.state[agent]],
        sinceMillis: at - agents.since[agent],
        campaign: this.#campaignOf(agent)
      }))
    }
  }

  #campaignOf(agent: number): string | null {
    const { agents } = this.#core.dialler
    if (agents.call[agent] < 0) return null
    return this.#names.campaigns[agents.campaign[agent]].settings.name
  }

  #campaign(campaign: CampaignState, at: number): CampaignView {
    const counts = this.#withOpenSpans(campaign, at)
    const talking = campaign.bridgedCount
    return {
      name: campaign.settings.name,
      mode: campaign.mode.name,
      state: campaign.done ? "done" : campaign.running ? "running" : "paused",
      bound: boundNames[campaign.bound],
      ringing: campaign.ringingCount,
      waiting: campaign.waitingCount + campaign.detectingCount,
      callers: campaign.callersWaiting,
      talking: campaign.mode.servedBy === "script" ? talking + campaign.scriptCount : talking,
      attempts: counts.outcomes.reduce((sum, count) => sum + count, 0),
      connected: counts.outcomes[outcomeNames.indexOf("connected")] + counts.outcomes[outcomeNames.indexOf("scripted")],
      abandoned: counts.outcomes[outcomeNames.indexOf("abandoned")],
      occupancy: measures.occupancy.of(counts),
      abandonRate: measures.abandonRate.of(counts),
      contacts: campaign.list.size,
      closed: campaign.list.closed
    }
  }

  /** The counts with the spans agents are in now. */
  #withOpenSpans(campaign: CampaignState, at: number): Counts {
    const { agents } = this.#core.dialler
    const counts = this.#counts[campaign.index]
    const stateMillis = counts.stateMillis.slice()
    for (let agent = 0; agent < agents.size; agent += 1) {
      if (!campaign.groups.includes(agents.group[agent]) || agents.state[agent] === AgentState.signedOut) continue
      stateMillis[agents.state[agent]] += Math.max(0, at - agents.since[agent])
    }
    return { ...counts, stateMillis }
  }
}
