import type { TrunkSettings } from "./TrunkSettings.ts"

/** What trunks can carry together. */
export const capacityOf = (
  trunks: ReadonlyArray<TrunkSettings>
): { readonly linesMax: number; readonly callsPerSecondMax: number } => ({
  linesMax: trunks.reduce((sum, { linesMax }) => sum + linesMax, 0),
  callsPerSecondMax: trunks.reduce((sum, { callsPerSecondMax }) => sum + callsPerSecondMax, 0)
})
