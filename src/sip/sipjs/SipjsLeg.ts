import type { SipjsRequest, SipjsResponse, SipjsSession } from "sipjs-udp"
import { causeOf } from "../causeOf.ts"
import { infoKey, keyBody, type Key, keyTypes } from "../infoKey.ts"
import { type Call, type Cause, type Credentials, type LegEvent, noCause } from "../Leg.ts"
import { LegMachine } from "../LegMachine.ts"
import type { LegAction, LegInput } from "../legTransitions.ts"
import { reanswer } from "../reanswer.ts"
import { minSeconds, type SessionTimer } from "../SessionTimer.ts"
import type { Address } from "../wire/Address.ts"
import { cseqOf, headerValue, type SipRequest, type SipResponse, withHeader } from "../wire/message.ts"
import { type Hop, parseNameAddress, uriHop } from "../wire/headers.ts"
import { topVia } from "../wire/via.ts"
import { asUnreliable, Branches, requires100rel, tagOf } from "./Branches.ts"
import { messageOf, requestOf, uriAsWritten } from "./incoming.ts"
import type { Media } from "./Media.ts"
import { sipjs } from "./package.ts"
import { randomToken } from "./patches.ts"
import { ReliableRinging } from "./ReliableRinging.ts"
import { ownSession, type SessionOwner } from "./sessions.ts"
import { sdpOf } from "./sdpOf.ts"

/** What a request within a call came to: the far end's description (empty without one), or a refusal's status. */
export type Outcome =
  { readonly _tag: "Done"; readonly sdp: string } | { readonly _tag: "Refused"; readonly status: number }

export interface LegHost {
  readonly now: () => number
  /** Runs something of the package's; what it throws is reported and goes no further. */
  readonly attempt: (act: () => void) => void
  /** The leg has ended; its last event has been told. */
  readonly ended: (leg: SipjsLeg) => void
}

const { STATUS_CONFIRMED, STATUS_TERMINATED, STATUS_WAITING_FOR_ACK } = sipjs.Session.C
/** Waits for the answer to a PRACK: whatever it is, the INVITE's own tells more. */
const unheard = {
  receiveResponse: () => {},
  onRequestTimeout: () => {},
  onTransportError: () => {},
  onDialogError: () => {}
}
/** In whose place a request timed out, as RFC 3261 §8.1.3.1 has it. */
const timedOut: Cause = { ...noCause, status: 408, reason: "Request Timeout" }

/** Keys kept for a leg nobody listens to yet. */
const unheardMax = 100
/** Between a refresh that was refused and the next. */
const refreshAgainMillis = 10_000
const leastSession = `Min-SE: ${minSeconds}`
const notAcceptable = { status: 488, reason: "Not Acceptable Here" }

/** One leg: a session of the package, held to the leg's state machine. */
export class SipjsLeg implements SessionOwner {
  readonly id: string
  readonly machine: LegMachine
  /** Of a call to us, its INVITE. */
  readonly invite: SipRequest | undefined
  readonly call: Call | undefined
  /** Undefined when session timers are off. */
  readonly timer: SessionTimer | undefined
  #listener: ((event: LegEvent) => void) | undefined
  /** What happened before anybody listened. */
  readonly #unheard: Array<LegEvent> = []
  readonly #session: SipjsSession
  readonly #media: Media
  readonly #host: LegHost
  readonly #pending = new Set<(outcome: Outcome) => void>()
  #cause = noCause
  #rejectStatus = 480
  /** Of a caller who wants to be told reliably. */
  #ringing: ReliableRinging | undefined
  /** The phones it rings at, and the description told last. */
  readonly #branches = new Branches()
  #earlySdp = ""
  #reoffering = false
  #answerInAck = false

