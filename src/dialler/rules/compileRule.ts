import type { Filter } from "../../domain/Filter.ts"
import { type OutcomeName, outcomeNames } from "../../domain/Outcome.ts"
import type { Known } from "../../domain/rules/Known.ts"
import type { Again, Hours, Rule, Then } from "../../domain/rules/Rule.ts"
import { attemptsCounted, decides, minutesOf, outcomesOf, weekdayNames } from "../../domain/rules/ruleParts.ts"
import type { AgainPlan, CompiledRule, HoursTest } from "./CompiledRule.ts"
import { type Setting, VerdictKind } from "./Verdict.ts"

/** Where the names in rules get their numbers. */
export interface Names {
  readonly known: Known
  /** Codes of the outcomes that have a counter. */
  readonly countedOutcomes: ReadonlyArray<number>
  readonly results: ReadonlyArray<string>
  /** By rule. */
  readonly filters: ReadonlyArray<Filter>
}

/** A rule as numbers. It must have been decoded with the same `known`. */
export const compileRule = ({ then, when = {} }: Rule, index: number, names: Names): CompiledRule => {
  const { known } = names
  const codes = known.dispositions.map((each) => each.code)
  const again = then.again === undefined ? null : planOf(then.again)
  const dispositions = when.disposition === undefined ? null : flags(when.disposition, codes, "disposition")
  const segments = when.segment === undefined ? null : flags(when.segment, known.segments, "segment")
  const hours = when.hours === undefined ? null : hoursOf(when.hours)
  const answers = Object.entries(when.answers ?? {}).map(([question, values]) => ({
    question,
    values: new Set(values.map(String))
  }))
  const filter = when.contact === undefined ? -1 : names.filters.indexOf(when.contact)
  return {
    index,
    outcomes: outcomesOf(when).reduce((bits, name) => bits | (1 << codeOf(name)), 0),
    attemptsMin: when.attempts?.min ?? 0,
    attemptsMax: when.attempts?.max ?? attemptsCounted,
    counts: (when.attemptsWith ?? []).map(({ max, min, outcome }) => ({
      counters: [...new Set(outcome)].map((name) => names.countedOutcomes.indexOf(codeOf(name))),
      min: min ?? 0,
      max: max ?? attemptsCounted * outcomeNames.length
    })),
    more:
      dispositions !== null ||
      segments !== null ||
      hours !== null ||
      answers.length > 0 ||
      filter >= 0 ||
      again?.kind === "asked",
    dispositions,
    segments,
    hours,
    answers,
    filter,
    decides: decides(then),
    kind: kindOf(then),
    again,
    doNotCall: then.doNotCall === true,
    segment: then.segment === undefined ? -1 : positionOf(then.segment, known.segments, "segment"),
    campaign: then.campaign === undefined ? -1 : positionOf(then.campaign, known.campaigns, "campaign"),
    result: then.finish === undefined ? -1 : positionOf(then.finish, names.results, "result"),
    settings: [...settingsOf("contact", then.set), ...settingsOf("attempt", then.setAttempt)]
  }
}

/** Code of an outcome. */
export const codeOf = (name: OutcomeName): number => outcomeNames.indexOf(name)

const positionOf = (name: string, names: ReadonlyArray<string>, what: string): number => {
  const position = names.indexOf(name)
  if (position < 0) throw new Error(`a rule names the ${what} “${name}”, which the campaign does not have`)
  return position
}

const flags = (chosen: ReadonlyArray<string>, names: ReadonlyArray<string>, what: string): Uint8Array => {
  const column = new Uint8Array(names.length)
  for (const name of chosen) column[positionOf(name, names, what)] = 1
  return column
}

const hoursOf = ({ from, to, weekdays = weekdayNames }: Hours): HoursTest => ({
  weekdays: weekdays.reduce((bits, name) => bits | (1 << weekdayNames.indexOf(name)), 0),
  from: from === undefined ? 0 : minutesOf(from),
  to: to === undefined ? 24 * 60 : minutesOf(to)
})

const kindOf = ({ again, campaign, remove }: Then): number => {
  if (again !== undefined) return VerdictKind.again
  if (campaign !== undefined) return VerdictKind.moved
  return remove === undefined ? VerdictKind.finished : VerdictKind.removed
}

const millisOf = (minutes: number): number => Math.round(minutes * 60_000)

const planOf = ({ afterMinutes = 0, at, by, number, windowMinutes = 0 }: Again): AgainPlan => {
  const { from, to } = typeof afterMinutes === "number" ? { from: afterMinutes, to: afterMinutes } : afterMinutes
  const local = typeof at === "object" ? at : { days: 0, time: "00:00" }
  return {
    kind: at === undefined ? "after" : at === "asked" ? "asked" : "local",
    delayMillis: millisOf(from),
    spreadMillis: millisOf(to) - millisOf(from),
    days: local.days,
    minute: minutesOf(local.time),
    nextNumber: number === "next",
    sameAgent: by === "same-agent",
    windowMillis: millisOf(windowMinutes)
  }
}

const settingsOf = (of: Setting["of"], parameters: Then["set"] = {}): ReadonlyArray<Setting> =>
  Object.entries(parameters).map(([name, value]) => ({ of, name, value: String(value) }))
