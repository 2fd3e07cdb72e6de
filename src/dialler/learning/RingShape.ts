import type { RingFigures } from "./LearnedFigures.ts"

/** Ring times are kept in bins of half a second up to 64 s. */
export const ringBinMillis = 500
export const ringBins = 128
/** The curves go on flat this far, so that a look ahead from any age stays inside. */
export const curveLength = 2 * ringBins + 64
const halfLife = 400
const priorAnswers = 10
const priorOthers = 10
const step = 2 ** (1 / halfLife)

/**
 * How long calls ring: until a person is there (given that one answers), and until everything else (busy, failure,
 * machine, ring limit). Learnt, with a prior of a lognormal ring and calls that ring to the limit.
 */
export class RingShape {
  readonly #answers = new Float64Array(ringBins)
  readonly #others = new Float64Array(ringBins)
  /** Totals and weights of the next call, of answers and of the others: kept where numbers are not boxed. */
  readonly #totals = Float64Array.of(priorAnswers, priorOthers)
  readonly #steps = Float64Array.of(1, 1)
  #untilBuild = 1
  observed = 0
  /** `answeredBy[i]`: share of answers that came within i bins. */
  readonly answeredBy = new Float64Array(curveLength).fill(1)
  /** `stillRinging[i]`: share of calls nobody answers that ring longer than i bins. */
  readonly stillRinging = new Float64Array(ringBins + 1)
  /** Counts the times the curves were made anew. */
  version = 0

  /** Both in milliseconds. */
  constructor(ringMillis: number, ringMillisMax: number) {
    const sigma = Math.sqrt(Math.log(1.25))
    const mu = Math.log(ringMillis) - (sigma * sigma) / 2
    let total = 0
    for (let i = 0; i < ringBins; i += 1) {
      const at = (i + 0.5) * ringBinMillis
      const z = (Math.log(at) - mu) / sigma
      this.#answers[i] = at > ringMillisMax ? 0 : Math.exp((-z * z) / 2) / at
      total += this.#answers[i]
    }
    for (let i = 0; i < ringBins; i += 1) this.#answers[i] *= priorAnswers / total
    this.#others[binOf(ringMillisMax)] = priorOthers
    this.#build()
  }

  add(answered: boolean, ringMillis: number): void {
    const kind = answered ? 0 : 1
    const bins = answered ? this.#answers : this.#others
    const weight = this.#steps[kind] * step
    this.#steps[kind] = weight
    this.#totals[kind] += weight
    bins[binOf(ringMillis)] += weight
    this.observed += 1
    this.#untilBuild -= 1
    if (this.#untilBuild === 0) this.#build()
  }

  /** Chance that a call still ringing after `millis`, placed with chance `p`, would be answered later. */
  chanceLater(p: number, millis: number): number {
    const age = binOf(millis)
    const later = p * (1 - this.answeredBy[age])
    const still = later + (1 - p) * this.stillRinging[age]
    return still > 0 ? later / still : 0
  }

  get figures(): RingFigures {
    const [answers, others] = this.#totals
    return {
      answers: Array.from(this.#answers, (weight) => weight / answers),
      others: Array.from(this.#others, (weight) => weight / others)
    }
  }

  /** Begins with what was learnt before, worth as many calls as an expectation. */
  begin({ answers, others }: RingFigures): void {
    this.#answers.set(answers.map((share) => share * priorAnswers))
    this.#others.set(others.map((share) => share * priorOthers))
    this.#totals.set([priorAnswers, priorOthers])
    this.#steps.set([1, 1])
    this.observed = 0
    this.#build()
  }

  #build(): void {
    this.#untilBuild = Math.min(100, 5 + (this.observed >> 3))
    let answered = 0
    let ended = 0
    for (let i = 0; i < ringBins; i += 1) {
      this.answeredBy[i] = answered / this.#totals[0]
      this.stillRinging[i] = Math.max(0, 1 - ended / this.#totals[1])
      answered += this.#answers[i]
      ended += this.#others[i]
    }
    this.stillRinging[ringBins] = 0
    this.version += 1
    this.#rescale(0, this.#answers)
    this.#rescale(1, this.#others)
  }

  #rescale(kind: number, weights: Float64Array): void {
    const by = this.#steps[kind]
    if (by <= 1e9) return
    for (let i = 0; i < weights.length; i += 1) weights[i] /= by
    this.#totals[kind] /= by
    this.#steps[kind] = 1
  }
}

const binOf = (millis: number): number => Math.min(ringBins - 1, Math.floor(millis / ringBinMillis))
