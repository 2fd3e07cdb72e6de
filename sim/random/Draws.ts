import { normalQuantile } from "./normalQuantile.ts"
import { Philox } from "./philox.ts"

const wordCount = 4
const wordScale = 2 ** -32

/**
 * Random numbers that belong to what they describe, not to when they were asked for. `at` names the thing (a source
 * from `sources.ts`, then two ids, for example contact and attempt); the draws that follow are a pure function of the
 * seed and that name, so a different pacing policy meets the same customers.
 *
 * Every draw takes exactly one 32-bit uniform through an increasing quantile function: one draw belongs to one
 * quantity, and two scenarios that share a seed stay as correlated as their laws allow.
 */
export class Draws {
  readonly #philox: Philox
  #source = 0
  #a = 0
  #b = 0
  #blockIndex = 0
  #wordsUsed = wordCount

  /** The two words of `seedOf`. */
  constructor(seedLow: number, seedHigh: number) {
    this.#philox = new Philox(seedLow, seedHigh)
  }

  /** Goes to the first draw of (source, a, b), each an integer of up to 32 bits. Costs nothing until the next draw. */
  at(source: number, a: number, b: number): void {
    this.#source = source
    this.#a = a
    this.#b = b
    this.#blockIndex = 0
    this.#wordsUsed = wordCount
  }

  /** Uniform on (0, 1): the middle of one of 2³² equal cells, so never 0 or 1, and 1 − u is exact. */
  next(): number {
    return ((this.#word() >>> 0) + 0.5) * wordScale
  }

  /** Standard normal, between −6.4 and 6.4. */
  nextNormal(): number {
    return normalQuantile(this.next())
  }

  /** Exponential, in the unit of the mean. */
  nextExponential(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  /** True with the given probability. */
  nextChance(probability: number): boolean {
    return this.next() < probability
  }

  /** An integer from 0 up to, not including, `limit` (at most 2³²). */
  nextBelow(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  #word(): number {
    const philox = this.#philox
    switch (this.#wordsUsed) {
      case 1:
        this.#wordsUsed = 2
        return philox.word1
      case 2:
        this.#wordsUsed = 3
        return philox.word2
      case 3:
        this.#wordsUsed = wordCount
        return philox.word3
      default:
        philox.block(this.#blockIndex, this.#b, this.#a, this.#source)
        this.#blockIndex += 1
        this.#wordsUsed = 1
        return philox.word0
    }
  }
}
