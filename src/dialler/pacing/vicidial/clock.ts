const dayMinutes = 1_440
const minuteMillis = 60_000

/** Clock number at an instant: hours times 100 plus minutes, 0 to 2359. `startMinutes`: minutes after midnight at 0. */
export const clockNumber = (startMinutes: number, now: number): number => {
  const minutes = Math.floor(startMinutes + now / minuteMillis) % dayMinutes
  return Math.floor(minutes / 60) * 100 + (minutes % 60)
}

/** The first midnight after an instant, milliseconds. */
export const midnightAfter = (startMinutes: number, now: number): number => {
  const start = startMinutes * minuteMillis
  const day = dayMinutes * minuteMillis
  return (Math.floor((start + now) / day) + 1) * day - start
}
