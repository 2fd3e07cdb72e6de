import type { DurationFigures } from "./LearnedFigures.ts"

/** Bins grow by 5 % from one second to about two hours; the first holds everything below a second, the last is open. */
const growth = Math.log(1.05)
const binCount = 184
/** A duration counts for the bins within about ±15 % of it, nearer ones more. */
const kernel = Float64Array.of(1 / 16, 2 / 16, 3 / 16, 4 / 16, 3 / 16, 2 / 16, 1 / 16)
/** Observations after which an earlier one counts half. */
const halfLife = 300
const step = 2 ** (1 / halfLife)

/** Where the last bin begins; from there on the share left falls with the square of the duration. */
const openFrom = Math.exp((binCount - 2) * growth)
/** Bins below a second that the prior is reckoned in before they are put together. */
const fineBinsBelow = 120

/** Where each bin begins, seconds. */
const binFrom = Float64Array.from({ length: binCount }, (_, bin) => (bin === 0 ? 0 : Math.exp((bin - 1) * growth)))
/** The bin of whole sixteenths of a second up to a minute, and of whole eighths of a minute up to two hours. */
const guessesOf = (count: number, seconds: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => binFrom.findLastIndex((from) => from <= i * seconds))
const fineGuesses = guessesOf(960, 1 / 16)
const coarseGuesses = guessesOf(960, 7.5)

/** Looked up, then moved on by the few bins a guess may be short of. */
const binOf = (seconds: number): number => {
  let bin =
    seconds < 60 ? fineGuesses[(seconds * 16) | 0] : seconds < 7_200 ? coarseGuesses[(seconds / 7.5) | 0] : binCount - 1
  while (bin < binCount - 1 && seconds >= binFrom[bin + 1]) bin += 1
  return bin
}

const usualPriorCalls = 15

/** In place of a bin: the point lies in the open end of the curve. */
const openBin = 255

/** Where durations lie on every curve: worked out once, for curves that are read at the same durations again and again. */
export interface CurvePoints {
  readonly bins: Uint8Array
  /** How far into the bin; in the open end, the share of it that is longer. */
  readonly parts: Float64Array
}

/** The points of these durations, seconds. */
export const pointsOf = (seconds: ReadonlyArray<number>): CurvePoints => {
  const bins = new Uint8Array(seconds.length)
  const parts = new Float64Array(seconds.length)
  seconds.forEach((each, i) => {
    const position = each < 1 ? Math.max(0, each) : 1 + Math.log(each) / growth
    const bin = Math.floor(position)
    const open = bin >= binCount - 1
    bins[i] = open ? openBin : bin
    parts[i] = open ? (openFrom / each) ** 2 : position - bin
  })
  return { bins, parts }
}

/**
 * Survival curve of a duration, learnt: an empirical distribution over logarithmic bins with a kernel, the last few
 * hundred observations counting most, and a lognormal prior worth about 15 of them.
 */
export class DurationCurve {
  readonly #weights = new Float64Array(binCount)
  /** `#survival[i]`: share longer than the lower edge of bin i; one more entry for the end. */
  readonly #survival = new Float64Array(binCount + 1)
  #stale = true
  /** Kept where numbers are not boxed: what the next observation counts, the weight of all, their weighted sum in seconds. */
  readonly #sums = Float64Array.of(1, 0, 0)
  observed = 0

  /** `mean` in seconds, above 0; `cv` the coefficient of variation of the prior. */
  constructor(mean: number, cv: number, priorCalls = usualPriorCalls) {
    const sigma = Math.sqrt(Math.log(1 + cv * cv))
    const mu = Math.log(mean) - (sigma * sigma) / 2
    let total = 0
    for (let i = -fineBinsBelow; i < binCount; i += 1) {
      const z = ((i - 0.5) * growth - mu) / sigma
      const weight = Math.exp((-z * z) / 2)
      this.#weights[Math.max(0, i)] += weight
      total += weight
    }
    for (let i = 0; i < binCount; i += 1) this.#weights[i] *= priorCalls / total
    this.#sums[1] = priorCalls
    this.#sums[2] = priorCalls * mean
  }

  get meanSeconds(): number {
    return this.#sums[2] / this.#sums[1]
  }

  add(seconds: number): void {
    const bin = binOf(seconds)
    const sums = this.#sums
    const increment = sums[0] * step
    sums[0] = increment
    sums[1] += increment
    sums[2] += seconds * increment
    const weights = this.#weights
    for (let i = 0; i < 7; i += 1) {
      const at = bin + i - 3
      weights[at < 0 ? 0 : at >= binCount ? binCount - 1 : at] += kernel[i] * increment
    }
    this.observed += 1
    this.#stale = true
    if (increment > 1e9) this.#rescale()
  }

  /** Share of durations longer than `seconds`; never quite 0, so that it can be divided by. */
  longerThan(seconds: number): number {
    if (this.#stale) this.#build()
    if (seconds < 1) return 1 - (1 - this.#survival[1]) * Math.max(0, seconds)
    const position = 1 + Math.log(seconds) / growth
    const bin = Math.floor(position)
    if (bin >= binCount - 1) return this.#survival[binCount - 1] * (openFrom / seconds) ** 2 + 1e-12
    const part = position - bin
    return this.#survival[bin] * (1 - part) + this.#survival[bin + 1] * part + 1e-12
  }

  /** `longerThan` at `count` of the points, from `first` on, into `shares` from its beginning. */
  read({ bins, parts }: CurvePoints, first: number, count: number, shares: Float64Array): void {
    if (this.#stale) this.#build()
    const survival = this.#survival
    const tail = survival[binCount - 1]
    for (let i = 0; i < count; i += 1) {
      const bin = bins[first + i]
      const part = parts[first + i]
      shares[i] = (bin === openBin ? tail * part : survival[bin] * (1 - part) + survival[bin + 1] * part) + 1e-12
    }
  }

  get figures(): DurationFigures {
    const total = this.#weights.reduce((sum, weight) => sum + weight, 0)
    return { shares: Array.from(this.#weights, (weight) => weight / total), meanSeconds: this.meanSeconds }
  }

  /** Begins with what was learnt before, worth as many calls as an expectation. */
  begin({ meanSeconds, shares }: DurationFigures): void {
    this.#weights.set(shares.map((share) => share * usualPriorCalls))
    this.#sums.set([1, usualPriorCalls, usualPriorCalls * meanSeconds])
    this.observed = 0
    this.#stale = true
  }

  #build(): void {
    this.#stale = false
    let above = 0
    for (let i = binCount - 1; i >= 0; i -= 1) {
      above += this.#weights[i]
      this.#survival[i] = above
    }
    for (let i = 0; i < binCount; i += 1) this.#survival[i] /= above
  }

  #rescale(): void {
    const by = this.#sums[0]
    for (let i = 0; i < binCount; i += 1) this.#weights[i] /= by
    for (let i = 0; i < this.#sums.length; i += 1) this.#sums[i] /= by
  }
}
