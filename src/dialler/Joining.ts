import { AgentState } from "../domain/AgentState.ts"
import { Outcome } from "../domain/Outcome.ts"
import { CallFlag, CallState } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import type { CoreState } from "./CoreState.ts"
import { Seen } from "./pacing/Policy.ts"
import type { Scripting } from "./Scripting.ts"
import { isSignedIn } from "./staffing.ts"

/** How long a customer another agent did not take waits at most, in a campaign without a queue of its own. */
const handedMillisMax = 120_000

/** From the answer to the agent: waiting, choosing who takes the call, joining both, and giving up in time. */
export class Joining {
  readonly #core: CoreState
  readonly #scripting: Scripting

  constructor(core: CoreState, scripting: Scripting) {
    this.#core = core
    this.#scripting = scripting
  }

  /** A person is there, as far as anybody knows: the script begins, or an agent is wanted. */
  serve(campaign: CampaignState, call: number, now: number): void {
    if (this.#core.modeOf(campaign, call).servedBy === "agent") return this.wants(campaign, call, now)
    const { calls, port } = this.#core
    calls.wantedAt[call] = now
    // Served: whoever asks for an agent later waits anew.
    calls.flags[call] &= ~CallFlag.clocked
    if (campaign.hasFlow) {
      if (this.#scripting.begin(campaign, call)) this.wants(campaign, call, now)
      return
    }
    calls.state[call] = CallState.script
    campaign.scriptCount += 1
    port.startScript(call)
  }

  /** The call now needs an agent: the one reserved for it, the longest idle, or the first to become free. */
  wants(campaign: CampaignState, call: number, now: number): void {
    const { calls } = this.#core
    calls.wantedAt[call] = now
    const reserved = calls.agent[call]
    if (reserved >= 0) {
      campaign.bridgedCount += 1
      return this.connect(campaign, call, reserved, now)
    }
    this.find(campaign, call, now)
  }

  /** Gives the call to the longest idle agent of its groups, else lets it wait. */
  find(campaign: CampaignState, call: number, now: number): void {
    const { calls } = this.#core
    const agent = this.#longestIdle(campaign, calls.transferGroup[call], false)
    if (agent >= 0) return this.join(campaign, call, agent, now)
    if (calls.hasArrived(call)) return this.#queueUp(campaign, call, now)
    calls.state[call] = CallState.waiting
    campaign.waitingCount += 1
    if (campaign.settings.dropMillis === 0) return this.giveUp(campaign, call, now)
    // Alone in the queue: what is left in it are people who are gone.
    if (campaign.waitingCount === 1) campaign.waitingQueue.clear()
    // A person whose agent missed the call keeps the turn.
    campaign.waitingQueue.push(call, calls.generation[call], calls.wantedAt[call])
    this.startClock(campaign, call, now)
  }

  /**
   * The free agent of a group (-1: any of the campaign's) who has waited longest, or -1; `atOnce` for one whose phone need
   * not ring.
   */
  #longestIdle(campaign: CampaignState, group: number, atOnce: boolean): number {
    const { agents } = this.#core
    let chosen = -1
    for (let i = 0; i < campaign.groups.length; i += 1) {
      if (group >= 0 && campaign.groups[i] !== group) continue
      const agent = agents.longestIdle(campaign.groups[i])
      if (agent < 0 || (atOnce && agents.alwaysOn[agent] === 0)) continue
      if (chosen < 0 || agents.since[agent] < agents.since[chosen]) chosen = agent
    }
    return chosen
  }

  /**
   * The wait limit is reached, and the person is with detection or at an agent's phone that rings: whoever can take the
   * call at once does, the script or a free agent; else it is given up.
   */
  lastChance(campaign: CampaignState, call: number, now: number): void {
    const { calls } = this.#core
    const detecting = calls.state[call] === CallState.detecting
    const scripted = detecting && this.#core.modeOf(campaign, call).servedBy === "script"
    const agent = scripted ? -1 : this.#longestIdle(campaign, calls.transferGroup[call], true)
    if (agent < 0 && !scripted) return this.giveUp(campaign, call, now)
    if (detecting) campaign.detectingCount -= 1
    if (scripted) return this.serve(campaign, call, now)
    if (detecting) calls.wantedAt[call] = now
    this.join(campaign, call, agent, now)
  }

  /** From here the person waits no longer than the campaign's limit; the clock of a call starts once. */
  startClock(campaign: CampaignState, call: number, now: number): void {
    const { calls } = this.#core
    if ((calls.flags[call] & CallFlag.clocked) !== 0) return
    calls.flags[call] |= CallFlag.clocked
    const at = now + campaign.settings.dropMillis
    campaign.dropTimers.push(call, calls.generation[call], at)
    this.#core.expect(campaign, at)
  }

  /** Gives the person who has waited longest to this free agent; false when nobody waits. */
  takeWaiting(campaign: CampaignState, agent: number, now: number): boolean {
    const { agents, calls } = this.#core
    const queue = campaign.waitingQueue
    let passed = 0
    while (queue.size > passed) {
      const call = queue.headSlot
      const same = calls.generation[call] === queue.headGeneration && calls.state[call] === CallState.waiting
      queue.pop()
      if (!same) continue
      if (calls.transferGroup[call] >= 0 && calls.transferGroup[call] !== agents.group[agent]) {
        // For another group: it keeps its turn behind those not looked at yet.
        passed += 1
        queue.push(call, calls.generation[call], calls.wantedAt[call])
        continue
      }
      campaign.waitingCount -= 1
      this.join(campaign, call, agent, now)
      return true
    }
    return false
  }

  /** Nobody is free for a caller, who waits with music, in the order in which callers came; after a time no longer. */
  #queueUp(campaign: CampaignState, call: number, now: number): void {
    const { calls } = this.#core
    const until = calls.placedAt[call] + (campaign.queue?.waitMillisMax ?? handedMillisMax)
    const isVain = campaign.stopping && !isSignedIn(this.#core.agents, campaign.groups)
    if (until <= now || isVain) return this.#endWait(call)
    if (campaign.callersWaiting === 0) {
      campaign.callers.clear()
      campaign.callerTimers.clear()
    }
    calls.state[call] = CallState.waiting
    campaign.callersWaiting += 1
    this.#core.callersWaiting += 1
    campaign.callers.push(call, calls.generation[call], calls.placedAt[call])
    campaign.callerTimers.push(call, calls.generation[call], until)
    this.#core.expect(campaign, until)
  }

  /** The caller has waited long enough, if it still does. */
  callerLimit(campaign: CampaignState, call: number, now: number): void {
    if (this.#core.calls.state[call] !== CallState.waiting) return
    this.stopWaiting(campaign, call, now)
    this.#endWait(call)
  }

  /** All who wait have waited long enough. */
  endWaits(campaign: CampaignState, now: number): void {
    const { calls } = this.#core
    for (const { callers } = campaign; callers.size > 0;) {
      const call = callers.headSlot
      const same = calls.generation[call] === callers.headGeneration
      callers.pop()
      if (same) this.callerLimit(campaign, call, now)
    }
  }

  #endWait(call: number): void {
    const { calls, port } = this.#core
    calls.outcome[call] = Outcome.noAnswer
    calls.state[call] = CallState.ending
    port.queueOver(call)
  }

  /** A person who waits does so no longer. */
  stopWaiting(campaign: CampaignState, call: number, now: number): void {
    if (!this.#core.calls.hasArrived(call)) {
      campaign.waitingCount -= 1
      return
    }
    campaign.callersWaiting -= 1
    this.#core.callersWaiting -= 1
    if (campaign.callersWaiting > 0) return
    // Whoever placed no call for the caller's sake is asked again.
    for (const other of campaign.pool) {
      other.resumeAt = Math.min(other.resumeAt, now)
      this.#core.expect(other, now)
    }
  }

  /** Gives the caller of these campaigns who came first to this free agent; false when none waits. */
  takeCaller(campaigns: ReadonlyArray<CampaignState>, agent: number, now: number): boolean {
    let first: CampaignState | null = null
    for (const campaign of campaigns) {
      if (campaign.callersWaiting === 0) continue
      this.#dropGone(campaign)
      if (first === null || campaign.callers.headAt < first.callers.headAt) first = campaign
    }
    if (first === null) return false
    const call = first.callers.headSlot
    first.callers.pop()
    this.stopWaiting(first, call, now)
    this.join(first, call, agent, now)
    return true
  }

  /** Takes people who wait no longer from the head of the callers. */
  #dropGone({ callers }: CampaignState): void {
    const { calls } = this.#core
    while (callers.size > 0) {
      const call = callers.headSlot
      if (calls.generation[call] === callers.headGeneration && calls.state[call] === CallState.waiting) return
      callers.pop()
    }
  }

