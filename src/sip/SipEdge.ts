import type { Call, Credentials, Patience } from "./Leg.ts"
import { authorizeBy } from "./digest/authorizeBy.ts"
import { CallEnder } from "./kept/CallEnder.ts"
import { CallKeeper } from "./kept/CallKeeper.ts"
import type { CallChange, Ending } from "./kept/KeptCalls.ts"
import { Registering } from "./registration/Registering.ts"
import type { Registration, RegistrationState } from "./registration/Registration.ts"
import type { Binding } from "./registrar/Bindings.ts"
import { Registrar, type RegistrarOptions } from "./registrar/Registrar.ts"
import type { Ping, SipStatus } from "./Sip.ts"
import { randomToken } from "./sipjs/patches.ts"
import { SipjsAgent } from "./sipjs/SipjsAgent.ts"
import type { SipjsLeg } from "./sipjs/SipjsLeg.ts"
import { type Address, addressText, isIpv4 } from "./wire/Address.ts"
import type { Authorize } from "./wire/ClientTransactions.ts"
import { Failover } from "./wire/Failover.ts"
import { type Hop, parseNameAddress } from "./wire/headers.ts"
import { cseqOf, headerValue, type SipRequest, type SipResponse } from "./wire/message.ts"
import { endOrphan, inviteOf, nextHop } from "./wire/orphan.ts"
import { OutOfDialog, type Solitary } from "./wire/OutOfDialog.ts"
import { PeerList } from "./wire/PeerList.ts"
import { replyTo } from "./wire/reply.ts"
import { topVia } from "./wire/via.ts"
import { Wire } from "./wire/Wire.ts"

export interface EdgePort {
  readonly transmit: (text: string, to: Address) => void
  /** The request's next hop is a name: look it up, and hand the request back by `lookedUp`. False when too many wait. */
  readonly lookUp: (sending: Sending) => boolean
  /** A call to us that rings; false when nobody can take it. */
  readonly inbound: (leg: SipjsLeg) => boolean
  readonly fault: (error: unknown) => void
}

/** A request on its way to a hop that is a name. */
export interface Sending {
  readonly request: SipRequest
  readonly hop: Hop
  readonly authorize?: Authorize | undefined
  readonly patience?: Patience | undefined
}

/** Names reported at most. */
const strangersMax = 100

export interface EdgeOptions {
  /** Where others reach us: an IPv4 address and port that lead to our socket. */
  readonly contact: Address
  /** Addresses and networks that may speak SIP to us (CIDR); calls are placed to no others, whatever a name leads to. */
  readonly peers: ReadonlyArray<string>
  /** New requests a second that one peer may send. */
  readonly requestsPerSecond: number
  /** How agents' phones register. */
  readonly phones: Omit<RegistrarOptions, "newToken">
  /** False to know nothing of session timers (RFC 4028): for trunks that fail on them. On unless said. */
  readonly sessionTimers?: boolean
  /** Told of each call that begins, is answered, moves or is over, so that another process can end it. */
  readonly callChanged?: (change: CallChange) => void
}

/**
 * Wire, user agent and registrar put together; everything of the SIP edge but the socket and the clock. `now` comes with
 * each input, in milliseconds, and never goes back.
 */
export class SipEdge {
  readonly #port: EdgePort
  readonly #wire: Wire
  readonly #agent: SipjsAgent
  readonly #registrar: Registrar
  readonly #failover: Failover
  readonly #outOfDialog: OutOfDialog
  readonly #keeper: CallKeeper | undefined
  readonly #ender: CallEnder
  readonly #peers: PeerList
  readonly #strangers = new Set<string>()
  readonly #registrations = new Set<Registering>()
  readonly #contact: Address
  /** The Via of a request that is just being answered here, because it could not be sent. */
  #unsent: string | undefined
  #now: number
  #closing = false

