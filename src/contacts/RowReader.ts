import { Result } from "effect"
import { type Contact, type ContactField, contactFields, type ContactNumber } from "../domain/Contact.ts"
import { columnNames } from "./columnNames.ts"
import type { BrokenLine, CsvRow } from "./CsvReader.ts"
import type { ListOptions } from "./ListOptions.ts"
import { ListUnreadable } from "./ListUnreadable.ts"
import { digitsOf, NumberSet } from "./NumberSet.ts"
import { toE164 } from "./phoneNumber.ts"
import type { Problem, ProblemKind } from "./Problem.ts"

/** What importing a list brings, in the order of the file. */
export type ImportItem =
  | { readonly kind: "contact"; readonly line: number; readonly contact: Contact }
  | { readonly kind: "problem"; readonly problem: Problem }
  /** Bytes of the file and rows read so far, the header not counted. */
  | { readonly kind: "progress"; readonly bytes: number; readonly rows: number }

const valueShown = 200
/** Characters no text has: what could not be decoded, and controls but tab and line break. */
const strange = /[[\p{Cc}\ufffd]--[\t\n]]/v
const strangeAll = new RegExp(strange.source, "gv")

type Role =
  | { readonly kind: "field"; readonly field: ContactField }
  | { readonly kind: "number"; readonly order: number }
  | { readonly kind: "parameter" }
  | { readonly kind: "ignored" }

/** Turns rows into contacts; the first row is the header unless the options name the columns. */
export class RowReader {
  readonly #options: ListOptions
  #header: ReadonlyArray<string> = []
  #roles: ReadonlyArray<Role> = []
  /** Position of each number column, in the order of dialling. */
  #numberAt: ReadonlyArray<number> = []
  readonly #seen = new NumberSet()

  constructor(options: ListOptions) {
    this.#options = options
  }

  /** Takes the header; fails when the chosen columns are not in it. */
  start(header: ReadonlyArray<string>): Result.Result<void, ListUnreadable> {
    const { fieldColumns, ignoredColumns, numberColumns } = this.#options
    const names = columnNames(header)
    if (numberColumns.length === 0) return wrongColumns("No column is chosen to hold the number to dial.")
    const chosen = [...numberColumns, ...Object.values(fieldColumns), ...ignoredColumns]
    const missing = chosen.filter((column) => !names.includes(column))
    if (missing.length > 0) {
      const some = names.slice(0, 50).join(", ")
      return wrongColumns(`There is no column ${missing.join(", ")}; the columns are ${some}.`.slice(0, 2_000))
    }
    const twice = chosen.find((column, index) => chosen.indexOf(column) !== index)
    if (twice !== undefined) return wrongColumns(`The column ${twice} is chosen for two things.`)
    this.#header = names
    this.#roles = names.map((name) => this.#roleOf(name))
    this.#numberAt = numberColumns.map((column) => names.indexOf(column))
    return Result.void
  }

