import { Parser } from "csv-parse"

/** One row of a file, on the line it begins. */
export interface CsvRow {
  readonly kind: "row"
  readonly line: number
  readonly cells: ReadonlyArray<string>
}

/** A line that is no row: a quote that never ends, text after a closing quote, or too long. */
export interface BrokenLine {
  readonly kind: "broken"
  readonly line: number
  /** The beginning of the line. */
  readonly text: string
  readonly reason: string
}

/** A row of more bytes than this is no row of a list. */
export const rowBytesMax = 131_072
/** Text is parsed in pieces of this size, so that going back to an earlier line costs little. */
const pieceBytes = 4_096
/** Bytes that may be parsed again because of broken lines before the file counts as no list. */
const bytesAgainMax = 33_554_432
const textShown = 200
const lineFeed = 10

interface Parsed {
  readonly record: Array<string>
  readonly info: { readonly lines: number; readonly bytes: number }
}

/** The parser of csv-parse, with its rows collected instead of queued: writing text leaves them in `rows`. */
class Collector extends Parser {
  readonly rows: Array<Parsed> = []
  /** What made the parser give up. */
  failed: string | null = null

  constructor(delimiter: string) {
    super({ delimiter, record_delimiter: "\n", info: true, relax_column_count: true, relax_quotes: true, trim: true })
    this.on("error", () => undefined)
  }

  override push(row: Parsed | null): boolean {
    if (row !== null) this.rows.push(row)
    return true
  }

  override _transform(bytes: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    super._transform(bytes, encoding, (error?: Error | null) => this.#settle(error, done))
  }

  override _flush(done: (error?: Error | null) => void): void {
    super._flush((error?: Error | null) => this.#settle(error, done))
  }

  #settle(error: Error | null | undefined, done: () => void): void {
    if (error instanceof Error) this.failed = "code" in error ? String(error.code) : error.message
    done()
  }
}

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote on this line is never closed",
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: "there is text after a closing quote"
}

/**
 * Rows of delimited text, with the line each begins on, in bounded memory: at most `rowBytesMax` of a row are held. Line
 * breaks of all three kinds are taken, also mixed; inside quotes they become `\n`. A line that cannot be a row is given
 * out as broken and reading goes on with the line after it, so one stray quote costs one line. Empty lines are skipped.
 */
export class CsvReader {
  /** Cells of a good row; a row of several lines with another count is taken for a stray quote. 0: not known yet. */
  #cellCount: number
  readonly #delimiter: string
  #parser: Collector
  /** Bytes given to the parser since the last complete row. */
  #pending: Buffer = Buffer.alloc(0)
  /** Bytes the parser had taken when `#pending` began, and lines that ended before its first. */
  #taken = 0
  #linesBefore = 0
  /** Line the parser calls 1. */
  #lineOffset = 0
  #bytesAgain = 0
  /** The rest of a line that is too long is thrown away. */
  #skipping = false
  /** Rows at the beginning that are not given out. */
  #rowsToSkip: number
  #endsInReturn = false

  /** `cellCount`: of a good row, 0 to learn it from the first; `rowsToSkip`: rows before that, as `sep=;`. */
  constructor(delimiter: string, cellCount = 0, rowsToSkip = 0) {
    this.#delimiter = delimiter
    this.#cellCount = cellCount
    this.#rowsToSkip = rowsToSkip
    this.#parser = new Collector(delimiter)
  }

  /** Whether so many lines are broken that reading stopped: what is written from then on is ignored. */
  get gaveUp(): boolean {
    return this.#bytesAgain > bytesAgainMax
  }

  /** The rows that end in this text or before it. */
  write(text: string): Array<CsvRow | BrokenLine> {
    const out: Array<CsvRow | BrokenLine> = []
    this.#feed(Buffer.from(this.#lineFeeds(text)), out)
    return out
  }

