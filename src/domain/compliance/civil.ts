/** Milliseconds of a day without a clock change. */
export const dayMillis = 86_400_000

/**
 * Days since 1970-01-01 of a date of the Gregorian calendar; `month` 1 to 12, `day` from 1. Howard Hinnant's
 * `days_from_civil`: years begin in March, so that the leap day is the last one.
 */
export const dayOf = (year: number, month: number, day: number): number => {
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Months since January 1970 of a day number: 0 for 1970-01. */
export const monthOf = (dayNumber: number): number => {
  const shifted = dayNumber + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const month = Math.floor((5 * dayOfYear + 2) / 153)
  return (yearOfEra + era * 400 - 1970) * 12 + month + 2
}

/** Day number of the first day of a month, months as in `monthOf`. */
export const monthStart = (month: number): number => {
  const year = Math.floor(month / 12)
  return dayOf(1970 + year, month - year * 12 + 1, 1)
}

/** Day of the week: 0 Sunday to 6 Saturday; 1970-01-01 was a Thursday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 4) % 7) + 7) % 7

/** Number of the week from Monday to Sunday that holds a day. */
export const weekOf = (dayNumber: number): number => Math.floor((dayNumber + 3) / 7)

/** Day number of the Monday a week begins with, weeks as in `weekOf`. */
export const weekStart = (week: number): number => week * 7 - 3

const two = (value: number): string => String(value).padStart(2, "0")

/** `2026-11-21` for a day number. */
export const dateText = (dayNumber: number): string => {
  const month = monthOf(dayNumber)
  const year = Math.floor(month / 12)
  return `${1970 + year}-${two(month - year * 12 + 1)}-${two(dayNumber - monthStart(month) + 1)}`
}
