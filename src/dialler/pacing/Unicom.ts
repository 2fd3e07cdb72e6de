import type { UnicomSettings } from "../../domain/Pacing.ts"
import { EventWindow } from "./EventWindow.ts"
import { Bound, type Floor, type Policy, Seen } from "./Policy.ts"
import { midnightAfter } from "./vicidial/clock.ts"

const windowSeconds = 900
const evaluateMillis = 500
/** Fewer answers in the window and every waiting interviewer gets one line. The vendor prints no default. */
const answeredMin = 10
/** Percent of the answers since midnight that may be silent before dialling is one line each. */
const silentPercentDayMax = 3

const adjustMax = 1_000
/** Percent of adjust for a percentage point of error, and for a point that has lasted one update. */
const proportionalGain = 2
const integralGain = 0.05
/**
 * One update of the controller. The vendor prints none. A window of 900 s answers late, so the integral must be slow:
 * where a percent of adjust moves the silent share by 0.2 points, 10 s leave a phase margin above 60 degrees, 1 s none.
 */
const controlMillis = 10_000

/**
 * Lines that should be dialling for so many waiting interviewers (Predict2). `adjust` in percent: 0 is one line each,
 * 100 one line for every expected answer. Without any answer, one line each.
 */
export const inDial = (waiting: number, attempts: number, answered: number, adjust: number): number =>
  answered === 0 ? waiting : waiting + (waiting * adjust * (attempts - answered)) / (100 * answered)

/**
 * Proportional-integral controller from the share of silent calls to `adjust`, around the adjust it starts with. The
 * error is in percentage points, adjust in percent.
 */
export class AdjustController {
  /** Percent, 0 to 1000. */
  adjust: number
  readonly #adjustStart: number
  readonly #targetPercent: number
  /** Error summed over the updates, percentage points. */
  #integral = 0

  constructor(adjustStart: number, silentTarget: number) {
    this.adjust = adjustStart
    this.#adjustStart = adjustStart
    this.#targetPercent = 100 * silentTarget
  }

  /** At a bound the integral is held, unless the error leads back inside. `answered` is 1 or more. */
  update(silent: number, answered: number): void {
    const error = this.#targetPercent - (100 * silent) / answered
    const outward = (this.adjust >= adjustMax && error > 0) || (this.adjust <= 0 && error < 0)
    if (!outward) this.#integral += error
    const wanted = this.#adjustStart + proportionalGain * error + integralGain * this.#integral
    this.adjust = Math.max(0, Math.min(adjustMax, wanted))
  }

  /** Dialling is one line each for another reason: the integral follows, so that control resumes from there. */
  overridden(): void {
    this.adjust = 0
    this.#integral = -this.#adjustStart / integralGain
  }
}

/**
 * UNICOM Intelligence Predict2; with a silent-call target, Predict1PI's controller moves its adjust. Looks at the
 * attempts that came to an end in the last 900 s: a call in progress is neither a failure nor a silent call. Silent are
 * answers that met no interviewer, also when the person hung up first. With a target, and while over 3 % of the day's
 * answers were silent, dialling is one line each. Evaluated at every event and every 0.5 s.
 */
export class Unicom implements Policy {
  askAt = Number.POSITIVE_INFINITY
  bound: number = Bound.ratio
  readonly #startMinutes: number
  readonly #adjust: number
  readonly #controller: AdjustController | null
  readonly #answered = new EventWindow(windowSeconds)
  readonly #failed = new EventWindow(windowSeconds)
  readonly #silent = new EventWindow(windowSeconds)
  #answeredToday = 0
  #silentToday = 0
  #midnight: number
  #evaluateAt = Number.NEGATIVE_INFINITY
  #controlAt = Number.NEGATIVE_INFINITY

  /** `startMinutes`: clock time at instant 0, minutes after midnight. */
  constructor(settings: UnicomSettings, startMinutes: number) {
    const { adjust, silentTarget } = settings
    this.#startMinutes = startMinutes
    this.#midnight = midnightAfter(startMinutes, 0)
    this.#adjust = adjust
    this.#controller = silentTarget === null ? null : new AdjustController(adjust, silentTarget)
  }

  /** Percent: the setting, or where the controller has it. */
  get adjust(): number {
    return this.#controller === null ? this.#adjust : this.#controller.adjust
  }

  oneMore(floor: Floor): boolean {
    if (floor.now >= this.#evaluateAt) this.#evaluate(floor)
    return floor.ringing < this.#aim(floor)
  }

  saw(what: number, now: number): void {
    if (now >= this.#midnight) this.#newDay(now)
    switch (what) {
      case Seen.answered:
        this.#answered.add(now)
        this.#answeredToday += 1
        break
      case Seen.failed:
        this.#failed.add(now)
        break
      case Seen.abandoned:
      case Seen.hungUpWaiting:
        this.#silent.add(now)
        this.#silentToday += 1
        break
    }
  }

  /** Whole lines that should be dialling: a line is only placed when the prediction has room for all of it. */
  #aim(floor: Floor): number {
    const waiting = floor.idle
    const over = this.#overDayLimit()
    this.bound = over ? Bound.budget : Bound.ratio
    const answered = this.#answered.count(floor.now)
    if (over || waiting === 0 || answered < answeredMin) return waiting
    return Math.floor(inDial(waiting, answered + this.#failed.count(floor.now), answered, this.adjust))
  }

  #evaluate(floor: Floor): void {
    const { now } = floor
    if (now >= this.#midnight) this.#newDay(now)
    this.#evaluateAt = now + evaluateMillis
    const signedIn = floor.idle + floor.busy + floor.wrapping + floor.paused
    this.askAt = signedIn === 0 ? Number.POSITIVE_INFINITY : this.#evaluateAt
    if (this.#controller === null) return
    if (this.#overDayLimit()) this.#controller.overridden()
    else if (now >= this.#controlAt) {
      this.#controlAt = now + controlMillis
      const answered = this.#answered.count(now)
      if (answered >= answeredMin) this.#controller.update(this.#silent.count(now), answered)
    }
  }

  #overDayLimit(): boolean {
    return this.#controller !== null && 100 * this.#silentToday > silentPercentDayMax * this.#answeredToday
  }

  #newDay(now: number): void {
    this.#answeredToday = 0
    this.#silentToday = 0
    this.#midnight = midnightAfter(this.#startMinutes, now)
  }
}
