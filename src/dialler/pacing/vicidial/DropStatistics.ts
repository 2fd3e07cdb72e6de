import { EventWindow } from "../EventWindow.ts"
import { Seen } from "../Policy.ts"
import { midnightAfter } from "./clock.ts"
import { dropPercent } from "./dropPercent.ts"
import type { DropFigures } from "./levelUpdate.ts"

const lastMinuteSeconds = 60

/**
 * VICIdial's drop statistics. A call is logged when it is answered or has failed, a drop counts at once, but a call an
 * agent took becomes an answer only when the agent has filed it: early in a shift the percentage is too high.
 * The figures stand still between refreshes.
 */
export class DropStatistics implements DropFigures {
  callsLastMinute = 0
  dropsLastMinute = 0
  callsToday = 0
  dropPercentToday = 0
  readonly #startMinutes: number
  readonly #callsLastMinute = new EventWindow(lastMinuteSeconds)
  readonly #dropsLastMinute = new EventWindow(lastMinuteSeconds)
  #calls = 0
  #drops = 0
  #filed = 0
  #midnight: number

  /** `startMinutes`: minutes after midnight at instant 0. */
  constructor(startMinutes: number) {
    this.#startMinutes = startMinutes
    this.#midnight = midnightAfter(startMinutes, 0)
  }

  saw(what: number, now: number): void {
    if (now >= this.#midnight) this.#newDay(now)
    switch (what) {
      case Seen.answered:
      case Seen.failed:
        this.#calls += 1
        this.#callsLastMinute.add(now)
        break
      case Seen.abandoned:
      case Seen.hungUpWaiting:
        this.#drops += 1
        this.#dropsLastMinute.add(now)
        break
      case Seen.disposed:
        this.#filed += 1
        break
    }
  }

  refresh(now: number): void {
    if (now >= this.#midnight) this.#newDay(now)
    this.callsLastMinute = this.#callsLastMinute.count(now)
    this.dropsLastMinute = this.#dropsLastMinute.count(now)
    this.callsToday = this.#calls
    this.dropPercentToday = dropPercent(this.#drops, this.#drops + this.#filed)
  }

  #newDay(now: number): void {
    this.#calls = 0
    this.#drops = 0
    this.#filed = 0
    this.#midnight = midnightAfter(this.#startMinutes, now)
  }
}
