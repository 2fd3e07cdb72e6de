import type { Patience } from "../Leg.ts"
import { type Address, addressText } from "./Address.ts"
import type { Authorize } from "./ClientTransactions.ts"
import { cseqOf, type SipRequest, type SipResponse } from "./message.ts"
import { replyTo } from "./reply.ts"
import { retryAfterSeconds } from "./retryAfter.ts"
import { ringMemoryMillis, transactionMillis } from "./timing.ts"
import { branchOf, topVia, withBranch } from "./via.ts"

/** How long an address may say nothing at all while there is another to try: five sendings of the request. */
const silenceMillis = 8_000
/** As RFC 3261 has it for the last one. */
export const usualPatience: Patience = { millis: silenceMillis, also: false }
/** Addresses of one name tried at most. */
export const addressesMax = 8
/** How long an address that failed is tried last, unless its Retry-After says otherwise; and at most. */
const avoidMillis = 30_000
const avoidMillisMax = 300_000
/** Addresses remembered as failing at most; the oldest are forgotten. */
const avoidedMax = 1_000

export interface FailoverPort {
  readonly send: (request: SipRequest, to: Address, authorize: Authorize | undefined) => void
  /** Stops repeating a request; what still comes for it is ended. */
  readonly abandon: (request: SipRequest) => void
  /** A response nobody sent: 100 when an INVITE may take long, 408 when all addresses kept silent. */
  readonly respond: (response: SipResponse) => void
  /** A text nobody can guess. */
  readonly newToken: () => string
}

interface Attempt {
  /** As handed down; all of its attempts but the first have branches of their own. */
  readonly request: SipRequest
  readonly addresses: ReadonlyArray<Address>
  readonly authorize: Authorize | undefined
  readonly patience: Patience
  readonly branches: Array<string>
  current: SipRequest
  at: number
  heard: boolean
  /** Held until the far end has said something (RFC 3261 §9.1). */
  cancel: SipRequest | undefined
  cancelled: boolean
  silentAt: number
  forgetAt: number
}

const branchIn = (message: SipRequest | SipResponse): string => {
  const via = topVia(message)
  return via === undefined ? "" : branchOf(via)
}

/**
 * Requests that begin something, sent to the next address after 503 or silence (RFC 3263 §4.3). Whoever sent the request
 * sees one transaction. Deterministic: `now` is in milliseconds and never goes back.
 */
export class Failover {
  readonly #port: FailoverPort
  readonly #attempts = new Set<Attempt>()
  readonly #byBranch = new Map<string, Attempt>()
  readonly #avoidUntil = new Map<string, number>()

  constructor(port: FailoverPort) {
    this.#port = port
  }

  get size(): number {
    return this.#attempts.size
  }

  /** Sends a request to the first address, and answers it with 408 when none of them says anything. */
  send(
    request: SipRequest,
    found: ReadonlyArray<Address>,
    now: number,
    authorize?: Authorize,
    patience = usualPatience
  ): void {
    const addresses = this.#ordered(found, now).slice(0, addressesMax)
    const attempt: Attempt = {
      request,
      addresses,
      authorize,
      patience,
      branches: [],
      current: request,
      at: -1,
      heard: false,
      cancel: undefined,
      cancelled: false,
      silentAt: Infinity,
      forgetAt: now + ringMemoryMillis
    }
    this.#attempts.add(attempt)
    // Whoever asked waits 32 s for the first word, and several addresses may take longer.
    if (request.method === "INVITE" && addresses.length > 1) this.#port.respond(replyTo(request, 100, ""))
    this.#next(attempt, now)
  }

  /** The first come last while they are known to fail. */
  #ordered(addresses: ReadonlyArray<Address>, now: number): ReadonlyArray<Address> {
    const fails = (address: Address): boolean => (this.#avoidUntil.get(addressText(address)) ?? 0) > now
    return [...addresses.filter((address) => !fails(address)), ...addresses.filter(fails)]
  }

