import { Result, Schema } from "effect"
import process from "node:process"
import { fitsCallerId, listsGoodUntil } from "../../dialler/compliance/findings.ts"
import { holidayCalendars } from "../../domain/compliance/calendars.ts"
import type { CampaignLaw } from "../../domain/compliance/CampaignLaw.ts"
import { dayMillis } from "../../domain/compliance/civil.ts"
import { compose, type Composed } from "../../domain/compliance/compose.ts"
import { HouseRules, withHouseRules } from "../../domain/compliance/house.ts"
import type { Profile } from "../../domain/compliance/Profile.ts"
import { profileOf } from "../../domain/compliance/select.ts"
import { type ZoneTable, zoneTable } from "../../domain/compliance/zoneTable.ts"
import type { Law, LawBlock } from "./Law.ts"
import { lawBounds, type LawBounds, unbound } from "./lawBounds.ts"

export const isBlock = (law: Law): law is LawBlock => law !== "none"

/** The profiles a law names. */
export const profilesOf = ({ profiles }: LawBlock): ReadonlyArray<Profile> =>
  profiles.map((id) => Result.getOrThrow(profileOf(id)))

/** House rules as a profile's are checked: unknown groups and fields are mistakes. */
export const decodeHouse = Schema.decodeUnknownResult(HouseRules, { errors: "all", onExcessProperty: "error" })

/** The rules of a law that was checked. */
export const composedLaw = (law: LawBlock): Composed => {
  const composed = compose(profilesOf(law))
  if (law.house === undefined) return composed
  return Result.getOrThrow(withHouseRules(composed, Result.getOrThrow(decodeHouse(law.house))))
}

export const boundsOf = (law: Law): LawBounds => (isBlock(law) ? lawBounds(composedLaw(law).rules) : unbound)

const tables = new Map<string, ZoneTable>()

/** The clock of a zone from the year before to the year after a year; made once. */
export const tableOf = (zone: string, year: number): ZoneTable => {
  const key = `${zone} ${year}`
  const known = tables.get(key)
  if (known !== undefined) return known
  const made = zoneTable(zone, { fromYear: year - 1, untilYear: year + 1, tzdata: process.versions.tz ?? "unknown" })
  if (made === undefined) throw new Error(`there is no time zone ${zone}`)
  tables.set(key, made)
  return made
}

/** What the law of a campaign needs to know of its world. */
export interface LawContext {
  /** IANA id of the zone that holds where the law names none. */
  readonly zone: string
  /** Further zones a contact may be in. */
  readonly contactZones: ReadonlyArray<string>
  /** The year, by any zone, at instant 0 of the core's clock, which is `epochMillis` since 1970 UTC. */
  readonly year: number
  readonly epochMillis: number
  /** When copies of suppression lists were read, by source, by the core's clock; of others `listsLoadedDaysAgo` holds. */
  readonly listsLoadedAt: Readonly<Record<string, number>>
}

/** The law of a campaign as the core keeps it; null for none. */
export const toLaw = (law: Law, context: LawContext): CampaignLaw | null => {
  if (!isBlock(law)) return null
  const zone = law.zone ?? context.zone
  const composed = composedLaw(law)
  const { abandon = [], cli, dnc = [], hours = [] } = composed.rules
  const zones = new Set([zone, ...abandon.flatMap(({ window }) => window.zone ?? []), ...context.contactZones])
  const holidays = law.holidays ?? []
  const calendars = new Set([...holidays, ...hours.flatMap(({ holidayCalendar }) => holidayCalendar ?? [])])
  const stated = -law.listsLoadedDaysAgo * dayMillis
  const sources = ["own", ...dnc.map(({ source }) => source)].filter((source) => source !== "*")
  const loadedAt = { ...Object.fromEntries(sources.map((source) => [source, stated])), ...context.listsLoadedAt }
  return {
    composed,
    tables: [...zones].map((id) => tableOf(id, context.year)),
    zone,
    calendars: holidayCalendars.filter(({ id }) => calendars.has(id)),
    campaignCalendars: holidays,
    epochMillis: context.epochMillis,
    callerIdFits: fitsCallerId(composed.rules, {
      ...law.callerId,
      ranges: law.callerId.ranges ?? cli?.numberRanges ?? []
    }),
    listsGoodUntil: listsGoodUntil(composed.rules, loadedAt),
    enforceCeilings: law.enforceCeilings
  }
}
