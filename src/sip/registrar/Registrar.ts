import { digestParameters, digestResponse, sameText } from "../digest/digest.ts"
import type { Address } from "../wire/Address.ts"
import { type NameAddress, parseNameAddress, uriTarget, uriUser } from "../wire/headers.ts"
import { cseqOf, type Header, headerValue, headerValues, type SipRequest, type SipResponse } from "../wire/message.ts"
import { replyTo } from "../wire/reply.ts"
import { type Binding, type BindingChange, Bindings, contactsMax } from "./Bindings.ts"
import { Nonces } from "./Nonces.ts"

export interface RegistrarOptions {
  /** What phones show their users when they ask for the password. No quotes. */
  readonly realm: string
  /**
   * What phones are offered, the best first (RFC 8760 §2.3). Phones older than RFC 8760 may fail on anything but MD5
   * alone: baresip 1 and SIPp 3.6 do.
   */
  readonly digests: ReadonlyArray<"SHA-256" | "MD5">
  /** An agent's password, or undefined for a name nobody has. */
  readonly passwordOf: (user: string) => string | undefined
  /** A text nobody can guess. */
  readonly newToken: () => string
  /** Registrations from before, the oldest first; those of names without a password are left out. None unless said. */
  readonly known?: ReadonlyArray<KnownBinding>
  /** Told of each registration, refreshed or new, and of each that is gone; not of those known before. */
  readonly changed?: (change: BindingChange) => void
}

/** A registration from before; any REGISTER is newer. `expiresAt` is in milliseconds of the registrar's clock. */
export type KnownBinding = { readonly user: string } & Pick<Binding, "uri" | "source" | "expiresAt">

/** Times for which a phone may register, in seconds. */
export const expirySeconds = { min: 60, usual: 3_600, max: 3_600 }

interface Wish {
  readonly uri: string
  readonly seconds: number
}
type Verdict = "right" | "stale" | "wrong"

/**
 * The registrar of agents' phones (RFC 3261 §10.3), with digest authentication (§22, RFC 7616, RFC 8760). A phone may
 * register only under its own name. Deterministic: `now` is in milliseconds and never goes back.
 */
export class Registrar {
  readonly #options: RegistrarOptions
  readonly #bindings: Bindings
  readonly #nonces: Nonces

  constructor(options: RegistrarOptions) {
    this.#options = options
    this.#nonces = new Nonces(`${options.newToken()}${options.newToken()}`)
    this.#bindings = new Bindings(options.changed)
    for (const { expiresAt, source, uri, user } of options.known ?? []) {
      if (options.passwordOf(user) === undefined || uriTarget(uri) === undefined) continue
      // No request has this Call-ID: the next one is newer.
      this.#bindings.restore(user, { uri, source, callId: "", cseq: -1, expiresAt })
    }
  }

  /** The phones an agent has registered, the oldest registration first. */
  contactsOf(user: string, now: number): ReadonlyArray<Binding> {
    return this.#bindings.of(user, now)
  }

  /** Answers a REGISTER. */
  receive(request: SipRequest, source: Address, now: number): SipResponse {
    const user = uriUser(parseNameAddress(headerValue(request, "To") ?? "")?.uri ?? "")
    const credentials = headerValues(request, "Authorization")
      .map(digestParameters)
      .find((found) => found !== undefined)
    const verdict = credentials === undefined ? "wrong" : this.#judge(request, credentials, now)
    if (verdict !== "right") return this.#challenge(request, verdict === "stale", now)
    if (credentials?.get("username") !== user) return this.#reply(request, 403)
    return this.#register(request, user, source, now)
  }

  #reply(request: SipRequest, status: number, headers: ReadonlyArray<Header> = []): SipResponse {
    return replyTo(request, status, this.#options.newToken(), headers)
  }

