import type { SipjsAgentCore, SipjsCredentials, SipjsOutgoing, SipjsTransport } from "sipjs-udp"
import { authorizeBy } from "../digest/authorizeBy.ts"
import { authorization, type Challenge } from "../digest/digest.ts"
import type { Call, Patience } from "../Leg.ts"
import { isTooShort, minSeconds, SessionTimer } from "../SessionTimer.ts"
import { type Address, addressText } from "../wire/Address.ts"
import type { Authorize } from "../wire/ClientTransactions.ts"
import { type Hop, parseNameAddress, uriHop } from "../wire/headers.ts"
import {
  cseqOf,
  type Header,
  headerValue,
  parseText,
  type SipMessage,
  type SipRequest,
  type SipResponse
} from "../wire/message.ts"
import { branchOf, topVia } from "../wire/via.ts"
import { incomingRequest, incomingResponse, uriAsWritten } from "./incoming.ts"
import { Media } from "./Media.ts"
import { sipjs, timers } from "./package.ts"
import { randomToken } from "./patches.ts"
import { SipjsLeg } from "./SipjsLeg.ts"

/** What the agent asks of the wire and of whoever runs it. */
export interface AgentPort {
  /** The hop may be a name still to be looked up. `authorize`: for what the wire may have to send after an INVITE. */
  readonly send: (request: SipRequest, hop: Hop, authorize?: Authorize, patience?: Patience) => void
  readonly respond: (response: SipResponse) => void
  readonly reply: (request: SipRequest, status: number, headers?: ReadonlyArray<Header>) => void
  readonly isAnswered: (request: SipRequest) => boolean
  /** A call to us that rings. */
  readonly inbound: (leg: SipjsLeg) => void
  /** A leg has ended. */
  readonly ended: (leg: SipjsLeg) => void
  readonly fault: (error: unknown) => void
}

export interface AgentOptions {
  /** Where others reach us; it goes into Contact and Via. */
  readonly contact: Address
  readonly sessionTimers: boolean
}

/** Rings inbound calls this long at most before it answers 408 itself, in seconds. */
const ringSecondsMax = 180

/** The user agent: calls by sipjs-udp, over a wire that it does not own. `now` in milliseconds, never going back. */
export class SipjsAgent {
  readonly #port: AgentPort
  readonly #ua: SipjsAgentCore
  readonly #legs = new Map<string, SipjsLeg>()
  readonly #sessionTimers: boolean
  #now: number

