import type { Call } from "./Leg.ts"
import type { Binding } from "./registrar/Bindings.ts"
import { Registrar, type RegistrarOptions } from "./registrar/Registrar.ts"
import type { SipStatus } from "./Sip.ts"
import { randomToken } from "./sipjs/patches.ts"
import { SipjsAgent } from "./sipjs/SipjsAgent.ts"
import type { SipjsLeg } from "./sipjs/SipjsLeg.ts"
import { type Address, isIpv4 } from "./wire/Address.ts"
import type { SipRequest } from "./wire/message.ts"
import { PeerList } from "./wire/PeerList.ts"
import { replyTo } from "./wire/reply.ts"
import { Wire } from "./wire/Wire.ts"

export interface EdgePort {
  readonly transmit: (text: string, to: Address) => void
  /** The request's next hop is a name: look it up, and hand the request back by `lookedUp`. */
  readonly lookUp: (request: SipRequest, to: Address) => void
  /** A call to us that rings; false when nobody can take it. */
  readonly inbound: (leg: SipjsLeg) => boolean
  readonly fault: (error: unknown) => void
}

export interface EdgeOptions {
  /** Where others reach us: an IPv4 address and port that lead to our socket. */
  readonly contact: Address
  /** Addresses and networks that may speak SIP to us (CIDR). */
  readonly peers: ReadonlyArray<string>
  /** New requests a second that one peer may send. */
  readonly requestsPerSecond: number
  /** How agents' phones register. */
  readonly phones: Omit<RegistrarOptions, "newToken">
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
  #now: number
  #closing = false

  constructor(port: EdgePort, options: EdgeOptions, now: number) {
    this.#port = port
    this.#now = now
    const newToken = () => randomToken(20)
    this.#registrar = new Registrar({ ...options.phones, newToken })
    this.#wire = new Wire(
      {
        transmit: port.transmit,
        request: (request, source) => this.#request(request, source),
        response: (response) => this.#agent.receiveResponse(response, this.#now),
        fault: port.fault
      },
      { peers: new PeerList(options.peers), requestsPerSecond: options.requestsPerSecond, newToken }
    )
    this.#agent = new SipjsAgent(
      {
        send: (request, to) => this.#send(request, to),
        respond: (response) => this.#wire.respond(response, this.#now),
        reply: (request, status) => this.#wire.reply(request, status, this.#now),
        isAnswered: (request) => this.#wire.isAnswered(request),
        inbound: (leg) => {
          if (this.#closing || !port.inbound(leg)) leg.hangUp(503)
        },
        fault: (error) => this.#fault(error)
      },
      options.contact,
      now
    )
  }

  get legs(): ReadonlyMap<string, SipjsLeg> {
    return this.#agent.legs
  }

  get status(): SipStatus {
    const { counters, size } = this.#wire
    return { counters: { ...counters }, legCount: this.#agent.legs.size, heldCount: size + this.#agent.held }
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
    this.#agent.sweep(now)
    this.#registrar.sweep(now)
  }

  #request(request: SipRequest, source: Address): void {
    if (request.method === "REGISTER")
      this.#wire.respond(this.#registrar.receive(request, source, this.#now), this.#now)
    else this.#agent.receiveRequest(request, this.#now)
  }

  #send(request: SipRequest, to: Address): void {
    if (isIpv4(to.host)) this.#wire.send(request, to, this.#now)
    else this.#port.lookUp(request, to)
  }

  /** The address of a name, or undefined: then the request fails as if its next hop had said 503 (RFC 3261 §8.1.3.1). */
  lookedUp(request: SipRequest, address: Address | undefined, now: number): void {
    this.#now = now
    if (address !== undefined) this.#wire.send(request, address, now)
    else if (request.method !== "ACK") this.#agent.receiveResponse(replyTo(request, 503, randomToken(10)), now)
  }

  #fault(error: unknown): void {
    this.#wire.counters.faults += 1
    this.#port.fault(error)
  }
}
