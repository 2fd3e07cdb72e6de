import { dateText, dayMillis, monthOf, monthStart, weekdayOf } from "../../src/domain/compliance/civil.ts"
import type { ZoneTable } from "../../src/domain/compliance/zoneTable.ts"
import { localDay, localMillis } from "../../src/dialler/compliance/localTime.ts"
import { clock } from "../format.ts"
import type { LiveSubject } from "./LiveSubject.ts"

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
const months = ["January", "February", "March", "April", "May", "June"].concat([
  "July",
  "August",
  "September",
  "October",
  "November",
  "December"
])

/** `Monday 23 November 2026` for a day number. */
export const dayWords = (day: number): string => {
  const month = monthOf(day)
  const year = 1970 + Math.floor(month / 12)
  return `${weekdays[weekdayOf(day)]} ${day - monthStart(month) + 1} ${months[((month % 12) + 12) % 12]} ${year}`
}

/** Minutes after local midnight. */
export const minuteOfDay = (zone: ZoneTable, instant: number): number =>
  (localMillis(zone, instant) - localDay(zone, instant) * dayMillis) / 60_000

/** `09:00` on the clocks of a zone. */
export const clockIn = (zone: ZoneTable, instant: number): string => clock(Math.floor(minuteOfDay(zone, instant)))

/** The reported time: `Monday 23 November 2026, 09:00 to 17:31`, or from a day to another. */
export const timeWords = ({ from, until, zone }: LiveSubject): string => {
  const [first, last] = [localDay(zone, from), localDay(zone, until)]
  return first === last
    ? `${dayWords(first)}, ${clockIn(zone, from)} to ${clockIn(zone, until)}`
    : `${dayWords(first)}, ${clockIn(zone, from)}, to ${dayWords(last)}, ${clockIn(zone, until)}`
}

/** The local days on record, the first and the last: `2026-11-23`. */
export const daysOnRecord = ({ from, until, zone }: LiveSubject): readonly [from: string, to: string] => [
  dateText(localDay(zone, from)),
  dateText(localDay(zone, until))
]