  #roleOf(name: string): Role {
    const { fieldColumns, ignoredColumns, numberColumns } = this.#options
    const order = numberColumns.indexOf(name)
    if (order >= 0) return { kind: "number", order }
    const field = contactFields.find((each) => fieldColumns[each] === name)
    if (field !== undefined) return { kind: "field", field }
    return { kind: ignoredColumns.includes(name) ? "ignored" : "parameter" }
  }

  /** The contact of a row after its problems, or the problems alone. */
  read(row: CsvRow | BrokenLine, out: Array<ImportItem>): void {
    if (row.kind === "broken") {
      return report(out, "wrong-row", row.line, null, row.text, row.reason, true)
    }
    const { line } = row
    const cells = this.#fit(row, out)
    if (cells === null) return
    const fields: Partial<Record<ContactField, string>> = {}
    const parameters: Record<string, string> = {}
    for (let i = 0; i < this.#roles.length; i += 1) {
      const role = this.#roles[i]
      if (role.kind === "ignored") continue
      const value = this.#readable(cells[i], line, i, out)
      if (role.kind === "parameter") parameters[this.#header[i]] = value
      else if (role.kind === "field" && value !== "") {
        const wrong = wrongValue(role.field, value)
        if (wrong === null) fields[role.field] = value
        else report(out, "wrong-value", line, this.#header[i], value, wrong, false)
      }
    }
    const numbers = this.#numbers(cells, line, out)
    if (numbers.length > 0) out.push({ kind: "contact", line, contact: { numbers, fields, parameters } })
  }

  /** The cells of a row that has the header's columns; null, and reported, when it has others. */
  #fit(row: CsvRow, out: Array<ImportItem>): ReadonlyArray<string> | null {
    const { cells, line } = row
    const expected = this.#header.length
    if (cells.length === expected) return cells
    // A delimiter at the end of every row, or columns a spreadsheet left behind.
    if (cells.length > expected && cells.slice(expected).every((cell) => cell === "")) return cells
    const last = this.#roles[expected - 1]
    if (cells.length === expected - 1 && last.kind !== "number") {
      report(out, "short-row", line, this.#header[expected - 1], "", "the last column is missing", false)
      return [...cells, ""]
    }
    const message = `the header has ${expected} columns, this row ${cells.length}`
    report(out, "wrong-row", line, null, cells.slice(0, expected + 1).join(" | "), message, true)
    return null
  }

  #readable(value: string, line: number, index: number, out: Array<ImportItem>): string {
    if (!strange.test(value)) return value
    const message = value.includes("\ufffd")
      ? "there are characters that could not be decoded"
      : "there were control characters; they are taken out"
    report(out, "unreadable-text", line, this.#header[index], value, message, false)
    return value.replace(strangeAll, (found) => (found === "\ufffd" ? found : ""))
  }

  #numbers(cells: ReadonlyArray<string>, line: number, out: Array<ImportItem>): ReadonlyArray<ContactNumber> {
    const numbers: Array<ContactNumber> = []
    const refused: Array<Omit<Problem, "leftOut">> = []
    let wholeContact = false
    for (const at of this.#numberAt) {
      const value = cells[at]
      if (value === "") continue
      const column = this.#header[at]
      const refuse = (kind: ProblemKind, message: string) => refused.push({ kind, line, column, value, message })
      const number = toE164(value, this.#options.country)
      if (number === null) {
        refuse("invalid-number", `no number of ${this.#options.country} or with a country code`)
        continue
      }
      const forbidden = this.#options.forbidden(number)
      if (forbidden !== null) {
        refuse("do-not-call", `${number} is on the list ${forbidden.list}`)
        wholeContact ||= forbidden.wholeContact
      } else if (this.#seen.has(digitsOf(number)) || numbers.some((each) => each.number === number)) {
        refuse("duplicate", `${number} stands in the list already`)
      } else if (this.#options.isKnown(number)) refuse("duplicate", `${number} is in the campaign already`)
      else numbers.push({ number, column })
    }
    const leftOut = numbers.length === 0 || wholeContact
    for (const each of refused) {
      out.push({ kind: "problem", problem: { ...each, value: each.value.slice(0, valueShown), leftOut } })
    }
    if (numbers.length === 0 && refused.length === 0) {
      report(out, "no-number", line, null, "", "no number in any number column", true)
    }
    if (leftOut) return []
    for (const { number } of numbers) this.#seen.add(digitsOf(number))
    return numbers
  }
}

const wrongColumns = (sentence: string): Result.Result<never, ListUnreadable> =>
  Result.fail(new ListUnreadable({ reason: "columns", sentence }))

const report = (
  out: Array<ImportItem>,
  kind: ProblemKind,
  line: number,
  column: string | null,
  value: string,
  message: string,
  leftOut: boolean
): void => {
  out.push({ kind: "problem", problem: { kind, line, column, value: value.slice(0, valueShown), message, leftOut } })
}

const zonesKnown = new Map<string, boolean>()
/** Names of zones that are remembered; a column of anything else must not fill the memory. */
const zonesKnownMax = 2_000

const isZone = (name: string): boolean => {
  const known = zonesKnown.get(name)
  if (known !== undefined) return known
  // `+02:00` is a zone to some runtimes, but not one that knows when the clock changes.
  const is = /^[A-Za-z]/.test(name) && hasClock(name)
  if (zonesKnown.size < zonesKnownMax) zonesKnown.set(name, is)
  return is
}

const hasClock = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Why a value does not fit its field; null when it does. */
const wrongValue = (field: ContactField, value: string): string | null => {
  if (field === "zone" && !isZone(value)) return "no time zone; an IANA name such as Europe/Prague is needed"
  if (field === "priority" && !/^[+-]?\d{1,9}$/.test(value)) return "the priority is a whole number"
  return null
}
