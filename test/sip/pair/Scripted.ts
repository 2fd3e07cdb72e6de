import { createHash } from "node:crypto"
import type { LegEvent } from "../../../src/sip/Leg.ts"
import { type EdgeOptions, SipEdge, type Sending } from "../../../src/sip/SipEdge.ts"
import { type Address, addressText } from "../../../src/sip/wire/Address.ts"
import {
  formatMessage,
  headerValue,
  parseText,
  type SipMessage,
  type SipRequest
} from "../../../src/sip/wire/message.ts"
import { replyTo } from "../../../src/sip/wire/reply.ts"

const encoder = new TextEncoder()
const phones = { realm: "r", digests: [], passwordOf: () => undefined }

export interface Sent {
  readonly at: number
  readonly to: string
  readonly message: SipMessage
}

/** One SIP edge, and far ends that answer as a test says; time is virtual, each way takes 10 ms. */
export class Scripted {
  now = 0
  readonly sent: Array<Sent> = []
  readonly faults: Array<unknown> = []
  readonly events: Array<string> = []
  /** Addresses by name, or by `name:port`; found after 20 ms. */
  readonly names = new Map<string, ReadonlyArray<Address>>()
  /** What a request is answered with. */
  answer: (request: SipRequest, to: string) => ReadonlyArray<SipMessage> = () => []
  readonly contact = { host: "127.0.0.1", port: 5_080 }
  readonly edge: SipEdge
  #tasks: Array<{ readonly at: number; readonly run: () => void }> = []

  constructor(options: Partial<EdgeOptions> = {}) {
    this.edge = new SipEdge(
      {
        transmit: (text, to) => this.#transmitted(text, to),
        lookUp: (sending) => this.#lookUp(sending),
        inbound: () => true,
        fault: (error) => this.faults.push(error)
      },
      { contact: this.contact, peers: ["127.0.0.0/8"], requestsPerSecond: 1_000, phones, ...options },
      0
    )
  }

  #transmitted(text: string, to: Address): void {
    const message = parseText(text)
    if (message.kind === "malformed") throw new Error(`${message.problem}: ${text}`)
    this.sent.push({ at: this.now, to: addressText(to), message })
    if (message.kind !== "request") return
    for (const reply of this.answer(message, addressText(to))) this.inject(reply, to)
  }

  #lookUp(sending: Sending): boolean {
    const { host, port } = sending.hop
    const found = this.names.get(port === undefined ? host : `${host}:${port}`) ?? []
    this.later(20, () => this.edge.lookedUp(sending, found, this.now))
    return true
  }

  /** A message that reaches the edge in 20 ms. */
  inject(message: SipMessage, from: Address): void {
    this.later(20, () => this.edge.receive(encoder.encode(formatMessage(message)), from, this.now))
  }

  later(millis: number, run: () => void): void {
    this.#tasks.push({ at: this.now + millis, run })
  }

  run(millis: number): void {
    for (const end = this.now + millis; this.now < end;) {
      this.now += 10
      const due = this.#tasks.filter(({ at }) => at <= this.now)
      this.#tasks = this.#tasks.filter(({ at }) => at > this.now)
      for (const { run } of due) run()
      if (this.now % 50 === 0) this.edge.sweep(this.now)
    }
  }

  readonly listen = (event: LegEvent): void => {
    this.events.push(`${this.now} ${eventLine(event)}`)
  }

  /** Requests sent, repetitions too: when, what and where to. */
  get requests(): ReadonlyArray<string> {
    return this.sent.flatMap(({ at, message, to }) =>
      message.kind === "request" ? [`${at} ${message.method} ${to}`] : []
    )
  }

  /** The requests of a method. */
  requestsOf(method: string): ReadonlyArray<SipRequest> {
    return this.sent.flatMap(({ message }) =>
      message.kind === "request" && message.method === method ? [message] : []
    )
  }
}

const eventLine = (event: LegEvent): string => {
  if (event._tag === "Failed") {
    const { retryAfterSeconds, status } = event.cause
    return `Failed ${status}${retryAfterSeconds === undefined ? "" : `, again in ${retryAfterSeconds} s`}`
  }
  if (event._tag === "Ended") return `Ended by ${event.by}${event.confirmed ? "" : ", unconfirmed"}`
  return event._tag
}

/** A response of a far end. */
export const reply = (
  request: SipRequest,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = ""
) => ({
  ...replyTo(
    request,
    status,
    "far",
    Object.entries(headers).map(([name, value]) => ({ name, value }))
  ),
  body
})

/**
 * Whether a request holds the right answer to a challenge: computed from RFC 7616 §3.4 alone, with nothing of ours. `spent`
 * remembers the counts of each nonce, none of which may come twice.
 */
export const digestProblem = (
  request: SipRequest,
  header: "Authorization" | "Proxy-Authorization",
  expected: { readonly realm: string; readonly nonce: string; readonly user: string; readonly password: string },
  spent = new Set<string>()
): string | undefined => {
  const value = headerValue(request, header)
  if (value === undefined) return `no ${header}`
  if (!value.startsWith("Digest ")) return "no Digest"
  const part = (name: string): string => {
    const match = new RegExp(`(?:^|[ ,])${name}=(?:"([^"]*)"|([^",\\s]+))`).exec(value.slice(6))
    return match === null ? "" : (match[1] ?? match[2])
  }
  const algorithm = part("algorithm") || "MD5"
  const name = { MD5: "md5", "MD5-sess": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512-256" }[algorithm]
  if (name === undefined) return `algorithm ${algorithm}`
  const hash = (text: string) => createHash(name).update(text, "utf8").digest("hex")
  if (part("username") !== expected.user) return `username ${part("username")}`
  if (part("realm") !== expected.realm) return `realm ${part("realm")}`
  if (part("nonce") !== expected.nonce) return `nonce ${part("nonce")}`
  if (part("uri") !== request.uri) return `uri ${part("uri")}`
  const secret = hash(`${expected.user}:${expected.realm}:${expected.password}`)
  const a1 = algorithm.endsWith("-sess") ? hash(`${secret}:${expected.nonce}:${part("cnonce")}`) : secret
  const qop = part("qop")
  const a2 = hash(
    qop === "auth-int" ? `${request.method}:${request.uri}:${hash(request.body)}` : `${request.method}:${request.uri}`
  )
  const right =
    qop === ""
      ? hash(`${a1}:${expected.nonce}:${a2}`)
      : hash(`${a1}:${expected.nonce}:${part("nc")}:${part("cnonce")}:${qop}:${a2}`)
  if (part("response") !== right) return `response ${part("response")}, not ${right}`
  if (qop === "") return undefined
  if (!/^[0-9a-f]{8}$/.test(part("nc"))) return `nc ${part("nc")}`
  const use = `${expected.nonce} ${part("nc")}`
  if (spent.has(use)) return `nc ${part("nc")} again`
  spent.add(use)
  return undefined
}
