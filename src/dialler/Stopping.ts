import { Outcome } from "../domain/Outcome.ts"
import { CallFlag, CallState, isBeforePlacing } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import type { CoreState } from "./CoreState.ts"
import type { Joining } from "./Joining.ts"
import type { Settling } from "./Settling.ts"

/** The end of a day's work, in good order or not. */
export class Stopping {
  readonly #core: CoreState
  readonly #joining: Joining
  readonly #settling: Settling
  readonly #pause: (campaign: number, now: number) => void

  constructor(core: CoreState, joining: Joining, settling: Settling, pause: (campaign: number, now: number) => void) {
    this.#core = core
    this.#joining = joining
    this.#settling = settling
    this.#pause = pause
  }

  /**
   * Nothing is dialled any more, in any campaign. Calls that ring are taken back as soon as they have rung their legal
   * minimum; whoever answered is served to the end, and callers wait while anybody is there.
   */
  stop(now: number): void {
    for (const campaign of this.#core.campaigns) {
      this.#pause(campaign.index, now)
      campaign.stopping = true
      this.#settling.takeBackOrphans(campaign, now)
      this.#settling.endVainWaits(campaign, now)
    }
  }

  /**
   * The dialler itself had stopped, and its calls are down: every attempt under way is closed. Who had talked to an agent was
   * connected, and that agent still has the wrap-up to do; all others are interrupted, and whoever had answered
   * counts as abandoned for the law. Every campaign is paused.
   */
  interrupted(now: number): void {
    const { calls, campaigns } = this.#core
    for (const campaign of campaigns) this.#pause(campaign.index, now)
    for (let call = 0; call < calls.state.length; call += 1) {
      const state = calls.state[call]
      if (state === CallState.free || state === CallState.wrap || isBeforePlacing(state)) continue
      this.#interrupt(campaigns[calls.campaign[call]], call, now)
    }
  }

  #interrupt(campaign: CampaignState, call: number, now: number): void {
    const { calls } = this.#core
    const forAgent = this.#core.modeOf(campaign, call).servedBy === "agent" || calls.wantedAt[call] >= 0
    let freed = -1
    let outcome: number = Outcome.interrupted
    switch (calls.state[call]) {
      case CallState.ringing:
        campaign.stopRinging(call, calls)
        break
      case CallState.detecting:
        campaign.detectingCount -= 1
        break
      case CallState.waiting:
        this.#joining.stopWaiting(campaign, call, now)
        break
      case CallState.joining:
        freed = this.#joining.unjoin(campaign, call)
        break
      case CallState.script:
        campaign.scriptCount -= 1
        break
      case CallState.hold:
        calls.holdMillis[call] += now - calls.heldAt[call]
        outcome = Outcome.connected
        break
      case CallState.talk:
        outcome = Outcome.connected
        break
      default:
        // It was being ended: what it had come to stands.
        outcome = calls.outcome[call]
    }
    const unheard = !calls.hasArrived(call) && outcome === Outcome.interrupted && calls.answeredAt[call] >= 0
    if (unheard && forAgent && calls.state[call] !== CallState.script) {
      calls.flags[call] |= CallFlag.silent
      campaign.compliance?.abandoned(calls, call)
    }
    calls.outcome[call] = outcome
    this.#settling.over(call, now)
    if (freed >= 0) this.#settling.free(freed, now)
  }
}
