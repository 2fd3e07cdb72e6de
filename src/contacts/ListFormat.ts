import { Result } from "effect"
import { type Delimiter, delimiters, detectDelimiter } from "./delimiter.ts"
import { detectEncoding, type Encoding, encodingOfMark } from "./encoding.ts"
import { ListUnreadable } from "./ListUnreadable.ts"

/** Bytes of a file that are looked at before anything is decided about it. */
export const sampleBytes = 65_536

export interface ListFormat {
  /** Null for a file that has only ASCII so far. */
  readonly encoding: Encoding | null
  readonly delimiter: Delimiter
  /** Whether the file begins with Excel's `sep=;`, which is no row of it. */
  readonly separatorLine: boolean
}

/** Beginnings of files that people take for lists. */
const signatures: ReadonlyArray<readonly [bytes: string, what: string]> = [
  ["PK\x03\x04", "an Excel or OpenDocument workbook, or a zip archive"],
  ["\xd0\xcf\x11\xe0", "an Excel workbook of the old kind"],
  ["%PDF", "a PDF document"],
  ["\x1f\x8b", "a gzip archive"],
  ["{\\rtf", "an RTF document"],
  ["\xff\xfe\x00\x00", "UTF-32 text"],
  ["\x00\x00\xfe\xff", "UTF-32 text"],
  ["\x89PNG", "a picture"],
  ["\xff\xd8\xff", "a picture"],
  ["SQLite format 3\0", "a database"]
]
const markup = /^\uFEFF?\s*<(?:!doctype|html|head|table|\?xml)/i

/**
 * What a list is written in, from its first bytes: encoding and delimiter, as far as they are not given (a byte-order
 * mark goes before a given encoding). `cut`: the file goes on after them.
 */
export const formatOf = (
  bytes: Uint8Array,
  cut: boolean,
  given: { readonly encoding: Encoding | null; readonly delimiter: Delimiter | null }
): Result.Result<ListFormat, ListUnreadable> => {
  const beginning = Buffer.from(bytes.subarray(0, 512)).toString("latin1")
  const known = signatures.find(([signature]) => beginning.startsWith(signature))
  if (known !== undefined) return notText(known[1])
  const encoding = encodingOfMark(bytes) ?? given.encoding ?? detectEncoding(bytes, cut)
  const text = new TextDecoder(encoding ?? "utf-8").decode(bytes, { stream: cut })
  if (text.trim() === "") {
    return Result.fail(new ListUnreadable({ reason: "empty", sentence: "The file is empty." }))
  }
  if (markup.test(text)) return notText("a web page or XML, whatever its name ends in")
  if (controlShare(text) > 0.05) return notText("no text")
  const separator = /^sep=(.)\r?\n/i.exec(text)?.[1]
  const stated = delimiters.find((delimiter) => delimiter === separator)
  return Result.succeed({
    encoding,
    delimiter: given.delimiter ?? stated ?? detectDelimiter(text),
    separatorLine: separator !== undefined
  })
}

const notText = (what: string): Result.Result<never, ListUnreadable> =>
  Result.fail(
    new ListUnreadable({
      reason: "not-text",
      sentence: `The file is ${what}. Open it in a spreadsheet program and save it as "CSV UTF-8".`
    })
  )

/** Share of control characters; a list has none but tabs and line breaks, and perhaps a few stray ones. */
const controlShare = (text: string): number => {
  let count = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) count += 1
  }
  return count / text.length
}
