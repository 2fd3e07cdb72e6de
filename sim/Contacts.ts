import type { Core } from "../src/dialler/Core.ts"
import type { Verdict } from "../src/dialler/rules/Verdict.ts"
import { Outcome } from "../src/domain/Outcome.ts"
import { Conduct } from "./Conduct.ts"
import { ContactFacts } from "./ContactFacts.ts"
import { Objections } from "./Objections.ts"
import type { Draws } from "./random/Draws.ts"
import type { Scenario } from "./Scenario.ts"

const none: ReadonlyArray<string> = []

/** What rules are told of contacts and calls, and what follows from what they decide. */
export class Contacts {
  /** By campaign. */
  readonly facts: ReadonlyArray<ContactFacts>
  /** By campaign; null where nobody asks. */
  readonly conducts: ReadonlyArray<Conduct | null>
  /** Null where no list stands in a file. */
  readonly objections: Objections | null
  readonly #core: Core
  /** By campaign, then filter of its rules. */
  readonly #fits: ReadonlyArray<ReadonlyArray<ReturnType<ContactFacts["predicate"]>>>

  constructor({ campaigns }: Scenario, core: Core, draws: Draws) {
    this.#core = core
    this.facts = campaigns.map((campaign, index) => new ContactFacts(campaign, index, draws))
    this.#fits = core.campaigns.map(({ book, index }) =>
      book.filters.map((filter) => this.facts[index].predicate(filter))
    )
    this.conducts = campaigns.map(({ conduct }, index) =>
      conduct === undefined ? null : new Conduct(conduct, index, draws)
    )
    const areOfFiles = campaigns.some(({ list }) => list.file !== undefined)
    this.objections = areOfFiles ? new Objections(campaigns) : null
  }

  /** Whether the contact fits a filter of the rules. */
  fits(campaign: number, contact: number, filter: number): boolean {
    return this.#fits[campaign][filter](this.#core.campaigns[campaign].list, contact)
  }

  answersTo(call: number, question: string): ReadonlyArray<string> {
    const { calls } = this.#core
    const conduct = this.conducts[calls.campaign[call]]
    // Only somebody an agent talked to was asked.
    if (conduct === null || calls.outcome[call] !== Outcome.connected) return none
    return conduct.answers(calls.contact[call], calls.attempt[call], question)
  }

  ruled(call: number, verdict: Readonly<Verdict>): void {
    const { calls } = this.#core
    this.facts[calls.campaign[call]].set(calls.contact[call], verdict)
  }
}
