import { Effect, Result, Stream } from "effect"
import { columnNames } from "./columnNames.ts"
import { CsvReader, type CsvRow } from "./CsvReader.ts"
import type { Delimiter } from "./delimiter.ts"
import { type Encoding, encodingOfMark, isUtf8, ListDecoder } from "./encoding.ts"
import { formatOf, type ListFormat, sampleBytes } from "./ListFormat.ts"
import type { ListUnreadable } from "./ListUnreadable.ts"
import { type CountryCode, toE164 } from "./phoneNumber.ts"
import { type Mapping, suggestMapping, validNumberShare } from "./suggestMapping.ts"

const rowsShown = 20

export interface PreviewOptions {
  readonly country: CountryCode
  readonly delimiter: Delimiter | null
  readonly encoding: Encoding | null
  /** Whether the first line names the columns; null to find out. */
  readonly hasHeader: boolean | null
}

export interface PreviewColumn {
  readonly name: string
  /** Share of the values, of those not empty, that are valid numbers; null for a column that is empty so far. */
  readonly validNumbers: number | null
}

/** The beginning of a list, and what an import would make of it. */
export interface ListPreview {
  readonly format: ListFormat
  readonly hasHeader: boolean
  readonly columns: ReadonlyArray<PreviewColumn>
  /** The first rows, `rowsShown` at most, without the header. */
  readonly rows: ReadonlyArray<CsvRow>
  readonly suggestion: Mapping
  /** Sentences about what may be wrong with the choice of encoding. */
  readonly doubts: ReadonlyArray<string>
}

/** Reads the first `sampleBytes` of a list, and no more, to show them before it is imported. */
export const previewList = Effect.fnUntraced(function* <E, R>(
  source: Stream.Stream<Uint8Array, E, R>,
  options: PreviewOptions
): Effect.fn.Return<ListPreview, ListUnreadable | E, R> {
  const { bytes, cut } = yield* firstBytes(source)
  return yield* Effect.fromResult(previewOf(bytes, cut, options))
})

const firstBytes = <E, R>(source: Stream.Stream<Uint8Array, E, R>) =>
  Effect.suspend(() => {
    let size = 0
    const enough = (chunk: Uint8Array): boolean => {
      size += chunk.length
      return size > sampleBytes
    }
    return source.pipe(
      Stream.takeUntil(enough),
      Stream.runCollect,
      Effect.map((chunks) => ({ bytes: Buffer.concat(chunks).subarray(0, sampleBytes), cut: size > sampleBytes }))
    )
  })

const previewOf = (
  bytes: Uint8Array,
  cut: boolean,
  options: PreviewOptions
): Result.Result<ListPreview, ListUnreadable> =>
  Result.map(formatOf(bytes, cut, options), (format) => {
    const decoder = new ListDecoder(format.encoding)
    const text = decoder.decode(bytes)
    const csv = new CsvReader(format.delimiter, 0, format.separatorLine ? 1 : 0)
    // The last row of a sample is cut anywhere.
    const read = [...csv.write(text), ...(cut ? [] : csv.end())]
    const rows = read.filter((row) => row.kind === "row")
    const first = rows[0]?.cells ?? []
    const hasHeader = options.hasHeader ?? !first.some((cell) => toE164(cell, options.country) !== null)
    const names = hasHeader ? columnNames(first) : first.map((_, index) => `column ${index + 1}`)
    const body = hasHeader ? rows.slice(1) : rows
    const cells = body.map((row) => row.cells)
    const columns = names.map((name, index) => {
      const share = validNumberShare(
        cells.map((row) => row[index] ?? ""),
        options.country
      )
      return { name, validNumbers: Number.isNaN(share) ? null : share }
    })
    return {
      format,
      hasHeader,
      columns,
      rows: body.slice(0, rowsShown),
      suggestion: suggestMapping(names, cells, options.country),
      doubts: doubtsOf(bytes, cut, text, format.encoding, options.encoding)
    }
  })

const doubtsOf = (
  bytes: Uint8Array,
  cut: boolean,
  text: string,
  encoding: Encoding | null,
  given: Encoding | null
): ReadonlyArray<string> => {
  const doubts: Array<string> = []
  const lost = text.split("\ufffd").length - 1
  if (lost > 0) doubts.push(`${lost} characters cannot be read as ${encoding ?? "utf-8"}; try another encoding.`)
  const isCodePage = encoding !== null && !encoding.startsWith("utf-")
  if (isCodePage && isUtf8(bytes, cut))
    doubts.push(`The file is valid UTF-8; read as ${encoding} its accents are wrong.`)
  else if (isCodePage && given === null) {
    doubts.push(`The encoding ${encoding} is a guess: look whether the accents are right.`)
  }
  const marked = encodingOfMark(bytes)
  if (given !== null && marked !== null && marked !== given) {
    doubts.push(`The file says itself that it is ${marked}; that is taken instead of ${given}.`)
  }
  return doubts
}
