import { weekdayOf } from "../../domain/compliance/civil.ts"
import type { HolidayCalendar } from "../../domain/compliance/holidays.ts"
import { spansOf } from "../../domain/compliance/localHours.ts"
import type { Hours } from "../../domain/compliance/Rules.ts"
import { type Intervals, intersect } from "./intervals.ts"

const wholeDay: Intervals = [0, 1_440]

/** One set of hours with its holidays; minutes after local midnight. */
interface Layer {
  /** By weekday, Sunday first. */
  readonly days: ReadonlyArray<Intervals>
  /** `undefined`: a holiday is like any other day. */
  readonly holiday: Intervals | undefined
  readonly calendars: ReadonlyArray<HolidayCalendar>
}

/** When people may be called, by local day: all sets of hours of the composed profiles together. */
export class HoursPlan {
  readonly #layers: ReadonlyArray<Layer>

  /**
   * `calendars` must hold every calendar the hours name. Hours that speak of holidays and name none follow all that the
   * others name and those of the campaign.
   */
  constructor(
    hours: ReadonlyArray<Hours>,
    calendars: ReadonlyArray<HolidayCalendar>,
    campaignCalendars: ReadonlyArray<string>
  ) {
    const named = hours.flatMap((layer) => (layer.holidayCalendar === undefined ? [] : [layer.holidayCalendar]))
    const all = [...new Set([...named, ...campaignCalendars])]
    this.#layers = hours.map((layer) => ({
      days: [layer.sun, layer.monFri, layer.monFri, layer.monFri, layer.monFri, layer.monFri, layer.sat].map(
        (texts) => minutes(texts) ?? wholeDay
      ),
      holiday: minutes(layer.holiday),
      calendars: (layer.holidayCalendar === undefined ? all : [layer.holidayCalendar]).map((id) => find(calendars, id))
    }))
  }

  /** Minutes of a local day in which all hours allow a call. A day no calendar covers may be a holiday: both hold. */
  minutesOf(day: number): Intervals {
    let open = wholeDay
    for (const layer of this.#layers) {
      const ordinary = layer.days[weekdayOf(day)]
      if (layer.holiday === undefined) open = intersect(open, ordinary)
      else {
        const covered = layer.calendars.every(({ fromDay, untilDay }) => fromDay <= day && day < untilDay)
        if (isHoliday(layer, day)) open = intersect(open, layer.holiday)
        else open = intersect(open, covered ? ordinary : intersect(ordinary, layer.holiday))
      }
    }
    return open
  }

  /** Whether a day has other hours because it is a holiday. */
  isHoliday(day: number): boolean {
    return this.#layers.some((layer) => layer.holiday !== undefined && isHoliday(layer, day))
  }
}

const minutes = (texts: ReadonlyArray<string> | undefined): Intervals | undefined =>
  texts === undefined ? undefined : spansOf(texts).flat()

const find = (calendars: ReadonlyArray<HolidayCalendar>, id: string): HolidayCalendar => {
  const calendar = calendars.find((candidate) => candidate.id === id)
  if (calendar === undefined) throw new Error(`the hours need the holiday calendar ${id}`)
  return calendar
}

const isHoliday = (layer: Layer, day: number): boolean => layer.calendars.some(({ days }) => includes(days, day))

const includes = (sorted: Int32Array, day: number): boolean => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < day) low = middle + 1
    else high = middle
  }
  return low < sorted.length && sorted[low] === day
}
