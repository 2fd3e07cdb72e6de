import jstat from "jstat"
import type { Proportion } from "./proportion.ts"

/** Fewest values a chance is told from: the spread of fewer says next to nothing. */
export const exceedanceCountMin = 4

const steps = 200
/** Halvings of a bracket some twenty wide. */
const halvings = 40

/**
 * Chance that one more value of a normal law lies above a limit, told from `count` independent values whose mean lies `margin`
 * of their standard deviations below it: acceptance sampling by variables, which needs far fewer values than counting those
 * above. The estimate is the unbiased one; the two-sided limits are exact, by the noncentral t law. Lieberman and Resnikoff,
 * JASA 50(270), 1955; Owen, Technometrics 10(3), 1968; ISO 3951. Fewer than `exceedanceCountMin` values give (0, 1).
 */
export const normalExceedance = (margin: number, count: number, confidence: number): Proportion => {
  if (count < exceedanceCountMin) return { estimate: Number.NaN, low: 0, high: 1 }
  const shiftedT = new ShiftedT(count - 1)
  const root = Math.sqrt(count)
  const bound = (share: number): number => normalBelow(-shiftedT.shiftAt(root * margin, share) / root)
  return {
    estimate: unbiased(margin, count),
    low: bound((1 - confidence) / 2),
    high: bound((1 + confidence) / 2)
  }
}

const normalBelow = (z: number): number => jstat.normal.cdf(z, 0, 1)

const unbiased = (margin: number, count: number): number => {
  const place = 0.5 - (margin * Math.sqrt(count)) / (2 * (count - 1))
  if (place <= 0 || place >= 1) return place <= 0 ? 0 : 1
  return jstat.ibeta(place, count / 2 - 1, count / 2 - 1) || 0
}

/** The noncentral t law, (Z + shift) / √(χ²/f), by integration over √(χ²/f). */
class ShiftedT {
  readonly #scales: ReadonlyArray<number>
  readonly #weights: ReadonlyArray<number>

  constructor(degrees: number) {
    const reach = 12 / Math.sqrt(2 * degrees)
    const from = Math.max(0, 1 - reach)
    this.#scales = Array.from({ length: steps + 1 }, (_, i) => from + (i * (1 + reach - from)) / steps)
    const mode = Math.sqrt((degrees - 1) / degrees)
    const log = (scale: number): number => (degrees - 1) * Math.log(scale) - (degrees * scale * scale) / 2
    // Simpson's rule; a constant factor goes with the sum.
    const weights = this.#scales.map(
      (scale, i) => (i % 2 === 1 ? 4 : i === 0 || i === steps ? 1 : 2) * Math.exp(log(scale) - log(mode))
    )
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    this.#weights = weights.map((weight) => weight / total)
  }

  below(t: number, shift: number): number {
    let sum = 0
    for (let i = 0; i <= steps; i += 1) sum += this.#weights[i] * normalBelow(t * this.#scales[i] - shift)
    return sum
  }

  /** The shift at which a share `share` of the law lies below `t`: by halving, as the share falls with the shift. */
  shiftAt(t: number, share: number): number {
    let [low, high] = [Math.min(0, 3 * t) - 10, Math.max(0, 3 * t) + 10]
    for (let i = 0; i < halvings; i += 1) {
      const middle = (low + high) / 2
      if (this.below(t, middle) > share) low = middle
      else high = middle
    }
    return (low + high) / 2
  }
}
