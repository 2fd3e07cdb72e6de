import type { AttemptRow } from "../src/store/schema.ts"
import { measureTile, type Tile } from "./tiles.ts"
import { count, percent } from "./format.ts"
import type { Subject } from "./Subject.ts"

/** How far the list was used, over all replications; a list that never ends has no penetration worth showing. */
export const listTiles = ({ main, campaign }: Subject): ReadonlyArray<Tile> => {
  if (main === null) return []
  const endless = campaign?.list.endless === true
  const note = endless ? "of an endless list" : ""
  return [
    measureTile(main, "penetration", note),
    measureTile(main, "depth"),
    measureTile(main, "closure", note),
    measureTile(main, "reached", note)
  ]
}

export interface Retries {
  readonly calls: number
  /** Calls that were second or later attempts. */
  readonly again: number
  /** Calls after which the contact was put back for another attempt. */
  readonly scheduled: number
  readonly attemptMax: number
}

export const retriesOf = (attempts: ReadonlyArray<AttemptRow>): Retries => {
  let [again, scheduled, attemptMax] = [0, 0, 0]
  for (const { attempt, retryAt } of attempts) {
    if (attempt > 1) again += 1
    if (retryAt !== null) scheduled += 1
    if (attempt > attemptMax) attemptMax = attempt
  }
  return { calls: attempts.length, again, scheduled, attemptMax }
}

/** One sentence on recycling in the recorded day; empty without calls. */
export const retrySentence = (attempts: ReadonlyArray<AttemptRow>): string => {
  const { calls, again, scheduled, attemptMax } = retriesOf(attempts)
  if (calls === 0) return ""
  return (
    `In the recorded day ${count(again)} of ${count(calls)} calls (${percent(again / calls)}) were retries, at most attempt ${attemptMax}; ` +
    `after ${count(scheduled)} calls (${percent(scheduled / calls)}) the contact was put back to be called again.`
  )
}
