import { Result, Schema } from "effect"
import process from "node:process"
import { fitsCallerId, listsGoodUntil } from "../../src/dialler/compliance/findings.ts"
import { localInstant } from "../../src/dialler/rules/localInstant.ts"
import { holidayCalendars } from "../../src/domain/compliance/calendars.ts"
import type { CampaignLaw } from "../../src/domain/compliance/CampaignLaw.ts"
import { dayMillis } from "../../src/domain/compliance/civil.ts"
import { compose, type Composed } from "../../src/domain/compliance/compose.ts"
import { HouseRules, withHouseRules } from "../../src/domain/compliance/house.ts"
import type { Profile } from "../../src/domain/compliance/Profile.ts"
import { profileOf } from "../../src/domain/compliance/select.ts"
import { type ZoneTable, zoneTable } from "../../src/domain/compliance/zoneTable.ts"
import { defaults } from "./defaults.ts"
import { minutesOfClock } from "./fields.ts"
import { dayOfDate, type Law, type LawBlock } from "./Law.ts"
import { lawBounds, type LawBounds, unbound } from "./lawBounds.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"

type DayFile = ScenarioFile["day"]
type CampaignFile = ScenarioFile["campaigns"][number]

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

/** The zone of all clock times of a file. */
export const dayZone = (day: DayFile, campaigns: ReadonlyArray<{ readonly law?: Law | undefined }>): string => {
  const named = campaigns.flatMap(({ law }) => (law === undefined || law === "none" ? [] : (law.zone ?? [])))
  return day.zone ?? named[0] ?? defaults.law.zone
}

const tables = new Map<string, ZoneTable>()

/** The clock of a zone from the year before to the year after a date; made once. */
const tableOf = (zone: string, date: string): ZoneTable => {
  const year = Number(date.slice(0, 4))
  const key = `${zone} ${year}`
  const known = tables.get(key)
  if (known !== undefined) return known
  const made = zoneTable(zone, { fromYear: year - 1, untilYear: year + 1, tzdata: process.versions.tz ?? "unknown" })
  if (made === undefined) throw new Error(`there is no time zone ${zone}`)
  tables.set(key, made)
  return made
}

/** Milliseconds since 1970 UTC at the start of the day. */
export const epochMillis = (day: DayFile, zone: string): number => {
  const number = dayOfDate(day.date)
  if (number === undefined) throw new Error(`there is no date ${day.date}`)
  return localInstant(tableOf(zone, day.date), number, minutesOfClock(day.start))
}

/** How much further the clock of a zone is than the day's, at the start of the day. */
export const zoneShiftMillis = (zone: string, day: DayFile, ofDay: string): number => {
  const offset = (id: string): number => {
    const { offsets, starts } = tableOf(id, day.date)
    const start = epochMillis(day, ofDay)
    return offsets[starts.findLastIndex((from) => from <= start)]
  }
  return offset(zone) - offset(ofDay)
}

/** The law of a campaign as the core keeps it; null for none. */
export const toLaw = (campaign: CampaignFile, file: ScenarioFile): CampaignLaw | null => {
  const { law, list } = campaign
  if (!isBlock(law)) return null
  const { day } = file
  const ofDay = dayZone(day, file.campaigns)
  const zone = law.zone ?? ofDay
  const composed = composedLaw(law)
  const { abandon = [], cli, dnc = [], hours = [] } = composed.rules
  const zones = new Set([
    zone,
    ...abandon.flatMap(({ window }) => window.zone ?? []),
    ...(list.zones ?? []).map((each) => each.zone)
  ])
  const holidays = law.holidays ?? []
  const calendars = new Set([...holidays, ...hours.flatMap(({ holidayCalendar }) => holidayCalendar ?? [])])
  // The clock of the core is 0 at the start of the day.
  const loadedAt = -law.listsLoadedDaysAgo * dayMillis
  const sources = ["own", ...dnc.map(({ source }) => source)].filter((source) => source !== "*")
  return {
    composed,
    tables: [...zones].map((id) => tableOf(id, day.date)),
    zone,
    calendars: holidayCalendars.filter(({ id }) => calendars.has(id)),
    campaignCalendars: holidays,
    epochMillis: epochMillis(day, ofDay),
    callerIdFits: fitsCallerId(composed.rules, {
      ...law.callerId,
      ranges: law.callerId.ranges ?? cli?.numberRanges ?? []
    }),
    listsGoodUntil: listsGoodUntil(composed.rules, Object.fromEntries(sources.map((source) => [source, loadedAt]))),
    enforceCeilings: law.enforceCeilings
  }
}
