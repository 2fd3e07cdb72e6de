import { Effect } from "effect"
import type { LiveSubject } from "../../reports/live/LiveSubject.ts"
import { Failed } from "./CommandFailure.ts"
import type { Outcome } from "./storedResult.ts"

/** The report of an outcome as one HTML file; the same outcome gives the same bytes. */
export const drawReport = Effect.fn("drawReport")(function* (outcome: Outcome) {
  // Charts need a good part of a second to load: only commands that draw pay for it.
  const { report } = yield* Effect.promise(() => import("../../reports/report.ts"))
  return yield* drawn(() => report(outcome))
})

/** The report of a live campaign; the same records give the same bytes. */
export const drawLiveReport = Effect.fn("drawLiveReport")(function* (subject: LiveSubject) {
  const { liveReport } = yield* Effect.promise(() => import("../../reports/live/liveReport.ts"))
  return yield* drawn(() => liveReport(subject))
})

const drawn = (draw: () => string) =>
  Effect.try({
    try: draw,
    catch: (error) =>
      new Failed({
        sentence: `the report could not be drawn: ${error instanceof Error ? error.message : String(error)}.`
      })
  })
