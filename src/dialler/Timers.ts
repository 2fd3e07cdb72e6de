import { Outcome } from "../domain/Outcome.ts"
import { CallState } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import { byTurn, type CoreState } from "./CoreState.ts"
import type { Joining } from "./Joining.ts"
import type { Placing } from "./Placing.ts"
import type { Settling } from "./Settling.ts"
import type { SlotQueue } from "./SlotQueue.ts"

/** What the core does because time has passed: ring and wait limits, previews and wrap-ups that are up, pacing ticks. */
export class Timers {
  readonly #core: CoreState
  readonly #joining: Joining
  readonly #placing: Placing
  readonly #settling: Settling
  readonly #events: { readonly wrapUpDone: (agent: number, now: number) => void }

  constructor(
    core: CoreState,
    joining: Joining,
    placing: Placing,
    settling: Settling,
    events: { readonly wrapUpDone: (agent: number, now: number) => void }
  ) {
    this.#core = core
    this.#joining = joining
    this.#placing = placing
    this.#settling = settling
    this.#events = events
  }

  /** Does what is due at `now` and finds the next instant at which something is. */
  run(now: number): void {
    const { campaigns } = this.#core
    // An agent who is free at this instant takes a person whose wait ends at it.
    for (let i = 0; i < campaigns.length; i += 1) this.#wrapLimits(campaigns[i], now)
    if (campaigns.length === 1) {
      if (campaigns[0].wakeAt <= now) this.#runCampaign(campaigns[0], now)
    } else {
      // They may all have waited for the same line or second of the trunk.
      const due = campaigns.filter((campaign) => campaign.wakeAt <= now).sort(byTurn)
      for (const campaign of due) this.#runCampaign(campaign, now)
    }
    let next = Number.POSITIVE_INFINITY
    for (let i = 0; i < campaigns.length; i += 1) next = Math.min(next, campaigns[i].wakeAt)
    this.#core.nextTimerAt = next
  }

  #runCampaign(campaign: CampaignState, now: number): void {
    campaign.wakeAt = Number.POSITIVE_INFINITY
    if (campaign.setUpTimers.headAt <= now) this.#setUpLimits(campaign, now)
    if (campaign.ringTimers.headAt <= now) this.#ringLimits(campaign, now)
    if (campaign.dropTimers.headAt <= now) this.#waitLimits(campaign, now)
    if (campaign.callerTimers.headAt <= now) this.#callerLimits(campaign, now)
    if (campaign.previewTimers.headAt <= now) this.#previewLimits(campaign, now)
    if (campaign.orphansAt <= now) this.#settling.takeBackOrphans(campaign, now)
    const promised = campaign.list.promises.nextAt <= now
    if (promised) campaign.list.promises.settle(now)
    if (promised || campaign.resumeAt <= now || campaign.policy.askAt <= now) {
      // With nobody to serve the list is not looked at, and the next agent to come asks anew.
      if (campaign.resumeAt <= now) campaign.resumeAt = Number.POSITIVE_INFINITY
      this.#placing.act(campaign, now)
    }
    this.#dropStale(campaign.setUpTimers)
    this.#dropStale(campaign.ringTimers)
    campaign.wake(campaign.setUpTimers.headAt)
    campaign.wake(campaign.ringTimers.headAt)
    campaign.wake(campaign.dropTimers.headAt)
    campaign.wake(campaign.callerTimers.headAt)
    campaign.wake(campaign.previewTimers.headAt)
    campaign.wake(campaign.wrapTimers.headAt)
    campaign.wake(campaign.orphansAt)
    campaign.wake(campaign.list.promises.nextAt)
    campaign.wake(campaign.resumeAt)
    // A limit may have kept the core from asking; then the event that lifts the limit does.
    if (campaign.policy.askAt > now) campaign.wake(campaign.policy.askAt)
  }

  #ringLimits(campaign: CampaignState, now: number): void {
    const { calls } = this.#core
    for (const queue = campaign.ringTimers; queue.headAt <= now; queue.pop()) {
      const call = queue.headSlot
      if (calls.generation[call] !== queue.headGeneration || calls.state[call] !== CallState.ringing) continue
      calls.outcome[call] = Outcome.noAnswer
      campaign.stopRinging(call, calls)
      this.#core.hangUp(call)
    }
  }

  /** Calls that were to be reported as ringing and never were; the network lost them. */
  #setUpLimits(campaign: CampaignState, now: number): void {
    const { calls } = this.#core
    for (const queue = campaign.setUpTimers; queue.headAt <= now; queue.pop()) {
      const call = queue.headSlot
      if (calls.generation[call] !== queue.headGeneration || calls.state[call] !== CallState.ringing) continue
      if (calls.ringingAt[call] >= 0) continue
      calls.outcome[call] = Outcome.congestion
      campaign.stopRinging(call, calls)
      this.#core.hangUp(call)
    }
  }

  #waitLimits(campaign: CampaignState, now: number): void {
    const { calls } = this.#core
    for (const queue = campaign.dropTimers; queue.headAt <= now;) {
      const call = queue.headSlot
      const same = calls.generation[call] === queue.headGeneration
      queue.pop()
      if (!same) continue
      // The clock of the detection before the script began.
      const scripted = calls.outcome[call] === Outcome.scripted
      if (scripted && calls.wantedAt[call] + campaign.settings.dropMillis > now) continue
      const state = calls.state[call]
      if (state === CallState.waiting) this.#joining.giveUp(campaign, call, now)
      else if (state === CallState.detecting) this.#joining.lastChance(campaign, call, now)
      else if (state === CallState.joining) {
        const agent = this.#joining.unjoin(campaign, call)
        this.#joining.lastChance(campaign, call, now)
        this.#settling.free(agent, now)
      }
    }
  }

  #callerLimits(campaign: CampaignState, now: number): void {
    const { calls } = this.#core
    for (const queue = campaign.callerTimers; queue.headAt <= now;) {
      const call = queue.headSlot
      const same = calls.generation[call] === queue.headGeneration
      queue.pop()
      if (same) this.#joining.callerLimit(campaign, call, now)
    }
  }

  #previewLimits(campaign: CampaignState, now: number): void {
    const { calls } = this.#core
    for (const queue = campaign.previewTimers; queue.headAt <= now;) {
      const call = queue.headSlot
      const same = calls.generation[call] === queue.headGeneration
      queue.pop()
      if (same && calls.state[call] === CallState.preview) this.#placing.dialPreviewed(campaign, call, now)
    }
  }

  #wrapLimits(campaign: CampaignState, now: number): void {
    const { calls } = this.#core
    for (const queue = campaign.wrapTimers; queue.headAt <= now;) {
      const call = queue.headSlot
      const same = calls.generation[call] === queue.headGeneration
      queue.pop()
      if (same && calls.state[call] === CallState.wrap) this.#events.wrapUpDone(calls.agent[call], now)
    }
  }

  /** Ring timers of calls that are past ringing wake nobody. */
  #dropStale(queue: SlotQueue): void {
    const { calls } = this.#core
    while (queue.size > 0) {
      const call = queue.headSlot
      if (calls.generation[call] === queue.headGeneration && calls.state[call] === CallState.ringing) return
      queue.pop()
    }
  }
}
