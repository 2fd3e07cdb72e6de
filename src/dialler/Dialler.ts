import { AgentState } from "../domain/AgentState.ts"
import { type ModeName, modeNames, modes } from "../domain/Mode.ts"
import { Outcome } from "../domain/Outcome.ts"
import type { PacingSettings } from "../domain/Pacing.ts"
import { AgentTable, Leaving } from "./AgentTable.ts"
import { Arrivals } from "./Arrivals.ts"
import { CallFlag, CallState, CallTable, isBeforePlacing } from "./CallTable.ts"
import { campaignsOf } from "./campaignsOf.ts"
import type { CampaignState } from "./CampaignState.ts"
import { Closed } from "./ContactList.ts"
import { CoreState } from "./CoreState.ts"
import type { DiallerSettings } from "./DiallerSettings.ts"
import type { OrderKeys } from "./FreshQueue.ts"
import { FlowEvents } from "./FlowEvents.ts"
import { Joining } from "./Joining.ts"
import { Bound, type Policy, Seen } from "./pacing/Policy.ts"
import { policyOf } from "./pacing/policyOf.ts"
import { Placing } from "./Placing.ts"
import type { Port } from "./Port.ts"
import { Scripting } from "./Scripting.ts"
import { Settling } from "./Settling.ts"
import { Stopping } from "./Stopping.ts"
import { Timers } from "./Timers.ts"

/** How long a contact an agent skipped stays away. */
const skippedMillis = 3_600_000

/**
 * The decision core: events come in by method call with the instant (whole milliseconds, never going back) they happened
 * at, commands go out through the port. It holds no clock and no chance: the same events give the same commands. The
 * driver calls `timers` at `nextTimerAt`, after all events of that instant. An event that comes too late for the state
 * its call or agent is in (the race was lost) is ignored.
 */
export class Dialler {
  readonly agents: AgentTable
  readonly calls = new CallTable()
  readonly campaigns: ReadonlyArray<CampaignState>
  readonly #core: CoreState
  readonly arrivals: Arrivals
  readonly flows: FlowEvents
  readonly stopping: Stopping
  readonly #joining: Joining
  readonly #placing: Placing
  readonly #settling: Settling
  readonly #timers: Timers
  readonly #startMinutes: number

