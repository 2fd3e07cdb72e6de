import type { VicidialSettings } from "../../domain/Pacing.ts"
import { Bound, type Floor, type Policy } from "./Policy.ts"
import { clockNumber } from "./vicidial/clock.ts"
import { DropStatistics } from "./vicidial/DropStatistics.ts"
import { FloorSamples } from "./vicidial/FloorSamples.ts"
import { type LevelRule, nextLevel } from "./vicidial/levelUpdate.ts"
import { newCalls } from "./vicidial/placing.ts"
import { roundDecimals } from "./vicidial/rounding.ts"

/** Pause between placing passes. */
const passPauseMillis = 2_500
/** Five calls a second on one server. */
const callGapMillis = 200
const sampleMillis = 1_000
const levelMillis = 15_000
const refreshMillis = 60_000

/**
 * VICIdial 2.14 on one server, methods RATIO and ADAPT: calls are placed in passes only, and the dial level follows
 * idle agents and waiting customers until a drop limit stops it. The difference target acts as ADAPT_CALC_ONLY;
 * thresholds and the in-call tally are off, as by default.
 *
 * Floor states: ready is READY; preview, reserved, talk and hold are QUEUE or INCALL with a customer. Wrap-up is PAUSED
 * with the disposition form open, or INCALL without a customer: either way it is not dialled for, yet it is a signed-in
 * agent in the means, and so is an agent on a break. Timing starts when the policy is first asked.
 */
export class Vicidial implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.ratio
  readonly #startMinutes: number
  readonly #rule: { level: number; availableOnly: boolean; agentsAdded: number; busyLong: number }
  /** `null` for RATIO: a fixed level needs no statistics. */
  readonly #levelRule: LevelRule | null
  readonly #samples = new FloorSamples()
  readonly #drops: DropStatistics
  /** False until the first ask, and while nobody is signed in. */
  #running = false
  #sampleAt = Number.POSITIVE_INFINITY
  #levelAt = 0
  #refreshAt = Number.NEGATIVE_INFINITY
  /** The next pass, or the next call of the pass under way. */
  #placeAt = 0
  /** Calls left in the pass under way. */
  #callsLeft = 0

  /** `startMinutes`: clock time at instant 0, minutes after midnight. */
  constructor(settings: VicidialSettings, startMinutes: number) {
    const { method, level, levelMax, intensity, differenceTarget, taperEnd } = settings
    const dropPercentMax = roundDecimals(100 * settings.dropLimit, 2)
    this.#startMinutes = startMinutes
    this.#rule = { level, availableOnly: settings.availableOnly, agentsAdded: 0, busyLong: 0 }
    this.#levelRule =
      method === "ratio" ? null : { method, levelMax, intensity, differenceTarget, dropPercentMax, taperEnd }
    this.#drops = new DropStatistics(startMinutes)
  }

  /** The dial level in force. */
  get level(): number {
    return this.#rule.level
  }

  oneMore(floor: Floor): boolean {
    const { now } = floor
    if (this.#running && now < this.askAt) return false
    this.bound = Bound.ratio
    if (floor.idle + floor.busy + floor.wrapping + floor.paused === 0) return this.#sleep()
    if (!this.#running) this.#wake(now)
    if (now >= this.#sampleAt && this.#levelRule !== null) this.#sample(floor, this.#levelRule)
    const yes = this.#place(floor)
    this.askAt = Math.min(this.#placeAt, this.#sampleAt)
    return yes
  }

  saw(what: number, now: number): void {
    if (this.#levelRule !== null) this.#drops.saw(what, now)
  }

  #sleep(): false {
    this.#running = false
    this.#callsLeft = 0
    this.askAt = Number.POSITIVE_INFINITY
    this.bound = Bound.agents
    return false
  }

  #wake(now: number): void {
    this.#running = true
    this.#placeAt = Math.max(this.#placeAt, now)
    if (this.#levelRule === null) return
    this.#sampleAt = now
    this.#levelAt = now + levelMillis
  }

  #sample(floor: Floor, rule: LevelRule): void {
    const { now } = floor
    this.#sampleAt = now + sampleMillis
    this.#samples.add(floor)
    if (now >= this.#refreshAt) {
      this.#refreshAt = now + refreshMillis
      this.#drops.refresh(now)
    }
    if (now < this.#levelAt) return
    this.#levelAt = now + levelMillis
    const clock = clockNumber(this.#startMinutes, now)
    this.#rule.level = nextLevel(this.#rule.level, this.#samples, this.#drops, clock, rule)
  }

  /** Whether a call is due. What a pass places is settled at its start; agents and lines are not looked at again. */
  #place(floor: Floor): boolean {
    const { now } = floor
    if (now < this.#placeAt) return false
    // Held up by a full trunk or a lack of contacts: the pass is over, the next one counts afresh.
    if (now - this.#placeAt > passPauseMillis) this.#callsLeft = 0
    if (this.#callsLeft === 0) this.#callsLeft = newCalls(floor, this.#rule)
    if (floor.idle + floor.busy + floor.wrapping === 0) this.#callsLeft = 0
    if (this.#callsLeft === 0) {
      this.#placeAt = now + passPauseMillis
      return false
    }
    this.#callsLeft -= 1
    this.#placeAt = now + callGapMillis + (this.#callsLeft === 0 ? passPauseMillis : 0)
    return true
  }
}
