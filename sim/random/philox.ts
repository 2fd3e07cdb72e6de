/** Multipliers of the two lanes, split into 16-bit halves so that every partial product is exact in 32 bits. */
const lane0 = 0xd2511f53
const lane0High = lane0 >>> 16
const lane0Low = lane0 & 0xffff
const lane1 = 0xcd9e8d57
const lane1High = lane1 >>> 16
const lane1Low = lane1 & 0xffff

/** Weyl increments of the key: the golden ratio and √3 − 1, as 32-bit fractions. */
const weyl0 = 0x9e3779b9
const weyl1 = 0xbb67ae85

const roundCount = 10

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
    let a = counter0 | 0
    let b = counter1 | 0
    let c = counter2 | 0
    let d = counter3 | 0
    let key0 = this.#key0
    let key1 = this.#key1
    for (let round = 0; round < roundCount; round += 1) {
      // The high half of a 32 × 32-bit product by schoolbook multiplication: JavaScript has no such instruction.
      const aHigh = a >>> 16
      const aLow = a & 0xffff
      const aMiddle = (Math.imul(aHigh, lane0Low) + (Math.imul(aLow, lane0Low) >>> 16)) | 0
      const aCarry = (Math.imul(aLow, lane0High) + (aMiddle & 0xffff)) | 0
      const aProductHigh = (Math.imul(aHigh, lane0High) + (aMiddle >>> 16) + (aCarry >>> 16)) | 0
      const cHigh = c >>> 16
      const cLow = c & 0xffff
      const cMiddle = (Math.imul(cHigh, lane1Low) + (Math.imul(cLow, lane1Low) >>> 16)) | 0
      const cCarry = (Math.imul(cLow, lane1High) + (cMiddle & 0xffff)) | 0
      const cProductHigh = (Math.imul(cHigh, lane1High) + (cMiddle >>> 16) + (cCarry >>> 16)) | 0
      const aProductLow = Math.imul(a, lane0)
      a = cProductHigh ^ b ^ key0
      b = Math.imul(c, lane1)
      c = aProductHigh ^ d ^ key1
      d = aProductLow
      key0 = (key0 + weyl0) | 0
      key1 = (key1 + weyl1) | 0
    }
    this.word0 = a
    this.word1 = b
    this.word2 = c
    this.word3 = d
  }
}
