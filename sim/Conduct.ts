import type { Contact } from "../src/domain/Contact.ts"
import { compileFilter, type FilterPredicate } from "../src/contacts/compileFilter.ts"
import type { RuleBook } from "../src/dialler/rules/RuleBook.ts"
import type { Verdict } from "../src/dialler/rules/Verdict.ts"
import type { Draws } from "./random/Draws.ts"
import { type Sampler, samplerOf } from "./random/distributions.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import type { CampaignScenario, Conduct as ConductData } from "./Scenario.ts"

const none: ReadonlyArray<string> = []

/**
 * What agents choose after a call, what people answer in the script, and what the list says of a contact, for rules that ask.
 * All of it belongs to (seed, contact, attempt), parameters to the contact alone.
 */
export class Conduct {
  /** Filled by `choose`. */
  disposition = -1
  askedAt = -1
  readonly #data: ConductData
  readonly #draws: Draws
  readonly #source: number
  readonly #askedAfter: ReadonlyArray<Sampler | null>
  readonly #filters: ReadonlyArray<FilterPredicate>
  readonly #segments: ReadonlyArray<string>
  readonly #questions: ReadonlyArray<string>
  readonly #parameters: ReadonlyArray<readonly [name: string, shares: Readonly<Record<string, number>>]>
  /** What rules have set, by contact. */
  readonly #set = new Map<number, Record<string, string>>()

  constructor(
    campaign: CampaignScenario,
    data: ConductData,
    index: number,
    book: RuleBook,
    zone: string,
    draws: Draws
  ) {
    this.#data = data
    this.#draws = draws
    this.#source = sourcesOf(index)
    this.#askedAfter = data.dispositions.map(({ askedAfter }) => (askedAfter === null ? null : samplerOf(askedAfter)))
    const now = campaign.settings.law?.epochMillis ?? 0
    this.#filters = book.filters.map((filter) => compileFilter(filter, { now, zone }))
    this.#segments = campaign.list.segments.map(({ name }) => name)
    this.#questions = Object.keys(data.answers)
    this.#parameters = Object.entries(data.parameters)
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

  /** Whether the contact fits a filter of the rules. */
  fits(contact: number, segment: number, filter: number): boolean {
    return this.#filters[filter]({
      contact: this.#contactOf(contact, segment),
      attempts: 0,
      lastOutcome: null,
      state: "in-work",
      loadedAt: 0,
      lastAttemptAt: null,
      dueAt: null
    })
  }

  #contactOf(contact: number, segment: number): Contact {
    const parameters: Record<string, string> = {}
    for (const [place, [name, shares]] of this.#parameters.entries()) {
      this.#draws.at(this.#source + Source.parameters, contact, place)
      const chosen = choice(Object.values(shares), this.#draws.next())
      if (chosen >= 0) parameters[name] = Object.keys(shares)[chosen]
    }
    return {
      numbers: [],
      fields: { segment: this.#segments[segment] ?? "" },
      parameters: { ...parameters, ...this.#set.get(contact) }
    }
  }

  /** Keeps what the rules set on the contact. */
  set(contact: number, verdict: Readonly<Verdict>): void {
    for (let i = 0; i < verdict.settingCount; i += 1) {
      const { name, of, value } = verdict.settings[i]
      if (of !== "contact") continue
      const own = this.#set.get(contact) ?? {}
      own[name] = value
      this.#set.set(contact, own)
    }
  }
}

/** The part of 1 a uniform falls into; -1 in what the shares leave. */
const choice = (shares: ReadonlyArray<number>, u: number): number => {
  let rest = u
  for (const [i, share] of shares.entries()) {
    rest -= share
    if (rest < 0) return i
  }
  return -1
}
