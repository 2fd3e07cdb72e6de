import { Closed } from "../src/dialler/ContactList.ts"
import type { Core } from "../src/dialler/Core.ts"
import { type ContactTable, contactWith, digitsOfContact } from "./lists/ContactTable.ts"
import { tableOf } from "./lists/ListOfFile.ts"
import type { Scenario } from "./Scenario.ts"

/** A contact of a file. */
interface Origin {
  readonly campaign: number
  readonly contact: number
}

/**
 * Whoever has said no to one campaign is called by none: the contacts of other lists that have one of the numbers are to be
 * withdrawn, as on the live floor. Numbers are known of lists that stand in files, and of contacts moved from these.
 */
export class Objections {
  readonly #tables: ReadonlyArray<ContactTable | null>
  /** By campaign: contacts that were moved to it from a file's list. */
  readonly #moved: ReadonlyArray<Map<number, Origin>>
  /** Contacts on their way to another campaign. */
  readonly #leaving: Array<Origin> = []

  constructor(campaigns: Scenario["campaigns"]) {
    this.#tables = campaigns.map(({ list }) => tableOf(list))
    this.#moved = campaigns.map(() => new Map())
  }

  /** A contact leaves its campaign: a number for `arrives`, 0 for one nothing is known of. */
  leaves(campaign: number, contact: number): number {
    const origin = this.#originOf(campaign, contact)
    return origin === null ? 0 : this.#leaving.push(origin)
  }

  /** It has come to another campaign, as this contact. */
  arrives(campaign: number, contact: number, left: number): void {
    if (left > 0) this.#moved[campaign].set(contact, this.#leaving[left - 1])
  }

  #originOf(campaign: number, contact: number): Origin | null {
    const table = this.#tables[campaign]
    if (table !== null && contact < table.size) return { campaign, contact }
    return this.#moved[campaign].get(contact) ?? null
  }

  #digitsOf({ campaign, contact }: Origin): ReadonlyArray<number> {
    const table = this.#tables[campaign]
    return table === null ? [] : [...digitsOfContact(table, contact)]
  }

  /** After an attempt: names those to be withdrawn, if it was the person's last. */
  closed(
    { campaigns }: Pick<Core, "campaigns">,
    campaign: number,
    contact: number,
    withdraw: (campaign: number, contact: number) => void
  ): void {
    if (campaigns[campaign].list.closedAs[contact] !== Closed.doNotCall) return
    const origin = this.#originOf(campaign, contact)
    if (origin === null) return
    const numbers = this.#digitsOf(origin)
    for (const { index, list } of campaigns) {
      for (const other of this.#contactsWith(index, numbers)) {
        const isCalled = other < list.size && list.closedAs[other] !== Closed.doNotCall && !list.isRequest(other)
        if (isCalled) withdraw(index, other)
      }
    }
  }

  #contactsWith(campaign: number, numbers: ReadonlyArray<number>): ReadonlySet<number> {
    const table = this.#tables[campaign]
    const found = numbers.map((digits) => (table === null ? -1 : contactWith(table, digits)))
    const moved = [...this.#moved[campaign]].flatMap(([contact, origin]) =>
      this.#digitsOf(origin).some((digits) => numbers.includes(digits)) ? [contact] : []
    )
    return new Set([...found.filter((contact) => contact >= 0), ...moved])
  }
}
