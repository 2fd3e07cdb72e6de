import { dayMillis } from "../../domain/compliance/civil.ts"
import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"

/** Further than any zone is from UTC, milliseconds. */
const offsetMillisMax = 15 * 3_600_000

/** The stretch of the table that holds an instant; the first or last one for instants outside the table. */
export const stretchAt = (table: ZoneTable, instant: number): number => {
  const { starts } = table
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= instant) low = middle
    else high = middle - 1
  }
  return low
}

/** What the wall clock shows, as if it were UTC, milliseconds. */
export const localMillis = (table: ZoneTable, instant: number): number =>
  instant + table.offsets[stretchAt(table, instant)]

/** Number of the local calendar day, days since 1970-01-01. */
export const localDay = (table: ZoneTable, instant: number): number =>
  Math.floor(localMillis(table, instant) / dayMillis)

/**
 * The instant from which on the local date is `day` or later for good: local midnight, moved forward where that time does
 * not exist, the later one where it comes twice.
 */
export const dayStart = (table: ZoneTable, day: number): number => {
  const midnight = day * dayMillis
  const last = stretchAt(table, midnight + offsetMillisMax)
  let start = Number.NEGATIVE_INFINITY
  for (let i = stretchAt(table, midnight - offsetMillisMax); i <= last; i += 1) {
    const reached = midnight - table.offsets[i]
    if (i > 0 && table.starts[i] >= reached) continue
    const end = i + 1 < table.starts.length ? table.starts[i + 1] : Number.POSITIVE_INFINITY
    start = Math.max(start, Math.min(reached, end))
  }
  return start
}

/** Whether two tables tell the same time wherever both know it. */
export const sameClock = (a: ZoneTable, b: ZoneTable): boolean =>
  a.from === b.from &&
  a.until === b.until &&
  a.starts.length === b.starts.length &&
  a.starts.every((start, i) => start === b.starts[i] && a.offsets[i] === b.offsets[i])