  #hasNext({ addresses, at, cancelled }: Attempt): boolean {
    return !cancelled && at + 1 < addresses.length
  }

  #next(attempt: Attempt, now: number): void {
    attempt.at += 1
    attempt.heard = false
    const { at, request } = attempt
    attempt.current = at === 0 ? request : withBranch(request, `z9hG4bK${this.#port.newToken()}`)
    const branch = branchIn(attempt.current)
    attempt.branches.push(branch)
    this.#byBranch.set(branch, attempt)
    const { also, millis } = attempt.patience
    attempt.silentAt = now + (this.#hasNext(attempt) || also ? millis : transactionMillis)
    this.#port.send(attempt.current, attempt.addresses[at], attempt.authorize)
  }

  #avoid({ addresses, at }: Attempt, millis: number, now: number): void {
    const key = addressText(addresses[at])
    this.#avoidUntil.delete(key)
    this.#avoidUntil.set(key, now + Math.min(millis, avoidMillisMax))
    for (const oldest of this.#avoidUntil.keys()) {
      if (this.#avoidUntil.size <= avoidedMax) break
      this.#avoidUntil.delete(oldest)
    }
  }

  /** A CANCEL, or the ACK of a failure, of a request sent here; false for any other. */
  follows(request: SipRequest): boolean {
    const attempt = this.#byBranch.get(branchIn(request))
    if (attempt === undefined || (request.method !== "CANCEL" && request.method !== "ACK")) return false
    const mapped = withBranch(request, branchIn(attempt.current))
    if (request.method === "CANCEL") attempt.cancelled = true
    if (request.method === "CANCEL" && !attempt.heard) attempt.cancel = mapped
    else this.#port.send(mapped, attempt.addresses[attempt.at], undefined)
    return true
  }

  /** The response as whoever sent the request should see it; undefined when it is not for them. */
  receive(response: SipResponse, now: number): SipResponse | undefined {
    const branch = branchIn(response)
    const attempt = this.#byBranch.get(branch)
    if (attempt === undefined) return response
    if (branch !== branchIn(attempt.current)) return undefined
    const mapped = withBranch(response, branchIn(attempt.request))
    if (cseqOf(response)?.method !== attempt.request.method) return mapped
    if (response.status < 200) this.#provisional(attempt)
    else if (response.status === 503) {
      this.#avoid(attempt, 1_000 * (retryAfterSeconds(response) ?? avoidMillis / 1_000), now)
      if (this.#hasNext(attempt)) {
        this.#next(attempt, now)
        return undefined
      }
    }
    if (response.status >= 200) this.#settle(attempt, now)
    return mapped
  }

  #provisional(attempt: Attempt): void {
    attempt.heard = true
    if (attempt.request.method === "INVITE") attempt.silentAt = Infinity
    if (attempt.cancel !== undefined) this.#port.send(attempt.cancel, attempt.addresses[attempt.at], undefined)
    attempt.cancel = undefined
  }

  #settle(attempt: Attempt, now: number): void {
    attempt.silentAt = Infinity
    attempt.forgetAt = now + transactionMillis
  }

  /** To be called every 50 ms or so. */
  sweep(now: number): void {
    for (const attempt of this.#attempts) {
      if (now >= attempt.silentAt) this.#silent(attempt, now)
      else if (now >= attempt.forgetAt) this.#forget(attempt)
    }
  }

  #forget(attempt: Attempt): void {
    this.#attempts.delete(attempt)
    for (const branch of attempt.branches) this.#byBranch.delete(branch)
  }

  #silent(attempt: Attempt, now: number): void {
    this.#avoid(attempt, avoidMillis, now)
    this.#port.abandon(attempt.current)
    if (this.#hasNext(attempt)) return this.#next(attempt, now)
    // What is still to come for it is the wire's to end.
    this.#forget(attempt)
    this.#port.respond(replyTo(attempt.request, 408, this.#port.newToken()))
  }
}
