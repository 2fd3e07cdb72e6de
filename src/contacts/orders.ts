import { Schema } from "effect"

/** One key of the order in which contacts are called. */
export const CallingOrder = Schema.Union([
  /** As loaded, the oldest first. */
  Schema.Struct({ by: Schema.Literal("loaded") }),
  Schema.Struct({ by: Schema.Literal("newest") }),
  /** The largest priority first. */
  Schema.Struct({ by: Schema.Literal("priority") }),
  /** The same seed and contact give the same place, whatever else is in the list. */
  Schema.Struct({ by: Schema.Literal("random"), seed: Schema.Union([Schema.String, Schema.Finite]) }),
  Schema.Struct({ by: Schema.Literal("fewest-attempts") }),
  /** Contacts whose best hour is now first, then those it is nearest for, before or after; unknown ones last. */
  Schema.Struct({ by: Schema.Literal("best-hour") })
])
export type CallingOrder = typeof CallingOrder.Type

/** What an order looks at, a column each, by position in the list; `size` of every column is used. */
export interface OrderColumns {
  readonly size: number
  /** What stays the same for a contact in every list: its identifier, or the digits of its number. Whole numbers. */
  readonly key: Float64Array
  /** Milliseconds since 1970. */
  readonly loadedAt: Float64Array
  readonly priority: Int32Array
  readonly attempts: Uint8Array
  /** Hour of the day, 0 to 23 in the contact's own zone, at which it is best called; -1 where nobody knows. */
  readonly bestHour: Int8Array
  /** The hour it is for the contact now, 0 to 23; -1 where nobody knows. */
  readonly localHour: Int8Array
}

/**
 * Positions of the contacts in the order they are called: by the first key, ties by the next ones, at last as loaded
 * in the list. A million contacts take about a second; nothing is changed.
 */
export const inOrder = (columns: OrderColumns, orders: ReadonlyArray<CallingOrder>): Uint32Array => {
  const positions = Uint32Array.from({ length: columns.size }, (_, position) => position)
  const keys = orders.map((order) => sortKeys(columns, order))
  if (keys.length === 0) return positions
  return positions.sort((a, b) => {
    for (const key of keys) {
      const difference = key[a] - key[b]
      if (difference !== 0) return difference
    }
    return a - b
  })
}

/** Rank of each contact, 0 for the first, of positions in order. */
export const ranksOf = (positions: Uint32Array): Uint32Array => {
  const ranks = new Uint32Array(positions.length)
  positions.forEach((position, rank) => {
    ranks[position] = rank
  })
  return ranks
}

/** A number for each contact; the smallest is called first. */
const sortKeys = (columns: OrderColumns, order: CallingOrder): Float64Array => {
  const { attempts, bestHour, key, loadedAt, localHour, priority, size } = columns
  const each = (of: (position: number) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, position) => of(position))
  switch (order.by) {
    case "loaded":
      return each((i) => loadedAt[i])
    case "newest":
      return each((i) => -loadedAt[i])
    case "priority":
      return each((i) => -priority[i])
    case "random": {
      const seed = seedWords(String(order.seed))
      return each((i) => keyed(seed, key[i]))
    }
    case "fewest-attempts":
      return each((i) => attempts[i])
    case "best-hour":
      return each((i) => hoursApart(bestHour[i], localHour[i]))
  }
}

const hoursUnknown = 24

const hoursApart = (best: number, now: number): number => {
  if (best < 0 || now < 0) return hoursUnknown
  const apart = Math.abs(best - now)
  return Math.min(apart, 24 - apart)
}

type Words = readonly [low: number, high: number]

/** Two independent words of a text (FNV-1a from two bases). */
const seedWords = (text: string): Words => {
  let low = 0x811c9dc5
  let high = 0x9747b28c
  for (let i = 0; i < text.length; i += 1) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193)
    high = Math.imul(high ^ text.charCodeAt(i), 0x85ebca6b)
  }
  return [mixed(low), mixed(high)]
}

/** Murmur3's finaliser: every bit of the result depends on every bit of the word. */
const mixed = (word: number): number => {
  let hash = word ^ (word >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** A number below 2^53 that depends on the seed and the key alone. */
const keyed = ([low, high]: Words, key: number): number => {
  const keyLow = (key % 4_294_967_296) | 0
  const keyHigh = Math.floor(key / 4_294_967_296) | 0
  const first = mixed(mixed(keyLow ^ low) ^ keyHigh ^ high)
  const second = mixed(mixed(keyHigh ^ high ^ 0x9e3779b9) ^ keyLow ^ Math.imul(first, 0x1b873593))
  return (first >>> 0) * 2_097_152 + (second >>> 11)
}
