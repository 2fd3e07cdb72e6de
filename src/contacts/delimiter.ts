export const delimiters = [",", ";", "\t", "|"] as const
export type Delimiter = (typeof delimiters)[number]

const linesMax = 20

/** Counts each delimiter outside quotes, line by line. */
const countByLine = (sample: string): ReadonlyArray<ReadonlyMap<string, number>> => {
  const lines: Array<Map<string, number>> = []
  let counts = new Map<string, number>()
  let quoted = false
  for (const character of sample) {
    if (character === '"') quoted = !quoted
    else if (!quoted && character === "\n") {
      lines.push(counts)
      if (lines.length === linesMax) return lines
      counts = new Map()
    } else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  if (counts.size > 0) lines.push(counts)
  return lines
}

/** The delimiter that stands most often in the first line and equally often in the lines after it; a comma when none does. */
export const detectDelimiter = (sample: string): Delimiter => {
  const lines = countByLine(sample)
  const score = (delimiter: Delimiter): number => {
    const first = lines[0]?.get(delimiter) ?? 0
    if (first === 0) return 0
    const same = lines.filter((line) => (line.get(delimiter) ?? 0) === first).length
    return same * 1_000 + first
  }
  return delimiters.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best), ",")
}
