import type { Address } from "./Address.ts"
import { type Authorize, ClientTransactions } from "./ClientTransactions.ts"
import { type Counters, noCounts } from "./Counters.ts"
import { problemOf, refusalOf } from "./guard.ts"
import {
  type Header,
  headerValue,
  parseMessage,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  withHeader
} from "./message.ts"
import { inviteOf } from "./orphan.ts"
import type { PeerList } from "./PeerList.ts"
import { RateLimit } from "./RateLimit.ts"
import { replyTo } from "./reply.ts"
import { ServerTransactions } from "./ServerTransactions.ts"
import { askingRport, topVia, withSource } from "./via.ts"

/** What the wire does to the world, and whom it tells. Nothing here may throw back into the wire but the last two. */
export interface WirePort {
  readonly transmit: (text: string, to: Address) => void
  /** A request not seen before, fit to be handled; its top Via holds the packet's source. Answer with `respond`. */
  readonly request: (request: SipRequest, source: Address) => void
  /** A response to a request of ours, not seen before. A 2xx to INVITE not acknowledged on return is ended. */
  readonly response: (response: SipResponse, source: Address) => void
  /** A 2xx to an INVITE the wire knows nothing of. `endStray` ends it. */
  readonly stray: (answer: SipResponse, source: Address) => void
  /** Something handed up threw. */
  readonly fault: (error: unknown) => void
}

export interface WireOptions {
  readonly peers: PeerList
  /** New requests a second that one source may send; twice as many at once. */
  readonly requestsPerSecond: number
  /** Option tags that a request may require (RFC 3261 §20.32), in lower case. */
  readonly extensions: ReadonlySet<string>
  /** A text nobody can guess, for branches and tags: at least 8 letters and digits. */
  readonly newToken: () => string
}

/** Datagrams beyond this are not ours to read; the largest UDP payload over IPv4. */
const datagramBytesMax = 65_507

/**
 * SIP over UDP between a socket and a user agent, knowing nothing of calls: it repeats, absorbs repetitions, answers
 * the sender and nobody else, and lets nothing through that would hurt (RFC 3261 §17 and §18, RFC 3581, RFC 6026).
 * Deterministic: `now` comes with each input, in milliseconds, and never goes back.
 */
export class Wire {
  readonly counters: Counters = noCounts()
  readonly #port: WirePort
  readonly #options: WireOptions
  readonly #rate: RateLimit
  readonly #clients: ClientTransactions
  readonly #servers: ServerTransactions

  constructor(port: WirePort, options: WireOptions) {
    this.#port = port
    this.#options = options
    this.#rate = new RateLimit(options.requestsPerSecond)
    const transmit = (text: string, to: Address): void => {
      this.counters.sent += 1
      port.transmit(text, to)
    }
    const response = (message: SipResponse, source: Address): void => {
      this.#guarded(() => port.response(message, source))
    }
    const stray = (answer: SipResponse, source: Address): void => {
      this.#guarded(() => port.stray(answer, source))
    }
    const newBranch = () => `z9hG4bK${options.newToken()}`
    this.#clients = new ClientTransactions({ transmit, response, stray, newBranch }, this.counters)
    this.#servers = new ServerTransactions(transmit, this.counters)
  }

  /** Transactions held, both ways. */
  get size(): number {
    return this.#clients.size + this.#servers.size
  }

  /** Takes one datagram. */
  receive(bytes: Uint8Array, source: Address, now: number): void {
    this.counters.received += 1
    if (!this.#options.peers.has(source.host)) {
      this.counters.strangers += 1
      return
    }
    // Empty lines keep a NAT open, and so does STUN, whose types begin with 0 or 1 (RFC 5626 §4.4, RFC 5389 §6).
    if (bytes.length <= 4 || bytes[0] < 2) {
      this.counters.keepAlives += 1
      return
    }
    const message = bytes.length > datagramBytesMax ? undefined : parseMessage(bytes)
    if (message === undefined || message.kind === "malformed") {
      this.counters.malformed += 1
      if (message?.request !== undefined) this.#answerMalformed(message.request, source, now)
    } else if (message.kind === "request") this.#receiveRequest(message, source, now)
    else if (problemOf(message) !== undefined || headerCount(message, "Via") !== 1) this.counters.malformed += 1
    else this.#clients.receive(message, source, now)
  }

