import type { Estimate } from "../../sim/experiments/Result.ts"
import { type MeasureKey, measures } from "../../src/domain/measures.ts"
import { figure, interval, percentShort, styleOf } from "../format.ts"
import type { Tile } from "../tiles.ts"
import type { LiveSubject } from "./LiveSubject.ts"

export type LiveEstimates = Readonly<Record<MeasureKey, Estimate>>

const tileOf = (estimates: LiveEstimates, key: MeasureKey, note = ""): Tile => ({
  label: measures[key].label,
  value: figure(estimates[key].mean, styleOf(key)),
  interval: interval(estimates[key], styleOf(key)),
  note,
  definition: measures[key].definition,
  verdict: null
})

/** `under the limit of 3 %`; empty where nobody answered. */
export const limitWords = ({ settings }: LiveSubject, { abandonRate: { mean } }: LiveEstimates): string =>
  Number.isFinite(mean)
    ? `${mean <= settings.abandonLimit ? "under" : "over"} the limit of ${percentShort(settings.abandonLimit)}`
    : ""

const abandonTile = (of: LiveSubject, estimates: LiveEstimates): Tile => {
  const note = limitWords(of, estimates)
  const verdict = note === "" ? null : estimates.abandonRate.mean <= of.settings.abandonLimit ? "good" : "bad"
  return { ...tileOf(estimates, "abandonRate", note), verdict }
}

/** The figures a manager looks for first; of the calls themselves where no agent was there. */
export const liveHeadTiles = (of: LiveSubject, estimates: LiveEstimates): ReadonlyArray<Tile> =>
  Number.isFinite(estimates.occupancy.mean)
    ? [
        tileOf(estimates, "occupancy"),
        abandonTile(of, estimates),
        tileOf(estimates, "lateRate"),
        tileOf(estimates, "talkMinutesPerHour"),
        tileOf(estimates, "connectsPerAgentHour")
      ]
    : [
        tileOf(estimates, "attempts"),
        tileOf(estimates, "answerRate"),
        tileOf(estimates, "liveRate"),
        abandonTile(of, estimates)
      ]

/** How far the list has been used by now, by all calls to it. */
export const liveListTiles = (estimates: LiveEstimates): ReadonlyArray<Tile> =>
  (["penetration", "depth", "closure", "reached"] as const).map((key) => tileOf(estimates, key))
