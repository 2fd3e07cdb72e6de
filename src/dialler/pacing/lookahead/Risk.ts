import { slotCount } from "./slots.ts"

/** Standard normal distribution function; Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
const normalBelow = (z: number): number => {
  const x = z < 0 ? -z : z
  const t = 1 / (1 + 0.2316419 * x)
  const tail =
    0.3989422804014327 *
    Math.exp(-0.5 * x * x) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z < 0 ? tail : 1 - tail
}

/**
 * The chance, slot by slot, that answers outnumber the agents there for them. Answers and agents who will still be busy
 * are added as independent yes-or-no events; the risk of a slot is the chance that at least `threshold` of them are yes.
 * Exactly by convolution for small teams, by the normal form from 20 agents up.
 */
export class Risk {
  /** `worst[k]`: the risk at slot k or later, whichever is larger. Filled by `price`. */
  readonly worst = new Float64Array(slotCount)
  readonly #mean = new Float64Array(slotCount)
  readonly #variance = new Float64Array(slotCount)
  /** By slot: chance of exactly j yes, for j below the threshold. */
  #counts = new Float64Array(slotCount * 32)
  #threshold = 0
  #exact = true
  /** Relative uncertainty of all answer chances together; only the answers' part of the mean is multiplied by it. */
  #deviation = 0
  readonly #answers = new Float64Array(slotCount)

  /** Starts over. `threshold`: agents idle now or busy, less people waiting now. */
  begin(threshold: number, exact: boolean, deviation: number): void {
    this.#threshold = threshold
    this.#exact = exact
    this.#deviation = deviation
    if (!exact) {
      this.#mean.fill(0)
      this.#variance.fill(0)
      this.#answers.fill(0)
      return
    }
    if (threshold <= 0) return
    if (threshold * slotCount > this.#counts.length) this.#counts = new Float64Array(threshold * slotCount * 2)
    for (let slot = 0; slot < slotCount; slot += 1) {
      const row = slot * threshold
      this.#counts[row] = 1
      for (let j = 1; j < threshold; j += 1) this.#counts[row + j] = 0
    }
  }

  /** Adds a call that is answered by the end of slot k with chance `chances[k]`. */
  addAnswer(chances: Float64Array): void {
    this.#add(chances)
    if (!this.#exact) for (let slot = 0; slot < slotCount; slot += 1) this.#answers[slot] += chances[slot]
  }

  /** Adds an agent who is free by the end of slot k with chance `table[row + k]`. */
  addAgent(table: Float64Array, row: number): void {
    const busy = this.#busy
    for (let slot = 0; slot < slotCount; slot += 1) busy[slot] = 1 - table[row + slot]
    this.#add(busy)
  }
  readonly #busy = new Float64Array(slotCount)

  #add(chances: Float64Array): void {
    if (!this.#exact) {
      for (let slot = 0; slot < slotCount; slot += 1) {
        const q = chances[slot]
        this.#mean[slot] += q
        this.#variance[slot] += q * (1 - q)
      }
      return
    }
    const threshold = this.#threshold
    const counts = this.#counts
    for (let slot = 0; slot < slotCount; slot += 1) {
      const q = chances[slot]
      if (q < 1e-6) continue
      const row = slot * threshold
      for (let j = row + threshold - 1; j > row; j -= 1) counts[j] += q * (counts[j - 1] - counts[j])
      counts[row] *= 1 - q
    }
  }

  /** Risk of the slot itself. */
  #risk(slot: number): number {
    const threshold = this.#threshold
    if (threshold <= 0) return 1
    if (this.#exact) {
      let below = 0
      for (let j = slot * threshold; j < (slot + 1) * threshold; j += 1) below += this.#counts[j]
      return below < 1 ? 1 - below : 0
    }
    const spread = this.#answers[slot] * this.#deviation
    const deviation = Math.sqrt(this.#variance[slot] + spread * spread + 1e-9)
    return normalBelow((this.#mean[slot] - threshold + 0.5) / deviation)
  }

  /**
   * The chance that one more call, if it is answered, causes an abandonment: an extra answer may take the agent a later
   * one needed, so a slot counts with the worst from it on. `weights[k]`: chance that its answer falls in slot k.
   */
  price(weights: Float64Array): number {
    let worst = 0
    let sum = 0
    for (let slot = slotCount - 1; slot >= 0; slot -= 1) {
      const risk = this.#risk(slot)
      if (risk > worst) worst = risk
      this.worst[slot] = worst
      sum += weights[slot] * worst
    }
    return sum
  }
}
