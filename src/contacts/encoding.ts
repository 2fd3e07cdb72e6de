import { analyse } from "chardet"
import { isLatin, latinPage } from "./latinPages.ts"

/** Names `TextDecoder` knows. */
export const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-6",
  "iso-8859-7",
  "koi8-r"
] as const
export type Encoding = (typeof encodings)[number]

/** What chardet finds in other scripts, as the encoding that can hold it; Windows has nearly all of ISO Hebrew. */
const encodingOf: Readonly<Record<string, Encoding>> = {
  "ISO-8859-5": "iso-8859-5",
  "ISO-8859-6": "iso-8859-6",
  "ISO-8859-7": "iso-8859-7",
  "ISO-8859-8": "windows-1255",
  "windows-1251": "windows-1251",
  "windows-1253": "windows-1253",
  "windows-1255": "windows-1255",
  "windows-1256": "windows-1256",
  "KOI8-R": "koi8-r"
}

/** The encoding a byte-order mark states; it is certain, so it goes before what anybody chose. */
export const encodingOfMark = (sample: Uint8Array): Encoding | null => {
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le"
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be"
  return sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf ? "utf-8" : null
}

/**
 * Guesses the encoding of a file from its first bytes: a byte-order mark, zero bytes where UTF-16 has them, valid UTF-8,
 * or else the most likely code page. Null while every byte is ASCII: all but UTF-16 agree so far. `cut`: the sample may
 * end inside a character.
 */
export const detectEncoding = (sample: Uint8Array, cut: boolean): Encoding | null => {
  const marked = encodingOfMark(sample)
  if (marked !== null) return marked
  const zeros = zeroShares(sample)
  if (zeros.odd > 0.3 && zeros.even < 0.1) return "utf-16le"
  if (zeros.even > 0.3 && zeros.odd < 0.1) return "utf-16be"
  if (firstHighByte(sample) < 0) return null
  if (isUtf8(sample, cut)) return "utf-8"
  return codePage(sample)
}

const codePage = (sample: Uint8Array): Encoding => {
  if (isLatin(sample)) return latinPage(sample)
  const found = analyse(sample).find(({ name }) => encodingOf[name] !== undefined)
  return found === undefined ? latinPage(sample) : encodingOf[found.name]
}

const zeroShares = (sample: Uint8Array): { readonly even: number; readonly odd: number } => {
  let even = 0
  let odd = 0
  for (let i = 0; i < sample.length; i += 1) {
    if (sample[i] !== 0) continue
    if (i % 2 === 0) even += 1
    else odd += 1
  }
  const half = Math.max(1, sample.length / 2)
  return { even: even / half, odd: odd / half }
}

const firstHighByte = (bytes: Uint8Array): number => bytes.findIndex((byte) => byte >= 0x80)

/** Whether bytes are valid UTF-8; `cut`: they may end inside a character. */
export const isUtf8 = (bytes: Uint8Array, cut: boolean): boolean => {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  try {
    decoder.decode(bytes, { stream: cut })
    return true
  } catch {
    return false
  }
}

/**
 * Decodes a file piece by piece. Given null it stays undecided while everything is ASCII, and decides on the first piece
 * that is not: the beginning of a long list often has no accents at all. Bytes that cannot be decoded become U+FFFD.
 */
export class ListDecoder {
  #encoding: Encoding | null
  #decoder: TextDecoder | null = null

  constructor(encoding: Encoding | null) {
    this.#encoding = encoding
  }

  /** Null until it is decided. */
  get encoding(): Encoding | null {
    return this.#encoding
  }

  decode(bytes: Uint8Array): string {
    if (this.#encoding === null) {
      const high = firstHighByte(bytes)
      if (high < 0) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1")
      const rest = bytes.subarray(high)
      this.#encoding = isUtf8(rest, true) ? "utf-8" : codePage(bytes)
    }
    this.#decoder ??= new TextDecoder(this.#encoding)
    return this.#decoder.decode(bytes, { stream: true })
  }

  end(): string {
    return this.#decoder?.decode() ?? ""
  }
}
