import type { Draws } from "./Draws.ts"

/** Cells of equal width between the tails, where the function itself is asked. */
const cells = 2_048
const tail = 1 / 16
const step = (1 - 2 * tail) / cells
const cellsPerUnit = 1 / step

const none = new Float64Array(0)

/**
 * A law to draw from, by its quantile function. That of a smooth law is read from a table by cubics through four
 * neighbours: for the laws of this folder within 10⁻⁹ of the function, relative, and several times as fast. 16 KB. All laws
 * are of one class, so that a draw becomes part of the code that asks for it, and its number is never boxed.
 */
export class Law {
  readonly #quantile: (p: number) => number
  /** Values at the edges of the cells, one before them and one after; empty for a law that is not read from a table. */
  readonly #values: Float64Array
  /** The value of a law that has but one, else NaN. */
  readonly #constant: number

  /** `quantile` increases in p on (0, 1). */
  constructor(quantile: (p: number) => number, form: "constant" | "smooth" | "other") {
    this.#quantile = quantile
    this.#constant = form === "constant" ? quantile(0.5) : Number.NaN
    this.#values =
      form === "smooth" ? Float64Array.from({ length: cells + 3 }, (_, i) => quantile(tail + (i - 1) * step)) : none
  }

  /** One value. Always takes exactly one uniform. */
  draw(draws: Draws): number {
    return this.at(draws.next())
  }

  /** The value below which a share `p` of the law lies. */
  at(p: number): number {
    const values = this.#values
    if (values.length === 0) return Number.isNaN(this.#constant) ? this.#quantile(p) : this.#constant
    if (p < tail || p >= 1 - tail) return this.#quantile(p)
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
