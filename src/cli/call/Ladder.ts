import { q850Of } from "../../sip/causeOf.ts"
import { type Address, addressText } from "../../sip/wire/Address.ts"
import { headerValue, parseMessage, type SipMessage } from "../../sip/wire/message.ts"
import type { Passing } from "./wireTap.ts"

/** Characters of an arrow, both lines included. */
const arrowWidth = 48
const labelMax = 30
const timeWidth = 8

const signs = {
  unicode: { line: "─", right: "▶", left: "◀", bar: "│" },
  ascii: { line: "-", right: ">", left: "<", bar: "|" }
}

/** `   4.021`: seconds since the beginning. */
export const timeText = (millis: number): string => (millis / 1_000).toFixed(3).padStart(timeWidth)

/**
 * The SIP messages of a call as a ladder for a terminal, line by line: time, arrow, and what is worth knowing of each. A new
 * pair of addresses has its own head.
 */
export class Ladder {
  readonly #ours: Address
  readonly #signs: (typeof signs)["unicode"]
  readonly #isPeer: (host: string) => boolean
  readonly #seen = new Set<string>()
  #peer = ""

  constructor(ours: Address, isPeer: (host: string) => boolean, unicode: boolean) {
    this.#ours = ours
    this.#isPeer = isPeer
    this.#signs = unicode ? signs.unicode : signs.ascii
  }

  /** The lines of one datagram, `millis` after the beginning. */
  linesOf({ bytes, direction, peer }: Passing, millis: number): ReadonlyArray<string> {
    // Empty lines and STUN keep ways through routers open; nobody wants to read them.
    if (bytes.length <= 4 || bytes[0] < 2) return []
    const message = parseMessage(bytes)
    const label = message.kind === "malformed" ? `${bytes.length} bytes, no SIP` : startOf(message)
    const notes = message.kind === "malformed" ? [message.problem] : this.#notesOf(message, direction)
    if (direction === "received" && !this.#isPeer(peer.host)) notes.unshift("not in sip.peers: not heard")
    const note = notes.length === 0 ? "" : ` ${notes.join(", ")}`
    return [...this.#headOf(peer), `${timeText(millis)}  ${this.#arrow(direction, label)}${note}`]
  }

  #headOf(peer: Address): ReadonlyArray<string> {
    const theirs = addressText(peer)
    if (theirs === this.#peer) return []
    this.#peer = theirs
    const ours = addressText(this.#ours)
    return [
      `${" ".repeat(timeWidth)}  ${ours}${theirs.padStart(Math.max(theirs.length + 2, arrowWidth - ours.length))}`
    ]
  }

  #arrow(direction: Passing["direction"], text: string): string {
    const { bar, left, line, right } = this.#signs
    const label = text.length > labelMax ? `${text.slice(0, labelMax - 1)}…` : text
    const long = line.repeat(arrowWidth - label.length - 7)
    return direction === "sent"
      ? `${bar}${line}${line} ${label} ${long}${right}${bar}`
      : `${bar}${left}${long} ${label} ${line}${line}${bar}`
  }

  #notesOf(message: SipMessage, direction: Passing["direction"]): Array<string> {
    const notes: Array<string> = []
    const key = [direction, startOf(message), ...["Via", "CSeq", "To"].map((name) => headerValue(message, name))]
    if (this.#seen.has(key.join("\n"))) notes.push("again")
    this.#seen.add(key.join("\n"))
    if (message.kind === "request" && message.method === "INVITE") notes.push(message.uri)
    if (/application\/sdp/i.test(headerValue(message, "Content-Type") ?? "")) notes.push("SDP")
    if (hasAny(message, "Authorization", "Proxy-Authorization")) notes.push("with digest")
    const q850 = q850Of(message)
    if (q850 !== undefined) notes.push(`cause ${q850}`)
    const wait = headerValue(message, "Retry-After")
    if (wait !== undefined) notes.push(`Retry-After ${wait.slice(0, 20)}`)
    return notes
  }
}

const startOf = (message: SipMessage): string =>
  message.kind === "request" ? message.method : `${message.status} ${message.reason}`.trim()

const hasAny = (message: SipMessage, ...names: ReadonlyArray<string>): boolean =>
  names.some((name) => headerValue(message, name) !== undefined)
