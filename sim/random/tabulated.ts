/** Cells of equal width between the tails, where the function itself is asked. */
const cells = 2_048
const tail = 1 / 16
const step = (1 - 2 * tail) / cells
const cellsPerUnit = 1 / step

/**
 * A smooth quantile function, read from a table by cubics through four neighbours: for the laws of this folder within
 * 10⁻⁹ of the function, relative, and several times as fast. 16 KB.
 */
export const tabulated = (quantile: (p: number) => number): ((p: number) => number) => {
  const values = Float64Array.from({ length: cells + 3 }, (_, i) => quantile(tail + (i - 1) * step))
  return (p) => {
    if (p < tail || p >= 1 - tail) return quantile(p)
    const place = (p - tail) * cellsPerUnit
    const cell = place < cells ? place | 0 : cells - 1
    const t = place - cell
    const before = values[cell]
    const here = values[cell + 1]
    const next = values[cell + 2]
    const after = values[cell + 3]
    const cubic = (after - before) / 6 + (here - next) / 2
    const square = (before + next) / 2 - here
    const slope = next - here - square - cubic
    return here + t * (slope + t * (square + t * cubic))
  }
}
