import type { SettingResult } from "../sim/experiments/Result.ts"
import { type MeasureKey, measures } from "../src/domain/measures.ts"
import { count, figure, interval, percent, percentShort, signedPoints, styleOf } from "./format.ts"
import { html, type Html } from "./html.ts"
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
  const [own, other] = [main.estimates[key].mean, baseline.estimates[key].mean]
  if (!Number.isFinite(own) || !Number.isFinite(other)) return ""
  const text = `progressive ${figure(other, styleOf(key))}`
  return measures[key].unit === "share" ? `${signedPoints(own - other)} against ${text}` : text
}

const abandonTile = (of: Subject, main: SettingResult): Tile => {
  const limit = limitOf(of)
  const { mean } = main.estimates.abandonRate
  const known = Number.isFinite(limit) && Number.isFinite(mean)
  const verdict = !known ? null : mean <= limit ? "good" : "bad"
  const note = !known ? "" : `${mean <= limit ? "under" : "over"} the limit of ${percentShort(limit)}`
  return { ...measureTile(main, "abandonRate", note), verdict }
}

const overLimitTile = (of: Subject, main: SettingResult): Tile => ({
  label: "Chance of a shift over the limit",
  value: percent(main.overLimit.n === 0 ? Number.NaN : main.overLimit.share),
  interval: main.overLimit.n === 0 ? "" : interval(main.overLimit, { scale: 100, digits: 1, unit: "%" }),
  note: main.overLimit.n === 0 ? "" : `${count(main.overLimit.successes)} of ${count(main.overLimit.n)} shifts`,
  definition: `shifts that end with an abandon rate above ${percentShort(limitOf(of))} / shifts simulated (Wilson interval)`,
  verdict: null
})

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
