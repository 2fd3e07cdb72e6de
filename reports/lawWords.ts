import { abandonKey } from "../src/domain/compliance/compose.ts"
import { dateText } from "../src/domain/compliance/civil.ts"
import type { Profile } from "../src/domain/compliance/Profile.ts"
import { profiles } from "../src/domain/compliance/profiles.ts"
import type { AbandonRule, Rules } from "../src/domain/compliance/Rules.ts"
import { count, percentShort } from "./format.ts"

/** What a law was made of: profiles by name, and house rules, which only have one. */
export interface Source {
  readonly id: string
  readonly version: string
  readonly profile: Profile | null
}

/** `uk-ofcom-2017 2026-11-21` is a profile and the date of its reading; everything else is the house's own. */
export const sourcesOf = (from: ReadonlyArray<string>): ReadonlyArray<Source> =>
  from.map((text) => {
    const space = text.lastIndexOf(" ")
    const [id, version] = [text.slice(0, space), text.slice(space + 1)]
    const profile = profiles.find((each) => each.id === id) ?? null
    return profile === null ? { id: text, version: "", profile } : { id, version, profile }
  })

/** Who says so, with the date of the reading: the profiles for which `holds`, else the house. */
export const saidBy = (from: ReadonlyArray<string>, holds: (rules: Rules) => boolean): string => {
  const sources = sourcesOf(from)
  const said = sources.filter(({ profile }) => profile !== null && holds(profile.rules))
  const by = said.length > 0 ? said : sources.filter(({ profile }) => profile === null)
  return by.map(({ id, version }) => `${id} ${version}`.trim()).join(", ")
}

/** Who set a ceiling. */
export const ceilingBy = (from: ReadonlyArray<string>, rule: AbandonRule): string =>
  saidBy(from, ({ abandon = [] }) =>
    abandon.some(
      (own) => abandonKey(own) === abandonKey(rule) && own.ceiling === rule.ceiling && own.basis === rule.basis
    )
  )

/** `a day`, `30 days in a row`: the time over which a rule counts. */
export const windowWords = ({ window }: AbandonRule): string => {
  switch (window.kind) {
    case "calendarDay":
      return "a day"
    case "calendarMonth":
      return "a calendar month"
    case "campaign":
      return "the whole campaign"
    case "successiveDays":
      return `${count(window.days ?? 1)} days in a row`
  }
}

const baseWords: Readonly<Record<AbandonRule["denominator"], string>> = {
  D_UK: "those abandoned or put through",
  D_LIVE: "all people who answered",
  D_PER_CONNECT: "those put through",
  D_ATTEMPT: "all attempts",
  D_COUNT: ""
}

const machineWords = ({ includeAmdFalse }: AbandonRule): string =>
  includeAmdFalse === "no" ? "" : ", people taken for machines included"

/** What a ceiling is of: `abandoned, of all people who answered, in a day`. */
export const ratioWords = (rule: AbandonRule): string =>
  rule.denominator === "D_COUNT"
    ? `people abandoned in ${windowWords(rule)}`
    : `people abandoned${machineWords(rule)}, of ${baseWords[rule.denominator]}, in ${windowWords(rule)}`

const amount = ({ denominator }: AbandonRule, value: number): string =>
  denominator === "D_COUNT" ? count(value) : percentShort(value)

/** The whole rule: `At most 3 %, aiming at 1 %: people abandoned, of all people who answered, in a day`. */
export const ceilingWords = (rule: AbandonRule): string => {
  const { breach, ceiling, target } = rule
  const most = ceiling === null ? "" : `${breach === "above" ? "at most" : "less than"} ${amount(rule, ceiling)}`
  const aim = target === undefined ? "" : `aiming at ${amount(rule, target)}`
  const words = [most, aim].filter((part) => part !== "").join(", ")
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}: ${ratioWords(rule)}`
}

/** How people taken for machines count, in names. */
const machines = { no: "", estimate: " +F", upper: " +F\u2191" } as const

/** A name for an axis, short and telling rules apart. */
export const ceilingName = ({ denominator, includeAmdFalse, window }: AbandonRule): string => {
  const of = {
    D_UK: "of served",
    D_LIVE: "of answers",
    D_PER_CONNECT: "per connect",
    D_ATTEMPT: "of attempts",
    D_COUNT: ""
  }
  const per = {
    calendarDay: "day",
    calendarMonth: "month",
    campaign: "campaign",
    successiveDays: `${window.days} days`
  }
  return `${of[denominator]}${machines[includeAmdFalse]}, ${per[window.kind]}`
}

/** Reasons for holding a call back, in words. */
const reasons: Readonly<Record<string, string>> = {
  hours: "outside the hours",
  holiday: "a holiday",
  "attempts-rolling": "attempts in so many hours used up",
  "attempts-per-day": "attempts of the day used up",
  "attempts-in-days": "attempts in so many days used up",
  "attempts-per-week": "attempts of the week used up",
  "attempts-per-month": "attempts of the month used up",
  "attempts-per-campaign": "attempts of the campaign used up",
  conversations: "conversations used up",
  "lock-out-abandoned": "abandoned before",
  "lock-out-machine": "a machine was detected before",
  "lock-out-refusal": "refused before",
  "lock-out-conversation": "talked to before",
  "reserved-agent-only": "only with an agent held",
  "do-not-call": "do-not-call list",
  "list-stale": "suppression lists too old",
  "unknown-zone": "time zone unknown",
  "mode-forbidden": "mode forbidden",
  "caller-id": "number shown not in order",
  "caller-id-cap": "every number shown used up for the day"
}
export const reasonWords = (reason: string): string => reasons[reason] ?? reason

/** The local days of a window: `2026-11-23`, `2026-11-23 to 2026-12-22`, `from 2026-11-23`. */
export const windowDays = (fromDay: number, untilDay: number): string => {
  if (untilDay === Number.POSITIVE_INFINITY) return `from ${dateText(fromDay)}`
  return untilDay - fromDay === 1 ? dateText(fromDay) : `${dateText(fromDay)} to ${dateText(untilDay - 1)}`
}
