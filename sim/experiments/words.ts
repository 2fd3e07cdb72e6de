import type { Estimate, Setting } from "./Result.ts"

/** A share in percent, without its sign. */
export const fixed = (share: number, digits: number): string => (100 * share).toFixed(digits)

/** Shares below this are rounded to nothing. */
const leastTold = 0.0005

/** A share in percent; below a tenth of one it says so. */
export const percent = (share: number): string =>
  share > 0 && share < leastTold ? "under 0.1 %" : `${fixed(share, 1)} %`

/** What a share is below, rounded up so that it stays true. */
export const percentBelow = (share: number): string =>
  share < leastTold ? "under 0.1 %" : `below ${(Math.ceil(1_000 * share - 1e-6) / 10).toFixed(1)} %`

/** A round share as a manager set it: `3 %`, `2.5 %`. */
export const percentShort = (share: number): string => `${Number(fixed(share, 2))} %`

/** `88.3 % (±0.2)`, half-width of the interval in points, never rounded to nothing. */
export const percentWithin = (of: Estimate): string => {
  const half = (of.high - of.low) / 2
  if (!Number.isFinite(half) || of.mean < leastTold) return percent(of.mean)
  return `${percent(of.mean)} (±${fixed(half, half > 0 && half < 0.001 ? 2 : 1)})`
}

/** Percentage points with their interval, for a difference that has a direction already: `0.4 points (0.1 to 0.7)`. */
export const points = (of: Estimate): string => {
  // An end of the interval that is not nothing must not look like it.
  const digits = [of.low, of.high].some((end) => end !== 0 && Math.abs(end) < leastTold) ? 2 : 1
  const mean = `${fixed(of.mean, digits)} points`
  return Number.isFinite(of.low) ? `${mean} (${fixed(of.low, digits)} to ${fixed(of.high, digits)})` : mean
}

/** Minutes an hour with their interval, for a difference: `0.1 minutes an hour (-0.1 to 0.2)`. */
export const minutesAnHour = ({ high, low, mean }: Estimate): string => {
  const digits = Math.abs(mean) < 0.05 ? 2 : 1
  const range = Number.isFinite(low) ? ` (${low.toFixed(digits)} to ${high.toFixed(digits)})` : ""
  return `${mean.toFixed(digits)} minutes an hour${range}`
}

/** A manager's words for a setting, to go after "launch with". */
export const phrase = ({ label, mode, pacing }: Setting): string => {
  switch (pacing.kind) {
    case "look-ahead":
      return `${mode} look-ahead at an abandon target of ${percentShort(pacing.abandonTarget)}`
    case "fixed-ratio":
      return `${mode} dialling at a fixed ratio of ${pacing.linesPerAgent} lines per waiting agent`
    case "pickup-rate":
      return `${mode} dialling at an expected pickup rate of ${percentShort(pacing.rate)}`
    case "lines":
      return `${mode} dialling on ${pacing.linesMax} ${pacing.linesMax === 1 ? "line" : "lines"}`
    case "one-per-agent":
      return `${mode} dialling`
    case "vicidial":
    case "unicom":
      return `${mode} dialling with ${label}`
  }
}

export const sentenceCase = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: ReadonlyArray<string>): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`
