import type { AnswerFigures } from "./LearnedFigures.ts"

/**
 * Calls after which an earlier one counts half, for the level of the day and for the differences between contacts. Of
 * calls placed together the answers come first and the failures last: the level is reckoned from several times as many.
 */
const levelHalfLife = 300
const halfLifePerCallUnderWay = 4
const cellHalfLife = 3_000
/** Attempts told apart; later ones count as the last. */
const attemptsMax = 6
/** What the manager's expectation is worth, in calls; what "alike" is worth in a cell, in answers. */
const priorCalls = 20
const cellPrior = 8

/**
 * The chance that the next call is answered by a person: the level of the day, learnt with exponential forgetting from
 * the manager's expectation on (a Beta posterior), times a factor for the contact's segment and attempt number, learnt
 * more slowly and drawn towards 1.
 */
export class AnswerChance {
  #halfLife = levelHalfLife
  #levelKeep = 2 ** (-1 / levelHalfLife)
  readonly #cellKeep = 2 ** (-1 / cellHalfLife)
  /** Changed by every call, and so kept where numbers are not boxed: the level, answers, calls weighted by their cell. */
  readonly #sums = new Float64Array(3)
  #cellAnswers = new Float64Array(attemptsMax)
  #cellExpected = new Float64Array(attemptsMax)
  #factors = new Float64Array(attemptsMax).fill(1)

  constructor(expected: number) {
    this.#sums.set([expected, priorCalls * expected, priorCalls])
  }

  get level(): number {
    return this.#sums[0]
  }

  /** The chance for a contact of this segment at this attempt (from 1), between 0.001 and 0.98. */
  of(segment: number, attempt: number): number {
    const cell = segment * attemptsMax + (attempt > attemptsMax ? attemptsMax : attempt) - 1
    const factor = cell < this.#factors.length ? this.#factors[cell] : 1
    return Math.min(0.98, Math.max(0.001, this.level * factor))
  }

  /** Relative standard deviation of the level, from the Beta posterior. */
  get relativeDeviation(): number {
    return Math.sqrt((1 - this.level) / Math.max(1, this.#sums[1]))
  }

  /** So many calls ring at once. */
  underWay(calls: number): void {
    if (calls * halfLifePerCallUnderWay <= this.#halfLife) return
    this.#halfLife = calls * halfLifePerCallUnderWay
    this.#levelKeep = 2 ** (-1 / this.#halfLife)
  }

  /** `answer`: 1 answered by a person, 0 not, a chance in between for a call whose end nobody saw. */
  add(segment: number, attempt: number, answer: number): void {
    const cell = segment * attemptsMax + (attempt > attemptsMax ? attemptsMax : attempt) - 1
    if (cell >= this.#factors.length) this.#grow(segment)
    const sums = this.#sums
    const factor = this.#factors[cell]
    this.#cellAnswers[cell] = this.#cellAnswers[cell] * this.#cellKeep + answer
    this.#cellExpected[cell] = this.#cellExpected[cell] * this.#cellKeep + sums[0]
    this.#factors[cell] = (this.#cellAnswers[cell] + cellPrior) / (this.#cellExpected[cell] + cellPrior)
    sums[1] = sums[1] * this.#levelKeep + answer
    sums[2] = sums[2] * this.#levelKeep + factor
    sums[0] = Math.min(0.98, Math.max(0.001, sums[1] / sums[2]))
  }

  get figures(): AnswerFigures {
    return { level: this.level, answers: [...this.#cellAnswers], expected: [...this.#cellExpected] }
  }

  /** Begins with what was learnt before: the level is an expectation again, differences count as they did. */
  begin({ answers, expected, level }: AnswerFigures): void {
    this.#sums.set([level, priorCalls * level, priorCalls])
    this.#cellAnswers = Float64Array.from(answers)
    this.#cellExpected = Float64Array.from(expected)
    this.#factors = this.#cellAnswers.map((given, cell) => (given + cellPrior) / (expected[cell] + cellPrior))
  }

  #grow(segment: number): void {
    const size = (segment + 1) * attemptsMax
    const widen = (old: Float64Array, fill: number) => {
      const next = new Float64Array(size).fill(fill)
      next.set(old)
      return next
    }
    this.#cellAnswers = widen(this.#cellAnswers, 0)
    this.#cellExpected = widen(this.#cellExpected, 0)
    this.#factors = widen(this.#factors, 1)
  }
}
