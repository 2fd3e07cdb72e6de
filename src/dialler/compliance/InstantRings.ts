/** The latest instants of each of many rows, so many of them a row, and how many there ever were. Grows as rows are added. */
export class InstantRings {
  readonly depth: number
  #instants: Float64Array
  #counts: Uint32Array

  constructor(depth: number, rows: number) {
    this.depth = depth
    this.#instants = new Float64Array(rows * depth)
    this.#counts = new Uint32Array(rows)
  }

  /** Instants come in order of time. */
  add(row: number, instant: number): void {
    if (this.depth > 0) this.#instants[row * this.depth + (this.#counts[row] % this.depth)] = instant
    this.#counts[row] += 1
  }

  count(row: number): number {
    return this.#counts[row]
  }

  /** The n-th latest, n from 1 to the depth; -Infinity where there were fewer. */
  latest(row: number, n: number): number {
    const count = this.#counts[row]
    return count < n ? Number.NEGATIVE_INFINITY : this.#instants[row * this.depth + ((count - n) % this.depth)]
  }

  grow(rows: number): void {
    const instants = new Float64Array(rows * this.depth)
    instants.set(this.#instants)
    this.#instants = instants
    const counts = new Uint32Array(rows)
    counts.set(this.#counts)
    this.#counts = counts
  }
}
