import { type Authorizing, authorizing, challengeOf } from "../digest/answerChallenge.ts"
import type { Challenge } from "../digest/digest.ts"
import { type Address, addressText } from "../wire/Address.ts"
import { type Hop, parseNameAddress, uriTarget } from "../wire/headers.ts"
import { type Header, headerValue, headerValues, type SipResponse } from "../wire/message.ts"
import type { Solitary } from "../wire/OutOfDialog.ts"
import { retryAfterSeconds } from "../wire/retryAfter.ts"
import {
  registeredUser,
  registrarHop,
  registrarUri,
  type Registration,
  type RegistrationState,
  unregistered
} from "./Registration.ts"

/** Share of the time granted after which a registration is refreshed: the rest is for trying again. */
const refreshShare = 0.6
/** A registrar that grants next to nothing is not asked more often than this. */
const refreshMillisMin = 5_000
/** First wait after a failure; doubled with each, up to the second (RFC 5626 §4.5, the lower end of its range). */
const backOffMillis = 30_000
const backOffMillisMax = 900_000
/** Longest wait a registrar may ask for with Retry-After. */
const retryAfterMillisMax = 3_600_000
/** Longest time a registrar may demand with Min-Expires, in seconds. */
const expirySecondsMax = 86_400
/** How long the end of a registration is waited for. */
export const leavingMillisMax = 4_000
/** A stale nonce is answered this often in one attempt, and no more. */
const answersMax = 2

export interface RegisteringPort {
  readonly now: () => number
  readonly ask: (request: Solitary, hop: Hop, done: (status: number, response: SipResponse | undefined) => void) => void
  /** The state, its times in milliseconds of `now`. */
  readonly changed: (state: RegistrationState) => void
  /** A text nobody can guess. */
  readonly newToken: () => string
}

/** One try to register, refresh or leave: its time in seconds (0 to leave), and what has been answered during it. */
interface Attempt {
  readonly seconds: number
  readonly answers: Map<Authorizing, number>
  isRaised: boolean
}

/** Keeps an address-of-record registered (RFC 3261 §10.2). Deterministic; `port.now` never goes back. */
export class Registering {
  readonly #port: RegisteringPort
  readonly #registration: Registration
  readonly #contactUri: string
  readonly #callId: string
  readonly #fromTag: string
  /** What to answer before being asked, with how often each nonce was used. */
  readonly #known = new Map<Authorizing, { readonly challenge: Challenge; count: number }>()
  #state = unregistered
  #seconds: number
  #cseq = 0
  #failureCount = 0
  #nextAt = -Infinity
  #attempt: Attempt | undefined
  #left: (() => void) | undefined
  #leaveBy = Infinity

  constructor(port: RegisteringPort, registration: Registration, contact: Address) {
    this.#port = port
    this.#registration = registration
    this.#contactUri = `sip:${registeredUser(registration)}@${addressText(contact)}`
    this.#callId = port.newToken()
    this.#fromTag = port.newToken()
    this.#seconds = registration.expirySeconds ?? 3_600
  }

  get state(): RegistrationState {
    return this.#state
  }

  /** To be called at once, and then every 50 ms or so. */
  sweep(): void {
    const now = this.#port.now()
    if (now >= this.#leaveBy) return this.#gone()
    const { registeredUntilMillis } = this.#state
    if (registeredUntilMillis !== undefined && now >= registeredUntilMillis) {
      this.#become({ registeredUntilMillis: undefined })
    }
    if (this.#attempt === undefined && this.#left === undefined && now >= this.#nextAt) this.#begin(this.#seconds)
  }

  /** Takes the registration back; `left` is called once, when the registrar has said so or 4 s have passed. */
  leave(left: () => void): void {
    if (this.#left !== undefined) return
    this.#left = left
    this.#leaveBy = this.#port.now() + leavingMillisMax
    // A REGISTER may not overtake another (RFC 3261 §10.2): what is under way is waited for.
    if (this.#attempt === undefined) this.#takeBack()
  }

  #takeBack(): void {
    if (this.#state.registeredUntilMillis === undefined) this.#gone()
    else this.#begin(0)
  }

  #gone(): void {
    const left = this.#left
    this.#leaveBy = Infinity
    this.#attempt = undefined
    this.#nextAt = Infinity
    this.#become({ registeredUntilMillis: undefined })
    left?.()
  }

  #become(change: Partial<RegistrationState>): void {
    this.#state = { ...this.#state, ...change }
    this.#port.changed(this.#state)
  }

  #begin(seconds: number): void {
    this.#attempt = { seconds, answers: new Map(), isRaised: false }
    this.#send(this.#attempt)
  }

  #send(attempt: Attempt): void {
    const hop = registrarHop(this.#registration)
    if (hop === undefined) return this.#failed(503, undefined)
    this.#cseq += 1
    const { address } = this.#registration
    const headers = [
      { name: "Contact", value: `<${this.#contactUri}>` },
      { name: "Expires", value: String(attempt.seconds) },
      ...this.#credentials()
    ]
    const request: Solitary = {
      method: "REGISTER",
      uri: registrarUri(this.#registration),
      from: address,
      to: address,
      callId: this.#callId,
      fromTag: this.#fromTag,
      cseq: this.#cseq,
      headers
    }
    this.#port.ask(request, hop, (status, response) => {
      if (this.#attempt === attempt) this.#final(attempt, status, response)
    })
  }

  #credentials(): ReadonlyArray<Header> {
    const { credentials } = this.#registration
    if (credentials === undefined) return []
    return [...this.#known].map(([kind, known]) => {
      known.count += 1
      const uri = registrarUri(this.#registration)
      const cnonce = this.#port.newToken()
      return authorizing(kind, known.challenge, credentials, {
        method: "REGISTER",
        uri,
        body: "",
        cnonce,
        count: known.count
      })
    })
  }

