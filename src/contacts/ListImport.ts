import { Result } from "effect"
import { type BrokenLine, CsvReader, type CsvRow } from "./CsvReader.ts"
import type { Delimiter } from "./delimiter.ts"
import { type Encoding, ListDecoder } from "./encoding.ts"
import { formatOf, sampleBytes } from "./ListFormat.ts"
import { ListUnreadable } from "./ListUnreadable.ts"
import type { ImportItem } from "./RowReader.ts"

/** Rows between two reports of progress. */
const progressRows = 10_000

/** What becomes of rows. */
export interface RowSink {
  /** Takes the names of the columns, before any row. */
  readonly start: (header: ReadonlyArray<string>) => Result.Result<void, ListUnreadable>
  readonly read: (row: CsvRow | BrokenLine, out: Array<ImportItem>) => void
}

/** What is null is found out from the file. */
export interface FileOptions {
  readonly delimiter: Delimiter | null
  readonly encoding: Encoding | null
  /** Names of the columns when the file has no header line. */
  readonly header: ReadonlyArray<string> | null
}

type Items = Result.Result<ReadonlyArray<ImportItem>, ListUnreadable>

/**
 * The import of one list, given its bytes piece by piece. It holds the first `sampleBytes` until the format is decided,
 * later at most one row; what the sink remembers is its own. After a failure nothing more may be given.
 */
export class ListImport {
  readonly #options: FileOptions
  readonly #sink: RowSink
  #beginning: Array<Uint8Array> = []
  #bytes = 0
  #rows = 0
  #open: { readonly decoder: ListDecoder; readonly csv: CsvReader } | null = null
  #hasHeader = false

  constructor(options: FileOptions, sink: RowSink) {
    this.#options = options
    this.#sink = sink
  }

  write(bytes: Uint8Array): Items {
    this.#bytes += bytes.length
    if (this.#open !== null) return this.#read(bytes)
    this.#beginning.push(bytes)
    return this.#bytes < sampleBytes ? Result.succeed([]) : this.#begin(true)
  }

  end(): Items {
    const begun = this.#open === null ? this.#begin(false) : Result.succeed<ReadonlyArray<ImportItem>>([])
    if (Result.isFailure(begun) || this.#open === null) return begun
    const { csv, decoder } = this.#open
    const out = [...begun.success]
    return Result.map(this.#take([...csv.write(decoder.end()), ...csv.end()], out), () => {
      out.push({ kind: "progress", bytes: this.#bytes, rows: this.#rows })
      return out
    })
  }

  #begin(cut: boolean): Items {
    const bytes = Buffer.concat(this.#beginning)
    this.#beginning = []
    const format = formatOf(bytes.subarray(0, sampleBytes), cut || bytes.length > sampleBytes, this.#options)
    if (Result.isFailure(format)) return Result.fail(format.failure)
    const { delimiter, encoding, separatorLine } = format.success
    const cellCount = this.#options.header?.length ?? 0
    const csv = new CsvReader(delimiter, cellCount, separatorLine ? 1 : 0)
    this.#open = { decoder: new ListDecoder(encoding), csv }
    if (this.#options.header !== null) {
      const started = this.#start(this.#options.header)
      if (Result.isFailure(started)) return Result.fail(started.failure)
    }
    return this.#read(bytes)
  }

  #start(header: ReadonlyArray<string>): Result.Result<void, ListUnreadable> {
    this.#hasHeader = true
    return this.#sink.start(header)
  }

  #read(bytes: Uint8Array): Items {
    if (this.#open === null) return Result.succeed([])
    const out: Array<ImportItem> = []
    const { csv, decoder } = this.#open
    return Result.map(this.#take(csv.write(decoder.decode(bytes)), out), () => out)
  }

  #take(rows: ReturnType<CsvReader["write"]>, out: Array<ImportItem>): Result.Result<void, ListUnreadable> {
    for (const row of rows) {
      if (this.#hasHeader) {
        this.#sink.read(row, out)
        this.#rows += 1
        if (this.#rows % progressRows === 0) out.push({ kind: "progress", bytes: this.#bytes, rows: this.#rows })
      } else if (row.kind === "broken") {
        return broken(`The header, line ${row.line}, cannot be read: ${row.reason}.`)
      } else {
        const started = this.#start(row.cells)
        if (Result.isFailure(started)) return started
      }
    }
    return this.#open?.csv.gaveUp === true
      ? broken("Too many quotes of the file do not fit. Save it again, with quotes around every text.")
      : Result.void
  }
}

const broken = (sentence: string): Result.Result<never, ListUnreadable> =>
  Result.fail(new ListUnreadable({ reason: "broken", sentence }))
