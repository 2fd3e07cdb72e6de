/** Minutes after local midnight, half open: `[from, to)`, 0 to 1440. */
export type MinuteSpan = readonly [from: number, to: number]

/** `"08:00-21:00"` and the like; `24:00` ends the day. */
export const hoursPattern = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** Minutes of a text that fits `hoursPattern`. */
export const spanOf = (text: string): MinuteSpan => [minutesOf(text.slice(0, 5)), minutesOf(text.slice(6))]

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

/** Sorted, without overlaps; spans that touch become one. */
const union = (spans: ReadonlyArray<MinuteSpan>): ReadonlyArray<MinuteSpan> => {
  const merged: Array<MinuteSpan> = []
  for (const span of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last === undefined || span[0] > last[1]) merged.push(span)
    else merged[merged.length - 1] = [last[0], Math.max(last[1], span[1])]
  }
  return merged
}

/** Spans of a list of texts: sorted, without overlaps. */
export const spansOf = (texts: ReadonlyArray<string>): ReadonlyArray<MinuteSpan> => union(texts.map(spanOf))

/** The hours both lists allow, as texts. */
export const intersectHours = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): ReadonlyArray<string> => {
  const common: Array<string> = []
  for (const [from, to] of spansOf(a)) {
    for (const [otherFrom, otherTo] of spansOf(b)) {
      const start = Math.max(from, otherFrom)
      const end = Math.min(to, otherTo)
      if (start < end) common.push(`${clockText(start)}-${clockText(end)}`)
    }
  }
  return common
}
