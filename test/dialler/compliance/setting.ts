import { Result } from "effect"
import { CallingRules, type CallingOptions } from "../../../src/dialler/compliance/CallingRules.ts"
import { reasonNames } from "../../../src/dialler/compliance/Reason.ts"
import { holidayCalendars } from "../../../src/domain/compliance/calendars.ts"
import type { CampaignLaw } from "../../../src/domain/compliance/CampaignLaw.ts"
import { compose, type Composed } from "../../../src/domain/compliance/compose.ts"
import type { Profile } from "../../../src/domain/compliance/Profile.ts"
import type { Rules } from "../../../src/domain/compliance/Rules.ts"
import { profileOf } from "../../../src/domain/compliance/select.ts"
import { type ZoneTable, zoneTable } from "../../../src/domain/compliance/zoneTable.ts"

const tables = new Map<string, ZoneTable>()

/** The table of a zone for 2025 to 2029, made once. */
export const zone = (id: string): ZoneTable => {
  const known = tables.get(id)
  if (known !== undefined) return known
  const made = zoneTable(id, { fromYear: 2025, untilYear: 2029, tzdata: "test" })
  if (made === undefined) throw new Error(`no zone ${id}`)
  tables.set(id, made)
  return made
}

export const profile = (id: string): Profile => Result.getOrThrow(profileOf(id))
export const composed = (...ids: ReadonlyArray<string>): Composed => compose(ids.map(profile))
export const onlyRules = (rules: Rules): Composed => ({ from: [], rules, overrides: [] })

/** Rules of a campaign in the first of the zones, with a ringing of 30 s. */
export const callingRules = (
  rules: Composed,
  zones: ReadonlyArray<string>,
  options: Partial<CallingOptions> = {}
): CallingRules =>
  new CallingRules(rules, zones.map(zone), zones[0], {
    ringMillisMax: 30_000,
    calendars: holidayCalendars,
    ...options
  })

/** A campaign under these rules, in the first of the zones, whose clock is 0 at `from`. */
export const lawOf = (
  rules: Composed,
  zones: ReadonlyArray<string>,
  from: string,
  given: Partial<CampaignLaw> = {}
): CampaignLaw => ({
  composed: rules,
  tables: zones.map(zone),
  zone: zones[0],
  calendars: holidayCalendars,
  campaignCalendars: [],
  epochMillis: at(from),
  callerIdFits: true,
  listsGoodUntil: Number.POSITIVE_INFINITY,
  enforceCeilings: true,
  ...given
})

/** An instant from ISO text with an offset. */
export const at = (text: string): number => {
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) throw new Error(`not an instant: ${text}`)
  return instant
}

/** `now`, a later instant as ISO text, or `never`; with the reason where it is not now. */
export const ask = (rules: CallingRules, contact: number, text: string, reserved = false): string => {
  const now = at(text)
  const earliest = rules.earliest(contact, now, reserved)
  if (earliest === now) return "now"
  const when = earliest === Number.POSITIVE_INFINITY ? "never" : new Date(earliest).toISOString()
  return `${when} ${reasonNames[rules.reason]}`
}
