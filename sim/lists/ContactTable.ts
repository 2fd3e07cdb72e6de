import type { TextColumn } from "./TextColumn.ts"

/** What tells where contacts are, for all that have the same. */
export interface PlaceEvidence {
  /** IANA zone the file states; null where it states none. */
  readonly record: string | null
  /** Every zone one of the numbers may ring in. */
  readonly number: ReadonlyArray<string>
}

/**
 * The contacts of a file, in its order: what of them a rehearsal asks for, as columns in memory that all threads share, so
 * that it is there once however many shifts run. About 40 bytes a contact with one number, and the texts.
 */
export interface ContactTable {
  readonly size: number
  /** Digits of the numbers, contact after contact, in the order they are dialled. */
  readonly numbers: Float64Array
  /** Where those of a contact begin; at last, where those of all end. */
  readonly firstNumber: Uint32Array
  /** Positions in `numbers`, from the smallest number to the largest. */
  readonly byNumber: Uint32Array
  /** The larger is called earlier. */
  readonly priority: Int32Array
  /** Positions in `places`. */
  readonly place: Uint32Array
  readonly places: ReadonlyArray<PlaceEvidence>
  /** By name of a field as filters have it: `segment`, `city`, `parameter.Tariff`. */
  readonly texts: Readonly<Record<string, TextColumn>>
}

/** Digits of a contact's numbers. */
export const digitsOfContact = ({ firstNumber, numbers }: ContactTable, contact: number): Float64Array =>
  numbers.subarray(firstNumber[contact], firstNumber[contact + 1])

/** The contact that has a number; of several the first, -1 for nobody. */
export const contactWith = ({ byNumber, firstNumber, numbers, size }: ContactTable, digits: number): number => {
  const place = below(byNumber.length, (at) => numbers[byNumber[at]] < digits)
  if (place === byNumber.length || numbers[byNumber[place]] !== digits) return -1
  const position = byNumber[place]
  return below(size, (contact) => firstNumber[contact + 1] <= position)
}

/** How many positions, from 0, lie below what is looked for. */
const below = (length: number, isBelow: (at: number) => boolean): number => {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBelow(middle)) low = middle + 1
    else high = middle
  }
  return low
}
