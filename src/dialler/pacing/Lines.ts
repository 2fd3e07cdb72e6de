import type { CampaignState } from "../CampaignState.ts"
import { Bound, type Floor, type Policy, Seen } from "./Policy.ts"

/** So that a thousand thousandths of a second are a second, whatever binary fractions make of them. */
const rounding = 1e-6

/** Automatic mode: keeps a number of lines in use, and starts no more than so many calls per second. */
export class Lines implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.lines
  readonly #linesMax: number
  readonly #gapMillis: number
  #nextCallAt = 0
  #campaign!: CampaignState

  constructor(linesMax: number, callsPerSecondMax: number) {
    this.#linesMax = linesMax
    this.#gapMillis = 1_000 / callsPerSecondMax
  }

  attach(campaign: CampaignState): void {
    this.#campaign = campaign
  }

  oneMore(floor: Floor): boolean {
    this.askAt = Number.POSITIVE_INFINITY
    // Of all lines, also those on which the script plays or the end is not confirmed yet.
    this.bound = Bound.lines
    if (this.#campaign.lines >= this.#linesMax) return false
    const callAt = Math.floor(this.#nextCallAt + rounding)
    if (callAt <= floor.now) return true
    this.bound = Bound.callsPerSecond
    this.askAt = callAt
    return false
  }

  saw(what: number, now: number): void {
    if (what === Seen.placed) this.#nextCallAt = Math.max(this.#nextCallAt, now) + this.#gapMillis
  }
}
