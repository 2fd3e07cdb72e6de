import { Effect } from "effect"
import { Failed } from "./CommandFailure.ts"
import type { Outcome } from "./storedResult.ts"

/** The report of an outcome as one HTML file; the same outcome gives the same bytes. */
export const drawReport = Effect.fn("drawReport")(function* (outcome: Outcome) {
  // Charts need a good part of a second to load: only commands that draw pay for it.
  const { report } = yield* Effect.promise(() => import("../../reports/report.ts"))
  return yield* Effect.try({
    try: () => report(outcome),
    catch: (error) =>
      new Failed({
        sentence: `the report could not be drawn: ${error instanceof Error ? error.message : String(error)}.`
      })
  })
})
