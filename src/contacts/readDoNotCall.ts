import { Effect, Result, Stream } from "effect"
import { createHash } from "node:crypto"
import { columnNames } from "./columnNames.ts"
import type { BrokenLine, CsvRow } from "./CsvReader.ts"
import type { Delimiter } from "./delimiter.ts"
import { DigitsBuilder, DoNotCallList, type DoNotCallSource } from "./doNotCall.ts"
import type { Encoding } from "./encoding.ts"
import { importRows } from "./importList.ts"
import { ListImport, type RowSink } from "./ListImport.ts"
import { ListUnreadable } from "./ListUnreadable.ts"
import { type CountryCode, toE164 } from "./phoneNumber.ts"
import { type ProblemGroup, type ProblemKind, ProblemSummary } from "./Problem.ts"
import type { ImportItem } from "./RowReader.ts"

export interface DoNotCallOptions {
  /** Column that holds the number; null for a file without header, whose columns together are the number. */
  readonly column: string | null
  readonly country: CountryCode
  readonly delimiter: Delimiter | null
  readonly encoding: Encoding | null
}

export interface DoNotCallRead {
  readonly list: DoNotCallList
  readonly problems: ReadonlyArray<ProblemGroup>
}

/**
 * Reads a do-not-call list from a file: one column of it, or a file of nothing but numbers (also split into area code
 * and number, as the US registry gives them). What is no number is reported with its line. Memory: 8 to 24 bytes a
 * number.
 */
export const readDoNotCall = Effect.fnUntraced(function* <E, R>(
  source: Stream.Stream<Uint8Array, E, R>,
  about: Omit<DoNotCallSource, "fileHash">,
  options: DoNotCallOptions
): Effect.fn.Return<DoNotCallRead, ListUnreadable | E, R> {
  const hash = createHash("sha256")
  const sink = new NumberSink(options)
  const problems = new ProblemSummary()
  const hashed = Stream.map(source, (bytes) => {
    hash.update(bytes)
    return bytes
  })
  const header = options.column === null ? [] : null
  yield* importRows(hashed, () => new ListImport({ ...options, header }, sink)).pipe(
    Stream.runForEach((item) =>
      Effect.sync(() => {
        if (item.kind === "problem") problems.add(item.problem)
      })
    )
  )
  const list = new DoNotCallList({ ...about, fileHash: hash.digest("hex") }, sink.builder.digits)
  return { list, problems: problems.groups }
})

class NumberSink implements RowSink {
  readonly builder = new DigitsBuilder()
  readonly #options: DoNotCallOptions
  #index: number | null = null

  constructor(options: DoNotCallOptions) {
    this.#options = options
  }

  start(header: ReadonlyArray<string>): Result.Result<void, ListUnreadable> {
    const { column } = this.#options
    if (column === null) return Result.void
    const names = columnNames(header)
    this.#index = names.indexOf(column)
    if (this.#index >= 0) return Result.void
    const sentence = `There is no column ${column}; the columns are ${names.slice(0, 50).join(", ")}.`
    return Result.fail(new ListUnreadable({ reason: "columns", sentence: sentence.slice(0, 2_000) }))
  }

  read(row: CsvRow | BrokenLine, out: Array<ImportItem>): void {
    const { line } = row
    const report = (kind: ProblemKind, value: string, message: string): void => {
      const { column } = this.#options
      out.push({
        kind: "problem",
        problem: { kind, line, column, value: value.slice(0, 200), message, leftOut: true }
      })
    }
    if (row.kind === "broken") return report("wrong-row", row.text, row.reason)
    const value = this.#index === null ? row.cells.join("") : (row.cells[this.#index] ?? "")
    if (value === "") return report("no-number", "", "no number")
    const number = toE164(value, this.#options.country)
    if (number !== null) this.builder.add(number)
    else report("invalid-number", value, `no number of ${this.#options.country} or with a country code`)
  }
}
