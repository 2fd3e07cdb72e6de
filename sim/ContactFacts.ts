import { compileFilter, type FilterPredicate } from "../src/contacts/compileFilter.ts"
import { numberOfDigits } from "../src/contacts/doNotCall.ts"
import type { ContactList } from "../src/dialler/ContactList.ts"
import type { Verdict } from "../src/dialler/rules/Verdict.ts"
import type { Contact } from "../src/domain/Contact.ts"
import { contactStates, type Filter, parameterPrefix } from "../src/domain/Filter.ts"
import { outcomeNames } from "../src/domain/Outcome.ts"
import { type ContactTable, digitsOfContact } from "./lists/ContactTable.ts"
import { rowOf, tableOf } from "./lists/ListOfFile.ts"
import { TextReader } from "./lists/TextColumn.ts"
import type { Draws } from "./random/Draws.ts"
import { Source, sourcesOf } from "./random/sources.ts"
import { choice } from "./choice.ts"
import { fieldsIn } from "./lists/fieldsIn.ts"
import type { CampaignScenario } from "./Scenario.ts"

/**
 * What is known of the contacts of a campaign beyond the core's columns: what the file says, or what is drawn, by (seed,
 * contact), and what rules have set on them since.
 */
export class ContactFacts {
  readonly #table: ContactTable | null
  readonly #row: (contact: number) => number
  readonly #texts: ReadonlyArray<readonly [field: string, reader: TextReader]>
  readonly #draws: Draws
  readonly #source: number
  readonly #segments: ReadonlyArray<string>
  readonly #parameters: ReadonlyArray<readonly [name: string, shares: Readonly<Record<string, number>>]>
  readonly #time: NonNullable<CampaignScenario["list"]["time"]>
  /** What rules have set, by contact. */
  readonly #set = new Map<number, Record<string, string>>()
  /** Instant of the last attempt, of contacts called. */
  readonly #lastAttemptAt = new Map<number, number>()
  /** What any of the filters asks for. */
  #asksLastAttempt = false
  #asksNumbers = false

  constructor({ conduct, list, settings }: CampaignScenario, index: number, draws: Draws) {
    this.#draws = draws
    this.#source = sourcesOf(index)
    this.#segments = list.segments.map(({ name }) => name)
    this.#parameters = Object.entries(conduct?.parameters ?? {})
    this.#table = tableOf(list)
    this.#row = rowOf(list)
    this.#texts = Object.entries(this.#table?.texts ?? {}).map(([field, column]) => [field, new TextReader(column)])
    const { epochMillis = 0, zone = "UTC" } = settings.law ?? {}
    this.#time = list.time ?? { now: epochMillis, zone }
  }

  /** A filter of this campaign as a function of its contacts. Days are those of the beginning of the shift. */
  predicate(filter: Filter): (list: ContactList, contact: number) => boolean {
    const fields = fieldsIn(filter)
    this.#asksLastAttempt ||= fields.includes("lastAttemptAt")
    this.#asksNumbers ||= fields.some((field) => field.startsWith("number"))
    const holds = compileFilter(filter, this.#time)
    return (list, contact) => this.#holds(holds, list, contact)
  }

  #holds(holds: FilterPredicate, list: ContactList, contact: number): boolean {
    const state = contactStates[list.state[contact]]
    const start = this.#time.now
    return holds({
      contact: this.#contact(contact, list.segment[contact]),
      attempts: list.attempts[contact],
      lastOutcome: list.attempts[contact] === 0 ? null : outcomeNames[list.lastOutcome[contact]],
      state,
      loadedAt: start,
      lastAttemptAt: this.#lastAttemptAt.get(contact) ?? null,
      dueAt: state === "retry" ? start + list.dueAt[contact] : null
    })
  }

  /** As far as filters ask. */
  #contact(contact: number, segment: number): Contact {
    if (this.#table !== null) return this.#ofFile(this.#table, contact)
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

  #ofFile(table: ContactTable, contact: number): Contact {
    const parameters: Record<string, string> = {}
    const fields: Record<string, string> = {}
    const row = this.#row(contact)
    if (row < 0) return { numbers: none, fields, parameters: { ...this.#set.get(contact) } }
    for (const [field, reader] of this.#texts) {
      const text = reader.text(row)
      if (text === "") continue
      if (field.startsWith(parameterPrefix)) parameters[field.slice(parameterPrefix.length)] = text
      else fields[field] = text
    }
    const set = this.#set.get(contact)
    return {
      numbers: this.#asksNumbers ? numbersOf(table, row) : none,
      fields,
      parameters: set === undefined ? parameters : { ...parameters, ...set }
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

  /** The contact was called at an instant of the core's clock. */
  called(contact: number, at: number): void {
    if (this.#asksLastAttempt) this.#lastAttemptAt.set(contact, this.#time.now + at)
  }
}

const none: Contact["numbers"] = []

const numbersOf = (table: ContactTable, row: number): Contact["numbers"] =>
  Array.from(digitsOfContact(table, row), (digits) => ({ number: numberOfDigits(digits), column: "" }))
