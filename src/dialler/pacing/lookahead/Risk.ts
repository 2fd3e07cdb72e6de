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

/** Shares of the level expected, of one √3 standard deviations above it and of one below: Gauss-Hermite, three points. */
const levelShares = [2 / 3, 1 / 6, 1 / 6]

/** While fewer events than this may be no, these are counted instead of those that are yes: in small teams nearly always. */
const fewNoes = 4

/**
 * The chance, slot by slot, that answers outnumber the agents there for them. Calls that may be answered and agents who
 * may still be busy count as independent yes-or-no events; the risk of a slot is the chance that at least `threshold` of
 * them are yes. Exactly by convolution for small teams, by the normal form from 20 agents up. A slot is reckoned when it
 * is asked for; a call added after that is added to what is there.
 */
export class Risk {
  /** `worst[k]`: the risk at slot k or later, whichever is larger. Filled by `worstFrom`. */
  readonly worst = new Float64Array(slotCount)
  /** After `exceeds`: what the sum comes to, estimated from the slots that were needed. */
  estimate = 0
  readonly #risks = new Float64Array(slotCount)
  /** Slots, as bits, whose risk is known, and whose sums (or counts) below hold every call and agent added. */
  #known = 0
  #summed = 0
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
  /** Normal form, by slot: expected answers, expected yes of the agents, variance of both. */
  readonly #answers = new Float64Array(slotCount)
  readonly #busy = new Float64Array(slotCount)
  readonly #variance = new Float64Array(slotCount)
  /**
   * Exact form: by slot and level, in rows of `#countsMax`, the chance of exactly j yes for j below the threshold. The
   * levels stand for what all answer chances together may be, as multiples: three where they are uncertain.
   */
  #countsMax = 64
  #counts = new Float64Array(slotCount * levelShares.length * 64)
  readonly #levels = new Float64Array(levelShares.length).fill(1)
  #levelCount = 1

  constructor(offsets: Int32Array) {
    this.#offsets = offsets
  }

  /** Starts over. `deviation`: relative uncertainty of all answer chances together, 0 where it does not matter. */
  begin(exact: boolean, deviation: number): void {
    this.#exact = exact
    this.#deviation = deviation
    this.#levelCount = deviation > 0 ? levelShares.length : 1
    this.#levels[1] = 1 + Math.sqrt(3) * deviation
    this.#levels[2] = Math.max(0, 2 - this.#levels[1])
    this.#lines = 0
    this.#agents = 0
    this.#known = 0
    this.#summed = 0
  }

