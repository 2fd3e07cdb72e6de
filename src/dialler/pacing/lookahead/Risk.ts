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
 * The chance, slot by slot, that answers outnumber the agents there for them. Calls that may be answered and agents who
 * may still be busy count as independent yes-or-no events; the risk of a slot is the chance that at least `threshold` of
 * them are yes. Exactly by convolution for small teams, by the normal form from 20 agents up. A slot is reckoned when it
 * is asked for.
 */
export class Risk {
  /** `worst[k]`: the risk at slot k or later, whichever is larger. Filled by `worstFrom`. */
  readonly worst = new Float64Array(slotCount)
  /** After `exceeds`: what the sum comes to, estimated from the slots that were needed. */
  estimate = 0
  readonly #risks = new Float64Array(slotCount)
  #known = 0
  #threshold = 0
  #exact = true
  /** Relative uncertainty of all answer chances together. */
  #deviation = 0
  /** Bins of ring time from now to each slot. */
  readonly #offsets: Int32Array
  #lines = 0
  #lineScale = new Float64Array(64)
  #lineAlready = new Float64Array(64)
  #lineAge = new Int32Array(64)
  #lineCurve: Array<Float64Array> = []
  #agents = 0
  #agentRow = new Int32Array(64)
  #agentTable: Array<Float64Array> = []
  /** Chance of exactly j yes, for j below the threshold. */
  #counts = new Float64Array(64)

  constructor(offsets: Int32Array) {
    this.#offsets = offsets
  }

  /** Starts over. */
  begin(exact: boolean, deviation: number): void {
    this.#exact = exact
    this.#deviation = deviation
    this.#lines = 0
    this.#agents = 0
    this.#known = 0
  }

  /** Agents idle now, less people waiting now; busy agents are added to it as they are counted. */
  set free(agents: number) {
    this.#threshold = agents + this.#agents
    this.#known = 0
  }

  /**
   * Adds a call in the ringing bin `age` that is answered by bin b with chance `scale × (curve[b] − already)`.
   */
  addLine(curve: Float64Array, age: number, already: number, scale: number): void {
    const index = this.#lines++
    if (index === this.#lineScale.length) this.#growLines()
    this.#lineScale[index] = scale
    this.#lineAlready[index] = already
    this.#lineAge[index] = age
    this.#lineCurve[index] = curve
    this.#known = 0
  }

  /** Adds an agent who is free by the end of slot k with chance `table[row + k]`. */
  addAgent(table: Float64Array, row: number): void {
    const index = this.#agents++
    if (index === this.#agentRow.length) {
      const rows = new Int32Array(index * 2)
      rows.set(this.#agentRow)
      this.#agentRow = rows
    }
    this.#agentRow[index] = row
    this.#agentTable[index] = table
  }

  /**
   * Whether one more call is dearer than `price`. Its cost is the chance that, if it is answered, it causes an
   * abandonment: an extra answer may take the agent a later one needed, so a slot counts with the worst from it on.
   * `weights[k]`: chance that the answer falls in slot k; `order`: slots by falling weight. Stops as soon as it is clear.
   */
  exceeds(price: number, weights: Float64Array, order: ReadonlyArray<number>): boolean {
    let sum = 0
    let weight = 0
    for (let i = 0; i < slotCount; i += 1) {
      const slot = order[i]
      sum += weights[slot] * this.#riskOf(slot)
      weight += weights[slot]
      if (sum > price) {
        this.estimate = sum / weight
        return true
      }
    }
    this.worstFrom()
    sum = 0
    for (let slot = 0; slot < slotCount; slot += 1) sum += weights[slot] * this.worst[slot]
    this.estimate = sum
    return sum > price
  }

  /** Fills `worst`. */
  worstFrom(): void {
    let worst = 0
    for (let slot = slotCount - 1; slot >= 0; slot -= 1) {
      const risk = this.#riskOf(slot)
      if (risk > worst) worst = risk
      this.worst[slot] = worst
    }
  }

  #riskOf(slot: number): number {
    const bit = 1 << slot
    if ((this.#known & bit) === 0) {
      this.#risks[slot] = this.#threshold <= 0 ? 1 : this.#exact ? this.#exactRisk(slot) : this.#normalRisk(slot)
      this.#known |= bit
    }
    return this.#risks[slot]
  }

  #normalRisk(slot: number): number {
    const offset = this.#offsets[slot]
    const scales = this.#lineScale
    const already = this.#lineAlready
    const ages = this.#lineAge
    let answers = 0
    let variance = 1e-9
    for (let i = 0; i < this.#lines; i += 1) {
      const q = scales[i] * (this.#lineCurve[i][ages[i] + offset] - already[i])
      answers += q
      variance += q * (1 - q)
    }
    const rows = this.#agentRow
    let free = 0
    for (let i = 0; i < this.#agents; i += 1) {
      const g = this.#agentTable[i][rows[i] + slot]
      free += g
      variance += g * (1 - g)
    }
    const spread = answers * this.#deviation
    const yes = answers + this.#agents - free
    return normalBelow((yes - this.#threshold + 0.5) / Math.sqrt(variance + spread * spread))
  }

  #exactRisk(slot: number): number {
    const threshold = this.#threshold
    if (threshold > this.#counts.length) this.#counts = new Float64Array(threshold * 2)
    const counts = this.#counts
    counts[0] = 1
    for (let j = 1; j < threshold; j += 1) counts[j] = 0
    // Only as many counts can differ from zero as events have been added.
    let top = 0
    for (let i = 0; i < this.#agents; i += 1) {
      const q = 1 - this.#agentTable[i][this.#agentRow[i] + slot]
      if (top < threshold - 1) top += 1
      for (let j = top; j > 0; j -= 1) counts[j] += q * (counts[j - 1] - counts[j])
      counts[0] *= 1 - q
    }
    const offset = this.#offsets[slot]
    for (let i = 0; i < this.#lines; i += 1) {
      const q = this.#lineScale[i] * (this.#lineCurve[i][this.#lineAge[i] + offset] - this.#lineAlready[i])
      if (top < threshold - 1) top += 1
      for (let j = top; j > 0; j -= 1) counts[j] += q * (counts[j - 1] - counts[j])
      counts[0] *= 1 - q
    }
    let below = 0
    for (let j = 0; j < threshold; j += 1) below += counts[j]
    return below < 1 ? 1 - below : 0
  }

  #growLines(): void {
    const size = this.#lineScale.length * 2
    const scales = new Float64Array(size)
    scales.set(this.#lineScale)
    this.#lineScale = scales
    const already = new Float64Array(size)
    already.set(this.#lineAlready)
    this.#lineAlready = already
    const ages = new Int32Array(size)
    ages.set(this.#lineAge)
    this.#lineAge = ages
  }
}
