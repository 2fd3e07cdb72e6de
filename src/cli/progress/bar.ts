/** How far a run has come, and for how long it has been under way. */
export interface Standing {
  readonly label: string
  readonly done: number
  readonly total: number
  readonly elapsedMillis: number
  /** As the experiment sees it; `null` while it cannot be told. */
  readonly millisLeft: number | null
}

/** What a bar is drawn with. */
export interface Glyphs {
  readonly full: string
  readonly empty: string
}
export const blocks: Glyphs = { full: "█", empty: "░" }
export const ascii: Glyphs = { full: "#", empty: "." }

const barWidthMax = 30
const barWidthMin = 8

/** One line for a terminal of this width, never longer. What does not fit is left out, the least important first. */
export const barLine = (of: Standing, width: number, glyphs: Glyphs): string => {
  const share = shareOf(of)
  const percent = `${String(Math.floor(100 * share)).padStart(3)} %`
  const parts = [percent, `${of.done} of ${of.total} shifts`, timeLeft(of), of.label].filter((part) => part !== "")
  // As wide as the window allows, whatever stands beside it: a bar that changes its length cannot be read.
  const barWidth = Math.max(barWidthMin, Math.min(barWidthMax, Math.floor(width / 3)))
  for (let kept = parts.length; kept > 0; kept -= 1) {
    const text = parts.slice(0, kept).join("  ")
    if (barWidth + 2 + text.length <= width) return `${bar(share, barWidth, glyphs)}  ${text}`
  }
  return percent.slice(0, Math.max(0, width))
}

/** One line for a log. */
export const plainLine = (of: Standing): string =>
  [`${Math.floor(100 * shareOf(of))} %`, `${of.done} of ${of.total} shifts`, timeLeft(of), of.label]
    .filter((part) => part !== "")
    .join(", ")

/** Of the time, for shifts differ in what they cost; none while nobody can tell how long it will take. */
const shareOf = ({ done, elapsedMillis, millisLeft, total }: Standing): number => {
  if (total > 0 && done >= total) return 1
  return millisLeft === null || elapsedMillis === 0 ? 0 : elapsedMillis / (elapsedMillis + millisLeft)
}

const bar = (share: number, width: number, { empty, full }: Glyphs): string => {
  const filled = Math.floor(share * width)
  return full.repeat(filled) + empty.repeat(width - filled)
}

/** Below this nothing can be said of the speed yet. */
const elapsedMillisMin = 1_000

const timeLeft = ({ done, elapsedMillis, millisLeft, total }: Standing): string => {
  if (done >= total || millisLeft === null || elapsedMillis < elapsedMillisMin) return ""
  const seconds = Math.ceil(millisLeft / 1_000)
  if (seconds < 60) return `${seconds} s left`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s left`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min left`
}
