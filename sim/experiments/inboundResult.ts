import type { InboundFigures } from "../../src/domain/InboundCall.ts"
import type { ShiftFigures } from "../../src/domain/LawFigures.ts"
import { estimateOf } from "./estimates.ts"
import type { Estimate } from "./Result.ts"

/** What became of the calls to a campaign, see `InboundFigures`: means of a shift. */
export type InboundResult = Readonly<Record<keyof InboundFigures, Estimate>>

/** The calls to the campaign of one setting; nothing where nobody was to call. */
export const inboundResult = (
  outcomes: ReadonlyArray<{ readonly figures?: ShiftFigures }>
): { readonly inbound?: InboundResult } => {
  const told = outcomes.flatMap(({ figures }) => figures?.inbound ?? [])
  if (told.length === 0) return {}
  const of = (key: keyof InboundFigures): Estimate => estimateOf(told.map((shift) => shift[key]))
  return {
    inbound: {
      calls: of("calls"),
      connected: of("connected"),
      inTime: of("inTime"),
      gaveUp: of("gaveUp"),
      waitOver: of("waitOver"),
      turnedAway: of("turnedAway"),
      waitMean: of("waitMean"),
      waitP95: of("waitP95")
    }
  }
}
