/*
 * MurmurHash3 for 32 bits, word by word (A. Appleby, public domain): chance that belongs to what it is keyed by, and not to
 * when it is asked for.
 */

/** Takes one more word into a hash. */
export const mixed = (hash: number, word: number): number => {
  let part = Math.imul(word, 0xcc9e2d51)
  part = (part << 15) | (part >>> 17)
  const next = hash ^ Math.imul(part, 0x1b873593)
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0
}

/** The hash when all words are in: 0 to 4,294,967,295. */
export const finished = (hash: number): number => {
  let next = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  next = Math.imul(next ^ (next >>> 13), 0xc2b2ae35)
  return (next ^ (next >>> 16)) >>> 0
}
