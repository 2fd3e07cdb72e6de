import { choice } from "./choice.ts"
import type { Draws } from "./random/Draws.ts"
import { type Sampler, samplerOf } from "./random/distributions.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import type { Conduct as ConductData } from "./Scenario.ts"

const none: ReadonlyArray<string> = []

/**
 * What agents choose after a call, and what people answer in the script, for rules that ask. All of it belongs to (seed,
 * contact, attempt).
 */
export class Conduct {
  /** Filled by `choose`. */
  disposition = -1
  askedAt = -1
  readonly #data: ConductData
  readonly #draws: Draws
  readonly #source: number
  readonly #askedAfter: ReadonlyArray<Sampler | null>
  readonly #questions: ReadonlyArray<string>

  constructor(data: ConductData, index: number, draws: Draws) {
    this.#data = data
    this.#draws = draws
    this.#source = sourcesOf(index)
    this.#askedAfter = data.dispositions.map(({ askedAfter }) => (askedAfter === null ? null : samplerOf(askedAfter)))
    this.#questions = Object.keys(data.answers)
  }

  /** What the agent chooses at `now` after talking to the contact; the result is in the fields. */
  choose(contact: number, attempt: number, now: number): void {
    this.#draws.at(this.#source + Source.disposition, contact, attempt)
    this.disposition = choice(
      this.#data.dispositions.map(({ share }) => share),
      this.#draws.next()
    )
    const askedAfter = this.disposition < 0 ? null : this.#askedAfter[this.disposition]
    this.askedAt = askedAfter === null ? -1 : now + Math.round(askedAfter(this.#draws) * 1_000)
  }

  /** The answer to a question of the script, if it was asked. */
  answers(contact: number, attempt: number, question: string): ReadonlyArray<string> {
    const place = this.#questions.indexOf(question)
    if (place < 0) return none
    const shares = this.#data.answers[question]
    this.#draws.at(this.#source + Source.answers, contact, attempt * 256 + place)
    const chosen = choice(Object.values(shares), this.#draws.next())
    return chosen < 0 ? none : [Object.keys(shares)[chosen]]
  }
}
