import { digitsOf } from "../../src/contacts/NumberSet.ts"
import { zoneEvidenceOf } from "../../src/contacts/zonesOfNumber.ts"
import type { Contact, ContactField } from "../../src/domain/Contact.ts"
import { parameterPrefix } from "../../src/domain/Filter.ts"
import type { ContactTable, PlaceEvidence } from "./ContactTable.ts"
import { SharedColumn, sharedOf } from "./SharedColumn.ts"
import { TextColumnBuilder } from "./TextColumn.ts"

/** Makes the table of a file, contact by contact. */
export class TableBuilder {
  readonly #numbers = new SharedColumn(Float64Array)
  readonly #firstNumber = new SharedColumn(Uint32Array)
  readonly #priority = new SharedColumn(Int32Array)
  readonly #place = new SharedColumn(Uint32Array)
  readonly #places: Array<PlaceEvidence> = []
  readonly #placeOf = new Map<string, number>()
  readonly #texts: ReadonlyArray<readonly [field: string, column: TextColumnBuilder]>

  /** `asked`: fields and parameters that are kept, by their names in filters. */
  constructor(asked: ReadonlyArray<string>) {
    this.#texts = [...new Set(["segment", ...asked])].map((field) => [field, new TextColumnBuilder()])
  }

  get size(): number {
    return this.#place.size
  }

  push(contact: Contact): void {
    this.#firstNumber.push(this.#numbers.size)
    for (const { number } of contact.numbers) this.#numbers.push(digitsOf(number))
    this.#priority.push(Number(contact.fields.priority ?? 0))
    this.#place.push(this.#placed(contact))
    for (const [field, column] of this.#texts) column.push(textOf(contact, field))
  }

  #placed({ fields, numbers }: Contact): number {
    const record = fields.zone ?? null
    const number = [...new Set(numbers.flatMap((each) => zoneEvidenceOf(each.number)))]
    const key = `${record ?? ""} ${number.join(" ")}`
    const known = this.#placeOf.get(key)
    if (known !== undefined) return known
    const place = this.#places.push({ record, number }) - 1
    this.#placeOf.set(key, place)
    return place
  }

  build(): ContactTable {
    const numbers = this.#numbers.shared()
    this.#firstNumber.push(numbers.length)
    const byNumber = sharedOf(Uint32Array, numbers.length)
    for (let at = 0; at < byNumber.length; at += 1) byNumber[at] = at
    // Stable: of equal numbers that of the first contact is first.
    byNumber.sort((a, b) => numbers[a] - numbers[b])
    return {
      size: this.size,
      numbers,
      firstNumber: this.#firstNumber.shared(),
      byNumber,
      priority: this.#priority.shared(),
      place: this.#place.shared(),
      places: this.#places,
      texts: Object.fromEntries(this.#texts.map(([field, column]) => [field, column.build()]))
    }
  }
}

const textOf = ({ fields, parameters }: Contact, field: string): string => {
  if (!field.startsWith(parameterPrefix)) return fields[field as ContactField] ?? ""
  const name = field.slice(parameterPrefix.length)
  return Object.hasOwn(parameters, name) ? parameters[name] : ""
}
