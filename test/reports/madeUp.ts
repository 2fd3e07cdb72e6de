/** A generator for made-up numbers: a multiplicative congruence, uniform between 0 and 1, the same for the same seed. */
export const madeUp = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
