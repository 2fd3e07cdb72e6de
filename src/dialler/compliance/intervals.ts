/** Half-open intervals, sorted and apart: `[from, to, from, to, ...]`. */
export type Intervals = ReadonlyArray<number>

/** Appends `[from, to)`, which begins no earlier than the last one; intervals that touch become one. */
export const append = (intervals: Array<number>, from: number, to: number): void => {
  if (from >= to) return
  const end = intervals.length - 1
  if (end >= 0 && intervals[end] >= from) intervals[end] = Math.max(intervals[end], to)
  else intervals.push(from, to)
}

/** What lies in both. */
export const intersect = (a: Intervals, b: Intervals): Array<number> => {
  const common: Array<number> = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    append(common, Math.max(a[i], b[j]), Math.min(a[i + 1], b[j + 1]))
    if (a[i + 1] < b[j + 1]) i += 2
    else j += 2
  }
  return common
}
