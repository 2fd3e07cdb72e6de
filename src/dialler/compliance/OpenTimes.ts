import { dayMillis } from "../../domain/compliance/civil.ts"
import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"
import type { HoursPlan } from "./HoursPlan.ts"
import { append, type Intervals, intersect } from "./intervals.ts"
import { localDay, stretchAt } from "./localTime.ts"

const minuteMillis = 60_000
/** How much is worked out at a time. */
const chunkMillis = 64 * dayMillis

/**
 * When people in a set of zones may be called: at instants at which the hours are open in every zone. A local time that
 * does not exist moves forward; one that comes twice must be open by both readings of the clock. Intervals are worked out
 * as they are asked for and kept, so that a check in the course of a day is two comparisons.
 */
export class OpenTimes {
  readonly #zones: ReadonlyArray<ZoneTable>
  readonly #plan: HoursPlan
  /** Instants all tables know: [from, until). */
  readonly #from: number
  readonly #until: number
  #starts: Array<number> = []
  #ends: Array<number> = []
  /** What is worked out: [builtFrom, builtUntil). */
  #builtFrom = 0
  #builtUntil = 0
  /** The interval that answered last. */
  #at = 0

  constructor(zones: ReadonlyArray<ZoneTable>, plan: HoursPlan) {
    this.#zones = zones
    this.#plan = plan
    this.#from = Math.max(...zones.map(({ from }) => from))
    this.#until = Math.min(...zones.map(({ until }) => until))
  }

  /**
   * The earliest instant from `now` on at which a call may start that rings up to `ringMillisMax`: the hours must be open
   * at every instant of the ringing. Infinity when the tables end before there is one.
   */
  next(now: number, ringMillisMax: number): number {
    const at = this.#at
    if (at < this.#ends.length && this.#starts[at] <= now && now + ringMillisMax <= this.#ends[at]) return now
    return this.#search(now, ringMillisMax)
  }

  /** Whether in any of the zones the day has other hours because it is a holiday. */
  isHoliday(instant: number): boolean {
    for (let i = 0; i < this.#zones.length; i += 1) {
      if (this.#plan.isHoliday(localDay(this.#zones[i], instant))) return true
    }
    return false
  }

  #search(now: number, ringMillisMax: number): number {
    if (!(now < this.#until)) return Number.POSITIVE_INFINITY
    const from = Math.max(now, this.#from)
    if (this.#builtUntil === 0 || from < this.#builtFrom) this.#reset(from)
    while (this.#builtUntil <= from) this.#build()
    for (let i = this.#firstEndingAfter(from); ; i += 1) {
      // The last interval may go on in what is not worked out yet.
      while (i >= this.#ends.length - 1 && this.#builtUntil < this.#until) {
        if (i < this.#ends.length && this.#ends[i] < this.#builtUntil) break
        this.#build()
      }
      if (i >= this.#ends.length) return Number.POSITIVE_INFINITY
      const start = Math.max(from, this.#starts[i])
      if (start + ringMillisMax > this.#ends[i]) continue
      // Looking ahead for a contact that has to wait must not cost the others their short cut.
      if (start === now) this.#at = i
      return start
    }
  }

  #firstEndingAfter(instant: number): number {
    let low = 0
    let high = this.#ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#ends[middle] <= instant) low = middle + 1
      else high = middle
    }
    return low
  }

  #reset(from: number): void {
    this.#starts = []
    this.#ends = []
    this.#at = 0
    this.#builtFrom = Math.max(this.#from, Math.floor(from / dayMillis) * dayMillis)
    this.#builtUntil = this.#builtFrom
  }

  #build(): void {
    const from = this.#builtUntil
    const until = Math.min(this.#until, from + chunkMillis)
    let open: Intervals = [from, until]
    for (const zone of this.#zones) open = intersect(open, openIn(zone, this.#plan, from, until))
    for (let i = 0; i < open.length; i += 2) {
      const last = this.#ends.length - 1
      if (last >= 0 && this.#ends[last] === open[i]) this.#ends[last] = open[i + 1]
      else {
        this.#starts.push(open[i])
        this.#ends.push(open[i + 1])
      }
    }
    this.#builtUntil = until
  }
}

/**
 * When the hours are open in one zone between two instants. Where the clock is set back, the hours before and after the
 * change read the same: each offset has a say over both.
 */
const openIn = (zone: ZoneTable, plan: HoursPlan, from: number, until: number): Intervals => {
  const { offsets, starts } = zone
  let open: Intervals = [from, until]
  const last = Math.min(offsets.length - 1, stretchAt(zone, until + dayMillis))
  for (let i = stretchAt(zone, from - dayMillis); i <= last; i += 1) {
    const setBack = i > 0 ? Math.max(0, offsets[i - 1] - offsets[i]) : 0
    const begins = i > 0 ? starts[i] - setBack : Number.NEGATIVE_INFINITY
    const setBackNext = i + 1 < offsets.length ? Math.max(0, offsets[i] - offsets[i + 1]) : 0
    const ends = i + 1 < offsets.length ? starts[i + 1] + setBackNext : Number.POSITIVE_INFINITY
    const first = Math.max(from, begins)
    const end = Math.min(until, ends)
    if (first >= end) continue
    const allowed: Array<number> = []
    append(allowed, from, first)
    addHours(allowed, plan, offsets[i], first, end)
    append(allowed, end, until)
    open = intersect(open, allowed)
  }
  return open
}

/** Appends the open hours between two instants, read with one offset. */
const addHours = (allowed: Array<number>, plan: HoursPlan, offset: number, from: number, until: number): void => {
  const lastDay = Math.floor((until - 1 + offset) / dayMillis)
  for (let day = Math.floor((from + offset) / dayMillis); day <= lastDay; day += 1) {
    const midnight = day * dayMillis - offset
    const minutes = plan.minutesOf(day)
    for (let i = 0; i < minutes.length; i += 2) {
      append(
        allowed,
        Math.max(from, midnight + minutes[i] * minuteMillis),
        Math.min(until, midnight + minutes[i + 1] * minuteMillis)
      )
    }
  }
}
