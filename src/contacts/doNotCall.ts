import type { E164 } from "../domain/Contact.ts"
import type { ErasedNumbers } from "./ErasedNumbers.ts"
import type { Forbidden } from "./ListOptions.ts"
import { digitsOf } from "./NumberSet.ts"

/** Where a do-not-call list comes from. */
export interface DoNotCallSource {
  /** As managers know it: `TPS`, `own objections`. */
  readonly name: string
  /** As compliance profiles name it: `US national`, `own`. */
  readonly source: string
  /** When this copy was read, milliseconds since 1970; profiles limit its age. */
  readonly readAt: number
  /** SHA-256 of the file, hexadecimal; null for a list that was not a file. */
  readonly fileHash: string | null
  /** Whether it names persons rather than numbers: then a contact is left out with all its numbers. */
  readonly wholeContact: boolean
}

/** Numbers added one by one are merged into the sorted ones when there are so many. */
const addedMax = 65_536

/**
 * A do-not-call list: its numbers sorted, 8 bytes each, so that five million take 40 MB. A membership test is a binary
 * search, below a microsecond. Numbers can be added at any time and hold at once.
 */
export class DoNotCallList {
  readonly about: DoNotCallSource
  #sorted: Float64Array
  readonly #added = new Set<number>()

  /** `digits`: the numbers as `digitsOf` gives them, in any order, repeated or not. The array is taken over. */
  constructor(about: DoNotCallSource, digits: Float64Array) {
    this.about = about
    this.#sorted = sortedOnce(digits)
  }

  static of(about: DoNotCallSource, numbers: Iterable<E164>): DoNotCallList {
    const builder = new DigitsBuilder()
    for (const number of numbers) builder.add(number)
    return new DoNotCallList(about, builder.digits)
  }

  get size(): number {
    return this.#sorted.length + this.#added.size
  }

  has(number: E164): boolean {
    const digits = digitsOf(number)
    return this.#added.has(digits) || isIn(this.#sorted, digits)
  }

  /** An objection made now; it holds for the next test. */
  add(number: E164): void {
    if (this.has(number)) return
    this.#added.add(digitsOf(number))
    if (this.#added.size < addedMax) return
    this.#sorted = this.digits
    this.#added.clear()
  }

  /** All numbers, sorted, for keeping; `numberOfDigits` gives each back. */
  get digits(): Float64Array {
    const all = new Float64Array(this.size)
    all.set(this.#sorted)
    all.set([...this.#added], this.#sorted.length)
    return all.sort()
  }
}

/** The number of its digits as `digitsOf` gave them. */
export const numberOfDigits = (digits: number): E164 => `+${digits}` as E164

/** Collects numbers for a `DoNotCallList`, 8 to 16 bytes each. */
export class DigitsBuilder {
  #all = new Float64Array(1_024)
  #size = 0

  add(number: E164): void {
    if (this.#size === this.#all.length) {
      const larger = new Float64Array(this.#size * 2)
      larger.set(this.#all)
      this.#all = larger
    }
    this.#all[this.#size] = digitsOf(number)
    this.#size += 1
  }

  get digits(): Float64Array {
    return this.#all.slice(0, this.#size)
  }
}

const sortedOnce = (digits: Float64Array): Float64Array => {
  digits.sort()
  let size = 0
  for (const each of digits) {
    if (size > 0 && digits[size - 1] === each) continue
    digits[size] = each
    size += 1
  }
  return size === digits.length ? digits : digits.slice(0, size)
}

const isIn = (sorted: Float64Array, digits: number): boolean => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle] < digits) low = middle + 1
    else high = middle
  }
  return sorted[low] === digits
}

/**
 * What `ListOptions.forbidden` asks: the first list a number is on, erased people first. `scope`: what is imported or
 * dialled for, as `ErasedNumbers` knows scopes.
 */
export const forbiddenBy =
  (lists: ReadonlyArray<DoNotCallList>, erased: ErasedNumbers | null, scope: string) =>
  (number: E164): Forbidden | null => {
    if (erased?.has(number, scope) === true) return { list: "erased people", wholeContact: true }
    const list = lists.find((each) => each.has(number))
    return list === undefined ? null : { list: list.about.name, wholeContact: list.about.wholeContact }
  }
