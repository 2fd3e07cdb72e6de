import { headerName, splitOutside } from "./headers.ts"

/** One line of a message's head. `name` is the full name in its usual spelling. */
export interface Header {
  readonly name: string
  readonly value: string
}
interface Parts {
  readonly headers: ReadonlyArray<Header>
  /** Decoded as UTF-8; what is not UTF-8 becomes replacement characters. */
  readonly body: string
}
export interface SipRequest extends Parts {
  readonly kind: "request"
  readonly method: string
  readonly uri: string
  readonly version: string
}
export interface SipResponse extends Parts {
  readonly kind: "response"
  /** 100 to 699 */
  readonly status: number
  readonly reason: string
}
export type SipMessage = SipRequest | SipResponse

/** No SIP message: why, and as much of it as could be read when that is enough to answer. */
export interface Malformed {
  readonly kind: "malformed"
  readonly problem: string
  readonly request?: SipRequest
}

const token = "[A-Za-z0-9.!%*_+`'~-]+"
const requestLine = new RegExp(`^(${token}) +(\\S.*?) +(SIP/\\d+\\.\\d+) *$`, "i")
const statusLine = /^SIP\/2\.0 +(\d{1,10})(?: (.*))?$/i
const headerLine = new RegExp(`^(${token})[ \\t]*:(.*)$`, "s")
const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** Headers that may hold several values in one line and mean the same on several lines (RFC 3261 §7.3.1). */
const lists = new Set(["Via", "Route", "Record-Route", "Contact", "Path", "Service-Route"])

/** Reads one datagram (RFC 3261 §7 and §18.3); folded lines are joined, lists put one value a line. Never throws. */
export const parseMessage = (bytes: Uint8Array): SipMessage | Malformed => {
  const end = headEnd(bytes)
  if (end === -1) return { kind: "malformed", problem: "no empty line after the headers" }
  const [first, ...lines] = decoder
    .decode(bytes.subarray(0, end))
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")
  const headers: Array<Header> = []
  let problem = ""
  for (const line of lines) {
    const match = headerLine.exec(line)
    if (match === null) problem = `no header: ${line.slice(0, 40)}`
    else addHeader(headers, headerName(match[1]), match[2].trim())
  }
  const start = startOf(first)
  if (start === undefined) return { kind: "malformed", problem: `no start line: ${first.slice(0, 40)}` }
  const length = contentLength(headers, bytes.length - end - 4)
  if (typeof length === "string") problem = length
  const body = typeof length === "number" ? decoder.decode(bytes.subarray(end + 4, end + 4 + length)) : ""
  const message: SipMessage = { ...start, headers, body }
  if (problem === "") return message
  return message.kind === "request" ? { kind: "malformed", problem, request: message } : { kind: "malformed", problem }
}

export const parseText = (text: string): SipMessage | Malformed => parseMessage(encoder.encode(text))

const headEnd = (bytes: Uint8Array): number => {
  for (let at = 0; at + 3 < bytes.length; at += 1) {
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at
  }
  return -1
}

const startOf = (line: string) => {
  const status = statusLine.exec(line)
  if (status !== null) {
    const code = Number(status[1])
    if (code < 100 || code > 699) return undefined
    return { kind: "response" as const, status: code, reason: status[2] ?? "" }
  }
  const request = requestLine.exec(line)
  if (request === null) return undefined
  return { kind: "request" as const, method: request[1], uri: request[2], version: request[3].toUpperCase() }
}

const addHeader = (headers: Array<Header>, name: string, value: string): void => {
  if (!lists.has(name)) headers.push({ name, value })
  else for (const part of splitOutside(value, ",")) headers.push({ name, value: part })
}

/** Bytes of the body: what Content-Length says, or all there is; a sentence when it says something impossible. */
const contentLength = (headers: ReadonlyArray<Header>, available: number): number | string => {
  const values = new Set(headers.filter(({ name }) => name === "Content-Length").map(({ value }) => value))
  if (values.size === 0) return available
  const [value] = values
  if (values.size > 1 || !/^\d{1,9}$/.test(value)) return "bad Content-Length"
  return Number(value) > available ? "Content-Length is beyond the datagram" : Number(value)
}

/** The message as text, with a Content-Length that is right in bytes. */
export const formatMessage = (message: SipMessage): string => {
  const lines = [
    message.kind === "request"
      ? `${message.method} ${message.uri} ${message.version}`
      : `SIP/2.0 ${message.status} ${message.reason}`
  ]
  for (const { name, value } of message.headers) if (name !== "Content-Length") lines.push(`${name}: ${value}`)
  lines.push(`Content-Length: ${encoder.encode(message.body).length}`, "", message.body)
  return lines.join("\r\n")
}

/** All values of a header, in order; `name` in its usual spelling. */
export const headerValues = (message: Parts, name: string): ReadonlyArray<string> =>
  message.headers.filter((header) => header.name === name).map(({ value }) => value)

/** The first value of a header. */
export const headerValue = (message: Parts, name: string): string | undefined =>
  message.headers.find((header) => header.name === name)?.value

/** The message with every header of that name replaced, at the place of the first, or put at the end. */
export const withHeader = <Message extends SipMessage>(
  message: Message,
  name: string,
  ...values: ReadonlyArray<string>
): Message => {
  const at = message.headers.findIndex((header) => header.name === name)
  const rest = message.headers.filter((header) => header.name !== name)
  const added = values.map((value) => ({ name, value }))
  return { ...message, headers: at === -1 ? [...rest, ...added] : rest.toSpliced(at, 0, ...added) }
}

/** Number and method of CSeq (RFC 3261 §20.16). */
export const cseqOf = (message: Parts): { readonly number: number; readonly method: string } | undefined => {
  const match = /^(\d{1,10})[ \t]+(\S+)$/.exec(headerValue(message, "CSeq") ?? "")
  if (match === null || Number(match[1]) >= 2 ** 31) return undefined
  return { number: Number(match[1]), method: match[2] }
}
