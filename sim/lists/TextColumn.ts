import { SharedColumn } from "./SharedColumn.ts"

/** Texts of the contacts, each different one kept once, in memory that all threads share. */
export interface TextColumn {
  /** By contact: which text, from 1; 0 for none. */
  readonly code: Uint32Array
  /** Where each text ends in `bytes`; the first one is empty. */
  readonly ends: Uint32Array
  /** UTF-8. */
  readonly bytes: Uint8Array
}

/** Collects the texts of a column, contact by contact. */
export class TextColumnBuilder {
  readonly #codes = new Map<string, number>([["", 0]])
  readonly #code = new SharedColumn(Uint32Array)
  readonly #ends = new SharedColumn(Uint32Array)
  readonly #bytes = new SharedColumn(Uint8Array)
  readonly #encoder = new TextEncoder()

  constructor() {
    this.#ends.push(0)
  }

  push(text: string): void {
    const known = this.#codes.get(text)
    if (known !== undefined) return this.#code.push(known)
    this.#codes.set(text, this.#ends.size)
    this.#code.push(this.#ends.size)
    this.#bytes.append(this.#encoder.encode(text))
    this.#ends.push(this.#bytes.size)
  }

  build(): TextColumn {
    return { code: this.#code.shared(), ends: this.#ends.shared(), bytes: this.#bytes.shared() }
  }
}

/** Texts that are kept as such once they were asked for; of more different ones each is made anew. */
const keptMax = 10_000

/** Reads a column. */
export class TextReader {
  readonly #column: TextColumn
  readonly #kept: Array<string | undefined> = []
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true })

  constructor(column: TextColumn) {
    this.#column = column
  }

  /** Empty for a contact without one. */
  text(contact: number): string {
    return this.textOf(this.#column.code[contact])
  }

  /** How many different texts there are, the empty one counted. */
  get count(): number {
    return this.#column.ends.length
  }

  code(contact: number): number {
    return this.#column.code[contact]
  }

  textOf(code: number): string {
    if (code === 0) return ""
    const kept = this.#kept[code]
    if (kept !== undefined) return kept
    const { bytes, ends } = this.#column
    // Decoders do not take shared memory; a slice is a copy of one's own.
    const text = this.#decoder.decode(bytes.slice(ends[code - 1], ends[code]))
    if (code < keptMax) this.#kept[code] = text
    return text
  }
}