  #final(attempt: Attempt, status: number, response: SipResponse | undefined): void {
    const leaves = this.#left !== undefined && attempt.seconds > 0
    if (response !== undefined && status >= 200 && status < 300) return this.#granted(attempt, response)
    // Overtaken by the wish to leave: no use in asking on.
    if (leaves) {
      this.#attempt = undefined
      return this.#takeBack()
    }
    if (response !== undefined && this.#answers(attempt, response)) return this.#send(attempt)
    if (response !== undefined && status === 423 && this.#raises(attempt, response)) return
    if (attempt.seconds === 0) return this.#gone()
    this.#failed(status, response)
  }

  /** Whether a challenge can be answered. The same one twice means that the password is wrong. */
  #answers(attempt: Attempt, response: SipResponse): boolean {
    const found = challengeOf(response)
    if (found === undefined || this.#registration.credentials === undefined) return false
    const { challenge, kind } = found
    const given = attempt.answers.get(kind) ?? 0
    if (given > 0 && (!challenge.stale || given >= answersMax)) {
      this.#known.delete(kind)
      return false
    }
    attempt.answers.set(kind, given + 1)
    this.#known.set(kind, { challenge, count: 0 })
    return true
  }

  /** 423: asks again, once, for as long as the registrar wants at least (RFC 3261 §10.2.8). */
  #raises(attempt: Attempt, response: SipResponse): boolean {
    const seconds = Number(/^\d{1,10}$/.exec(headerValue(response, "Min-Expires") ?? "")?.[0] ?? 0)
    if (attempt.isRaised || attempt.seconds === 0 || seconds <= attempt.seconds || seconds > expirySecondsMax) {
      return false
    }
    this.#seconds = seconds
    this.#attempt = { ...attempt, seconds, isRaised: true }
    this.#send(this.#attempt)
    return true
  }

  #granted(attempt: Attempt, response: SipResponse): void {
    const now = this.#port.now()
    this.#attempt = undefined
    if (attempt.seconds === 0) {
      this.#state = { ...this.#state, lastStatus: response.status }
      return this.#gone()
    }
    const grantedMillis = 1_000 * grantedSeconds(response, this.#contactUri, attempt.seconds)
    this.#failureCount = 0
    this.#nextAt = now + Math.max(refreshMillisMin, refreshShare * grantedMillis)
    this.#become({
      registeredUntilMillis: now + grantedMillis,
      failingSinceMillis: undefined,
      lastStatus: response.status,
      serviceRoute: headerValues(response, "Service-Route")
    })
    if (this.#left !== undefined) this.#takeBack()
  }

  #failed(status: number, response: SipResponse | undefined): void {
    const now = this.#port.now()
    const wish = response === undefined ? undefined : retryAfterSeconds(response)
    const backOff = Math.min(backOffMillis * 2 ** this.#failureCount, backOffMillisMax)
    this.#attempt = undefined
    this.#failureCount += 1
    this.#nextAt = now + (wish === undefined ? backOff : Math.min(1_000 * Math.max(1, wish), retryAfterMillisMax))
    this.#become({ failingSinceMillis: this.#state.failingSinceMillis ?? now, lastStatus: status })
  }
}

const userOf = (uri: string): string => /^sip:([^@]*)@/i.exec(uri)?.[1] ?? ""

/** What a registrar granted our contact: its own time, that of the whole answer, or what was asked (RFC 3261 §10.2.4). */
const grantedSeconds = (response: SipResponse, contactUri: string, asked: number): number => {
  const ours = uriTarget(contactUri)
  const mine = headerValues(response, "Contact")
    .map(parseNameAddress)
    .find((contact) => {
      const target = contact === undefined ? undefined : uriTarget(contact.uri)
      const sameHost = target?.host === ours?.host && target?.port === ours?.port
      return sameHost && contact !== undefined && userOf(contact.uri) === userOf(contactUri)
    })
  const text = mine?.parameters.get("expires") ?? headerValue(response, "Expires") ?? ""
  return /^\d{1,9}$/.test(text) ? Number(text) : asked
}
