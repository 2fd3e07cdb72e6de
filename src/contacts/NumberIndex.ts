import type { E164 } from "../domain/Contact.ts"
import { digitsHash } from "./digitsHash.ts"
import { digitsOf } from "./NumberSet.ts"

/** Contacts given for one number: a switchboard may have more than anybody looks through. */
const contactsMax = 20

/**
 * Which contacts have a number, for calls that come in. A hash table without pointers whose keys are the numbers' digits,
 * so that a match is exact: 30 to 60 bytes a number of a contact, 42 MB for a million, half as much again while it grows.
 * A contact is the whole number the store knows it by, 0 to 4,294,967,295.
 */
export class NumberIndex {
  #size = 0
  /** 0 stands for an empty place; a number of several contacts has several places. */
  #digits = new Float64Array(1_024)
  #contacts = new Uint32Array(1_024)
  #activeAt = new Float64Array(1_024)

  /** Numbers of contacts; a number counts once for each contact that has it. */
  get size(): number {
    return this.#size
  }

  /** Keeps that a contact has a number and when it was last active, such as loaded or called: milliseconds since 1970. */
  set(number: E164, contact: number, activeAt: number): void {
    const digits = digitsOf(number)
    const place = this.#place(digits, contact)
    const isNew = this.#digits[place] === 0
    this.#put(place, digits, contact, activeAt)
    if (!isNew) return
    this.#size += 1
    if (this.#size * 3 > this.#digits.length * 2) this.#grow()
  }

  /** Whether the contact had the number. */
  delete(number: E164, contact: number): boolean {
    const place = this.#place(digitsOf(number), contact)
    if (this.#digits[place] === 0) return false
    this.#size -= 1
    this.#close(place)
    return true
  }

  /** The contacts that have a number, those active last first, of equal ones the one with the smaller number; 20 at most. */
  contactsOf(number: E164): ReadonlyArray<number> {
    const digits = digitsOf(number)
    const mask = this.#digits.length - 1
    const places: Array<number> = []
    for (let place = digitsHash(digits) & mask; this.#digits[place] !== 0; place = (place + 1) & mask) {
      if (this.#digits[place] === digits) places.push(place)
    }
    const contacts = this.#contacts
    const activeAt = this.#activeAt
    places.sort((a, b) => activeAt[b] - activeAt[a] || contacts[a] - contacts[b])
    return places.slice(0, contactsMax).map((place) => contacts[place])
  }

  /** The place of a number of a contact, or the empty one where it would go. */
  #place(digits: number, contact: number): number {
    const mask = this.#digits.length - 1
    let place = digitsHash(digits) & mask
    while (this.#digits[place] !== 0 && (this.#digits[place] !== digits || this.#contacts[place] !== contact)) {
      place = (place + 1) & mask
    }
    return place
  }

  #put(place: number, digits: number, contact: number, activeAt: number): void {
    this.#digits[place] = digits
    this.#contacts[place] = contact
    this.#activeAt[place] = activeAt
  }

  /** Empties a place and moves up what would no longer be found behind it (Knuth, volume 3, section 6.4, algorithm R). */
  #close(place: number): void {
    const mask = this.#digits.length - 1
    let empty = place
    for (let at = (place + 1) & mask; this.#digits[at] !== 0; at = (at + 1) & mask) {
      const home = digitsHash(this.#digits[at]) & mask
      if (((at - home) & mask) < ((at - empty) & mask)) continue
      this.#put(empty, this.#digits[at], this.#contacts[at], this.#activeAt[at])
      empty = at
    }
    this.#digits[empty] = 0
  }

  #grow(): void {
    const digits = this.#digits
    const contacts = this.#contacts
    const activeAt = this.#activeAt
    this.#digits = new Float64Array(digits.length * 2)
    this.#contacts = new Uint32Array(digits.length * 2)
    this.#activeAt = new Float64Array(digits.length * 2)
    for (let i = 0; i < digits.length; i += 1) {
      if (digits[i] !== 0) this.#put(this.#place(digits[i], contacts[i]), digits[i], contacts[i], activeAt[i])
    }
  }
}