  /** Holds the agent for the call: at once on an always-on leg, else when the agent's phone is picked up. */
  join(campaign: CampaignState, call: number, agent: number, now: number): void {
    const { agents, calls, port } = this.#core
    calls.agent[call] = agent
    campaign.list.inHandOf(calls.contact[call], agent)
    agents.call[agent] = call
    agents.campaign[agent] = campaign.index
    campaign.bridgedCount += 1
    if (agents.alwaysOn[agent] === 1) return this.connect(campaign, call, agent, now)
    calls.state[call] = CallState.joining
    this.#core.enter(agent, AgentState.reserved, now)
    if (!calls.hasArrived(call)) this.startClock(campaign, call, now)
    port.ringAgent(agent, call)
  }

  /** Agent and customer hear each other from now on. */
  connect(campaign: CampaignState, call: number, agent: number, now: number): void {
    const { agents, calls, port } = this.#core
    calls.state[call] = CallState.talk
    calls.connectedAt[call] = now
    this.#core.enter(agent, AgentState.talk, now)
    agents.talkSince[agent] = now
    calls.idleMillis[call] = agents.idleMillis[agent]
    agents.idleMillis[agent] = 0
    if (calls.hasArrived(call)) return port.connect(call, agent)
    if (campaign.hasFlow) this.#scripting.connected(call)
    if (calls.outcome[call] !== Outcome.scripted && now - calls.answeredAt[call] > campaign.settings.waitMillisMax) {
      calls.flags[call] |= CallFlag.late
    }
    campaign.compliance?.connected(calls, call)
    campaign.policy.saw(Seen.connected, now, this.#personShare(campaign, call))
    port.connect(call, agent)
  }

  /** How likely it is that a person answered, before anybody has heard who it is. */
  #personShare(campaign: CampaignState, call: number): number {
    const { answeredAt, ringingAt } = this.#core.calls
    if (campaign.policy.learns !== true) return 1
    return campaign.learned.persons.at(answeredAt[call] - ringingAt[call])
  }

  /** The call is over before the agent's phone was picked up. Returns the agent, who must be set free. */
  unjoin(campaign: CampaignState, call: number): number {
    const { agents, calls, port } = this.#core
    const agent = calls.agent[call]
    campaign.bridgedCount -= 1
    calls.agent[call] = -1
    agents.call[agent] = -1
    port.releaseAgent(agent)
    return agent
  }

  /** No agent in time: the person hears the message, or silence, and the call is abandoned. */
  giveUp(campaign: CampaignState, call: number, now: number): void {
    const { calls, port } = this.#core
    if (calls.state[call] === CallState.waiting) campaign.waitingCount -= 1
    else if (calls.state[call] === CallState.detecting) campaign.detectingCount -= 1
    if (campaign.hasFlow && this.#scripting.resumes(campaign, call)) return
    calls.outcome[call] = Outcome.abandoned
    const silent = !campaign.settings.abandonMessage
    if (silent) calls.flags[call] |= CallFlag.silent
    campaign.compliance?.abandoned(calls, call)
    campaign.policy.saw(Seen.abandoned, now, this.#personShare(campaign, call))
    if (silent) return this.#core.hangUp(call)
    calls.state[call] = CallState.ending
    port.playAbandoned(call)
  }
}
