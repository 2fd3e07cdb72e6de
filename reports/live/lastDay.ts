import { localDay } from "../../src/dialler/compliance/localTime.ts"
import type { ZoneTable } from "../../src/domain/compliance/zoneTable.ts"
import type { AttemptRow, SpanRow } from "../../src/store/schema.ts"

/** Records of calls and agents. */
interface Records {
  readonly attempts: ReadonlyArray<AttemptRow>
  readonly spans: ReadonlyArray<SpanRow>
}

/** The first and the last instant on record, agents who were away left out; null when nothing is. */
export const stretchOf = ({ attempts, spans }: Records): { readonly from: number; readonly until: number } | null => {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const take = (first: number, last: number): void => {
    if (first < from) from = first
    if (last > until) until = last
  }
  for (const { endedAt, placedAt } of attempts) take(placedAt, endedAt)
  for (const span of spans) if (span.state !== "signed-out") take(span.from, span.to)
  return from <= until ? { from, until } : null
}

/** The last local day on which a call was placed or an agent was there. */
export const lastDayOf = ({ attempts, spans }: Records, zone: ZoneTable): number => {
  let last = 0
  for (const { placedAt } of attempts) if (placedAt > last) last = placedAt
  for (const { state, to } of spans) if (state !== "signed-out" && to - 1 > last) last = to - 1
  return localDay(zone, last)
}
