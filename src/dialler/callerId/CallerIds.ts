import type { CallerId, CallerIdSettings, FallbackCallerId } from "../../domain/callerId/CallerIdSettings.ts"
import { finished, mixed } from "./keyedHash.ts"
import { PrefixClasses } from "./PrefixClasses.ts"

/** Why no number may be shown. */
export const Refusal = {
  none: 0,
  /** All that serve the contact are at their cap: there is one again after midnight. */
  capped: 1,
  /** None serves the contact, and there is no fall-back. */
  unserved: 2
} as const

/** Numbers a campaign can ever have had; those withdrawn keep their places. */
const indexMax = 65_534

/**
 * Which of a campaign's numbers each call shows. Numbers are known by an index that never changes: one that is withdrawn
 * keeps its own, with what was counted, and has it again when it comes back. `pick` changes nothing but the day and
 * allocates nothing; what it returned counts from `placed` on. Days are whole numbers, such as days since 1970 by the
 * campaign's clock; a day that is over does not come back.
 */
export class CallerIds {
  /** Why `pick` returned -1 the last time, one of `Refusal`. */
  refusal: number = Refusal.none
  readonly #seed: number
  #settings: CallerIdSettings
  #day = Number.NEGATIVE_INFINITY
  #placed = 0
  #fallback = -1

  /* By index. */
  readonly #numbers: Array<string> = []
  readonly #indexOf = new Map<string, number>()
  #inUse = new Uint8Array(0)
  /** Calls it may be shown on in a day; Infinity for any number. */
  #cap = new Float64Array(0)
  /** Calls it was shown on today. */
  #today = new Int32Array(0)
  /** Calls that had been placed when it was shown last. */
  #lastShown = new Float64Array(0)
  /** What stands for the number itself where chance is keyed. */
  #key = new Int32Array(0)

  readonly #classes = new PrefixClasses()
  /** By contact: 1 + the number it saw first, 0 for none. */
  #first = new Uint16Array(0)

  /** `seed`: a whole number of 32 bits; the same seed shows the same numbers. The settings must have been decoded. */
  constructor(settings: CallerIdSettings, seed: number) {
    this.#seed = seed | 0
    this.#settings = settings
    this.change(settings)
  }

  /** From now on these are the numbers: others are withdrawn, new ones are added, caps and rotation are as they say. */
  change(settings: CallerIdSettings): void {
    this.#settings = settings
    this.#inUse.fill(0)
    this.#classes.clear()
    for (const each of settings.numbers) this.#classes.add(this.#use(each), each.prefixes ?? [""])
    this.#fallback = settings.fallback === undefined ? -1 : this.#use(settings.fallback)
    this.#classes.link()
  }

