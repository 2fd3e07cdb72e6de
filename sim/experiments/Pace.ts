import type { Setting } from "./Result.ts"

/** Shifts still to come. */
export interface Expected {
  readonly kind: string
  readonly shifts: number
}

/** Shifts of one kind cost about the same: those of one mode and pacing, all teams of other sizes together. */
export const kindOf = ({ mode, pacing }: Setting): string => `${mode}/${pacing.kind}`
export const teamKind = "teams"

/**
 * How much is left to do, in shifts and in time: what shifts cost is learnt kind by kind as they run, for one may take ten times
 * as long as another. For the progress figure alone.
 */
export class Pace {
  readonly #seen = new Map<string, { shifts: number; millis: number }>()
  #left = new Map<string, number>()
  #done = 0

  get done(): number {
    return this.#done
  }

  /** What is left from now on, in place of what was. */
  expect(left: ReadonlyArray<Expected>): void {
    this.#left = new Map()
    for (const { kind, shifts } of left) this.#left.set(kind, (this.#left.get(kind) ?? 0) + Math.max(0, shifts))
  }

  /** Shifts of a kind that took a worker so long. */
  ran(kind: string, shifts: number, millis: number): void {
    const seen = this.#seen.get(kind) ?? { shifts: 0, millis: 0 }
    this.#seen.set(kind, { shifts: seen.shifts + shifts, millis: seen.millis + millis })
    this.#left.set(kind, Math.max(0, (this.#left.get(kind) ?? 0) - shifts))
    this.#done += shifts
  }

  get shiftsLeft(): number {
    return Math.round([...this.#left.values()].reduce((sum, shifts) => sum + shifts, 0))
  }

  /**
   * Working time left; `null` while nobody knows what a mode or pacing still to come costs. Other teams are mostly small, and
   * taken for as cheap as the cheapest until one has been seen.
   */
  get millisLeft(): number | null {
    const costs = [...this.#seen].map(([kind, { millis, shifts }]) => [kind, millis / shifts] as const)
    const cheapest = Math.min(...costs.map(([, cost]) => cost))
    const known = new Map(costs)
    let millis = 0
    for (const [kind, shifts] of this.#left) {
      if (shifts === 0) continue
      const cost = known.get(kind) ?? (kind === teamKind ? cheapest : Number.NaN)
      millis += shifts * cost
    }
    return Number.isFinite(millis) ? millis : null
  }
}
