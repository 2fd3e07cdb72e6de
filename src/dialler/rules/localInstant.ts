import { dayMillis } from "../../domain/compliance/civil.ts"
import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"
import { stretchAt } from "../compliance/localTime.ts"

/** Further than any zone is from UTC. */
const offsetMillisMax = 15 * 3_600_000

/**
 * The first instant at which the clock shows this minute of this local day or a later time: a time that does not exist
 * moves forward to the end of the gap, of a time that comes twice it is the first. `day` counts from 1970-01-01, `minute`
 * from midnight.
 */
export const localInstant = (table: ZoneTable, day: number, minute: number): number => {
  const wanted = day * dayMillis + minute * 60_000
  const { offsets, starts } = table
  for (let i = stretchAt(table, wanted - offsetMillisMax); ; i += 1) {
    const reached = wanted - offsets[i]
    if (i + 1 < starts.length && reached >= starts[i + 1]) continue
    // Before the table begins its first offset holds.
    return i === 0 ? reached : Math.max(reached, starts[i])
  }
}
