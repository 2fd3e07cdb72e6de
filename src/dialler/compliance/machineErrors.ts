/**
 * People among the calls detection called machines, from a random sample that was listened to (Ofcom's "reasoned
 * estimate"). `machines` M, `sampled` n, `people` k; all NaN without a sample.
 */
export const machineErrors = (machines: number, sampled: number, people: number) => ({
  /** F = M k / n, for the report. */
  estimate: sampled > 0 ? (machines * people) / sampled : Number.NaN,
  /** F_up: M times the exact upper bound, for pacing. */
  upper: sampled > 0 ? machines * upperKept(people, sampled) : Number.NaN
})

/** Pacing asks at every decision and samples come in rarely: the last bound is kept. */
let kept = { k: -1, n: -1, bound: 0 }
const upperKept = (k: number, n: number): number => {
  if (kept.k !== k || kept.n !== n) kept = { k, n, bound: upperExact(k, n) }
  return kept.bound
}

/** One-sided 95 %. */
const normalQuantile = 1.6448536269514722
const alpha = 0.05

/** Clopper-Pearson: the largest share under which `k` or fewer in `n` still have a chance of 5 %. */
export const upperExact = (k: number, n: number): number => {
  if (k >= n) return 1
  let low = k / n
  let high = 1
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2
    if (chanceOfAtMost(k, n, middle) > alpha) low = middle
    else high = middle
  }
  return high
}

/** Wilson's score bound, one-sided 95 %. */
export const upperWilson = (k: number, n: number): number => {
  const share = k / n
  const z2 = normalQuantile ** 2
  const spread = Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  return (share + z2 / (2 * n) + normalQuantile * spread) / (1 + z2 / n)
}

/** Binomial distribution function, summed in logarithms. */
const chanceOfAtMost = (k: number, n: number, share: number): number => {
  const odds = Math.log(share) - Math.log1p(-share)
  let term = n * Math.log1p(-share)
  let sum = Math.exp(term)
  for (let i = 1; i <= k; i += 1) {
    term += Math.log((n - i + 1) / i) + odds
    sum += Math.exp(term)
  }
  return sum
}
