import { compileFilter, type FilterPredicate } from "../../contacts/compileFilter.ts"
import { NumberIndex } from "../../contacts/NumberIndex.ts"
import type { Contact, E164 } from "../../domain/Contact.ts"
import type { Filter } from "../../domain/Filter.ts"
import type { ContactRow } from "../../store/floor/contactRows.ts"
import type { BookSettings } from "./WindowSettings.ts"

/** A contact as it came. */
export type KnownContact = Pick<ContactRow, "is" | "segment" | "loadedAt" | "requested" | "forbidden" | "calledIn">

/** Days begin and end on quarters of an hour everywhere. */
const quarterMillis = 900_000

/** The contacts of one campaign in memory, by their number in the core, and what rules have set on them since. */
export class CampaignContacts {
  readonly name: string
  readonly settings: BookSettings
  readonly #known: Array<KnownContact> = []
  /** Contacts of which parameters were set, as they are now. */
  readonly #changed = new Map<number, Contact>()
  /** Unix milliseconds, of contacts that were called. */
  readonly lastAttemptAt = new Map<number, number>()
  readonly #numbers = new NumberIndex()
  readonly #filters = new Map<Filter, { readonly quarter: number; readonly holds: FilterPredicate }>()

  constructor(name: string, settings: BookSettings) {
    this.name = name
    this.settings = settings
  }

  get size(): number {
    return this.#known.length
  }

  push(contact: KnownContact): void {
    const index = this.#known.push(contact) - 1
    for (const { number } of contact.is.numbers) this.#numbers.set(number, index, 0)
  }

  /** The contact as it came; a number nobody has is a defect. */
  known(contact: number): KnownContact {
    const found = this.#known[contact]
    if (found === undefined) throw new Error(`${this.name}: the store has no contact ${contact}`)
    return found
  }

  contact(contact: number): Contact {
    return this.#changed.get(contact) ?? this.known(contact).is
  }

  /** Sets a parameter; the empty text takes it away. */
  set(contact: number, name: string, value: string): void {
    const now = this.contact(contact)
    const others = Object.entries(now.parameters).filter(([own]) => own !== name)
    const parameters = Object.fromEntries(value === "" ? others : [...others, [name, value]])
    this.#changed.set(contact, { ...now, parameters })
  }

  /** The first contact that has one of the numbers. */
  firstWith(numbers: Contact["numbers"]): number {
    return Math.min(...numbers.map(({ number }) => this.#numbers.contactsOf(number)[0] ?? Infinity))
  }

  /** Contacts that have a number, 20 at most. */
  contactsWith(number: E164): ReadonlyArray<number> {
    return this.#numbers.contactsOf(number)
  }

  /** Whether contacts fit a filter at an instant, Unix milliseconds; made anew each quarter of an hour, for its days. */
  predicate(filter: Filter, now: number): FilterPredicate {
    const quarter = Math.floor(now / quarterMillis)
    const made = this.#filters.get(filter)
    if (made?.quarter === quarter) return made.holds
    const holds = compileFilter(filter, { now: quarter * quarterMillis, zone: this.settings.zone })
    this.#filters.set(filter, { quarter, holds })
    return holds
  }
}
