import type { Chance, Estimate } from "../sim/experiments/Result.ts"
import { type MeasureKey, type Measure, measures } from "../src/domain/measures.ts"

/** Stands where a figure does not exist, e.g. the occupancy of a campaign without agents. */
export const none = "–"
const space = "\u00a0"

/** Rounded, thousands separated by commas, with a true minus sign; `none` for NaN and infinities. */
export const decimal = (value: number, digits: number): string => {
  if (!Number.isFinite(value)) return none
  const [whole, fraction] = Math.abs(value).toFixed(digits).split(".")
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",")
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

/** Drops zeros at the end: for ticks, where 2 reads better than 2.00. */
export const short = (value: number, digits = 4): string =>
  Number.isFinite(value)
    ? decimal(value, digits)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "")
    : none

const withUnit = (text: string, unit: string): string =>
  text === none || unit === "" ? text : `${text}${space}${unit}`

export const percent = (share: number, digits = 1): string => withUnit(decimal(100 * share, digits), "%")
export const seconds = (value: number): string => withUnit(short(value, Math.abs(value) < 10 ? 1 : 0), "s")
export const count = (value: number): string => decimal(value, 0)
/** Percent for a tick: no unit (the axis has it), no needless decimals. */
export const percentTick = (share: number): string => short(100 * share, 3)

/** A share that is a setting, not a result: `3 %`, `2.5 %`. */
export const percentShort = (share: number): string => withUnit(percentTick(share), "%")

/** Difference of two shares, in points. */
export const points = (difference: number): string => withUnit(decimal(100 * difference, 1), "points")
/** The same with its sign, where more and less are both possible. */
export const signedPoints = (difference: number): string => {
  const text = points(difference)
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

/** How figures of one kind are written: scaled, rounded and given a unit. */
export interface Style {
  readonly scale: number
  readonly digits: number
  readonly unit: string
}

const styles: Readonly<Record<Measure["unit"], Style>> = {
  share: { scale: 100, digits: 1, unit: "%" },
  seconds: { scale: 1, digits: 1, unit: "s" },
  "minutes/h": { scale: 1, digits: 1, unit: "min/h" },
  "per agent-hour": { scale: 1, digits: 1, unit: "/h" },
  count: { scale: 1, digits: 0, unit: "" },
  ratio: { scale: 1, digits: 2, unit: "" }
}
/** Shares that are small where they matter, so that one decimal would hide them. */
const fine: ReadonlySet<MeasureKey> = new Set(["abandonRate", "lateRate", "nuisanceRate"])

export const styleOf = (key: MeasureKey): Style => {
  const style = styles[measures[key].unit]
  return fine.has(key) ? { ...style, digits: 2 } : style
}

const scaled = (value: number, style: Style): string => decimal(style.scale * value, style.digits)

export const figure = (value: number, style: Style): string => withUnit(scaled(value, style), style.unit)

/** `78.1 to 80.2 %`; empty when there is no interval (fewer than two replications). */
export const interval = ({ low, high }: { readonly low: number; readonly high: number }, style: Style): string =>
  Number.isFinite(low) && Number.isFinite(high)
    ? withUnit(`${scaled(low, style)} to ${scaled(high, style)}`, style.unit)
    : ""

/** `79.2 ± 0.8`, unit left to the head of the column. */
export const plusMinus = (estimate: Estimate, style: Style): string => {
  if (!Number.isFinite(estimate.mean)) return none
  const half = (estimate.high - estimate.low) / 2
  const text = scaled(estimate.mean, style)
  return Number.isFinite(half) ? `${text}${space}±${space}${scaled(half, style)}` : text
}

/** `79.2 % (78.4 to 80.0 %)`: a figure in running text or in a tooltip. */
export const withInterval = (estimate: Estimate, style: Style): string => {
  const text = interval(estimate, style)
  return text === "" ? figure(estimate.mean, style) : `${figure(estimate.mean, style)} (${text})`
}

/** Whether nothing is left to chance: an agent is held for every call. */
export const isCertain = ({ bySpread, high, low }: Chance): boolean => low === high && bySpread !== true

/** `1.4 to 16.5 %`; empty where the chance is certain, and what it is under where it rounds to nothing. */
export const chanceRange = (of: Chance, style: Style = styles.share): string => {
  if (of.n === 0 || isCertain(of)) return ""
  return of.high < 0.0005 ? withUnit("under 0.1", style.unit) : interval(of, style)
}

/** `5.0 % (1.4 to 16.5 %), 2 of 40 shifts`. */
export const chance = (of: Chance): string => {
  if (of.n === 0) return none
  const range = chanceRange(of)
  return `${percent(of.share)}${range === "" ? "" : ` (${range})`}, ${count(of.successes)} of ${count(of.n)} shifts`
}

/** Time of day from minutes after midnight; past midnight it starts again. */
export const clock = (minutes: number): string => {
  const whole = Math.round(minutes)
  const hour = Math.floor(whole / 60) % 24
  return `${String(hour).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`
}

/** `8 h`, `7 h 30 min`. */
export const duration = (millis: number): string => {
  const minutes = Math.round(millis / 60_000)
  const parts = [
    minutes >= 60 ? `${Math.floor(minutes / 60)}${space}h` : "",
    minutes % 60 > 0 ? `${minutes % 60}${space}min` : ""
  ]
  return parts.filter((part) => part !== "").join(space) || `0${space}min`
}
