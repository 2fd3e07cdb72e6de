import { numberOfDigits } from "../../src/contacts/doNotCall.ts"
import type { CampaignState } from "../../src/dialler/CampaignState.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import { zonesOf } from "../../src/domain/compliance/zoneEvidence.ts"
import type { CampaignScenario } from "../Scenario.ts"
import { type ContactTable, digitsOfContact } from "./ContactTable.ts"
import { rowOf, tableOf } from "./ListOfFile.ts"
import { TextReader } from "./TextColumn.ts"

/** Numbers of a contact a list can tell apart. */
const numbersMax = 255

/** The contacts of a file on the list of a campaign. Whoever comes later, by a request or a rule, stands in no file. */
export class FileContacts {
  readonly #table: ContactTable
  readonly #row: (contact: number) => number
  readonly #campaign: CampaignState
  readonly #shiftMillis: ReadonlyArray<number>
  /** By text of the segment column. */
  readonly #segment: Uint16Array
  readonly #segmentText: TextReader
  /** By place; only under a law. */
  readonly #zoneSet: ReadonlyArray<number>

  constructor(list: CampaignScenario["list"], { law }: CampaignSettings, campaign: CampaignState) {
    const table = tableOf(list)
    if (table === null) throw new Error("a list without a file")
    this.#table = table
    this.#row = rowOf(list)
    this.#campaign = campaign
    this.#shiftMillis = list.file?.shiftMillis ?? []
    const names = list.segments.map(({ name }) => name)
    const text = new TextReader(table.texts["segment"])
    this.#segmentText = text
    this.#segment = Uint16Array.from({ length: text.count }, (_, code) => {
      const position = names.indexOf(text.textOf(code))
      // Contacts of no segment that is named come after those of the last one.
      return position < 0 ? names.length - 1 : position
    })
    const calling = campaign.compliance?.calling
    this.#zoneSet =
      calling === undefined || law === null
        ? []
        : table.places.map(({ number, record }) =>
            calling.zoneSet(
              zonesOf({ ...(record === null ? {} : { record }), number, campaign: law.zone }, calling.zoneRule)
            )
          )
  }

  /** Position of its segment; undefined for a contact of no file. */
  segmentOf(contact: number): number | undefined {
    const row = this.#row(contact)
    return row < 0 ? undefined : this.#segment[this.#segmentText.code(row)]
  }

  /** Tells the core what it may know of a contact on the list. */
  introduce(contact: number): void {
    const row = this.#row(contact)
    if (row < 0) return
    const { firstNumber, place } = this.#table
    const { compliance, list } = this.#campaign
    list.numbers[contact] = Math.min(numbersMax, firstNumber[row + 1] - firstNumber[row])
    compliance?.calling.setZone(contact, this.#zoneSet[place[row]])
    this.showNumber(contact)
  }

  /** Says which of its numbers is called, where the number shown depends on it. */
  showNumber(contact: number): void {
    const { list, shown } = this.#campaign
    const row = this.#row(contact)
    if (shown === null || row < 0) return
    const digits = digitsOfContact(this.#table, row)
    shown.setNumber(contact, numberOfDigits(digits[Math.min(list.number[contact], digits.length - 1)]))
  }

  /** How much further its clock is than the day's. */
  shiftMillis(contact: number): number {
    const row = this.#row(contact)
    return row < 0 ? 0 : this.#shiftMillis[this.#table.place[row]]
  }

  /** The first number, as the live floor keys orders by chance with it. */
  key(contact: number): number {
    const { firstNumber, numbers } = this.#table
    const row = this.#row(contact)
    return row < 0 ? contact : numbers[firstNumber[row]]
  }

  priority(contact: number): number {
    const row = this.#row(contact)
    return row < 0 ? 0 : this.#table.priority[row]
  }
}
