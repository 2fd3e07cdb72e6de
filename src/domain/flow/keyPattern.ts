import { flowLimits } from "./flowLimits.ts"

/**
 * Which keys an entry may have: `1`, `*`, `[1-5]` (one of these), `X` (any digit), `XXXX` (four digits), `XXX+` (three or
 * more). Kept as a set of keys for each place; the last one repeats where more may follow.
 */
export interface KeyPattern {
  /** Bit sets: 0 to 9 for the digits, 10 for `*`, 11 for `#`. */
  readonly sets: ReadonlyArray<number>
  /** Whether the last set may repeat, up to `flowLimits.keys` keys in all. */
  readonly more: boolean
}

export const allKeys = "0123456789*#"
const digits = 0b11_1111_1111

/** The bit of a key by its character code; 0 for what is no key. */
export const keyBit = (code: number): number => {
  if (code >= 48 && code <= 57) return 1 << (code - 48)
  return code === 42 ? 1 << 10 : code === 35 ? 1 << 11 : 0
}

const element = /\[([0-9*#-]+)\]|([0-9*#X])/y
const range = /([0-9])-([0-9])|([0-9*#])/y

/** Null for what is no pattern. */
export const parseKeyPattern = (text: string): KeyPattern | null => {
  const more = text.endsWith("+")
  const body = more ? text.slice(0, -1) : text
  const sets: Array<number> = []
  element.lastIndex = 0
  while (element.lastIndex < body.length) {
    const found = element.exec(body)
    if (found === null) return null
    const set = found[1] === undefined ? (found[2] === "X" ? digits : keyBit(found[2].charCodeAt(0))) : setOf(found[1])
    if (set === 0) return null
    sets.push(set)
  }
  return sets.length === 0 || sets.length > flowLimits.keys ? null : { sets, more }
}

/** The keys between brackets; 0 for what makes no sense there, such as `5-1`. */
const setOf = (text: string): number => {
  let set = 0
  range.lastIndex = 0
  while (range.lastIndex < text.length) {
    const found = range.exec(text)
    if (found === null) return 0
    if (found[3] !== undefined) set |= keyBit(found[3].charCodeAt(0))
    else {
      if (found[1] >= found[2]) return 0
      for (let key = Number(found[1]); key <= Number(found[2]); key += 1) set |= 1 << key
    }
  }
  return set
}

/** The keys allowed at a place, from 0; none past the end. */
export const setAt = ({ more, sets }: KeyPattern, place: number): number =>
  place < sets.length ? sets[place] : more && place < flowLimits.keys ? sets[sets.length - 1] : 0

const longest = ({ more, sets }: KeyPattern): number => (more ? flowLimits.keys : sets.length)

export const matchesKeys = (pattern: KeyPattern, keys: string): boolean => {
  if (keys.length < pattern.sets.length || keys.length > longest(pattern)) return false
  for (let place = 0; place < keys.length; place += 1) {
    if ((setAt(pattern, place) & keyBit(keys.charCodeAt(place))) === 0) return false
  }
  return true
}

/** Whether some entry fits both. */
export const overlap = (a: KeyPattern, b: KeyPattern): boolean => {
  const length = Math.max(a.sets.length, b.sets.length)
  return length <= longest(a) && length <= longest(b) && alikeUpTo(length, a, b)
}

/** Whether some entry that fits `a` is the beginning of a longer one that fits `b`. */
export const beginsWithin = (a: KeyPattern, b: KeyPattern): boolean =>
  a.sets.length < longest(b) && alikeUpTo(a.sets.length, a, b)

const alikeUpTo = (length: number, a: KeyPattern, b: KeyPattern): boolean => {
  for (let place = 0; place < length; place += 1) if ((setAt(a, place) & setAt(b, place)) === 0) return false
  return true
}

/** Whether every entry that fits `a` fits `b` as well. */
export const isPartOf = (a: KeyPattern, b: KeyPattern): boolean => {
  if (a.sets.length < b.sets.length || longest(a) > longest(b)) return false
  for (let place = 0; place < longest(a); place += 1) if ((setAt(a, place) & ~setAt(b, place)) !== 0) return false
  return true
}
