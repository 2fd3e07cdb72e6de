import { parametersOf, splitOutside } from "./wire/headers.ts"
import {
  cseqOf,
  type Header,
  headerValue,
  headerValues,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  withHeader
} from "./wire/message.ts"

/** What we ask for, the least we take, and the least we believe, in seconds (RFC 4028 §4 and §5). */
const wantedSeconds = 1_800
export const minSeconds = 90
const saneSeconds = { min: 10, max: 86_400 }
/** How long before its end a session is given up that nobody refreshed: this or a third (RFC 4028 §10). */
const marginMillis = 32_000

const methods: ReadonlySet<string> = new Set(["INVITE", "UPDATE"])

interface Terms {
  readonly seconds: number
  /** Who has to refresh. */
  readonly refresher: "us" | "them"
}

interface Promised {
  readonly key: string
  readonly terms: Terms
  readonly headers: ReadonlyArray<Header>
  hasBegun: boolean
}

const expiresOf = (message: SipMessage): { readonly seconds: number; readonly refresher: string } | undefined => {
  const [first, ...rest] = splitOutside(headerValue(message, "Session-Expires") ?? "", ";")
  if (!/^\d{1,9}$/.test(first)) return undefined
  const seconds = Math.min(saneSeconds.max, Math.max(saneSeconds.min, Number(first)))
  return { seconds, refresher: parametersOf(rest).get("refresher")?.toLowerCase() ?? "" }
}

const lists = (message: SipMessage, name: string, option: string): boolean =>
  headerValues(message, name).some((value) => value.split(",").some((one) => one.trim().toLowerCase() === option))

/** Whether a request asks for less than so much; one that does not know timers cannot be told (RFC 4028 §9). */
export const isTooShort = (request: SipRequest, least = minSeconds): boolean => {
  const expires = expiresOf(request)
  return expires !== undefined && expires.seconds < least && lists(request, "Supported", "timer")
}

/**
 * The session timer of one call (RFC 4028): a call whose far end is gone without a word is found out. It writes its
 * headers into what is sent, reads them from what comes, and says when to refresh. Deterministic; times in milliseconds.
 */
export class SessionTimer {
  #terms: Terms | undefined
  #since = 0
  #refreshAt = Infinity
  /** The largest Min-SE that we were told. */
  #least = 0
  #answeredCseq = -1
  /** What the answer to the far end's request will say. */
  #promise: Promised | undefined
  #allowsUpdate = false

  /** Whether the far end has said that it takes UPDATE. */
  get allowsUpdate(): boolean {
    return this.#allowsUpdate
  }

  /** UPDATE was refused, whatever Allow says: the next refresh, due at once, is a re-INVITE. */
  refuseUpdate(now: number): void {
    this.#allowsUpdate = false
    this.again(now)
  }

  #start(terms: Terms | undefined, now: number): void {
    this.#terms = terms
    this.#since = now
    this.#refreshAt = terms?.refresher === "us" ? now + 500 * terms.seconds : Infinity
  }

  /** A message of ours with the headers it needs. `isFirst`: it begins the call. */
  stamp<Message extends SipMessage>(message: Message, isFirst: boolean, now: number): Message {
    if (message.kind === "request") return this.#asking(message, isFirst) as Message
    if (message.status < 200 || message.status > 299 || keyOf(message) !== this.#promise?.key) return message
    // The same answer sent again does not begin the time again.
    if (!this.#promise.hasBegun) this.#start(this.#promise.terms, now)
    this.#promise.hasBegun = true
    return { ...message, headers: [...message.headers, ...this.#promise.headers] }
  }

  #asking(request: SipRequest, isFirst: boolean): SipRequest {
    if (!methods.has(request.method) || (!isFirst && this.#terms === undefined)) return request
    const role = this.#terms?.refresher === "us" ? ";refresher=uac" : ";refresher=uas"
    const seconds = Math.max(this.#terms?.seconds ?? wantedSeconds, this.#least)
    const value = isFirst ? String(seconds) : `${seconds}${role}`
    const asked = withHeader(request, "Session-Expires", value)
    return this.#least > minSeconds ? withHeader(asked, "Min-SE", String(this.#least)) : asked
  }

  /** A 2xx to a request of ours. Without a session time in it there is none from here on. */
  answered(response: SipResponse, now: number): void {
    this.heard(response)
    const cseq = cseqOf(response)
    // A second answer of a forked call, or one repeated.
    if (cseq === undefined || !methods.has(cseq.method) || cseq.number <= this.#answeredCseq) return
    this.#answeredCseq = cseq.number
    const expires = expiresOf(response)
    const refresher = expires?.refresher === "uas" ? "them" : "us"
    this.#start(expires === undefined ? undefined : { seconds: expires.seconds, refresher }, now)
  }

  /** 422 to a request of ours: whether there is a larger time to ask for, once. */
  raises(response: SipResponse): boolean {
    const seconds = Number(/^\d{1,9}/.exec(headerValue(response, "Min-SE") ?? "")?.[0] ?? 0)
    if (this.#least > minSeconds || seconds <= minSeconds || seconds > saneSeconds.max) return false
    this.#least = seconds
    return true
  }

  /** Whether a request within the call asks for less than we take, or have taken. */
  refuses(request: SipRequest): boolean {
    return isTooShort(request, Math.min(minSeconds, this.#terms?.seconds ?? minSeconds))
  }

  /** A request of the far end that will be answered with 2xx. */
  asked(request: SipRequest): void {
    this.heard(request)
    const expires = expiresOf(request)
    const knows = lists(request, "Supported", "timer")
    const current = this.#terms
    this.#promise = undefined
    if (expires === undefined && current === undefined) return
    const wish = expires?.refresher === "uac" ? "them" : expires?.refresher === "uas" ? "us" : undefined
    const usual = expires === undefined ? current?.refresher : "them"
    const refresher = knows ? (wish ?? usual ?? "them") : "us"
    const terms: Terms = { seconds: expires?.seconds ?? current?.seconds ?? wantedSeconds, refresher }
    const value = `${terms.seconds};refresher=${refresher === "us" ? "uas" : "uac"}`
    const headers = [{ name: "Session-Expires", value }, ...(knows ? [{ name: "Require", value: "timer" }] : [])]
    this.#promise = { key: keyOf(request), terms, headers, hasBegun: false }
  }

  /** Learns from Allow. */
  heard(message: SipMessage): void {
    if (headerValue(message, "Allow") !== undefined) this.#allowsUpdate = lists(message, "Allow", "update")
  }

  /** What is to be done now: `refresh` is said once, and again after `again`. */
  due(now: number): "refresh" | "end" | undefined {
    if (this.#terms === undefined) return undefined
    const { refresher, seconds } = this.#terms
    const margin = refresher === "us" ? 0 : Math.min(marginMillis, (1_000 * seconds) / 3)
    if (now >= this.#since + 1_000 * seconds - margin) return "end"
    if (now < this.#refreshAt) return undefined
    this.#refreshAt = Infinity
    return "refresh"
  }

  /** The refresh has failed for now. */
  again(at: number): void {
    if (this.#terms?.refresher === "us") this.#refreshAt = at
  }
}

const keyOf = (message: SipMessage): string => {
  const cseq = cseqOf(message)
  return `${cseq?.number} ${cseq?.method}`
}
