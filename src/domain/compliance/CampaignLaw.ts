import type { Composed } from "./compose.ts"
import type { HolidayCalendar } from "./holidays.ts"
import type { ZoneTable } from "./zoneTable.ts"

/** The rules a campaign is under, and what they need to know of the world. Instants are those of the core's clock. */
export interface CampaignLaw {
  readonly composed: Composed
  /** Every zone a contact may be in; other zones count as unknown. */
  readonly tables: ReadonlyArray<ZoneTable>
  /** IANA id of the zone of contacts nothing is known of, and of the campaign's own days. */
  readonly zone: string
  readonly calendars: ReadonlyArray<HolidayCalendar>
  /** Calendars for hours that speak of holidays without naming one. */
  readonly campaignCalendars: ReadonlyArray<string>
  /** Milliseconds since 1970 UTC at instant 0 of the core's clock. */
  readonly epochMillis: number
  /** When the campaign began, milliseconds since 1970 UTC; `epochMillis` where it is left out. */
  readonly beganMillis?: number
  /** Whether the caller's number meets the rules (`fitsCallerId`). */
  readonly callerIdFits: boolean
  /** Until when the copies of the suppression lists are fresh enough (`listsGoodUntil`); Infinity without lists. */
  readonly listsGoodUntil: number
  /** Whether the campaign dials one call per free agent while one more abandoned call would break a ceiling. */
  readonly enforceCeilings: boolean
}
