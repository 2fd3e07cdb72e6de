/** The part of 1 a uniform falls into; -1 in what the shares leave. */
export const choice = (shares: ReadonlyArray<number>, u: number): number => {
  let rest = u
  for (const [i, share] of shares.entries()) {
    rest -= share
    if (rest < 0) return i
  }
  return -1
}
