/**
 * Exact results that a simulated floor must reproduce, derived independently of `sim/`. Times in seconds, rates per
 * second, shares and probabilities from 0 to 1. `n` agents, `a` offered load in erlangs (arrival rate × mean handling
 * time), `H` mean handling time (talk + wrap), `p` chance that a call is answered by a person, `g` the time an
 * answered customer may wait.
 */
import jstat from "jstat"

const sumUpTo = (count: number, term: (index: number) => number): number => {
  let sum = 0
  for (let index = 0; index < count; index += 1) sum += term(index)
  return sum
}

/** Erlang B: share of Poisson arrivals lost when a free agent must be there at once. Any handling-time law. */
export const erlangB = (n: number, a: number): number => {
  let blocked = 1
  for (let k = 1; k <= n; k += 1) blocked = (a * blocked) / (k + a * blocked)
  return blocked
}

export const erlangBOccupancy = (n: number, a: number): number => (a * (1 - erlangB(n, a))) / n

/** The load at which Erlang B loses a share `lost`, by bisection: the loss grows with the load. */
export const erlangBLoad = (n: number, lost: number): number => {
  let low = 0
  let high = n / (1 - lost) + n
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2
    if (erlangB(n, middle) < lost) low = middle
    else high = middle
  }
  return low
}

/** Load on the agents when `lines` always ring, each resolving after an exponential time of mean `resolution`. */
export const constantLinesLoad = (lines: number, p: number, resolution: number, H: number): number =>
  (lines * p * H) / resolution

/** M/M/n with a fixed patience `g` (Barrer 1957; Baccelli and Hébuterne 1981). Exponential handling. */
export const fixedPatience = (rate: number, H: number, n: number, g: number) => {
  const drain = n / H - rate
  const survived = Math.exp(-drain * g)
  const J = (drain === 0 ? g : -Math.expm1(-drain * g) / drain) + (survived * H) / n
  let term = 1
  let E = 0
  for (let i = n - 1; i >= 0; i -= 1) {
    E += term
    term *= i / (H * rate)
  }
  const x = 1 / (E + rate * J)
  const abandoned = (rate * x * survived * H) / n
  return { abandoned, waiting: rate * x * J, occupancy: (rate * H * (1 - abandoned)) / n }
}

/** Erlang C: everyone waits as long as it takes. `within(t)` is the share that waits at most t. */
export const erlangC = (n: number, a: number, H: number) => {
  const lost = erlangB(n, a)
  const waiting = (n * lost) / (n - a * (1 - lost))
  return {
    waiting,
    meanWait: (waiting * H) / (n - a),
    within: (t: number) => 1 - waiting * Math.exp((-(n - a) * t) / H)
  }
}

/** Erlang A (Palm 1957): exponential patience of mean `patience`. Truncated where the queue is beyond any doubt empty. */
export const erlangA = (rate: number, H: number, patience: number, n: number) => {
  const stateCount = n + 2_000
  const weights = [1]
  for (let k = 1; k < stateCount; k += 1) {
    weights.push((weights[k - 1] * rate) / (Math.min(k, n) / H + Math.max(k - n, 0) / patience))
  }
  const total = sumUpTo(stateCount, (k) => weights[k])
  const queued = sumUpTo(stateCount, (k) => (weights[k] / total) * Math.max(k - n, 0))
  const abandoned = queued / patience / rate
  return {
    abandoned,
    waiting: 1 - sumUpTo(n, (k) => weights[k] / total),
    queued,
    occupancy: (rate * H * (1 - abandoned)) / n
  }
}

/** M/G/1 (Pollaczek and Khinchine): mean wait and mean queue for service of the given mean and cv. */
export const pollaczekKhinchine = (rate: number, mean: number, cv: number) => {
  const load = rate * mean
  const meanWait = (rate * mean * mean * (1 + cv * cv)) / (2 * (1 - load))
  return { load, meanWait, queued: rate * meanWait }
}

/** Mean of a lognormal law (mean and cv before the cut) conditional on being at most `max`. */
export const truncatedLognormalMean = (mean: number, cv: number, max: number): number => {
  const s = Math.sqrt(Math.log(1 + cv * cv))
  const z = (Math.log(max) - Math.log(mean) + (s * s) / 2) / s
  return (mean * jstat.normal.cdf(z - s, 0, 1)) / jstat.normal.cdf(z, 0, 1)
}

