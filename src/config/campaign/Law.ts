import { Schema } from "effect"
import { holidayRules } from "../../domain/compliance/calendars.ts"
import { dateText, dayOf } from "../../domain/compliance/civil.ts"
import { profiles } from "../../domain/compliance/profiles.ts"
import { zoneTable } from "../../domain/compliance/zoneTable.ts"
import { campaignDefaults as defaults } from "./defaults.ts"
import { derived, field, Name, required, Text } from "../../yaml/fields.ts"

/** Day number of an ISO date, since 1970-01-01; undefined for a date that does not exist. */
export const dayOfDate = (date: string): number | undefined => {
  const [year, month, day] = date.split("-").map(Number)
  const number = dayOf(year, month, day)
  return dateText(number) === date ? number : undefined
}

const datePattern = /^(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/u

/** A day of the calendar, 1970 to 2099. */
export const IsoDate = Schema.String.check(
  Schema.isPattern(datePattern, { "x-form": 'a date such as "2026-11-23"' }),
  Schema.makeFilter((text) =>
    datePattern.test(text) && dayOfDate(text) === undefined ? "a date that exists" : undefined
  )
)

const zonePattern = /^[A-Za-z]{2,20}(\/[A-Za-z0-9_+-]{1,30}){1,2}$/u
const knownZones = new Map<string, boolean>()
const isZone = (id: string): boolean => {
  const known = knownZones.get(id)
  if (known !== undefined) return known
  const found = zoneTable(id, { fromYear: 2026, untilYear: 2026, tzdata: "" }) !== undefined
  knownZones.set(id, found)
  return found
}

/** An IANA time zone this runtime knows. */
export const Zone = Schema.String.check(
  Schema.isPattern(zonePattern, { "x-form": 'a time zone such as "Europe/London"' }),
  Schema.makeFilter((text) =>
    zonePattern.test(text) && !isZone(text) ? 'a time zone of the IANA list, such as "Europe/London"' : undefined
  )
)

const CallerId = Schema.Struct({
  shown: field(Schema.Boolean, defaults.callerId.shown, "Whether a number is shown at all."),
  valid: field(Schema.Boolean, defaults.callerId.valid, "Whether it is a number that exists."),
  dialable: field(Schema.Boolean, defaults.callerId.dialable, "Whether it can be called."),
  callbackAnswers: field(Schema.Boolean, defaults.callerId.callbackAnswers, "Whether somebody answers there."),
  attestation: field(
    Schema.NullOr(Schema.Literals(["A", "B", "C"])),
    defaults.callerId.attestation,
    "Level of its attestation; null where there are no levels."
  ),
  ranges: derived(
    Schema.Array(Text).check(Schema.isMaxLength(20)),
    "every demand of the profiles",
    "Demands of the profiles on the range of the number that somebody has confirmed, word for word."
  )
})

/** Checked against the groups of a profile when the parts of the file are weighed against each other. */
const House = Schema.Struct({
  id: required(Name, "What the rules are called."),
  rules: required(
    Schema.Record(Schema.String, Schema.Unknown).annotate({ title: "rules by group, as in a profile" }),
    "Rules that tighten those of the profiles, group by group as in docs/compliance.md."
  ),
  override: derived(
    Schema.Struct({
      reason: required(Text.check(Schema.isMinLength(1)), "Why."),
      by: required(Name, "Who answers for it.")
    }),
    "none: the rules may only tighten",
    "Lets the rules allow what a profile forbids; every report shows it."
  )
})

const Block = Schema.Struct({
  profiles: field(
    Schema.Array(Schema.Literals(profiles.map(({ id }) => id))).check(Schema.isMinLength(1)),
    defaults.law.profiles,
    "Whose rules hold, all of them at once: docs/compliance.md has what they say."
  ),
  zone: derived(
    Zone,
    "the zone of the day, or Europe/London",
    "Where people are of whom nothing else is known; days of caps and ceilings are those of this zone."
  ),
  holidays: derived(
    Schema.Array(Schema.Literals(holidayRules.map(({ id }) => id))),
    "the calendars the profiles name",
    "Further calendars of holidays, for hours that speak of holidays without naming one (house-strict)."
  ),
  house: derived(House, "none", "Rules of the house on top of the profiles."),
  callerId: field(CallerId, {}, "The number the campaign shows. In order unless something else is said."),
  listsLoadedDaysAgo: field(
    Schema.Finite.annotate({ "x-unit": "d" }).check(Schema.isBetween({ minimum: 0, maximum: 3_650 })),
    defaults.law.listsLoadedDaysAgo,
    "Age of the suppression lists at the start of the day."
  ),
  enforceCeilings: field(
    Schema.Boolean,
    defaults.law.enforceCeilings,
    "Whether an agent is held for every call while one more abandoned call would break a ceiling."
  )
})
export type LawBlock = typeof Block.Type

const title = "none, or a block: whose rules hold, and where the people are"

/** The rules a campaign is under. */
export const Law = Schema.Union([Schema.Literal("none"), Block]).annotate({ identifier: "CampaignLaw", title })
export type Law = typeof Law.Type
