import type { CampaignState } from "./CampaignState.ts"
import { byTurn, type CoreState } from "./CoreState.ts"
import { Bound } from "./pacing/Policy.ts"

/** So that thirty thirtieths of a second are a second. */
const rounding = 1e-6

/** Lines and calls per second, of the trunk and of each campaign: whether one more call may be placed now. */
export class LineLimits {
  /** What kept the last call back, a code of `Bound`. */
  bound: number = Bound.lines
  readonly #core: CoreState
  #trunkNextCallAt = 0
  #trunkBlocks = false

  constructor(core: CoreState) {
    this.#core = core
  }

  /** Whether the campaign may place a call now; if not, it is woken when time, or a line set free, will help. */
  allow(campaign: CampaignState, now: number): boolean {
    const { trunk } = this.#core
    if (campaign.lines >= campaign.settings.linesMax) return this.#refuse(Bound.lines)
    if (this.#core.lines >= trunk.linesMax) {
      campaign.blockedByTrunk = true
      this.#trunkBlocks = true
      return this.#refuse(Bound.lines)
    }
    // Calls are spaced evenly, in fractions of a millisecond; an instant stands for the millisecond that begins with it.
    const mayCallAt = Math.floor(Math.max(campaign.nextCallAt, this.#trunkNextCallAt) + rounding)
    if (mayCallAt > now) {
      campaign.resumeAt = mayCallAt
      this.#core.expect(campaign, mayCallAt)
      return this.#refuse(Bound.callsPerSecond)
    }
    return true
  }

  /** Counts a call that is placed now. */
  placed(campaign: CampaignState, now: number): void {
    campaign.lines += 1
    this.#core.lines += 1
    campaign.nextCallAt = Math.max(campaign.nextCallAt, now) + 1_000 / campaign.settings.callsPerSecondMax
    this.#trunkNextCallAt = Math.max(this.#trunkNextCallAt, now) + 1_000 / this.#core.trunk.callsPerSecondMax
  }

  /** Campaigns the full trunk had stopped, to go on now that a line is free; none most of the time. */
  unblocked(): ReadonlyArray<CampaignState> {
    if (!this.#trunkBlocks) return none
    this.#trunkBlocks = false
    const campaigns = this.#core.campaigns.filter((campaign) => campaign.blockedByTrunk).sort(byTurn)
    for (const campaign of campaigns) campaign.blockedByTrunk = false
    return campaigns
  }

  #refuse(bound: number): false {
    this.bound = bound
    return false
  }
}

const none: ReadonlyArray<CampaignState> = []