/**
 * One line per free agent, by renewal and reward; any laws, any number of agents. A failed attempt takes `failed`, an
 * answered one rings for `answered` on average. Abandonment is exactly zero.
 */
export const progressive = (p: number, answered: number, failed: number, H: number) => {
  const idlePerCall = (1 / p - 1) * failed + answered
  const cycle = idlePerCall + H
  return { idlePerCall, occupancy: H / cycle, dialsPerHour: 3_600 / (p * cycle), connectsPerHour: 3_600 / cycle }
}

/** The same with a set-up time before every ring, and the talk part of the handling time shown by itself. */
export const progressiveMinutes = (
  p: number,
  setup: number,
  failed: number,
  answered: number,
  talk: number,
  wrap: number
) => {
  const { idlePerCall, connectsPerHour } = progressive(p, setup + answered, setup + failed, talk + wrap)
  const minutes = (seconds: number) => (connectsPerHour * seconds) / 60
  return { idlePerCall, talkMinutes: minutes(talk), handlingMinutes: minutes(talk + wrap) }
}

/**
 * Progressive with fewer lines than agents, as machine repair M/M/c//n: `lines` servers bring agents back to work, a
 * connect takes exponential `connect` on a line, handling is exponential H.
 */
export const machineRepair = (n: number, lines: number, connect: number, H: number) => {
  const weights = [1]
  for (let waiting = 1; waiting <= n; waiting += 1) {
    weights.push((weights[waiting - 1] * (n - waiting + 1) * connect) / (Math.min(waiting, lines) * H))
  }
  const total = sumUpTo(n + 1, (waiting) => weights[waiting])
  return {
    occupancy: sumUpTo(n + 1, (waiting) => (weights[waiting] / total) * (n - waiting)) / n,
    withoutLine: sumUpTo(n + 1, (waiting) => (weights[waiting] / total) * Math.max(waiting - lines, 0))
  }
}

/** Preview or manual: `view` per record, `code` to code a non-answer. Occupancy counts talk and wrap only. */
export const preview = (p: number, view: number, code: number, answered: number, failed: number, H: number) => {
  const cycle = view / p + answered + (1 / p - 1) * (failed + code) + H
  return { cycle, occupancy: H / cycle, recordsPerHour: 3_600 / (p * cycle), connectsPerHour: 3_600 / cycle }
}

/** One burst of k calls for m idle agents: live answers are binomial. `ratio` is abandoned / live. */
export const singleShot = (k: number, m: number, p: number) => {
  let probability = (1 - p) ** k
  let idle = 0
  for (let live = 0; live < m; live += 1) {
    idle += probability * (m - live)
    probability *= ((k - live) * p) / ((live + 1) * (1 - p))
  }
  // E(X − m)⁺ = E(X) − m + E(m − X)⁺.
  const abandons = k * p - m + idle
  return { abandons, ratio: abandons / (k * p), idleFraction: idle / m }
}

/** The largest burst for m idle agents whose abandon ratio is at most `ratioMax`; the ratio grows with k. */
export const largestShot = (m: number, p: number, ratioMax: number): number => {
  let k = m
  while (singleShot(k + 1, m, p).ratio <= ratioMax) k += 1
  return k
}

/** One agent dialling in waves of k, the next when all lines are down; answered rings for less than the time-out. */
export const wave = (k: number, p: number, ring: number, timeout: number, H: number) => {
  const noneLive = (1 - p) ** k
  return {
    occupancy: H / (H + ring + (timeout * noneLive) / (1 - noneLive)),
    ratio: 1 - (1 - noneLive) / (k * p)
  }
}

/** Abandons allowed per call put through under a ceiling on A / (A + Y). */
export const allowancePerConnect = (ceiling: number): number => ceiling / (1 - ceiling)

/** The fewest calls put through at which one abandon keeps A / (A + Y) at or below the ceiling. */
export const connectsBeforeFirstAbandon = (ceiling: number): number => firstCount((count) => 1 / (1 + count), ceiling)

/** The same where the base is the count itself: A / Y in Italy, A / L in the United States. */
export const baseBeforeFirstAbandon = (ceiling: number): number => firstCount((count) => 1 / count, ceiling)

const firstCount = (ratio: (count: number) => number, ceiling: number): number => {
  let count = 1
  while (ratio(count) > ceiling) count += 1
  return count
}

/** What pacing must hold when a share `falseShare` of live people is taken for machines; at or below 0: impossible. */
export const pacingCeiling = (ceiling: number, falseShare: number): number => (ceiling - falseShare) / (1 - falseShare)
