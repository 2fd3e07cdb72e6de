import { AgentState, agentStateCount } from "../domain/AgentState.ts"
import { CallFlag, CallState } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import { Choosing } from "./Choosing.ts"
import { byTurn, type CoreState } from "./CoreState.ts"
import type { Joining } from "./Joining.ts"
import { LineLimits } from "./LineLimits.ts"
import { Bound, Seen } from "./pacing/Policy.ts"

/** How long a trunk may take to report ringing: a little more than an INVITE lives unanswered (RFC 3261 §17.1.1.2). */
const setUpMillisMax = 33_000

/** Who is called next, for whom, and when: serves idle agents and asks the pacing for one more call. */
export class Placing {
  readonly #core: CoreState
  readonly #joining: Joining
  readonly #limits: LineLimits
  readonly #choosing: Choosing
  #decisions = 0
  constructor(core: CoreState, joining: Joining) {
    this.#core = core
    this.#joining = joining
    this.#limits = new LineLimits(core)
    this.#choosing = new Choosing(core, this.#limits)
  }

  /** Does what the campaign's situation allows now; called after every event that concerns it. */
  act(campaign: CampaignState, now: number): void {
    const { served } = this.#core
    if (campaign.queued.size > 0) this.#placeQueued(campaign, now)
    if (campaign.pool.length === 1) {
      if (campaign.mode.firstLeg === "customer") return this.#pace(campaign, now)
      for (let i = 0; i < campaign.groups.length; i += 1)
        this.#serve(campaign.groups[i], served[campaign.groups[i]], now)
      return
    }
    for (let i = 0; i < campaign.groups.length; i += 1) this.serveGroup(campaign.groups[i], now)
  }

  /** An agent of the group became free, or left. */
  serveGroup(group: number, now: number): void {
    const campaigns = this.#core.served[group]
    this.#serve(group, campaigns, now)
    if (campaigns.length === 1) {
      if (campaigns[0].mode.firstLeg === "customer") this.#pace(campaigns[0], now)
      return
    }
    const turn = campaigns.filter((campaign) => campaign.mode.firstLeg === "customer").sort(byTurn)
    for (const campaign of turn) this.#pace(campaign, now)
  }

