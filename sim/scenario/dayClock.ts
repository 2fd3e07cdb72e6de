import { minutesOfClock } from "../../src/yaml/fields.ts"

const dayMinutes = 24 * 60

/** Clock times of a scenario as seconds after the start of its day, which may run past midnight. */
export interface DayClock {
  readonly lengthSeconds: number
  /** 0 up to a day; a time before the start is the next morning. */
  readonly at: (clock: string) => number
  /** The same for an end: the time of the start itself is a whole day later. */
  readonly until: (clock: string) => number
  /** The clock time so many seconds after the start. */
  readonly text: (seconds: number) => string
}

export const dayClock = (day: { readonly start: string; readonly lengthHours: number }): DayClock => {
  const start = minutesOfClock(day.start)
  const after = (clock: string): number => (minutesOfClock(clock) - start + 2 * dayMinutes) % dayMinutes
  return {
    lengthSeconds: Math.round(day.lengthHours * 3_600_000) / 1_000,
    at: (clock) => after(clock) * 60,
    until: (clock) => (after(clock) === 0 ? dayMinutes : after(clock)) * 60,
    text: (seconds) => {
      const minutes = (start + Math.round(seconds / 60)) % dayMinutes
      return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
    }
  }
}
