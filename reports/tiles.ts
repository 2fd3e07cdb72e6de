import { differenceOf, valuesOf } from "../sim/experiments/estimates.ts"
import type { Estimate, SettingResult } from "../sim/experiments/Result.ts"
import { type MeasureKey, measures } from "../src/domain/measures.ts"
import {
  chanceRange,
  count,
  figure,
  interval,
  isCertain,
  percent,
  percentShort,
  signedPoints,
  styleOf
} from "./format.ts"
import { html, type Html } from "./html.ts"
import { lossStyle } from "./loss.ts"
import { limitOf, type Subject } from "./Subject.ts"

/** One big figure: its name, the value, how sure, what it is to be compared with, and how it is defined. */
export interface Tile {
  readonly label: string
  readonly value: string
  readonly interval: string
  readonly note: string
  readonly definition: string
  /** Shown with a sign and words, never by colour alone. */
  readonly verdict: "good" | "bad" | null
}

export const measureTile = (result: SettingResult, key: MeasureKey, note = ""): Tile => ({
  label: measures[key].label,
  value: figure(result.estimates[key].mean, styleOf(key)),
  interval: interval(result.estimates[key], styleOf(key)),
  note,
  definition: measures[key].definition,
  verdict: null
})

const against = ({ main, baseline }: Subject, key: MeasureKey): string => {
  if (main === null || baseline === null) return ""
  const other = baseline.estimates[key].mean
  // On the shifts both have, as the sentences tell it.
  const { mean } = differenceOf(valuesOf(main.counts, key), valuesOf(baseline.counts, key))
  if (!Number.isFinite(mean) || !Number.isFinite(other)) return ""
  const text = `progressive ${figure(other, styleOf(key))}`
  return measures[key].unit === "share" ? `${signedPoints(mean)} against ${text}` : text
}

/** People who asked a script for an agent and left. */
const transfersTile = (of: Subject, lost: Estimate): Tile => {
  const limit = limitOf(of)
  const keeps = lost.mean <= limit
  return {
    label: "Transfers lost",
    value: figure(lost.mean, lossStyle),
    interval: interval(lost, lossStyle),
    note: Number.isFinite(limit) ? `${keeps ? "under" : "over"} ${percentShort(limit)}` : "",
    definition: "left before an agent was free / asked the script for an agent",
    verdict: Number.isFinite(limit) ? (keeps ? "good" : "bad") : null
  }
}

const abandonTile = (of: Subject, main: SettingResult): Tile => {
  const limit = limitOf(of)
  const { mean } = main.estimates.abandonRate
  const known = Number.isFinite(limit) && Number.isFinite(mean)
  const verdict = !known ? null : mean <= limit ? "good" : "bad"
  const note = !known ? "" : `${mean <= limit ? "under" : "over"} the limit of ${percentShort(limit)}`
  return { ...measureTile(main, "abandonRate", note), verdict }
}

const overLimitTile = (of: Subject, { overLimit }: SettingResult): Tile => {
  const { bySpread, n, share, successes } = overLimit
  const counted = isCertain(overLimit) ? "shifts simulated" : "shifts simulated (Wilson interval)"
  const told = bySpread === true ? "told from the spread between shifts" : counted
  return {
    label: "Chance of a shift over the limit",
    value: percent(n === 0 ? Number.NaN : share),
    interval: chanceRange(overLimit),
    note:
      n === 0
        ? ""
        : isCertain(overLimit)
          ? "an agent is held for every call"
          : `${count(successes)} of ${count(n)} shifts`,
    definition: `shifts that end with an abandon rate above ${percentShort(limitOf(of))}${bySpread === true ? ", " : " / "}${told}`,
    verdict: null
  }
}

/** The figures a manager looks for first. Without agents there is nothing to occupy, and the calls themselves are shown. */
export const headTiles = (of: Subject): ReadonlyArray<Tile> => {
  const { main } = of
  if (main === null) return []
  if (!Number.isFinite(main.estimates.occupancy.mean)) {
    return [
      measureTile(main, "attempts"),
      measureTile(main, "answerRate"),
      measureTile(main, "liveRate"),
      abandonTile(of, main),
      overLimitTile(of, main)
    ]
  }
  if (main.transfersLost !== undefined) {
    return [
      measureTile(main, "attempts"),
      transfersTile(of, main.transfersLost),
      measureTile(main, "occupancy"),
      abandonTile(of, main),
      measureTile(main, "talkMinutesPerHour")
    ]
  }
  return [
    measureTile(main, "occupancy", against(of, "occupancy")),
    abandonTile(of, main),
    overLimitTile(of, main),
    measureTile(main, "talkMinutesPerHour", against(of, "talkMinutesPerHour")),
    measureTile(main, "connectsPerAgentHour", against(of, "connectsPerAgentHour"))
  ]
}

const signs = { good: "✓", bad: "▲" } as const

export const tilesHtml = (tiles: ReadonlyArray<Tile>): Html =>
  html`<dl class="tiles">
    ${tiles.map(
      (tile) =>
        html`<div>
          <dt>${tile.label}</dt>
          <dd>
            <strong>${tile.value}</strong>${tile.interval === "" ? null : html`<span>${tile.interval}</span>`}${
              tile.note === ""
                ? null
                : html`<span${tile.verdict === null ? "" : html` class="${tile.verdict}"`}>${tile.verdict === null ? "" : `${signs[tile.verdict]} `}${tile.note}</span>`
            }<small>${tile.definition}</small>
          </dd>
        </div>`
    )}
  </dl>`