  #use({ capPerDay = Number.POSITIVE_INFINITY, number }: CallerId | FallbackCallerId): number {
    const index = this.#indexOf.get(number) ?? this.#append(number)
    this.#inUse[index] = 1
    this.#cap[index] = capPerDay
    return index
  }

  #append(number: string): number {
    const index = this.#numbers.length
    if (index > indexMax) throw new Error(`a campaign cannot have more than ${indexMax + 1} caller IDs in all`)
    if (index === this.#inUse.length) this.#grow(Math.max(8, 2 * index))
    this.#numbers.push(number)
    this.#indexOf.set(number, index)
    const digits = Number(number.slice(1))
    this.#key[index] = mixed(mixed(0, digits % 0x1_0000_0000), Math.floor(digits / 0x1_0000_0000))
    return index
  }

  /* ---- what a call shows ---- */

  /** The class of a contact by its number, for `pick`; to be worked out again where `classesMade` has changed. */
  classOf(number: string): number {
    return this.#classes.classOf(number)
  }

  /** Counts the times classes were added. A class given before still holds, but prefixes that came later may fit better. */
  get classesMade(): number {
    return this.#classes.made
  }

  /**
   * The index of the number that this attempt of the contact is to show on this day; -1 for none, with the reason in
   * `refusal`. By chance means: the same seed, contact and attempt give the same number as long as it can be shown,
   * whatever was placed before.
   */
  pick(contact: number, prefixClass: number, attempt: number, day: number): number {
    this.#begin(day)
    const { rotation } = this.#settings
    if (rotation === "sticky") {
      const first = this.shownFirst(contact)
      if (first >= 0 && this.#inUse[first] === 1 && this.#today[first] < this.#cap[first]) return first
    }
    const inTurn = rotation === "round-robin" || rotation === "by-prefix"
    // Whoever misses the number seen first sees the same one in its place every time.
    const key = inTurn ? 0 : mixed(mixed(this.#seed, contact), rotation === "sticky" ? 0 : attempt)
    let served = false
    for (let of = prefixClass; of >= 0; of = this.#classes.parentOf(of)) {
      const members = this.#classes.membersOf(of)
      if (members.length === 0) continue
      served = true
      const found = inTurn ? this.#longestUnused(members) : this.#preferred(members, key)
      if (found >= 0) return found
    }
    return this.#otherwise(served)
  }

  /** A call of this contact was placed and showed the number at `index`. */
  placed(index: number, contact: number, day: number): void {
    this.#begin(day)
    this.#placed += 1
    this.#today[index] += 1
    this.#lastShown[index] = this.#placed
    if (contact >= this.#first.length) {
      const first = new Uint16Array(Math.max(64, contact + 1, 2 * this.#first.length))
      first.set(this.#first)
      this.#first = first
    }
    if (this.#first[contact] === 0) this.#first[contact] = index + 1
  }

  #begin(day: number): void {
    if (day <= this.#day) return
    this.#day = day
    this.#today.fill(0)
  }

  #longestUnused(members: Int32Array): number {
    let found = -1
    for (let i = 0; i < members.length; i += 1) {
      const index = members[i]
      if (this.#today[index] >= this.#cap[index]) continue
      if (found < 0 || this.#lastShown[index] < this.#lastShown[found]) found = index
    }
    return found
  }

  /** Every number draws a lot for the key; the smallest wins. So one that drops out moves only those who had it. */
  #preferred(members: Int32Array, key: number): number {
    let found = -1
    let smallest = Number.POSITIVE_INFINITY
    for (let i = 0; i < members.length; i += 1) {
      const index = members[i]
      if (this.#today[index] >= this.#cap[index]) continue
      const lot = finished(mixed(key, this.#key[index]))
      if (lot >= smallest) continue
      smallest = lot
      found = index
    }
    return found
  }

  #otherwise(served: boolean): number {
    const fallback = this.#fallback
    this.refusal = served || fallback >= 0 ? Refusal.capped : Refusal.unserved
    if (fallback < 0 || (served && this.#settings.whenCapped === "stop")) return -1
    return this.#today[fallback] < this.#cap[fallback] ? fallback : -1
  }

  /* ---- what is known of a number ---- */

  /** Numbers there have been; indices are below it. */
  get size(): number {
    return this.#numbers.length
  }

  numberOf(index: number): string {
    return this.#numbers[index]
  }

  /** The index of a number, in use or withdrawn; -1 for one that never was. */
  indexOf(number: string): number {
    return this.#indexOf.get(number) ?? -1
  }

  isInUse(index: number): boolean {
    return this.#inUse[index] === 1
  }

  /** Calls it was shown on today, 0 where this day is a later one. */
  shownOn(index: number, day: number): number {
    return day > this.#day ? 0 : this.#today[index]
  }

  /** The number the contact saw first, -1 where it has seen none. */
  shownFirst(contact: number): number {
    return contact < this.#first.length ? this.#first[contact] - 1 : -1
  }

  #grow(capacity: number): void {
    const grow = <A extends Uint8Array | Int32Array | Float64Array>(column: A, next: A): A => {
      next.set(column)
      return next
    }
    this.#inUse = grow(this.#inUse, new Uint8Array(capacity))
    this.#cap = grow(this.#cap, new Float64Array(capacity))
    this.#today = grow(this.#today, new Int32Array(capacity))
    this.#lastShown = grow(this.#lastShown, new Float64Array(capacity))
    this.#key = grow(this.#key, new Int32Array(capacity))
  }
}