  constructor(port: AgentPort, { contact, sessionTimers }: AgentOptions, now: number) {
    this.#port = port
    this.#sessionTimers = sessionTimers
    this.#now = now
    if (timers.size === 0) timers.now = now
    this.#ua = new sipjs.UA({
      uri: `outpace@${addressText(contact)}`,
      userAgentString: "Outpace",
      autostart: false,
      register: false,
      doUAS: true,
      traceSip: false,
      noAnswerTimeout: ringSecondsMax,
      rel100: sipjs.C.supported.SUPPORTED,
      mediaHandlerFactory: () => new Media(),
      authenticationFactory: () => this.#credentials(),
      log: { builtinEnabled: false, level: 0 }
    })
    this.#isolateTables()
    // Allow names INVITE only while somebody listens.
    this.#ua.on("invite", () => {})
    this.#ua.onTransportConnected(this.#transport())
  }

  /** Defect 10: a branch or Call-ID of "constructor" found what plain objects inherit. */
  #isolateTables(): void {
    const table = <A>() => Object.create(null) as Record<string, A>
    this.#ua.transactions = { ict: table(), nict: table(), ist: table(), nist: table() }
    this.#ua.sessions = table()
    this.#ua.dialogs = table()
    this.#ua.applicants = table()
  }

  #transport(): SipjsTransport {
    const send = (host: string, port: number, message: SipjsOutgoing | string) => this.#send({ host, port }, message)
    return { connected: true, server: { status: 0 }, send, disconnect: () => {} }
  }

  /** Legs that have not ended. */
  get legs(): ReadonlyMap<string, SipjsLeg> {
    return this.#legs
  }

  /** Everything the package holds: nothing may stay when all calls are over. */
  get held(): number {
    const { dialogs, sessions, transactions } = this.#ua
    return [...Object.values(transactions), dialogs, sessions].reduce((sum, one) => sum + Object.keys(one).length, 0)
  }

  /** Starts a call; `listen` gets the leg before anything happens. */
  place(call: Call, listen: (leg: SipjsLeg) => void, now: number): SipjsLeg {
    this.#enter(now)
    const extraHeaders = [...(call.headers ?? [])]
    if (call.identity !== undefined) extraHeaders.push(`P-Asserted-Identity: <${call.identity}>`)
    if (call.anonymous === true) extraHeaders.push("Privacy: id")
    const params = { from_uri: call.from, from_displayName: call.fromName?.replace(/[\\"]/g, "\\$&") }
    const session = new sipjs.InviteClientContext(this.#ua, uriAsWritten(call.to), { params, extraHeaders })
    if (call.route !== undefined && call.route.length > 0) session.request.setHeader("route", [...call.route])
    const leg = this.#adopt(new SipjsLeg(session, this.#host, { call }, this.#newTimer()))
    listen(leg)
    leg.start()
    return leg
  }

  #newTimer(): SessionTimer | undefined {
    return this.#sessionTimers ? new SessionTimer() : undefined
  }

  readonly #host = {
    now: () => this.#now,
    attempt: (act: () => void) => this.#guard(act),
    ended: (leg: SipjsLeg) => this.#forget(leg)
  }

  #adopt(leg: SipjsLeg): SipjsLeg {
    this.#legs.set(leg.id, leg)
    return leg
  }

  #forget(leg: SipjsLeg): void {
    if (this.#legs.get(leg.id) === leg) {
      this.#legs.delete(leg.id)
      this.#port.ended(leg)
    }
    // An INVITE given up while ringing would stay for ever. What still comes for it is the wire's to end.
    const { ict } = this.#ua.transactions
    for (const transaction of Object.values(ict)) {
      if (transaction.request.call_id === leg.id) this.#ua.destroyTransaction(transaction)
    }
  }

  /** Commands to legs go through here, so that they know the time, and nobody suffers from what they throw. */
  command(act: () => void, now: number): void {
    this.#enter(now)
    this.#guard(act)
    timers.run(now, this.#guard)
  }

  receiveResponse(message: SipResponse, now: number): void {
    this.#enter(now)
    const method = cseqOf(message)?.method
    const via = topVia(message)
    const { ict, nict } = this.#ua.transactions
    const transaction = (method === "INVITE" ? ict : nict)[via === undefined ? "" : branchOf(via)]
    if (transaction === undefined) return
    const leg = this.#legs.get(transaction.request.call_id)
    const initial = method === "INVITE" && leg?.call !== undefined && !hasToTag(transaction.request)
    const prepared = initial ? leg.prepare(message) : message
    if (prepared !== undefined) {
      const isUp = leg?.machine.state === "Calling" || leg?.machine.isUp === true
      if (isUp && message.status >= 200 && message.status < 300) leg.timer?.answered(message, now)
      const again = answersOtherKind(transaction.request, message.status)
      transaction.receiveResponse(incomingResponse(this.#ua, prepared, again))
    }
    if (initial && message.status < 200) leg.provisional(message)
    timers.run(now, this.#guard)
  }

  receiveRequest(message: SipRequest, now: number): void {
    this.#enter(now)
    const callId = headerValue(message, "Call-ID") ?? ""
    const within = parseNameAddress(headerValue(message, "To") ?? "")?.parameters.has("tag") === true
    const starts = message.method === "INVITE" && !within
    // Our own call come back to us, or one call twice by different ways (RFC 3261 §8.2.2.2).
    if (starts && this.#legs.has(callId)) return this.#port.reply(message, 482)
    if (message.method === "PRACK")
      return this.#port.reply(message, this.#legs.get(callId)?.takesPrack(message) === true ? 200 : 481)
    if (starts && this.#sessionTimers && isTooShort(message)) return this.#port.reply(message, 422, [leastSession])
    const request = incomingRequest(this.#ua, message)
    this.#ua.receiveRequest(request)
    timers.run(now, this.#guard)
    if (starts) this.#begin(message, `${callId}${request.from_tag}`)
    if (message.method === "ACK") return this.#legs.get(callId)?.acknowledged(message)
    this.#settle(message, request.via_branch, starts)
  }

  #begin(message: SipRequest, sessionId: string): void {
    const session = this.#ua.sessions[sessionId]
    if (session === undefined) return
    this.#port.inbound(this.#adopt(new SipjsLeg(session, this.#host, { invite: message }, this.#newTimer())))
  }

  /** Every request gets an answer, and leaves nothing behind in the package's tables. */
  #settle(message: SipRequest, branch: string, starts: boolean): void {
    const rings = starts && this.#legs.has(headerValue(message, "Call-ID") ?? "")
    if (!rings && !this.#port.isAnswered(message)) {
      this.#port.reply(message, message.method === "INVITE" ? 500 : message.method === "NOTIFY" ? 489 : 501)
    }
    const transaction = this.#ua.transactions.nist[branch]
    if (transaction !== undefined && message.method !== "INVITE") this.#ua.destroyTransaction(transaction)
  }

  /** To be called every 50 ms or so. */
  sweep(now: number): void {
    this.#enter(now)
    timers.run(now, this.#guard)
    for (const leg of this.#legs.values()) this.#guard(() => leg.sweep(now))
  }

  #enter(now: number): void {
    this.#now = now
    timers.now = now
  }

  readonly #guard = (act: () => void): void => {
    try {
      act()
    } catch (error) {
      this.#port.fault(error)
    }
  }

  #send(to: Address, outgoing: SipjsOutgoing | string): boolean {
    const message = parseText(outgoing.toString())
    if (message.kind === "malformed") {
      this.#port.fault(new Error(`sipjs-udp wrote no SIP message: ${message.problem}`))
      return false
    }
    const leg = this.#legs.get(headerValue(message, "Call-ID") ?? "")
    if (message.kind === "response") this.#port.respond(this.#stamped(message, leg, false))
    else this.#sendRequest(message, leg, to)
    return true
  }

  #sendRequest(message: SipRequest, leg: SipjsLeg | undefined, to: Address): void {
    const within = parseNameAddress(headerValue(message, "To") ?? "")?.parameters.has("tag") === true
    const via = leg?.call?.via
    const request = this.#stamped(message, leg, !within)
    const hop = within || via === undefined ? undefined : uriHop(`sip:${via}`)
    const begun = message.method === "INVITE" && !within ? leg?.call : undefined
    const authorize = begun?.credentials && authorizeBy(begun.credentials, randomToken)
    this.#port.send(request, hop ?? nextHopOf(request) ?? leg?.way ?? to, authorize, begun?.patience)
  }

  #stamped<Message extends SipMessage>(message: Message, leg: SipjsLeg | undefined, isFirst: boolean): Message {
    const written = corrected(message, this.#sessionTimers ? "100rel, timer" : "100rel")
    return leg?.timer === undefined ? written : leg.timer.stamp(written, isFirst, this.#now)
  }

  /** Defect 17: any digest of RFC 7616 and 8760. */
  #credentials(): SipjsCredentials {
    let header = ""
    const authenticate = (request: SipjsOutgoing, challenge: unknown): boolean => {
      const leg = this.#legs.get(request.call_id)
      // A call that is being cancelled is not begun again.
      if (leg?.credentials === undefined || (leg.machine.isEnding && request.method === "INVITE")) return false
      const subject = {
        method: request.method,
        uri: request.ruri.toString(),
        body: request.body ?? "",
        cnonce: randomToken(16),
        count: 1
      }
      header = authorization(challenge as Challenge, leg.credentials, subject)
      leg.usedSequence(request.cseq + 1)
      return true
    }
    return { authenticate, toString: () => header }
  }
}

/** What goes with 422. */
const leastSession: Header = { name: "Min-SE", value: String(minSeconds) }

/** What the package writes, without empty Routes and without the claim to RFC 5626, of which it does nothing. */
const corrected = <Message extends SipMessage>(message: Message, supported: string): Message => {
  const headers = message.headers
    .filter(({ name, value }) => name !== "Route" || value !== "")
    .map(({ name, value }) => {
      if (name === "Supported") return { name, value: supported }
      return { name, value: name === "Contact" ? value.replace(/;ob>$/, ">") : value }
    })
  return { ...message, headers }
}

/** Where a request goes: its top Route, else its URI (RFC 3261 §8.1.2); the package forgets whether there was a port. */
const nextHopOf = (request: SipRequest): Hop | undefined => {
  const route = headerValue(request, "Route")
  return uriHop(route === undefined ? request.uri : (parseNameAddress(route)?.uri ?? ""))
}

const hasToTag = (request: SipjsOutgoing): boolean =>
  parseNameAddress(textOf(request.headers.To?.[0]))?.parameters.has("tag") === true

const textOf = (value: unknown): string => (typeof value === "string" ? value : "")

/** Whether a request that has answered one kind of challenge meets its first of the other kind. */
const answersOtherKind = (request: SipjsOutgoing, status: number): boolean => {
  const [mine, other] =
    status === 401 ? ["Authorization", "Proxy-Authorization"] : ["Proxy-Authorization", "Authorization"]
  return request.headers[mine] === undefined && request.headers[other] !== undefined
}
