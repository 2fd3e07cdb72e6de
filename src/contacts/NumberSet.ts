import { digitsHash } from "./digitsHash.ts"

/**
 * A set of telephone numbers as their digits, in about 16 to 24 bytes a number: a hash table without pointers. Numbers
 * of up to 15 digits are exact as JavaScript numbers; 0 stands for an empty place, and no number is 0.
 */
export class NumberSet {
  #size = 0
  #table = new Float64Array(1_024)

  get size(): number {
    return this.#size
  }

  has(digits: number): boolean {
    return this.#table[this.#place(digits)] === digits
  }

  /** Whether it was not in the set before. */
  add(digits: number): boolean {
    const place = this.#place(digits)
    if (this.#table[place] === digits) return false
    this.#table[place] = digits
    this.#size += 1
    if (this.#size * 3 > this.#table.length * 2) this.#grow()
    return true
  }

  /** The place of a number, or the empty one where it would go. */
  #place(digits: number): number {
    const table = this.#table
    const mask = table.length - 1
    let place = digitsHash(digits) & mask
    while (table[place] !== 0 && table[place] !== digits) place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const old = this.#table
    this.#table = new Float64Array(old.length * 2)
    for (const digits of old) if (digits !== 0) this.#table[this.#place(digits)] = digits
  }
}

/** The digits of an E.164 number as a JavaScript number, exact. */
export const digitsOf = (number: string): number => Number(number.slice(1))
