import { dayMillis, monthOf, monthStart } from "../../domain/compliance/civil.ts"
import type { AbandonWindow } from "../../domain/compliance/Rules.ts"
import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"
import { dayStart, localDay } from "./localTime.ts"

/** One window: its number (days since 1970, block from 0, months since 1970, or 0) and its instants, half open. */
export interface WindowBounds {
  readonly index: number
  readonly from: number
  readonly until: number
}

/** When a campaign runs; `until` is Infinity while that is open. */
export interface CampaignSpan {
  readonly from: number
  readonly until: number
}

/**
 * The window an instant of a campaign belongs to. Days are local, of 23 or 25 hours where the clock changes. Blocks of
 * successive days are counted from the campaign's first local day, each for itself, and the last ends with the campaign
 * (16 CFR 310.4(b)(4)(i), 47 CFR 64.1200(a)(7)).
 */
export const windowAt = (
  window: AbandonWindow,
  zone: ZoneTable,
  campaign: CampaignSpan,
  instant: number
): WindowBounds => {
  const day = localDay(zone, instant)
  switch (window.kind) {
    case "calendarDay":
      return { index: day, from: dayStart(zone, day), until: dayStart(zone, day + 1) }
    case "calendarMonth": {
      const month = monthOf(day)
      return { index: month, from: dayStart(zone, monthStart(month)), until: dayStart(zone, monthStart(month + 1)) }
    }
    case "campaign":
      return { index: 0, from: campaign.from, until: campaign.until }
    case "successiveDays": {
      const days = window.days ?? 1
      const first = localDay(zone, campaign.from)
      const index = Math.floor((day - first) / days)
      const start = first + index * days
      return {
        index,
        from: dayStart(zone, start),
        until: Math.min(campaign.until, dayStart(zone, start + days))
      }
    }
  }
}

/** Length of a window in days of 24 hours, for reports. */
export const lengthDays = ({ from, until }: WindowBounds): number => (until - from) / dayMillis