  constructor(port: EdgePort, options: EdgeOptions, now: number) {
    this.#port = port
    this.#now = now
    const newToken = () => randomToken(20)
    const { sessionTimers = true } = options
    const extensions = new Set(sessionTimers ? ["100rel", "timer"] : ["100rel"])
    this.#registrar = new Registrar({ ...options.phones, newToken })
    this.#peers = new PeerList(options.peers)
    this.#wire = new Wire(
      {
        transmit: port.transmit,
        request: (request, source) => this.#request(request, source),
        response: (response) => {
          const mine = this.#failover.receive(response, this.#now)
          if (mine === undefined) return
          this.#keeper?.responded(mine)
          this.#respond(mine)
        },
        stray: (answer, source) => this.#stray(answer, source),
        fault: port.fault
      },
      { peers: this.#peers, requestsPerSecond: options.requestsPerSecond, extensions, newToken }
    )
    this.#contact = options.contact
    this.#keeper = options.callChanged === undefined ? undefined : new CallKeeper(options.callChanged, newToken)
    this.#failover = new Failover({
      send: (request, to, authorize) => this.#transmit(request, to, authorize),
      abandon: (request) => this.#wire.abandon(request, this.#now),
      respond: (response) => this.#respondUnsent(response),
      newToken
    })
    this.#outOfDialog = new OutOfDialog(
      { send: (request, hop) => this.#send({ request, hop }), newToken },
      options.contact
    )
    const ender = {
      send: (request: SipRequest, to: Address) => this.#failover.send(request, [to], this.#now),
      adopt: (invite: SipRequest, to: Address, authorize?: Authorize) =>
        this.#wire.adopt(invite, to, this.#now, authorize),
      refuse: (refusal: SipResponse, to: Address) => this.#wire.refuse(refusal, to, this.#now),
      newToken
    }
    this.#ender = new CallEnder(ender, options.contact)
    this.#agent = new SipjsAgent(
      {
        send: (request, hop, authorize, patience) => this.#send({ request, hop, authorize, patience }),
        respond: (response) => this.#answer(response),
        reply: (request, status, headers) => this.#wire.reply(request, status, this.#now, headers),
        isAnswered: (request) => this.#wire.isAnswered(request),
        inbound: (leg) => {
          if (leg.invite !== undefined) this.#keeper?.offered(leg.invite, leg.source)
          if (this.#closing || !port.inbound(leg)) leg.hangUp(503)
        },
        ended: (leg) => this.#keeper?.over(leg.id),
        fault: (error) => this.#fault(error)
      },
      { contact: options.contact, sessionTimers },
      now
    )
  }

  get legs(): ReadonlyMap<string, SipjsLeg> {
    return this.#agent.legs
  }

  get status(): SipStatus {
    const { counters, size } = this.#wire
    const asked = this.#failover.size + this.#outOfDialog.size + this.#ender.size
    return { counters: { ...counters }, legCount: this.#agent.legs.size, heldCount: size + this.#agent.held + asked }
  }

  contactsOf(user: string, now: number): ReadonlyArray<Binding> {
    return this.#registrar.contactsOf(user, now)
  }

  receive(bytes: Uint8Array, source: Address, now: number): void {
    this.#now = now
    this.#wire.receive(bytes, source, now)
  }

  place(call: Call, listen: (leg: SipjsLeg) => void, now: number): SipjsLeg {
    this.#now = now
    return this.#agent.place(call, listen, now)
  }

  /** Runs commands to legs. */
  command(act: () => void, now: number): void {
    this.#now = now
    this.#agent.command(act, now)
  }

  /** Takes no more calls and ends those there are. */
  close(now: number): void {
    this.#closing = true
    for (const leg of [...this.legs.values()]) this.command(() => leg.hangUp(503), now)
  }

  /** To be called every 50 ms or so. */
  sweep(now: number): void {
    this.#now = now
    this.#wire.sweep(now)
    this.#guarded(() => this.#failover.sweep(now))
    for (const registering of this.#registrations) this.#guarded(() => registering.sweep())
    this.#agent.sweep(now)
    this.#registrar.sweep(now)
  }

  #request(request: SipRequest, source: Address): void {
    this.#keeper?.requested(request)
    if (request.method === "REGISTER")
      this.#wire.respond(this.#registrar.receive(request, source, this.#now), this.#now)
    else this.#agent.receiveRequest(request, this.#now)
  }

  #send(sending: Sending): void {
    const { hop, request } = sending
    if (this.#failover.follows(request)) return
    // The ACK of what was never sent.
    if (request.method === "ACK" && headerValue(request, "Via") === this.#unsent) return
    // A CANCEL goes where its INVITE went, which the wire knows.
    const known = isIpv4(hop.host) || request.method === "CANCEL"
    if (known) this.#sendTo(sending, [{ host: hop.host, port: hop.port ?? 5060 }])
    else if (!this.#port.lookUp(sending)) this.#unreachable(request)
  }

  #sendTo({ authorize, hop, patience, request }: Sending, addresses: ReadonlyArray<Address>): void {
    const begins = beginning.has(request.method) && !hasToTag(request)
    if (!begins) return this.#transmit(request, addresses[0], authorize)
    // Of a call begun elsewhere we would not hear the answer, nor could we end it.
    const heard = addresses.filter(({ host }) => this.#peers.has(host))
    if (heard.length === 0) {
      this.#reportStranger(hop.host, addresses[0].host)
      this.#unreachable(request)
    } else if (heard.length > 1 || request.method !== "INVITE" || patience?.also === true) {
      this.#failover.send(request, heard, this.#now, authorize, patience)
    } else this.#transmit(request, heard[0], authorize)
  }

  #transmit(request: SipRequest, to: Address, authorize: Authorize | undefined): void {
    if (request.method === "INVITE" && !hasToTag(request)) {
      const leg = this.legs.get(headerValue(request, "Call-ID") ?? "")
      if (leg !== undefined) this.#keeper?.invited(request, to, leg.call?.trunk ?? null)
    }
    this.#wire.send(request, to, this.#now, authorize)
  }

  #answer(response: SipResponse): void {
    const leg = this.legs.get(headerValue(response, "Call-ID") ?? "")
    const answers = cseqOf(response)?.method === "INVITE" && leg?.invite !== undefined
    if (answers) this.#keeper?.answered(leg.invite, response)
    this.#wire.respond(response, this.#now)
  }

  /** An answer to an INVITE nobody here has sent: of a process before us, whose port we have. It is ended. */
  #stray(answer: SipResponse, source: Address): void {
    const via = topVia(answer)
    const isOurs = via?.host === this.#contact.host && (via.port ?? 5060) === this.#contact.port
    if (!isOurs || this.legs.has(headerValue(answer, "Call-ID") ?? "")) return
    // Whoever sends in a peer's name does not choose whom we write to.
    const { ack } = endOrphan(inviteOf(answer), answer, () => "")
    if (this.#peers.has(nextHop(ack, source).host)) this.#wire.endStray(answer, source, this.#now)
  }

  /** Ends a call that a process before us left; `done` gets the final status, 408 when nobody answered within 32 s. */
  endKept(ending: Ending, credentials: Credentials | undefined, done: (status: number) => void, now: number): void {
    this.#now = now
    this.#ender.end(ending, credentials && authorizeBy(credentials, randomToken), done)
  }

  /** Says once of each name that none of its addresses may speak to us. */
  #reportStranger(name: string, address: string): void {
    if (this.#strangers.has(name) || this.#strangers.size >= strangersMax) return
    this.#strangers.add(name)
    this.#port.fault(new Error(`nothing is sent to ${name}: add its address ${address} to the peers`))
  }

  /** The addresses of a name, best first. Without any, the request fails as by 503 (RFC 3261 §8.1.3.1). */
  lookedUp(sending: Sending, addresses: ReadonlyArray<Address>, now: number): void {
    this.#now = now
    if (addresses.length > 0) this.#sendTo(sending, addresses)
    else this.#unreachable(sending.request)
  }

  #unreachable(request: SipRequest): void {
    if (request.method === "ACK") return
    this.#respondUnsent(replyTo(request, 503, randomToken(10)))
  }

  /** A response of nobody's: it is not acknowledged on the wire. */
  #respondUnsent(response: SipResponse): void {
    this.#unsent = headerValue(response, "Via")
    this.#respond(response)
    this.#unsent = undefined
  }

  #respond(response: SipResponse): void {
    if (this.#outOfDialog.receive(response) || this.#ender.receive(response)) return
    this.#agent.receiveResponse(response, this.#now)
  }

  /** Asks whether somebody is there; `done` gets the final status, 408 when nobody answered within 32 s. */
  ping(target: Ping, hop: Hop, done: (status: number) => void, now: number): void {
    this.#now = now
    const request: Solitary = {
      method: "OPTIONS",
      uri: target.to,
      from: target.from,
      to: target.to,
      callId: randomToken(20),
      fromTag: randomToken(10),
      cseq: 1,
      headers: [
        { name: "Contact", value: `<sip:outpace@${addressText(this.#contact)}>` },
        { name: "Accept", value: "application/sdp" }
      ]
    }
    this.#outOfDialog.ask(request, hop, done)
  }

  /** Registers until `leave`; `changed` gets each state, its times in milliseconds of `now`. */
  register(registration: Registration, changed: (state: RegistrationState) => void, now: number): Registering {
    this.#now = now
    const port = {
      now: () => this.#now,
      ask: this.#outOfDialog.ask.bind(this.#outOfDialog),
      changed,
      newToken: () => randomToken(20)
    }
    const registering = new Registering(port, registration, this.#contact)
    this.#registrations.add(registering)
    registering.sweep()
    return registering
  }

  /** Takes a registration back; `done` is called when that is over, 4 s at most. */
  leave(registering: Registering, done: () => void, now: number): void {
    this.#now = now
    registering.leave(() => {
      this.#registrations.delete(registering)
      done()
    })
  }

  #guarded(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#fault(error)
    }
  }

  #fault(error: unknown): void {
    this.#wire.counters.faults += 1
    this.#port.fault(error)
  }
}

/** Requests that begin something. */
const beginning: ReadonlySet<string> = new Set(["INVITE", "OPTIONS", "REGISTER"])

const hasToTag = (request: SipRequest): boolean =>
  parseNameAddress(headerValue(request, "To") ?? "")?.parameters.has("tag") === true
