import { blockWords, philoxBlock } from "./philoxModule.ts"

/**
 * Philox4x32-10: a keyed bijection of 128-bit counters that passes BigCrush, so any counter can be asked for in any
 * order and neighbouring counters or keys give independent words. Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011.
 *
 * One instance is one key. `block` leaves its four words in fields, as signed 32-bit integers, and allocates nothing.
 */
export class Philox {
  word0 = 0
  word1 = 0
  word2 = 0
  word3 = 0
  readonly #key0: number
  readonly #key1: number

  constructor(key0: number, key1: number) {
    this.#key0 = key0 | 0
    this.#key1 = key1 | 0
  }

  /** Turns one counter, least significant word first, into `word0` … `word3`. */
  block(counter0: number, counter1: number, counter2: number, counter3: number): void {
    philoxBlock(counter0 | 0, counter1 | 0, counter2 | 0, counter3 | 0, this.#key0, this.#key1)
    this.word0 = blockWords[0]
    this.word1 = blockWords[1]
    this.word2 = blockWords[2]
    this.word3 = blockWords[3]
  }
}