  constructor(
    session: SipjsSession,
    host: LegHost,
    from: { readonly call: Call } | { readonly invite: SipRequest },
    timer: SessionTimer | undefined
  ) {
    this.id = session.request.call_id
    this.#session = session
    this.#media = session.mediaHandler as Media
    this.#host = host
    this.call = "call" in from ? from.call : undefined
    this.invite = "invite" in from ? from.invite : undefined
    this.timer = timer
    if (this.invite !== undefined) timer?.asked(this.invite)
    if (this.invite !== undefined && requires100rel(this.invite)) this.#ringing = this.#ringReliably(session)
    this.machine = new LegMachine("call" in from ? "Calling" : "Offered", host.now(), (action) => this.#act(action))
    if ("call" in from) this.#media.local = from.call.sdp
    ownSession(session, this)
    this.#media.onEstablished = () => this.#input("acknowledged")
    // The package says so again after each re-INVITE's ACK (defect 20); the machine takes it once.
    session.on("accepted", () => this.call !== undefined && this.#input("answered"))
    session.on("failed", (message: unknown) => this.#failed(message))
    session.on("cancel", () => this.invite !== undefined && this.#input("farHangUp"))
    session.on("terminated", () => this.#input("gone"))
  }

  /** The package rings by itself, but not where that must be acknowledged. */
  #ringReliably(session: SipjsSession): ReliableRinging {
    const rseq = 1 + Number.parseInt(randomToken(6), 32)
    return new ReliableRinging(rseq, this.#host.now(), (headers) => {
      session.request.reply(180, null, [`Contact: ${session.contact}`, ...headers])
    })
  }

  /** Whether a PRACK belongs to our ringing. */
  takesPrack(prack: SipRequest): boolean {
    if (this.invite === undefined || this.#ringing === undefined) return false
    return this.#ringing.acknowledgedBy(headerValue(prack, "RAck") ?? "", cseqOf(this.invite)?.number ?? -1)
  }

  get credentials(): Credentials | undefined {
    return this.call?.credentials
  }
  /** The caller's offer; empty when it made none. */
  get offer(): string {
    return this.invite === undefined ? "" : sdpOf(this.invite)
  }

  /** The From header of a call to us. */
  get caller(): string {
    return this.invite === undefined ? "" : (headerValue(this.invite, "From") ?? "")
  }
  /** Where a call to us came from, as the wire wrote it into the top Via. */
  get source(): Address {
    const via = this.invite === undefined ? undefined : topVia(this.invite)
    return { host: via?.parameters.get("received") ?? "", port: Number(via?.parameters.get("rport") ?? 0) }
  }

  /** Where the call was sent or came from: for a far end that names an address we cannot send to, such as one of IPv6. */
  get way(): Hop | undefined {
    if (this.call === undefined) return this.source
    const { route = [], to, via } = this.call
    return uriHop(via !== undefined ? `sip:${via}` : (parseNameAddress(route[0] ?? "")?.uri ?? to))
  }

  /** Tells all that happens from here on, and what has happened already. */
  listen(listener: (event: LegEvent) => void): void {
    this.#listener = listener
    for (const event of this.#unheard.splice(0)) listener(event)
  }

  #tellEvent(event: LegEvent): void {
    if (this.#listener !== undefined) this.#listener(event)
    else if (event._tag !== "Key" || this.#unheard.length < unheardMax) this.#unheard.push(event)
  }

  // Commands.

  start(): void {
    this.#session.invite()
  }

  accept(sdp: string): void {
    this.#media.local = sdp
    this.#input("accept")
  }

  /** Ends the leg, whatever it is at. `status` is for a call to us that was not answered. Idempotent. */
  hangUp(status = 480): void {
    this.#rejectStatus = status >= 400 && status <= 699 ? status : 480
    this.#input("hangUp")
  }

  sendKey(key: Key, done: (outcome: Outcome) => void): void {
    if (!/^[0-9*#A-D]$/.test(key.key)) return done({ _tag: "Refused", status: 400 })
    this.#request("INFO", "application/dtmf-relay", keyBody(key), done)
  }

  /** Changes the session: hold, resume, another address. One at a time (RFC 3261 §14.1). */
  reoffer(sdp: string, done: (outcome: Outcome) => void): void {
    if (this.#reoffering || this.#session.status !== STATUS_CONFIRMED) return done({ _tag: "Refused", status: 491 })
    this.#reoffering = true
    this.#request("INVITE", "application/sdp", sdp, (outcome) => {
      this.#reoffering = false
      if (outcome._tag === "Done") this.#media.local = sdp
      done(outcome)
    })
  }

  /** Asks the far end whether it still has this call; where it has not, the call is ended. */
  askWhether(done: (outcome: Outcome) => void): void {
    // Many answer OPTIONS whatever call it is said to belong to.
    this.#request(this.timer?.allowsUpdate === true ? "UPDATE" : "OPTIONS", "", "", done)
  }

  sweep(now: number): void {
    this.machine.sweep(now)
    if (this.machine.state === "Offered" && this.#ringing?.sweep(now) === false) this.hangUp(504)
    const due = this.machine.isUp ? this.timer?.due(now) : undefined
    if (due === "end") this.#broken()
    else if (due === "refresh") this.#refresh()
  }

  /** Shows the far end that we are still there, and learns the same of it (RFC 4028 §7.4). */
  #refresh(): void {
    const known = this.#media.remote
    const done = (outcome: Outcome) => this.#refreshed(outcome, known)
    if (this.timer?.allowsUpdate === true) this.#request("UPDATE", "", "", done)
    else this.reoffer(this.#media.local, done)
  }

  #refreshed(outcome: Outcome, known: string): void {
    if (!this.machine.isUp) return
    if (outcome._tag === "Done") {
      const { sdp } = outcome
      if (sdp !== "" && sdp !== known) this.#tellEvent({ _tag: "Reoffered", sdp, answer: this.#media.local })
      return
    }
    const now = this.#host.now()
    if (outcome.status === 405 || outcome.status === 501) this.timer?.refuseUpdate(now)
    // Two that cross are told apart by who began the call (RFC 3261 §14.1).
    else
      this.timer?.again(now + (outcome.status !== 491 ? refreshAgainMillis : this.call === undefined ? 1_000 : 3_000))
  }

  /** Ends a call whose far end is gone. */
  #broken(): void {
    this.#cause = timedOut
    this.#input("broken")
  }

  asksLonger(response: SipjsResponse): boolean {
    const refusal = messageOf(response)
    if (refusal?.kind !== "response" || this.machine.state !== "Calling") return false
    return this.timer?.raises(refusal) === true
  }

  /** A request within the call was sent again with credentials: the package forgets to count that. */
  usedSequence(cseq: number): void {
    const { dialog } = this.#session
    if (dialog !== undefined && dialog !== null) dialog.local_seqnum = Math.max(dialog.local_seqnum, cseq)
  }

  // What the far end does.

  /**
   * Looks at a response to the INVITE before the package does. Undefined when the package must not see it: a 2xx held
   * back is not acknowledged, so the wire ends that branch.
   */
  prepare(response: SipResponse): SipResponse | undefined {
    if (response.status < 200) return asUnreliable(response)
    const { dialog, status } = this.#session
    const isUnanswered = dialog === undefined || dialog === null
    if (isUnanswered) return response.status < 300 ? this.#answer(response) : response
    return response.status >= 300 || status === STATUS_CONFIRMED ? response : undefined
  }

  #answer(response: SipResponse): SipResponse {
    this.#refreshTarget(response)
    const early = this.#branches.sdpOf(tagOf(response))
    if (sdpOf(response) !== "" || early === "") return response
    // Some gateways describe the session in the 183 alone; the package would refuse the answer.
    return withHeader({ ...response, body: early }, "Content-Type", "application/sdp")
  }

  /** The answer's Contact replaces that of earlier responses (RFC 3261 §12.2.1.2); the package keeps the first. */
  #refreshTarget(message: SipResponse | SipRequest): void {
    const contact = parseNameAddress(headerValue(message, "Contact") ?? "")?.uri
    if (contact === undefined) return
    const { dialog, earlyDialogs } = this.#session
    const tag = parseNameAddress(headerValue(message, "To") ?? "")?.parameters.get("tag")
    const dialogs = message.kind === "response" ? Object.values(earlyDialogs) : []
    for (const early of dialogs) if (early.id.remote_tag === tag) early.remote_target = uriAsWritten(contact)
    if (dialog !== undefined && dialog !== null) dialog.remote_target = uriAsWritten(contact)
  }

  /** PRACK (RFC 3262), in the dialog of the phone that rings: each of them has its own numbers. */
  #acknowledge(response: SipResponse): void {
    const tag = tagOf(response)
    const branch = Object.values(this.#session.earlyDialogs).find(({ id }) => id.remote_tag === tag)
    const rack = `RAck: ${headerValue(response, "RSeq")} ${headerValue(response, "CSeq")}`
    branch?.sendRequest({ owner: this.#session, ...unheard }, "PRACK", { extraHeaders: [rack] })
  }

  /** A 101 to 199, after the package has seen it. */
  provisional(response: SipResponse): void {
    if (response.status === 100) return
    const heard = this.#branches.hear(response)
    if (heard === "old") return
    if (heard === "reliable") this.#acknowledge(response)
    if (this.machine.state !== "Calling") return
    const sdp = sdpOf(response)
    if (response.status !== 183 || sdp === "") this.#tellEvent({ _tag: "Ringing", status: response.status })
    if (sdp === "" || sdp === this.#earlySdp) return
    this.#earlySdp = sdp
    this.#tellEvent({ _tag: "EarlyMedia", sdp })
  }

  /** An ACK, after the package has seen it: it may carry the answer to an offer made in our 200. */
  acknowledged(ack: SipRequest): void {
    const sdp = sdpOf(ack)
    if (!this.#answerInAck) return
    this.#answerInAck = false
    if (sdp === "") return
    this.#media.remote = sdp
    this.#tellEvent({ _tag: "Reoffered", sdp, answer: this.#media.local })
  }

  takesRequest(request: SipjsRequest): boolean {
    if (request.method === "BYE") this.#bye(request)
    else if (request.method === "INFO") this.#info(request)
    else if (request.method === "OPTIONS")
      request.reply(this.machine.isEnding ? 481 : 200, null, ["Accept: application/sdp"])
    else if (request.method === "UPDATE" || request.method === "INVITE") this.#reoffered(request)
    else return false
    return true
  }

  #bye(request: SipjsRequest): void {
    request.reply(200)
    this.#cause = causeOf(requestOf(request))
    // A caller may say BYE instead of CANCEL; its INVITE still needs an end (RFC 3261 §15.1.2).
    if (this.machine.state === "Offered") this.#session.request.reply(487)
    this.#input("farHangUp")
  }

  #info(request: SipjsRequest): void {
    const key = infoKey(requestOf(request))
    if (key === "unknown") return void request.reply(415, null, [`Accept: ${keyTypes}`])
    request.reply(200)
    if (key !== "none") this.#tellEvent({ _tag: "Key", ...key })
  }

  #reoffered(request: SipjsRequest): void {
    const offer = sdpOf(requestOf(request))
    const invite = request.method === "INVITE"
    if (this.machine.isEnding) return void request.reply(481)
    const early = !this.machine.isUp
    if (early && !invite && offer === "") return void request.reply(200, null, [`Contact: ${this.#session.contact}`])
    if (early || this.#reoffering || this.#session.status === STATUS_WAITING_FOR_ACK) return void request.reply(491)
    if (this.timer?.refuses(requestOf(request)) === true) return void request.reply(422, null, [leastSession])
    this.timer?.asked(requestOf(request))
    this.#refreshTarget(requestOf(request))
    const ours = invite && offer === "" ? this.#media.local : offer === "" ? "" : reanswer(this.#media.local, offer)
    request.reply(200, null, [`Contact: ${this.#session.contact}`], ours)
    if (ours !== "") this.#media.local = ours
    if (invite) this.#awaitAck(request, ours)
    this.#answerInAck = invite && offer === ""
    if (offer === "") return
    this.#media.remote = offer
    this.#tellEvent({ _tag: "Reoffered", sdp: offer, answer: ours })
  }

  #awaitAck(request: SipjsRequest, sdp: string): void {
    this.#session.hasAnswer = true
    this.#session.status = STATUS_WAITING_FOR_ACK
    this.#session.setInvite2xxTimer(request, sdp)
    this.#session.setACKTimer()
  }

  #failed(message: unknown): void {
    const received = messageOf(message)
    this.#cause = received === undefined ? timedOut : causeOf(received)
    // A 2xx fails when it brings no description; the package has acknowledged and ended it.
    if (this.#cause.status >= 200 && this.#cause.status < 300) this.#cause = { ...this.#cause, ...notAcceptable }
    if (this.call !== undefined) this.#input(received === undefined ? "gone" : "failed")
    // On some failures the package forgets to close its session.
    if (this.machine.state === "Ended") this.#close()
  }

  /** No answer to a request within the call for 32 s, or no way to send it. */
  #timedOut(): void {
    this.#refuseAll(408)
    if (this.machine.state === "HangingUp") this.#input("byeRefused")
    else this.#broken()
  }

  // What the state machine asks for.

  #input(input: LegInput): void {
    this.machine.input(input, this.#host.now())
  }

  #act(action: LegAction): void {
    if (action === "cancel") this.#host.attempt(() => this.#session.request.cancel?.())
    else if (action === "answer") this.#acceptSession()
    else if (action === "reject") this.#host.attempt(() => this.#session.reject({ statusCode: this.#rejectStatus }))
    else if (action === "bye") this.#host.attempt(() => this.#sendBye())
    else this.#tell(action)
  }

  #acceptSession(): void {
    try {
      this.#session.accept()
    } catch (error) {
      // The package would not have it any more: the caller is told, and nobody waits for an ACK that cannot come.
      this.#session.request.reply(500)
      this.#input("gone")
      throw error
    }
  }

  #sendBye(): void {
    this.#refuseAll(487)
    const { dialog, status } = this.#session
    if (dialog === undefined || dialog === null || status === STATUS_TERMINATED) return this.#input("gone")
    this.#takeOver()
    this.#session.sendRequest("BYE", {
      receiveResponse: ({ status_code: code }) => {
        // 481: the far end knows no such call, so it is down (RFC 3261 §15.1.1).
        if (code >= 200) this.#input(code < 300 || code === 481 ? "byeDone" : "byeRefused")
      }
    })
  }

  #tell(action: LegAction): void {
    if (action === "tellAnswered") {
      this.#takeOver()
      return this.#tellEvent({ _tag: "Answered", sdp: this.#media.remote })
    }
    // Everything is tidy before the end is told: whoever hears it may look.
    this.#refuseAll(487)
    this.#close()
    this.#host.ended(this)
    const cause = this.#cause
    if (action === "tellFailed") this.#tellEvent({ _tag: "Failed", cause: cause === noCause ? timedOut : cause })
    else {
      const confirmed = action !== "tellGivenUp"
      this.#tellEvent({ _tag: "Ended", by: action === "tellEndedByThem" ? "them" : "us", confirmed, cause })
    }
  }

  /** From here on a lost request does not make the package drop the session before the far end has been told. */
  #takeOver(): void {
    const lost = () => this.#timedOut()
    Object.assign(this.#session, { onRequestTimeout: lost, onTransportError: lost })
  }

  #close(): void {
    if (this.#session.status !== STATUS_TERMINATED) this.#session.terminated()
  }

  #request(method: string, contentType: string, body: string, done: (outcome: Outcome) => void): void {
    if (!this.machine.isUp) return done({ _tag: "Refused", status: 481 })
    const settle = (outcome: Outcome) => {
      if (this.#pending.delete(settle)) done(outcome)
    }
    this.#pending.add(settle)
    const send = (): void => {
      this.#session.sendRequest(method, {
        extraHeaders: [`Contact: ${this.#session.contact}`, ...(body === "" ? [] : [`Content-Type: ${contentType}`])],
        body,
        receiveResponse: (response) => this.#responded(response, settle, send)
      })
    }
    send()
  }

  #responded(response: SipjsResponse, settle: (outcome: Outcome) => void, again: () => void): void {
    const message = messageOf(response)
    if (response.status_code < 200 || message?.kind !== "response") return
    if (response.status_code === 422 && this.machine.isUp && this.timer?.raises(message) === true) return again()
    if (response.status_code >= 300) {
      settle({ _tag: "Refused", status: response.status_code })
      // The far end has lost the dialog, or is lost itself (RFC 3261 §12.2.1.2).
      if (response.status_code === 481 || response.status_code === 408) this.#input("broken")
      return
    }
    const sdp = sdpOf(message)
    if (response.method === "INVITE") {
      this.#refreshTarget(message)
      this.#session.sendRequest("ACK", { cseq: response.cseq })
      if (sdp !== "") this.#media.remote = sdp
    }
    settle({ _tag: "Done", sdp })
  }

  #refuseAll(status: number): void {
    for (const settle of this.#pending) settle({ _tag: "Refused", status })
  }
}
