import { samplesPerSecond } from "./g711.ts"

/** Energy of a block at one frequency, by Goertzel's recurrence; `coefficient` is that of `goertzelCoefficient`. */
export const goertzel = (samples: Int16Array, at: number, count: number, coefficient: number): number => {
  let last = 0
  let before = 0
  for (let i = at; i < at + count; i += 1) {
    const next = samples[i] + coefficient * last - before
    before = last
    last = next
  }
  return last * last + before * before - coefficient * last * before
}

export const goertzelCoefficient = (hertz: number): number => 2 * Math.cos((2 * Math.PI * hertz) / samplesPerSecond)

/** Sum of squares of a block. A sine alone has Goertzel energy of half the block's length times this. */
export const energyOf = (samples: Int16Array, at: number, count: number): number => {
  let sum = 0
  for (let i = at; i < at + count; i += 1) sum += samples[i] * samples[i]
  return sum
}
