import { Effect } from "effect"
import { decide, type StoppingRule } from "../statistics/stopping.ts"
import type { Workers } from "../workers/Workers.ts"
import { areLarge } from "./estimates.ts"
import { precisionOf } from "./precisionOf.ts"
import type { SettingResult } from "./Result.ts"

/** How many shifts a first look takes. */
export interface LookRules {
  readonly usual: StoppingRule
  /** For large shifts, see `areLarge`: fewer tell as much. */
  readonly large: StoppingRule
  /** Whether large shifts are to be expected, so that a look begins with few. */
  readonly startsLarge: boolean
}

/** Rehearses a setting up to more and more replications until its occupancy is precise enough for a first look. */
export const look = (
  upTo: (replications: number) => Effect.Effect<SettingResult, never, Workers>,
  { large, startsLarge, usual }: LookRules
): Effect.Effect<SettingResult, never, Workers> =>
  Effect.gen(function* () {
    const first = startsLarge ? large : usual
    let count = Math.min(first.firstCount, first.countMax)
    for (;;) {
      const result = yield* upTo(count)
      const decision = decide(precisionOf(result), areLarge(result.counts) ? large : usual)
      if (decision.kind !== "more") return result
      count += decision.count
    }
  })