  /** The last rows. Nothing may be written after it. */
  end(): Array<CsvRow | BrokenLine> {
    const out: Array<CsvRow | BrokenLine> = []
    if (this.#endsInReturn) this.#feed(Buffer.from("\n"), out)
    for (;;) {
      this.#parser.end()
      const rest = this.#collect(out, true)
      if (rest === null || this.gaveUp) return out
      this.#feed(rest, out)
    }
  }

  /** All line breaks as `\n`; a `\r` at the end of the text waits for what follows. */
  #lineFeeds(text: string): string {
    const whole = this.#endsInReturn ? `\r${text}` : text
    this.#endsInReturn = whole.endsWith("\r")
    const ready = this.#endsInReturn ? whole.slice(0, -1) : whole
    return ready.includes("\r") ? ready.replace(/\r\n?/g, "\n") : ready
  }

  #feed(bytes: Buffer, out: Array<CsvRow | BrokenLine>): void {
    /** What is still to be parsed; the last one is next. */
    const todo = [bytes]
    for (let next = todo.pop(); next !== undefined && !this.gaveUp; next = todo.pop()) {
      const from = this.#skipping ? this.#endOfSkipped(next) : 0
      if (from === next.length) continue
      const piece = next.subarray(from, from + pieceBytes)
      if (from + pieceBytes < next.length) todo.push(next.subarray(from + pieceBytes))
      this.#pending = this.#pending.length === 0 ? piece : Buffer.concat([this.#pending, piece])
      this.#parser.write(piece)
      const again = this.#collect(out, false)
      if (again !== null) todo.push(again)
    }
  }

  #endOfSkipped(bytes: Buffer): number {
    const end = bytes.indexOf(lineFeed)
    if (end < 0) return bytes.length
    this.#skipping = false
    this.#lineOffset += 1
    return end + 1
  }

  /** Takes the parser's rows; returns what must be parsed again because of a broken line, or null. */
  #collect(out: Array<CsvRow | BrokenLine>, ended: boolean): Buffer | null {
    const rows = this.#parser.rows
    for (const { record, info } of rows) {
      const line = this.#lineOffset + this.#linesBefore + 1
      const severalLines = info.lines > this.#linesBefore + 1
      if (severalLines && !this.#fits(record)) {
        return this.#goBack(out, `the quotes of this line do not fit; the columns would be ${record.length}`)
      }
      if (info.bytes - this.#taken > rowBytesMax) return this.#goBack(out, tooLong)
      const empty = isEmpty(record)
      const skipped = !empty && this.#rowsToSkip > 0
      if (skipped) this.#rowsToSkip -= 1
      else if (this.#cellCount === 0 && !empty) this.#cellCount = filled(record)
      this.#pending = this.#pending.subarray(info.bytes - this.#taken)
      this.#taken = info.bytes
      this.#linesBefore = info.lines
      if (!empty && !skipped) out.push({ kind: "row", line, cells: record })
    }
    rows.length = 0
    const { failed } = this.#parser
    if (failed !== null) return this.#goBack(out, reasons[failed] ?? failed)
    return !ended && this.#pending.length > rowBytesMax + pieceBytes ? this.#goBack(out, tooLong) : null
  }

  /** Whether a row has the columns of a good one; empty cells after them are no matter. */
  #fits(record: ReadonlyArray<string>): boolean {
    const count = this.#cellCount
    return count === 0 || (record.length >= count && filled(record) <= count)
  }

  /** Gives up the first pending line and starts a parser on the line after it. */
  #goBack(out: Array<CsvRow | BrokenLine>, reason: string): Buffer {
    const bytes = this.#pending
    const line = this.#lineOffset + this.#linesBefore + 1
    const end = bytes.indexOf(lineFeed)
    const shown = bytes.subarray(0, end < 0 ? textShown : Math.min(end, textShown)).toString()
    out.push({ kind: "broken", line, text: shown, reason })
    this.#bytesAgain += bytes.length
    this.#skipping = end < 0
    this.#lineOffset = end < 0 ? line - 1 : line
    this.#linesBefore = 0
    this.#taken = 0
    this.#pending = Buffer.alloc(0)
    this.#parser = new Collector(this.#delimiter)
    return end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 1)
  }
}

const tooLong = `the row is longer than ${rowBytesMax} bytes, or a quote on this line is never closed`

/** Cells without the empty ones at the end, at least 1. */
const filled = (record: ReadonlyArray<string>): number => {
  let count = record.length
  while (count > 1 && record[count - 1] === "") count -= 1
  return count
}

const isEmpty = (record: ReadonlyArray<string>): boolean => record.length === 1 && record[0] === ""