  constructor(settings: DiallerSettings, port: Port) {
    this.#startMinutes = settings.startMinutes
    const groupOfAgent = settings.groups.flatMap((group, index) => new Array<number>(group.agents).fill(index))
    this.agents = new AgentTable(groupOfAgent, settings.groups.length)
    groupOfAgent.forEach((group, agent) => {
      this.agents.alwaysOn[agent] = settings.groups[group].alwaysOn ? 1 : 0
    })
    this.campaigns = campaignsOf(settings)
    this.#core = new CoreState(
      this.agents,
      this.calls,
      this.campaigns,
      settings.groups.length,
      settings.trunk,
      port,
      settings.startMinutes
    )
    for (const campaign of this.campaigns) {
      campaign.pool = this.campaigns.filter(
        (other) => other === campaign || other.groups.some((group) => campaign.groups.includes(group))
      )
      campaign.policy.attach?.(campaign, this.agents, this.calls)
    }
    const scripting = new Scripting(this.#core)
    this.#joining = new Joining(this.#core, scripting)
    this.flows = new FlowEvents(this.#core, scripting, this.#joining)
    this.#placing = new Placing(this.#core, this.#joining)
    this.#settling = new Settling(this.#core, this.#joining, this.#placing, scripting)
    this.arrivals = new Arrivals(this.#core, this.#joining, this.#placing, this.#settling)
    this.stopping = new Stopping(this.#core, this.#joining, this.#settling, (campaign, now) =>
      this.pause(campaign, now)
    )
    this.#timers = new Timers(this.#core, this.#joining, this.#placing, this.#settling, this)
  }

  /** When `timers` is to be called; Infinity for never. */
  get nextTimerAt(): number {
    return this.#core.nextTimerAt
  }

  /** Does what is due at `now`. */
  timers(now: number): void {
    this.#timers.run(now)
  }

  /** Lines and calls per second that the trunk has from now on, none for 0: more than that stay up, and none are added. */
  setTrunk(linesMax: number, callsPerSecondMax: number, now: number): void {
    this.#core.trunk = { ...this.#core.trunk, linesMax, callsPerSecondMax }
    this.#placing.lineFreed(now)
  }

  /* ---- campaigns ---- */

  /** Adds contacts that were never called; returns the number of the first. */
  addContacts(campaign: number, count: number, segment: number, now: number): number {
    const first = this.campaigns[campaign].list.add(count, segment)
    if (count > 0) this.campaigns[campaign].done = false
    this.#placing.act(this.campaigns[campaign], now)
    return first
  }

  /** A person asks to be called (callback mode): first come, first served, before every other contact. */
  requestCallback(campaign: number, segment: number, now: number): number {
    const contact = this.campaigns[campaign].list.request(segment)
    this.campaigns[campaign].done = false
    this.#placing.act(this.campaigns[campaign], now)
    return contact
  }

  /** Contacts of a segment that is off wait; calls under way go on. */
  switchSegment(campaign: number, segment: number, on: boolean, now: number): void {
    this.campaigns[campaign].list.switchSegment(segment, on)
    this.#placing.act(this.campaigns[campaign], now)
  }

  /** Leaves out the contacts with a 1; null leaves nobody out. */
  setFilter(campaign: number, leftOut: Uint8Array | null, now: number): void {
    this.campaigns[campaign].list.setFilter(leftOut)
    this.#placing.act(this.campaigns[campaign], now)
  }

  /** Order of contacts never called: by keys, the smallest first; `fewestFirst`: those with the fewest attempts before. */
  setOrder(campaign: number, keys: OrderKeys, fewestFirst: boolean, now: number): void {
    this.campaigns[campaign].list.setOrder(keys, fewestFirst)
    this.#placing.act(this.campaigns[campaign], now)
  }

  /**
   * Promises a contact that waits a call at `at`, by this agent until `until`, by anyone (-1) from then on; false for one in
   * work or closed.
   */
  promiseCall(campaign: number, contact: number, at: number, until: number, agent: number): boolean {
    const { list } = this.campaigns[campaign]
    if (!list.lift(contact)) return false
    list.promise(contact, at, until, agent)
    this.#core.expect(this.campaigns[campaign], at)
    return true
  }

  /** Nobody calls the contact again; a call under way is served to its end. `as` is a code of `Closed`. */
  withdraw(campaign: number, contact: number, as: number): void {
    const state = this.campaigns[campaign]
    if (as === Closed.doNotCall) state.compliance?.calling.forbid(contact)
    state.list.withdraw(contact, as)
    this.#core.noticeEnd(state)
  }

  /** The copies of the suppression lists of a campaign's law are fresh enough until then, by the law's clock: calls go on. */
  setListsGoodUntil(campaign: number, instant: number, now: number): void {
    const state = this.campaigns[campaign]
    state.compliance?.calling.setListsGoodUntil(instant)
    this.#placing.act(state, now)
  }

  /** A call taken for a machine was listened to: it was placed at `placedAt`, and a person had answered, or not. */
  sampled(campaign: number, isPerson: boolean, placedAt: number): void {
    this.campaigns[campaign].compliance?.sampled(isPerson, placedAt)
  }

  /** Mode and pacing may change at any time; calls under way finish as they began. */
  change(campaign: number, mode: ModeName, pacing: PacingSettings, now: number): void {
    const state = this.campaigns[campaign]
    this.calls.keepMode(campaign, modeNames.indexOf(state.mode.name))
    state.mode = modes[mode]
    state.compliance?.calling.setMode(mode)
    this.#core.sortClaims()
    this.setPolicy(campaign, policyOf(pacing, state.settings, this.#startMinutes), now)
  }

  /** Puts a policy of the caller's own in charge of the pacing. */
  setPolicy(campaign: number, policy: Policy, now: number): void {
    const state = this.campaigns[campaign]
    state.policy = policy
    policy.attach?.(state, this.agents, this.calls)
    this.#placing.act(state, now)
  }

  /** Nothing is dialled any more; calls under way are served to their end. */
  pause(campaign: number, now: number): void {
    this.campaigns[campaign].running = false
    this.campaigns[campaign].bind(Bound.stopped, now)
    this.#takeCards(campaign, now)
  }

  /** Contacts that were not dialled yet go back to the list, and the agents held for them are free. */
  #takeCards(campaign: number, now: number): void {
    const { agents, calls } = this
    for (let call = 0; call < calls.state.length; call += 1) {
      const state = calls.state[call]
      if (!isBeforePlacing(state)) continue
      if (calls.campaign[call] !== campaign) continue
      const agent = calls.agent[call]
      agents.call[agent] = -1
      if (state === CallState.agentFirst) this.#core.port.releaseAgent(agent)
      this.#settling.dropPreview(call, now, now)
      this.#settling.free(agent, now)
    }
  }

  resume(campaign: number, now: number): void {
    this.campaigns[campaign].running = true
    this.campaigns[campaign].stopping = false
    this.#placing.act(this.campaigns[campaign], now)
  }

  /* ---- agents ---- */

  agentSignedIn(agent: number, now: number): void {
    if (this.agents.state[agent] !== AgentState.signedOut) return
    this.agents.leaving[agent] = Leaving.no
    this.agents.idleMillis[agent] = 0
    this.#settling.ready(agent, now)
  }

  /** The agent wants a break: at once when free, else when the work in hand is finished. */
  agentPauses(agent: number, now: number): void {
    const state = this.agents.state[agent]
    if (state === AgentState.ready) this.#goes(agent, AgentState.paused, now)
    else if (state > AgentState.ready && this.agents.leaving[agent] === Leaving.no) {
      this.agents.leaving[agent] = Leaving.pause
    }
  }

  /** The agent wants to go: at once when free or on a break, else when the work in hand is finished. */
  agentSignsOut(agent: number, now: number): void {
    const state = this.agents.state[agent]
    if (state === AgentState.ready || state === AgentState.paused) this.#goes(agent, AgentState.signedOut, now)
    else if (state > AgentState.ready) this.agents.leaving[agent] = Leaving.signOut
  }

  agentReturns(agent: number, now: number): void {
    if (this.agents.leaving[agent] === Leaving.pause) this.agents.leaving[agent] = Leaving.no
    if (this.agents.state[agent] === AgentState.paused) this.#settling.ready(agent, now)
  }

  #goes(agent: number, state: number, now: number): void {
    this.#core.enter(agent, state, now)
    this.#settling.noticeAbsence(this.agents.group[agent], now, state === AgentState.signedOut)
  }

  /** The agent is gone at once, whatever was in hand: a closed browser, a lost phone. */
  agentLost(agent: number, now: number): void {
    const { agents, calls } = this
    if (agents.state[agent] === AgentState.signedOut) return
    const call = agents.call[agent]
    agents.leaving[agent] = Leaving.no
    agents.call[agent] = -1
    this.#core.enter(agent, AgentState.signedOut, now)
    if (call >= 0) {
      const campaign = this.campaigns[calls.campaign[call]]
      const state = calls.state[call]
      if (state === CallState.ringing) campaign.heldRingingCount -= 1
      // From talk on the record keeps who it was.
      if (state < CallState.talk || state === CallState.ending) calls.agent[call] = -1
      if (state === CallState.hold) calls.holdMillis[call] += now - calls.heldAt[call]
      if (isBeforePlacing(state)) this.#settling.dropPreview(call, now, now)
      else if (state === CallState.joining) this.#findAnother(call, now)
      else if (state === CallState.wrap) {
        calls.wrapMillis[call] = now - calls.endedAt[call]
        this.#settling.close(call, now)
      } else if (state === CallState.talk || state === CallState.hold) {
        calls.outcome[call] = Outcome.connected
        this.#core.hangUp(call)
      } else if (state === CallState.ringing) this.#settling.watchOrphans(campaign, now)
    }
    this.#settling.noticeAbsence(agents.group[agent], now)
  }

  /** Manual mode: a free agent asks for the next contact of the campaign; false when there is none to be had now. */
  agentTakes(agent: number, campaign: number, now: number): boolean {
    const { groups, mode } = this.campaigns[campaign]
    if (mode.takenBy !== "agent" || !groups.includes(this.agents.group[agent])) return false
    if (this.agents.state[agent] !== AgentState.ready) return false
    return this.#placing.reserve(this.campaigns[campaign], agent, now)
  }

  /** The agent presses dial on the card. */
  agentDials(agent: number, now: number): void {
    const call = this.agents.call[agent]
    if (call < 0 || this.calls.state[call] !== CallState.preview) return
    this.#placing.dialPreviewed(this.campaigns[this.calls.campaign[call]], call, now)
  }

  /** The agent passes over the contact on the card. */
  agentSkips(agent: number, now: number): void {
    const call = this.agents.call[agent]
    if (call < 0 || this.calls.state[call] !== CallState.preview) return
    this.#settling.dropPreview(call, now + skippedMillis, now)
    this.agents.call[agent] = -1
    this.#settling.free(agent, now)
  }

  /** The agent's phone, rung by `ringAgent`, was picked up. */
  agentAnswered(agent: number, now: number): void {
    const call = this.agents.call[agent]
    if (call < 0) return
    const campaign = this.campaigns[this.calls.campaign[call]]
    const state = this.calls.state[call]
    if (state === CallState.joining) this.#joining.connect(campaign, call, agent, now)
    else if (state === CallState.agentFirst) this.#placing.placeInTurn(campaign, call, now)
  }

  /** The agent's phone was not picked up, or the call refused: the agent goes on a break, the customer to the next one. */
  agentMissed(agent: number, now: number): void {
    const { agents, calls } = this
    const call = agents.call[agent]
    if (call < 0) return
    const state = calls.state[call]
    if (state !== CallState.joining && state !== CallState.agentFirst) return
    agents.call[agent] = -1
    calls.agent[call] = -1
    const next = agents.leaving[agent] === Leaving.signOut ? AgentState.signedOut : AgentState.paused
    agents.leaving[agent] = Leaving.no
    this.#core.enter(agent, next, now)
    if (state === CallState.agentFirst) this.#settling.dropPreview(call, now, now)
    else this.#findAnother(call, now)
    this.#settling.noticeAbsence(agents.group[agent], now, next === AgentState.signedOut)
  }

  #findAnother(call: number, now: number): void {
    const campaign = this.campaigns[this.calls.campaign[call]]
    campaign.bridgedCount -= 1
    this.#joining.find(campaign, call, now)
  }

  /**
   * After-call work is done; the attempt is complete. `disposition`: what the agent chose, by its position in the campaign's
   * list (-1: nothing); `askedAt`: when the person asked to be called (-1: no time).
   */
  wrapUpDone(agent: number, now: number, disposition = -1, askedAt = -1): void {
    const { calls } = this
    const call = this.agents.call[agent]
    if (call < 0 || calls.state[call] !== CallState.wrap) return
    calls.disposition[call] = disposition
    calls.askedAt[call] = askedAt
    const campaign = this.campaigns[calls.campaign[call]]
    this.agents.call[agent] = -1
    calls.wrapMillis[call] = now - calls.endedAt[call]
    if (calls.connectedAt[call] >= 0 && !calls.hasArrived(call)) {
      campaign.learned.handled(agent, calls.endedAt[call] - calls.connectedAt[call], calls.wrapMillis[call])
      campaign.policy.saw(Seen.disposed, now)
    }
    this.#settling.close(call, now)
    this.#settling.free(agent, now)
  }

  /* ---- calls ---- */

  /** The far end rings; only told where the trunk reports it. */
  ringing(call: number, now: number): void {
    const { calls } = this
    if (calls.state[call] !== CallState.ringing || calls.ringingAt[call] >= 0) return
    calls.ringingAt[call] = now
    const campaign = this.campaigns[calls.campaign[call]]
    const at = now + campaign.settings.ringMillisMax
    campaign.ringTimers.push(call, calls.generation[call], at)
    this.#core.expect(campaign, at)
  }

  /** The customer's leg was answered. `machine`: by a machine, said by a driver that knows the truth. */
  answered(call: number, now: number, machine = false): void {
    const { calls } = this
    if (machine) calls.flags[call] |= CallFlag.machineAnswered
    const campaign = this.campaigns[calls.campaign[call]]
    const state = calls.state[call]
    if (state === CallState.ending && calls.answeredAt[call] < 0) {
      // The answer crossed our hang-up: a person heard nothing. It is an abandoned call, and a silent one.
      calls.answeredAt[call] = now
      calls.outcome[call] = Outcome.abandoned
      calls.flags[call] |= CallFlag.silent
      campaign.compliance?.abandoned(calls, call)
      campaign.policy.saw(Seen.abandoned, now)
    }
    if (state !== CallState.ringing) return
    calls.answeredAt[call] = now
    campaign.stopRinging(call, calls)
    campaign.policy.saw(Seen.answered, now)
    if (campaign.settings.detection && calls.agent[call] < 0) {
      calls.state[call] = CallState.detecting
      campaign.detectingCount += 1
      this.#joining.startClock(campaign, call, now)
      this.#core.port.detect(call)
    } else this.#joining.serve(campaign, call, now)
    this.#placing.act(campaign, now)
  }

  /** Verdict of the answering-machine detection. `wrong`: of a person taken for a machine, said by a driver that knows the truth. */
  detected(call: number, machine: boolean, now: number, wrong = false): void {
    const { calls } = this
    if (calls.state[call] !== CallState.detecting) return
    if (wrong) calls.flags[call] |= CallFlag.machineFalse
    const campaign = this.campaigns[calls.campaign[call]]
    campaign.detectingCount -= 1
    if (machine) {
      calls.outcome[call] = Outcome.machine
      this.#core.hangUp(call)
    } else this.#joining.serve(campaign, call, now)
    this.#placing.act(campaign, now)
  }

  /** The automatic script is over; `transfer` when the person asked for an agent. */
  scriptEnded(call: number, transfer: boolean, now: number): void {
    const { calls } = this
    if (calls.state[call] !== CallState.script) return
    const campaign = this.campaigns[calls.campaign[call]]
    campaign.scriptCount -= 1
    calls.outcome[call] = Outcome.scripted
    if (transfer && campaign.groups.length > 0) this.#joining.wants(campaign, call, now)
    else this.#core.hangUp(call)
  }

  /** The ringing call came to nothing: busy, rejected, invalid, congestion, or the network's own no answer. */
  failed(call: number, outcome: number, now: number): void {
    const { calls } = this
    if (calls.state[call] === CallState.ringing) {
      calls.outcome[call] = outcome
      this.campaigns[calls.campaign[call]].stopRinging(call, calls)
      this.#settling.over(call, now)
    } else if (calls.state[call] === CallState.ending) this.#settling.over(call, now)
  }

  /** The customer's leg is down. `machine`: the agent it was joined to says that it was a machine. */
  ended(call: number, now: number, machine = false): void {
    const { calls } = this
    const campaign = this.campaigns[calls.campaign[call]]
    let freed = -1
    switch (calls.state[call]) {
      case CallState.ringing:
        return this.failed(call, Outcome.noAnswer, now)
      case CallState.detecting:
        campaign.detectingCount -= 1
        calls.outcome[call] = Outcome.hungUpWaiting
        break
      case CallState.waiting:
        this.#joining.stopWaiting(campaign, call, now)
        calls.outcome[call] = Outcome.hungUpWaiting
        break
      case CallState.joining:
        freed = this.#joining.unjoin(campaign, call)
        calls.outcome[call] = Outcome.hungUpWaiting
        break
      case CallState.script:
        campaign.scriptCount -= 1
        calls.outcome[call] = Outcome.scripted
        break
      case CallState.hold:
        calls.holdMillis[call] += now - calls.heldAt[call]
        calls.outcome[call] = Outcome.connected
        break
      case CallState.talk:
        calls.outcome[call] = machine && !calls.hasArrived(call) ? Outcome.machine : Outcome.connected
        break
      case CallState.ending:
        break
      default:
        return
    }
    this.#settling.over(call, now)
    if (freed >= 0) this.#settling.free(freed, now)
  }

  held(call: number, now: number): void {
    const { calls } = this
    if (calls.state[call] !== CallState.talk) return
    calls.state[call] = CallState.hold
    calls.heldAt[call] = now
    this.#core.enter(calls.agent[call], AgentState.hold, now)
  }

  resumed(call: number, now: number): void {
    const { calls } = this
    if (calls.state[call] !== CallState.hold) return
    calls.state[call] = CallState.talk
    calls.holdMillis[call] += now - calls.heldAt[call]
    this.#core.enter(calls.agent[call], AgentState.talk, now)
  }
}