  /** Agents idle now, less people waiting now; busy agents are added to it as they are counted. */
  set free(agents: number) {
    this.#threshold = agents + this.#agents
    this.#known = 0
    this.#summed = 0
    if (this.#exact && this.#threshold > this.#countsMax) {
      this.#countsMax = this.#threshold * 2
      this.#counts = new Float64Array(slotCount * levelShares.length * this.#countsMax)
    }
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
    for (let slot = 0; this.#summed >> slot !== 0; slot += 1) {
      if ((this.#summed & (1 << slot)) === 0) continue
      const q = scale * (curve[age + this.#offsets[slot]] - already)
      if (this.#exact) this.#countOne(slot, q)
      else {
        this.#answers[slot] += q
        this.#variance[slot] += q * (1 - q)
      }
    }
  }

  /**
   * Takes a call out of the sums, or puts it back: only in the normal form, after `worstFrom`, for exact counts cannot be
   * taken apart again. Says whether it was done.
   */
  alterBy(times: 1 | -1, curve: Float64Array, age: number, already: number, scale: number): boolean {
    if (this.#exact) return false
    for (let slot = 0; slot < slotCount; slot += 1) {
      const q = scale * (curve[age + this.#offsets[slot]] - already)
      this.#answers[slot] += times * q
      this.#variance[slot] += times * q * (1 - q)
    }
    this.#known = 0
    return true
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
    if ((this.#summed & (1 << slot)) === 0) this.#sum(slot)
    const answers = this.#answers[slot]
    const spread = answers * this.#deviation
    const excess = answers + this.#busy[slot] - this.#threshold + 0.5
    return normalBelow(excess / Math.sqrt(this.#variance[slot] + spread * spread))
  }

  #sum(slot: number): void {
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
    this.#answers[slot] = answers
    this.#busy[slot] = this.#agents - free
    this.#variance[slot] = variance
    this.#summed |= 1 << slot
  }

  /** How many of the events may be no if the others are to reach the threshold. */
  #allowedNoes(): number {
    return this.#agents + this.#lines - this.#threshold
  }

  #exactRisk(slot: number): number {
    const allowed = this.#allowedNoes()
    if (allowed < 0) return 0
    if (this.#levelCount === 1) return this.#reached(slot, 0, allowed)
    let risk = 0
    for (let level = 0; level < levelShares.length; level += 1) {
      risk += levelShares[level] * this.#reached(slot, level, allowed)
    }
    return risk
  }

  #rowOf(slot: number, level: number): number {
    return (slot * levelShares.length + level) * this.#countsMax
  }

  /** Chance that the events reach the threshold if the chances of answers are those of a level. */
  #reached(slot: number, level: number, allowed: number): number {
    if (allowed === 0) return this.#allYes(slot, this.#levels[level])
    if (allowed < fewNoes) return this.#fewAreNo(slot, this.#levels[level], allowed)
    if ((this.#summed & (1 << slot)) === 0) this.#convolve(slot)
    const row = this.#rowOf(slot, level)
    let below = 0
    for (let j = 0; j < this.#threshold; j += 1) below += this.#counts[row + j]
    return below < 1 ? 1 - below : 0
  }

  #convolve(slot: number): void {
    for (let level = 0; level < this.#levelCount; level += 1) this.#convolveLevel(slot, level)
    this.#summed |= 1 << slot
  }

  /** Chance that all events are yes: in small teams mostly none may be no. */
  #allYes(slot: number, times: number): number {
    let chance = 1
    const rows = this.#agentRow
    for (let i = 0; i < this.#agents; i += 1) chance *= 1 - this.#agentTable[i][rows[i] + slot]
    const offset = this.#offsets[slot]
    const scales = this.#lineScale
    const already = this.#lineAlready
    const ages = this.#lineAge
    for (let i = 0; i < this.#lines; i += 1) {
      chance *= Math.min(1, times * scales[i] * (this.#lineCurve[i][ages[i] + offset] - already[i]))
    }
    return chance
  }

  /** Chance that no more than `allowed` of the events, fewer than `fewNoes`, are no. */
  #fewAreNo(slot: number, times: number, allowed: number): number {
    let none = 1
    let one = 0
    let two = 0
    let three = 0
    const rows = this.#agentRow
    for (let i = 0; i < this.#agents; i += 1) {
      const no = this.#agentTable[i][rows[i] + slot]
      const yes = 1 - no
      three = three * yes + two * no
      two = two * yes + one * no
      one = one * yes + none * no
      none *= yes
    }
    const offset = this.#offsets[slot]
    const scales = this.#lineScale
    const already = this.#lineAlready
    const ages = this.#lineAge
    for (let i = 0; i < this.#lines; i += 1) {
      const yes = Math.min(1, times * scales[i] * (this.#lineCurve[i][ages[i] + offset] - already[i]))
      const no = 1 - yes
      three = three * yes + two * no
      two = two * yes + one * no
      one = one * yes + none * no
      none *= yes
    }
    return none + one + (allowed > 1 ? two : 0) + (allowed > 2 ? three : 0)
  }

  #convolveLevel(slot: number, level: number): void {
    const counts = this.#counts
    const row = this.#rowOf(slot, level)
    const last = row + this.#threshold - 1
    counts[row] = 1
    for (let j = row + 1; j <= last; j += 1) counts[j] = 0
    // Only as many counts can differ from zero as events have been added.
    let top = row
    const rows = this.#agentRow
    for (let i = 0; i < this.#agents; i += 1) {
      const q = 1 - this.#agentTable[i][rows[i] + slot]
      if (top < last) top += 1
      let here = counts[top]
      for (let j = top; j > row; j -= 1) {
        const before = counts[j - 1]
        counts[j] = here + q * (before - here)
        here = before
      }
      counts[row] = here * (1 - q)
    }
    const offset = this.#offsets[slot]
    const scales = this.#lineScale
    const already = this.#lineAlready
    const ages = this.#lineAge
    const times = this.#levels[level]
    for (let i = 0; i < this.#lines; i += 1) {
      const q = Math.min(1, times * scales[i] * (this.#lineCurve[i][ages[i] + offset] - already[i]))
      if (top < last) top += 1
      let here = counts[top]
      for (let j = top; j > row; j -= 1) {
        const before = counts[j - 1]
        counts[j] = here + q * (before - here)
        here = before
      }
      counts[row] = here * (1 - q)
    }
  }

  /** Adds to the counts of a slot one more event that is yes with chance `q`. */
  #countOne(slot: number, q: number): void {
    const counts = this.#counts
    const top = Math.min(this.#agents + this.#lines, this.#threshold - 1)
    for (let level = 0; level < this.#levelCount; level += 1) {
      const row = this.#rowOf(slot, level)
      const qOfLevel = Math.min(1, q * this.#levels[level])
      for (let j = row + top; j > row; j -= 1) counts[j] += qOfLevel * (counts[j - 1] - counts[j])
      counts[row] *= 1 - qOfLevel
    }
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
