import { campaignDefaults } from "../../src/config/campaign/defaults.ts"
import { dayOfDate, type Law } from "../../src/config/campaign/Law.ts"
import { zonesOfCountry } from "../../src/config/campaign/zonesOfCountry.ts"
import { type LawContext, tableOf } from "../../src/config/campaign/toLaw.ts"
import { localInstant } from "../../src/dialler/rules/localInstant.ts"
import { minutesOfClock } from "../../src/yaml/fields.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"

type DayFile = ScenarioFile["day"]
type CampaignFile = ScenarioFile["campaigns"][number]

/** The zone of all clock times of a file. */
export const dayZone = (day: DayFile, campaigns: ReadonlyArray<{ readonly law?: Law | undefined }>): string => {
  const named = campaigns.flatMap(({ law }) => (law === undefined || law === "none" ? [] : (law.zone ?? [])))
  return day.zone ?? named[0] ?? campaignDefaults.law.zone
}

const yearOf = ({ date }: DayFile): number => Number(date.slice(0, 4))

/** Milliseconds since 1970 UTC at the start of the day. */
export const epochMillis = (day: DayFile, zone: string): number => {
  const number = dayOfDate(day.date)
  if (number === undefined) throw new Error(`there is no date ${day.date}`)
  return localInstant(tableOf(zone, yearOf(day)), number, minutesOfClock(day.start))
}

/** How much further the clock of a zone is than the day's, at the start of the day. */
export const zoneShiftMillis = (zone: string, day: DayFile, ofDay: string): number => {
  const offset = (id: string): number => {
    const { offsets, starts } = tableOf(id, yearOf(day))
    const start = epochMillis(day, ofDay)
    return offsets[starts.findLastIndex((from) => from <= start)]
  }
  return offset(zone) - offset(ofDay)
}

/** The world of a campaign's law: the clock of the core is 0 at the start of the day. */
export const lawContextOf = ({ list }: CampaignFile, { campaigns, day }: ScenarioFile): LawContext => {
  const zone = dayZone(day, campaigns)
  return {
    zone,
    contactZones: [
      ...(list.country === undefined ? [] : zonesOfCountry(list.country)),
      ...(list.zones ?? []).map((each) => (typeof each === "string" ? each : each.zone))
    ],
    year: yearOf(day),
    epochMillis: epochMillis(day, zone),
    listsLoadedAt: {}
  }
}
