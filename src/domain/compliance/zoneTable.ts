import { dayMillis } from "./civil.ts"

/**
 * The clock of one IANA zone over a span of years, as plain numbers. Between `starts[i]` and `starts[i + 1]` local time is
 * UTC plus `offsets[i]`, all in milliseconds. `starts[0]` is `from`; outside `[from, until)` the table knows nothing.
 */
export interface ZoneTable {
  readonly id: string
  /** Version of the time zone data it was made from, for the log of decisions. */
  readonly tzdata: string
  readonly from: number
  readonly until: number
  readonly starts: Float64Array
  readonly offsets: Int32Array
}

export interface ZoneSpan {
  readonly fromYear: number
  /** The last year, inclusive. */
  readonly untilYear: number
  /** As the runtime states it; logged, never used. */
  readonly tzdata: string
}

/** Two changes that undo each other within a week would be missed; since 1970 the shortest such pair is four weeks apart. */
const stepMillis = 7 * dayMillis

/**
 * Makes the table of a zone from the `Intl` of the runtime; to be called at the edge, once. `undefined` for a zone the
 * runtime does not know, `Etc/Unknown` among them.
 */
export const zoneTable = (id: string, span: ZoneSpan): ZoneTable | undefined => {
  const offsetAt = offsetReader(id)
  if (offsetAt === undefined) return undefined
  const from = Date.UTC(span.fromYear, 0, 1)
  const until = Date.UTC(span.untilYear + 1, 0, 1)
  const starts = [from]
  const offsets = [offsetAt(from)]
  for (let at = from; at < until; at += stepMillis) {
    const next = Math.min(at + stepMillis, until - 1_000)
    for (let start = at; offsetAt(next) !== offsets[offsets.length - 1];) {
      start = firstOther(offsetAt, offsets[offsets.length - 1], start, next)
      starts.push(start)
      offsets.push(offsetAt(start))
    }
  }
  return {
    id,
    tzdata: span.tzdata,
    from,
    until,
    starts: Float64Array.from(starts),
    offsets: Int32Array.from(offsets)
  }
}

type OffsetAt = (instant: number) => number

/** The first whole second after `low` at which the offset is no longer `offset`, which it is at `low` and not at `high`. */
const firstOther = (offsetAt: OffsetAt, offset: number, low: number, high: number): number => {
  let same = low
  let other = high
  while (other - same > 1_000) {
    const middle = same + Math.floor((other - same) / 2_000) * 1_000
    if (offsetAt(middle) === offset) same = middle
    else other = middle
  }
  return other
}

const offsetReader = (id: string): OffsetAt | undefined => {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: id,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric"
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
  return (instant) => {
    // "11/21/2026, 23:05:09"
    const [month, day, year, hour, minute, second] = format.format(instant).split(/\D+/).map(Number)
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant
  }
}