  #receiveRequest(raw: SipRequest, source: Address, now: number): void {
    if (problemOf(raw) !== undefined) {
      this.counters.malformed += 1
      return this.#answerMalformed(raw, source, now)
    }
    const request = withSource(raw, source)
    if (this.#servers.absorbs(request)) return
    if (!this.#admit(request, source, now)) return
    const refusal = refusalOf(request, this.#options.extensions)
    if (refusal !== undefined) {
      this.counters.refused += 1
      return this.#servers.respond(replyTo(request, refusal.status, this.#options.newToken(), refusal.headers), now)
    }
    const safely = this.#guarded(() => this.#port.request(request, source))
    if (!safely && request.method !== "ACK") this.reply(request, 500, now)
  }

  #admit(request: SipRequest, source: Address, now: number): boolean {
    // An ACK costs nothing and a lost BYE is a call left up: neither is held back.
    const free = request.method === "ACK" || request.method === "BYE"
    if ((free || this.#rate.allows(source.host, now)) && this.#servers.open(request, source, now)) return true
    this.counters.limited += 1
    return false
  }

  /** 400, where the sender gave enough to be answered (RFC 4475 §3.1.2 wants that for most of its messages). */
  #answerMalformed(raw: SipRequest, source: Address, now: number): void {
    if (raw.method === "ACK" || topVia(raw) === undefined) return
    for (const name of ["From", "To", "Call-ID", "CSeq"]) if (headerCount(raw, name) !== 1) return
    // CSeq is copied into the answer and its method finds the transaction again, so it must be the request's.
    const request = withHeader(withSource(raw, source), "CSeq", `${cseqDigits(raw)} ${raw.method}`)
    if (this.#servers.absorbs(request) || !this.#admit(request, source, now)) return
    this.#servers.respond(replyTo(request, 400, this.#options.newToken()), now)
  }

  /**
   * Sends a request of ours and cares for it until it is answered or 32 s have passed. `authorize` of an INVITE is for
   * the BYE that ends an answer nobody wants.
   */
  send(request: SipRequest, to: Address, now: number, authorize?: Authorize): void {
    this.#clients.send(askingRport(withForwards(request)), to, now, authorize)
  }

  /** Gives up a request that nothing was heard of; an answer that comes all the same is ended. */
  abandon(request: SipRequest, now: number): void {
    this.#clients.abandon(request, now)
  }

  /**
   * Takes over an INVITE that a process before us sent: its answer is ended when it comes, its ringing cancelled. `authorize`
   * is for the BYE.
   */
  adopt(invite: SipRequest, to: Address, now: number, authorize?: Authorize): void {
    this.#clients.adopt(invite, to, now, authorize)
  }

  /** Refuses an INVITE that a process before us took, and repeats that until it is acknowledged. */
  refuse(refusal: SipResponse, to: Address, now: number): void {
    const invite = inviteOf(refusal)
    // A repetition may have come already, and is a call to this process.
    if (!this.#servers.absorbs(invite) && this.#servers.open(invite, to, now)) this.#servers.respond(refusal, now)
  }

  /** Ends an answer that was handed up as a stray, unless its sender is over its rate. */
  endStray(answer: SipResponse, source: Address, now: number): void {
    if (!this.#rate.allows(source.host, now)) {
      this.counters.limited += 1
      return
    }
    this.#clients.adopt(inviteOf(answer), source, now)
    this.#clients.receive(answer, source, now)
  }

  /** Sends a response to a request that was handed up. */
  respond(response: SipResponse, now: number): void {
    this.#servers.respond(response, now)
  }

  /** Answers without a body. */
  reply(request: SipRequest, status: number, now: number, headers: ReadonlyArray<Header> = []): void {
    this.#servers.respond(replyTo(request, status, this.#options.newToken(), headers), now)
  }

  /** Whether a request handed up has its final response, or needs none. */
  isAnswered(request: SipRequest): boolean {
    return request.method === "ACK" || this.#servers.isAnswered(request)
  }

  /** To be called every 50 ms or so: everything that happens by time. */
  sweep(now: number): void {
    this.#clients.sweep(now)
    this.#servers.sweep(now)
  }

  #guarded(act: () => void): boolean {
    try {
      act()
      return true
    } catch (error) {
      this.counters.faults += 1
      this.#port.fault(error)
      return false
    }
  }
}

const headerCount = (message: SipMessage, name: string): number =>
  message.headers.filter((header) => header.name === name).length

const cseqDigits = (request: SipRequest): string => /^\d{1,9}/.exec(headerValue(request, "CSeq") ?? "")?.[0] ?? "1"

/** Every request needs Max-Forwards (RFC 3261 §8.1.1.6). */
const withForwards = (request: SipRequest): SipRequest =>
  headerValue(request, "Max-Forwards") === undefined ? withHeader(request, "Max-Forwards", "70") : request
