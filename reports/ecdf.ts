/** Share of the values at or below `seconds`. */
export interface EcdfRow {
  readonly seconds: number
  readonly share: number
}

/**
 * Share of values up to the edge of each bin, until all are in. Bin 0 holds zeros, bin i what lies above the edge before
 * it, up to i times `binMillis`; the last bin is open, so its edge is a lower bound. Empty without values.
 */
export const ecdf = (bins: Float64Array, binMillis: number): ReadonlyArray<EcdfRow> => {
  const total = bins.reduce((sum, value) => sum + value, 0)
  const rows: Array<EcdfRow> = []
  let seen = 0
  for (let i = 0; i < bins.length && total > 0 && seen < total; i += 1) {
    seen += bins[i]
    rows.push({ seconds: (i * binMillis) / 1_000, share: seen / total })
  }
  return rows
}

/** Share at or below `seconds`: of the last edge not above it; 0 before the first. */
export const shareAt = (rows: ReadonlyArray<EcdfRow>, seconds: number): number =>
  rows.findLast((row) => row.seconds <= seconds + 1e-9)?.share ?? 0

/** First edge by which `share` of the values is reached; NaN without values. */
export const secondsAt = (rows: ReadonlyArray<EcdfRow>, share: number): number =>
  rows.find((row) => row.share >= share)?.seconds ?? Number.NaN
