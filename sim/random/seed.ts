import { Philox } from "./philox.ts"

const charactersPerBlock = 8

/**
 * The key of one replication, as two 32-bit words for `Draws`. A number and its text are the same seed, so that 7 in a
 * file and `--seed 7` on a command line agree. The text is chained through Philox eight UTF-16 units at a time,
 * starting from its length; the replication number is the last counter.
 */
export const seedOf = (seed: number | string, replication: number): readonly [low: number, high: number] => {
  const text = String(seed)
  let philox = new Philox(text.length, 0)
  for (let start = 0; start < text.length; start += charactersPerBlock) {
    philox.block(pair(text, start), pair(text, start + 2), pair(text, start + 4), pair(text, start + 6))
    philox = new Philox(philox.word0, philox.word1)
  }
  philox.block(replication, 0, 0, 0)
  return [philox.word0, philox.word1]
}

/** Two UTF-16 units as one word; past the end they are zero. */
const pair = (text: string, index: number): number => unit(text, index) | (unit(text, index + 1) << 16)

const unit = (text: string, index: number): number => (index < text.length ? text.charCodeAt(index) : 0)
