import type { ContactField, E164 } from "../domain/Contact.ts"
import type { Delimiter } from "./delimiter.ts"
import type { Encoding } from "./encoding.ts"
import type { CountryCode } from "./phoneNumber.ts"

/** Why a number must not be dialled. */
export interface Forbidden {
  /** Name of the do-not-call list. */
  readonly list: string
  /** Whether the person, not only the number, must not be called: the contact is left out with its other numbers. */
  readonly wholeContact: boolean
}

/** How a file becomes contacts. What is null is found out from the file. */
export interface ListOptions {
  /** Columns that hold numbers, in the order they are dialled; by header name, as `columnNames` gives it. */
  readonly numberColumns: ReadonlyArray<string>
  /** Columns that hold one of the usual fields; columns named nowhere become parameters. */
  readonly fieldColumns: Readonly<Partial<Record<ContactField, string>>>
  /** Columns that are left out. */
  readonly ignoredColumns: ReadonlyArray<string>
  /** Country of numbers written without one, ISO 3166. */
  readonly country: CountryCode
  readonly delimiter: Delimiter | null
  /** A byte-order mark of the file goes before it. */
  readonly encoding: Encoding | null
  /** Names of the columns when the file has no header line. */
  readonly header: ReadonlyArray<string> | null
  /** Whether a number is on a do-not-call list; null when it may be dialled. */
  readonly forbidden: (number: E164) => Forbidden | null
  /** Whether a number is in the campaign already. */
  readonly isKnown: (number: E164) => boolean
}