  /** A line of the trunk is free again: campaigns it had stopped go on. */
  lineFreed(now: number): void {
    for (const campaign of this.#limits.unblocked()) this.act(campaign, now)
  }

  /** People who wait first, then campaigns that hold an agent for each call. */
  #serve(group: number, campaigns: ReadonlyArray<CampaignState>, now: number): void {
    const { agents } = this.#core
    if (this.#core.callersWaiting > 0) this.#serveCallers(group, campaigns, now)
    for (let i = 0; i < campaigns.length; i += 1) {
      if (campaigns[i].list.promises.count > 0) this.#keepPromises(campaigns[i], now)
    }
    for (let agent = agents.longestIdle(group); agent >= 0; agent = agents.longestIdle(group)) {
      let taken = false
      for (let i = 0; i < campaigns.length && !taken; i += 1) {
        taken = campaigns[i].waitingCount > 0 && this.#joining.takeWaiting(campaigns[i], agent, now)
      }
      if (!taken && !this.#hold(campaigns, agent, now)) break
    }
    for (let i = 0; i < campaigns.length; i += 1) {
      if (campaigns[i].mode.firstLeg === "customer") continue
      campaigns[i].see(agents, now)
      campaigns[i].bind(this.#choosing.refusal, now)
    }
  }

  /** While callers wait: whoever answered our call first, then the caller who came first to any of the campaigns. */
  #serveCallers(group: number, campaigns: ReadonlyArray<CampaignState>, now: number): void {
    const { agents } = this.#core
    const answered = (campaign: CampaignState, agent: number) =>
      campaign.waitingCount > 0 && this.#joining.takeWaiting(campaign, agent, now)
    for (let agent = agents.longestIdle(group); agent >= 0; agent = agents.longestIdle(group)) {
      const taken = campaigns.some((campaign) => answered(campaign, agent))
      if (!taken && !this.#joining.takeCaller(campaigns, agent, now)) return
    }
  }

  /** Holds the free agent for a call of the first campaign whose turn it is; false when none has one for the agent. */
  #hold(campaigns: ReadonlyArray<CampaignState>, agent: number, now: number): boolean {
    const turn = campaigns.length === 1 ? campaigns : campaigns.toSorted(byTurn)
    for (let i = 0; i < turn.length; i += 1) {
      const campaign = turn[i]
      if (campaign.mode.takenBy === "system") {
        // The people whose phones ring with no agent held for them come before new calls.
        if (campaign.openCount > 0 && this.#idleOf(campaign) <= campaign.openCount) this.#choosing.refuse(Bound.agents)
        else if (this.reserve(campaign, agent, now)) return true
      } else if (this.#keepsAgents(campaign, now)) return false
    }
    return false
  }

  /** An idle agent is not lent to a lower campaign while a predictive one above it has work for agents. */
  #keepsAgents(campaign: CampaignState, now: number): boolean {
    if (!campaign.running || campaign.mode.servedBy === "script") return false
    return campaign.ringingCount > 0 || campaign.list.peek(now) >= 0
  }

  #idleOf(campaign: CampaignState): number {
    const { agents } = this.#core
    let idle = 0
    for (const group of campaign.groups) idle += agents.counts[group * agentStateCount + AgentState.ready]
    return idle
  }

  /** Holds a free agent for the next contact; false when limits or the list do not allow a call now. */
  reserve(campaign: CampaignState, agent: number, now: number): boolean {
    const contact = this.#contactFor(campaign, agent, now)
    if (contact < 0) return false
    this.#holdFor(campaign, agent, contact, now)
    return true
  }

  #holdFor(campaign: CampaignState, agent: number, contact: number, now: number): void {
    const { agents, calls, port } = this.#core
    const call = this.#take(campaign, contact, now)
    campaign.list.inHandOf(contact, agent)
    calls.agent[call] = agent
    calls.flags[call] |= CallFlag.reserved
    campaign.learned.placed(calls, call, campaign.list.segment[contact], campaign.list.attempts[contact] + 1)
    agents.call[agent] = call
    agents.campaign[agent] = campaign.index
    this.#decisions += 1
    campaign.lastServed = this.#decisions
    const { preview } = campaign.mode
    const { readingMillis, previewMillisMax } = campaign.settings
    if (preview === "none" && readingMillis === 0) {
      return this.#ringAgentFirst(campaign, call, agent, now)
    }
    calls.state[call] = CallState.preview
    this.#core.enter(agent, AgentState.preview, now)
    if (preview !== "untimed") {
      const at = now + (preview === "none" ? readingMillis : previewMillisMax)
      campaign.previewTimers.push(call, calls.generation[call], at)
      this.#core.expect(campaign, at)
    }
    if (preview !== "none") port.preview(agent, call)
  }

  /** The contact promised to the agent, else the one whose turn it is, or -1. */
  #contactFor(campaign: CampaignState, agent: number, now: number): number {
    // A card is read before the call: lines and calls per second are asked for when it is dialled.
    if (campaign.mode.preview === "none" && !this.#choosing.mayDial(campaign, now)) return -1
    const promised = this.#choosing.promised(campaign, agent, now)
    return promised >= 0 ? promised : this.#choosing.mayTake(campaign, now, true)
  }

  /** Calls promised to agents who are free, and to anyone, before all others. */
  #keepPromises(campaign: CampaignState, now: number): void {
    const { promises } = campaign.list
    if (campaign.mode.takenBy === "agent") return
    const { agents } = this.#core
    for (const agent of promises.agentsDue(now)) {
      if (agents.state[agent] === AgentState.ready) this.#keepPromise(campaign, agent, now)
    }
    for (let i = 0; i < campaign.groups.length; i += 1) {
      let agent = agents.longestIdle(campaign.groups[i])
      while (agent >= 0 && this.#keepPromise(campaign, agent, now)) agent = agents.longestIdle(campaign.groups[i])
    }
  }

  #keepPromise(campaign: CampaignState, agent: number, now: number): boolean {
    if (!campaign.running || !campaign.groups.includes(this.#core.agents.group[agent])) return false
    if (campaign.mode.preview === "none" && !this.#choosing.mayDial(campaign, now)) return false
    const contact = this.#choosing.promised(campaign, agent, now)
    if (contact < 0) return false
    this.#holdFor(campaign, agent, contact, now)
    return true
  }

  /** The card was read: the agent's phone if it must ring, then the customer. */
  dialPreviewed(campaign: CampaignState, call: number, now: number): void {
    const { agents, calls } = this.#core
    const agent = calls.agent[call]
    calls.previewMillis[call] = now - agents.since[agent]
    this.#ringAgentFirst(campaign, call, agent, now)
  }

  #ringAgentFirst(campaign: CampaignState, call: number, agent: number, now: number): void {
    this.#core.enter(agent, AgentState.reserved, now)
    if (this.#core.agents.alwaysOn[agent] === 1) return this.placeInTurn(campaign, call, now)
    this.#core.calls.state[call] = CallState.agentFirst
    this.#core.port.ringAgent(agent, call)
  }

  /** Places a call an agent is ready for: now, or when lines and calls per second allow it, first come first served. */
  placeInTurn(campaign: CampaignState, call: number, now: number): void {
    if (campaign.queued.size === 0 && this.#limits.allow(campaign, now)) return this.place(campaign, call, now)
    const { calls } = this.#core
    calls.state[call] = CallState.queued
    campaign.queued.push(call, calls.generation[call], now)
  }

  #placeQueued(campaign: CampaignState, now: number): void {
    const { calls } = this.#core
    const { queued } = campaign
    while (queued.size > 0) {
      const call = queued.headSlot
      const same = calls.generation[call] === queued.headGeneration && calls.state[call] === CallState.queued
      if (same && !this.#limits.allow(campaign, now)) return
      queued.pop()
      if (same) this.place(campaign, call, now)
    }
  }

  /** Starts the customer's leg. */
  place(campaign: CampaignState, call: number, now: number): void {
    const { calls, port, trunk } = this.#core
    const { list, settings } = campaign
    const contact = calls.contact[call]
    calls.state[call] = CallState.ringing
    calls.placedAt[call] = now
    calls.attempt[call] = list.attempt(contact)
    calls.flags[call] |= CallFlag.attempted
    campaign.startRinging(call, calls)
    this.#limits.placed(campaign, now)
    campaign.compliance?.placed(contact, now)
    if (!trunk.ringingReported) {
      calls.ringingAt[call] = now
      campaign.ringTimers.push(call, calls.generation[call], now + settings.ringMillisMax)
      this.#core.expect(campaign, now + settings.ringMillisMax)
    } else {
      const at = now + setUpMillisMax + settings.ringMillisMax
      campaign.setUpTimers.push(call, calls.generation[call], at)
      this.#core.expect(campaign, at)
    }
    campaign.policy.saw(Seen.placed, now)
    port.dial(call)
  }

  /** Places calls nobody is held for yet, as long as the pacing says yes and no limit binds. */
  #pace(campaign: CampaignState, now: number): void {
    const { agents, calls } = this.#core
    if (!campaign.running) return
    if (this.#core.callersWaiting > 0 && campaign.yieldsToCallers()) {
      campaign.see(agents, now)
      return campaign.bind(Bound.agents, now)
    }
    if (campaign.list.promises.count > 0) this.#keepPromises(campaign, now)
    if (campaign.compliance !== null && campaign.keepsStrict(now)) return this.#paceStrictly(campaign, now)
    campaign.see(agents, now)
    const staffed = campaign.idle + campaign.busy + campaign.wrapping > 0 || campaign.mode.servedBy === "script"
    const { learned, list, policy } = campaign
    for (;;) {
      if (!staffed) return campaign.bind(Bound.agents, now)
      if (campaign.compliance !== null && !campaign.hasRoom(now)) return campaign.bind(Bound.budget, now)
      if (policy.countsOnly === true && !policy.oneMore(campaign, 0)) {
        campaign.bind(policy.bound, now)
        break
      }
      const contact = this.#choosing.mayPlace(campaign, now)
      if (contact < 0) return campaign.bind(this.#choosing.refusal, now)
      const segment = list.segment[contact]
      const attempt = list.attempts[contact] + 1
      const chance = policy.learns === true ? learned.chance(segment, attempt) : 0
      if (policy.countsOnly !== true && !policy.oneMore(campaign, chance)) {
        campaign.bind(policy.bound, now)
        break
      }
      const call = this.#take(campaign, contact, now)
      if (policy.learns === true) calls.chance[call] = chance
      else learned.placed(calls, call, segment, attempt)
      this.place(campaign, call, now)
      campaign.ringing += 1
      this.#decisions += 1
      campaign.lastServed = this.#decisions
    }
    this.#takeBack(campaign, now)
    this.#core.expect(campaign, campaign.policy.askAt)
  }

  /** One call for each free agent, who is held for it, as long as the law leaves no room for an abandoned call. */
  #paceStrictly(campaign: CampaignState, now: number): void {
    const { agents } = this.#core
    let bound: number = Bound.budget
    for (let i = 0; i < campaign.groups.length; i += 1) {
      let agent = agents.longestIdle(campaign.groups[i])
      // Whoever rings with no agent held comes first.
      while (agent >= 0 && this.#idleOf(campaign) > campaign.openCount) {
        if (!this.reserve(campaign, agent, now)) {
          bound = this.#choosing.refusal
          break
        }
        agent = agents.longestIdle(campaign.groups[i])
      }
    }
    campaign.see(agents, now)
    campaign.bind(bound, now)
    if (campaign.ringingCount > campaign.heldRingingCount) this.#takeBack(campaign, now)
  }

  /** Takes back calls the policy finds too risky by now, none before its legal minimum ring. */
  #takeBack(campaign: CampaignState, now: number): void {
    const { policy } = campaign
    if (policy.takeBack === undefined) return
    for (let call = policy.takeBack(now); call >= 0; call = policy.takeBack(now)) this.#core.takeBack(campaign, call)
  }

  #take(campaign: CampaignState, contact: number, now: number): number {
    const { list, shown } = campaign
    list.take(contact)
    const call = this.#core.calls.take(campaign.index, contact)
    if (shown !== null) {
      // A card may be passed over: its number counts as shown, so that the cap is never broken.
      const index = shown.pick(contact, list.attempts[contact] + 1, now)
      this.#core.calls.callerId[call] = index
      if (index >= 0) shown.placed(contact, index)
    }
    if (list.freshCount === 0) this.#core.port.listLow(campaign.index)
    return call
  }
}
