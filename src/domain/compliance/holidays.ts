import { dayOf, weekdayOf } from "./civil.ts"
import { easterSunday } from "./easter.ts"

/** How a holiday that falls on a weekend is made up for; the day itself stays a holiday (the stricter reading). */
type MadeUp =
  /** It is not. */
  | "never"
  /** The next weekday that is no holiday yet (United Kingdom, Australia). */
  | "nextWeekday"
  /** Saturday: the Friday before; Sunday: the Monday after (United States, 5 U.S.C. 6103). */
  | "nearestWeekday"

/** One holiday of a calendar. Months 1 to 12; weekdays 0 Sunday to 6 Saturday. */
export type HolidayRule =
  | {
      readonly kind: "fixed"
      readonly name: string
      readonly month: number
      readonly day: number
      readonly madeUp?: MadeUp
    }
  /** The n-th such weekday of the month; -1 for the last. */
  | {
      readonly kind: "weekday"
      readonly name: string
      readonly month: number
      readonly weekday: number
      readonly n: number
    }
  /** So many days after Easter Sunday. */
  | { readonly kind: "easter"; readonly name: string; readonly days: number }
  /** Once only. */
  | {
      readonly kind: "once"
      readonly name: string
      readonly year: number
      readonly month: number
      readonly day: number
    }

/** A versioned calendar: its rules, the years they were checked for, and where they are from. */
export interface HolidayRules {
  readonly id: string
  readonly version: string
  readonly fromYear: number
  /** The last year it covers. */
  readonly untilYear: number
  readonly source: string
  readonly rules: ReadonlyArray<HolidayRule>
}

/** The holidays of a calendar as sorted day numbers, for local days from `fromDay` up to and without `untilDay`. */
export interface HolidayCalendar {
  readonly id: string
  readonly version: string
  readonly fromDay: number
  readonly untilDay: number
  readonly days: Int32Array
}

/** Works out every holiday of the years a calendar covers. */
export const holidayCalendar = (calendar: HolidayRules): HolidayCalendar => {
  const days = new Set<number>()
  for (let year = calendar.fromYear; year <= calendar.untilYear; year += 1) addYear(calendar.rules, year, days)
  return {
    id: calendar.id,
    version: calendar.version,
    fromDay: dayOf(calendar.fromYear, 1, 1),
    untilDay: dayOf(calendar.untilYear + 1, 1, 1),
    days: Int32Array.from(days).sort()
  }
}

const addYear = (rules: ReadonlyArray<HolidayRule>, year: number, days: Set<number>): void => {
  for (const rule of rules) {
    const day = dayOfRule(rule, year)
    if (day !== undefined) days.add(day)
  }
  // Made-up days come last: they move past every holiday of their own right.
  for (const rule of rules) {
    if (rule.kind !== "fixed") continue
    const day = madeUpDay(rule.madeUp ?? "never", dayOf(year, rule.month, rule.day), days)
    if (day !== undefined) days.add(day)
  }
}

const dayOfRule = (rule: HolidayRule, year: number): number | undefined => {
  switch (rule.kind) {
    case "fixed":
      return dayOf(year, rule.month, rule.day)
    case "easter":
      return easterSunday(year) + rule.days
    case "once":
      return rule.year === year ? dayOf(year, rule.month, rule.day) : undefined
    case "weekday": {
      if (rule.n > 0) {
        const first = dayOf(year, rule.month, 1)
        return first + ((rule.weekday - weekdayOf(first) + 7) % 7) + (rule.n - 1) * 7
      }
      const last = dayOf(year, rule.month + 1, 1) - 1
      return last - ((weekdayOf(last) - rule.weekday + 7) % 7) + (rule.n + 1) * 7
    }
  }
}

const isWeekend = (day: number): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6

const madeUpDay = (madeUp: MadeUp, day: number, taken: ReadonlySet<number>): number | undefined => {
  if (madeUp === "never" || !isWeekend(day)) return undefined
  if (madeUp === "nearestWeekday") return weekdayOf(day) === 6 ? day - 1 : day + 1
  let substitute = day + 1
  while (isWeekend(substitute) || taken.has(substitute)) substitute += 1
  return substitute
}
