import type { HolidayCalendar } from "../../../src/domain/compliance/holidays.ts"
import type { Hours, Rules } from "../../../src/domain/compliance/Rules.ts"

/*
 * A slow judge of single calls, written from the rule texts with the runtime's own time zones. It shares no code with the
 * dialler: no zone tables, no intervals, no columns.
 */

/** What happened to one contact, in order. */
export interface Happened {
  readonly what: "attempt" | "conversation" | "abandoned" | "machine" | "refused"
  readonly at: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Clocks change at quarters of an hour of UTC in these years. */
const quarter = 15 * minute

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

/** UTC offset by what a formatted date shows. */
export const offsetAt = (zone: string, instant: number): number => {
  const start = Math.floor(instant / quarter) * quarter
  const key = `${zone} ${start}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" })
    formats.set(zone, format)
  }
  const offset = Date.parse(`${format.format(start).replace(" ", "T")}Z`) - start
  offsets.set(key, offset)
  return offset
}

/** The local date and time of an instant, as a date in UTC. */
const local = (zone: string, instant: number): Date => new Date(instant + offsetAt(zone, instant))
/** Days are told apart by their date, counted by the difference of dates. */
const dateNumber = (date: Date): number => Date.parse(date.toISOString().slice(0, 10)) / day

/** All readings of the clock at an instant: two where the local time comes twice. */
const readings = (zone: string, instant: number): ReadonlyArray<Date> => {
  const own = offsetAt(zone, instant)
  const found = [new Date(instant + own)]
  for (const other of [offsetAt(zone, instant - 4 * hour), offsetAt(zone, instant + 4 * hour)]) {
    if (other === own) continue
    const twin = instant + own - other
    if (offsetAt(zone, twin) === other) found.push(new Date(instant + other))
  }
  return found
}

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(":").map(Number)
  return hours * 60 + minutes
}

const isWithin = (hours: ReadonlyArray<string> | undefined, reading: Date): boolean => {
  if (hours === undefined) return true
  const minutes = (reading.getTime() % day) / minute
  return hours.some((span) => {
    const [from, to] = span.split("-").map(minutesOf)
    return from <= minutes && minutes < to
  })
}

export class Oracle {
  readonly #rules: Rules
  readonly #zones: ReadonlyArray<string>
  readonly #holidays: ReadonlyMap<string, ReadonlySet<number>>
  readonly #ringMillisMax: number

  constructor(
    rules: Rules,
    zones: ReadonlyArray<string>,
    calendars: ReadonlyArray<HolidayCalendar>,
    ringMillisMax: number
  ) {
    this.#rules = rules
    this.#zones = zones
    this.#holidays = new Map(calendars.map(({ days, id }) => [id, new Set(days)]))
    this.#ringMillisMax = ringMillisMax
  }

  /** What a call at `instant` would break; empty when it may be made. */
  breaches(history: ReadonlyArray<Happened>, instant: number, reserved: boolean): ReadonlyArray<string> {
    const found: Array<string> = []
    if (!this.#isOpenWhileRinging(instant)) found.push("hours")
    for (const cap of this.#rules.caps ?? []) {
      const what = cap.count === "conversations" ? "conversation" : "attempt"
      const events = history.filter((event) => event.what === what)
      for (const zone of this.#zones) {
        const counted = events.filter((event) => this.#sharesWindow(zone, cap.window, event.at, instant))
        if (counted.length >= cap.n) found.push(`cap ${JSON.stringify(cap)}`)
      }
    }
    return [...found, ...this.#lockOuts(history, instant, reserved)]
  }

  #sharesWindow(
    zone: string,
    window: NonNullable<Rules["caps"]>[number]["window"],
    event: number,
    call: number
  ): boolean {
    const then = local(zone, event)
    const now = local(zone, call)
    switch (window.kind) {
      case "rolling":
        return call - event < window.hours * hour
      case "localDays":
        return dateNumber(now) - dateNumber(then) < window.days
      case "week": {
        const monday = (date: Date) => dateNumber(date) - ((date.getUTCDay() + 6) % 7)
        return monday(then) === monday(now)
      }
      case "month":
        return then.toISOString().slice(0, 7) === now.toISOString().slice(0, 7)
      case "campaign":
        return true
    }
  }

  #lockOuts(history: ReadonlyArray<Happened>, instant: number, reserved: boolean): ReadonlyArray<string> {
    const { afterAbandon = [], afterAmd = [], afterConversationDays, afterRefusalDays } = this.#rules.redial ?? {}
    const found: Array<string> = []
    const daysSince = (event: number) =>
      Math.min(...this.#zones.map((zone) => dateNumber(local(zone, instant)) - dateNumber(local(zone, event))))
    for (const { at, what } of history) {
      if (what === "abandoned") {
        for (const { liftedBy, n, thenReserved, unit } of afterAbandon) {
          if (thenReserved && !reserved) found.push("reserved agent only")
          if (reserved && liftedBy === "reservedAgent") continue
          if (unit === "hours" ? instant - at < n * hour : daysSince(at) <= n) found.push("abandoned")
        }
      }
      if (what === "machine") {
        for (const { kind, liftedBy, n } of afterAmd) {
          if (reserved && liftedBy === "reservedAgent") continue
          if (kind === "hours" ? instant - at < n * hour : daysSince(at) < n) found.push("machine")
        }
      }
      if (what === "refused" && afterRefusalDays !== undefined && daysSince(at) <= afterRefusalDays) {
        found.push("refusal")
      }
      if (what === "conversation" && afterConversationDays !== undefined && daysSince(at) <= afterConversationDays) {
        found.push("conversation")
      }
    }
    return found
  }

  /** The first and last instant of the ringing and every minute between, by every clock. */
  #isOpenWhileRinging(instant: number): boolean {
    const end = instant + this.#ringMillisMax - 1
    const moments = [instant, end]
    for (let at = Math.ceil(instant / minute) * minute; at < end; at += minute) moments.push(at)
    return this.#zones.every((zone) => moments.every((moment) => this.#isOpen(zone, moment)))
  }

  #isOpen(zone: string, instant: number): boolean {
    return readings(zone, instant).every((reading) =>
      (this.#rules.hours ?? []).every((layer) => isWithin(this.#hoursOf(layer, reading), reading))
    )
  }

  #hoursOf(layer: Hours, reading: Date): ReadonlyArray<string> | undefined {
    const named = (this.#rules.hours ?? []).flatMap(({ holidayCalendar = [] }) => holidayCalendar)
    const calendars = layer.holidayCalendar === undefined ? named : [layer.holidayCalendar]
    const date = dateNumber(reading)
    const isHoliday = calendars.some((id) => this.#holidays.get(id)?.has(date) === true)
    if (isHoliday && layer.holiday !== undefined) return layer.holiday
    const weekday = reading.getUTCDay()
    return weekday === 0 ? layer.sun : weekday === 6 ? layer.sat : layer.monFri
  }
}