  #challenge(request: SipRequest, stale: boolean, now: number): SipResponse {
    const nonce = this.#nonces.issue(now, this.#options.newToken())
    const challenges = this.#options.digests.map((algorithm) => ({
      name: "WWW-Authenticate",
      value: `Digest realm="${this.#options.realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale ? ", stale=true" : ""}`
    }))
    return this.#reply(request, 401, challenges)
  }

  #judge(request: SipRequest, given: ReadonlyMap<string, string>, now: number): Verdict {
    const part = (name: string): string => given.get(name) ?? ""
    const algorithm = given.get("algorithm")?.toUpperCase() ?? "MD5"
    const known = this.#options.passwordOf(part("username"))
    const qop = given.has("qop") ? "auth" : undefined
    const offered = this.#options.digests.some((digest) => digest === algorithm)
    if (!offered || part("realm") !== this.#options.realm) return "wrong"
    if ((qop !== undefined && part("qop") !== qop) || !sameHost(part("uri"), request.uri)) return "wrong"
    const counted = /^[0-9a-f]{8}$/i.test(part("nc"))
    if (qop !== undefined && !counted) return "wrong"
    // Without qop nothing is counted, so such a nonce serves once.
    const count = qop === undefined ? 1 : Number.parseInt(part("nc"), 16)
    const right = digestResponse(
      { realm: this.#options.realm, nonce: part("nonce"), algorithm, qop },
      // An unknown name takes as long as a wrong password.
      { user: part("username"), password: known ?? this.#options.newToken() },
      { method: request.method, uri: part("uri"), body: request.body, cnonce: part("cnonce"), count }
    )
    if (known === undefined || !sameText(right, part("response").toLowerCase())) return "wrong"
    return this.#nonces.spend(part("nonce"), count, now) ? "right" : "stale"
  }

  #register(request: SipRequest, user: string, source: Address, now: number): SipResponse {
    const contacts = headerValues(request, "Contact")
    const callId = headerValue(request, "Call-ID") ?? ""
    const cseq = cseqOf(request)?.number ?? 0
    const wishes = contacts.includes("*") ? this.#all(request, contacts, user, now) : wishesOf(request, contacts)
    if (wishes === undefined || wishes.length > contactsMax) return this.#reply(request, 400)
    if (wishes.some(({ seconds }) => seconds > 0 && seconds < expirySeconds.min)) {
      return this.#reply(request, 423, [{ name: "Min-Expires", value: String(expirySeconds.min) }])
    }
    // An older request that arrives late changes nothing (RFC 3261 §10.3 step 7).
    if (wishes.some(({ uri }) => !this.#bindings.isNewer(user, uri, callId, cseq))) return this.#reply(request, 500)
    for (const { seconds, uri } of wishes) {
      if (seconds === 0) this.#bindings.remove(user, uri)
      else {
        const expiresAt = now + 1_000 * Math.min(seconds, expirySeconds.max)
        this.#bindings.put(user, { uri, source, callId, cseq, expiresAt })
      }
    }
    return this.#reply(
      request,
      200,
      this.#bindings.of(user, now).map((binding) => contactHeader(binding, now))
    )
  }

  /** `Contact: *` takes everything away, and may do nothing else (RFC 3261 §10.2.2). */
  #all(request: SipRequest, contacts: ReadonlyArray<string>, user: string, now: number) {
    if (contacts.length > 1 || Number(headerValue(request, "Expires") ?? "1") !== 0) return undefined
    return this.#bindings.of(user, now).map(({ uri }) => ({ uri, seconds: 0 }))
  }

  /** Forgets registrations that have expired. */
  sweep(now: number): void {
    this.#bindings.sweep(now)
  }
}

/** The digest's URI is the request's (RFC 7616 §3.4.6), except that some phones leave out the user. */
const sameHost = (one: string, two: string): boolean => {
  const [a, b] = [uriTarget(one), uriTarget(two)]
  return a !== undefined && a.host === b?.host && a.port === b.port
}

const contactHeader = ({ expiresAt, uri }: Binding, now: number): Header => ({
  name: "Contact",
  value: `<${uri}>;expires=${Math.ceil((expiresAt - now) / 1_000)}`
})

/** What each Contact asks for; undefined when one is none that could be called. */
const wishesOf = (request: SipRequest, contacts: ReadonlyArray<string>): ReadonlyArray<Wish> | undefined => {
  const wishes: Array<Wish> = []
  for (const contact of contacts) {
    const parsed = parseNameAddress(contact)
    if (parsed === undefined || uriTarget(parsed.uri) === undefined) return undefined
    wishes.push({ uri: parsed.uri, seconds: secondsOf(request, parsed) })
  }
  return wishes
}

/** A value that is no number counts as the usual time (RFC 3261 §20.19). */
const secondsOf = (request: SipRequest, contact: NameAddress): number => {
  const text = contact.parameters.get("expires") ?? headerValue(request, "Expires") ?? ""
  return /^\d{1,10}$/.test(text) ? Number(text) : expirySeconds.usual
}
