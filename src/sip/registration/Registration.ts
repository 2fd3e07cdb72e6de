import type { Credentials } from "../Leg.ts"
import { type Hop, uriHop } from "../wire/headers.ts"

/** What is to be registered, and where. */
export interface Registration {
  /** The address-of-record that calls are made to: `sip:user@domain`. */
  readonly address: string
  /** The registrar's URI without a user, such as `sip:registrar.example`; the domain of `address` without it. */
  readonly registrar?: string
  /** Where REGISTER is sent, `host` or `host:port`; to where the registrar's URI leads without it. */
  readonly via?: string
  readonly credentials?: Credentials
  /** For how long to ask, 60 to 86,400 s; 3,600 s without it. The registrar may grant less, or demand more. */
  readonly expirySeconds?: number
}

/** How a registration stands. Times are in milliseconds since 1970, by the layer's clock. */
export interface RegistrationState {
  /** Until when calls to the address reach us; undefined when they do not. */
  readonly registeredUntilMillis: number | undefined
  /** Since when every attempt has failed; undefined after a success, and before the first attempt is over. */
  readonly failingSinceMillis: number | undefined
  /** The final status of the last attempt: 408 for silence, 503 for a name that leads nowhere or to no peer, 0 before any. */
  readonly lastStatus: number
  /** Route values that calls of this address must carry, in order (RFC 3608); for `Call.route`. */
  readonly serviceRoute: ReadonlyArray<string>
}

export const unregistered: RegistrationState = {
  registeredUntilMillis: undefined,
  failingSinceMillis: undefined,
  lastStatus: 0,
  serviceRoute: []
}

const addressOfRecord = /^sip:([^@\s<>"]+)@([A-Za-z0-9.-]+)(?::\d{1,5})?$/i

/** User part of the address-of-record, as written. */
export const registeredUser = ({ address }: Registration): string => addressOfRecord.exec(address)?.[1] ?? ""

/** The Request-URI: no user (RFC 3261 §10.2). */
export const registrarUri = ({ address, registrar }: Registration): string =>
  registrar ?? `sip:${address.slice(address.indexOf("@") + 1)}`

/** Where REGISTER goes. */
export const registrarHop = (registration: Registration): Hop | undefined =>
  uriHop(registration.via === undefined ? registrarUri(registration) : `sip:${registration.via}`)

/** What is wrong with a registration, in a sentence; undefined when nothing is. */
export const registrationProblem = (registration: Registration): string | undefined => {
  const { address, expirySeconds = 3_600, registrar, via } = registration
  if (!addressOfRecord.test(address) || uriHop(address) === undefined) {
    return `address "${address}": expected an address-of-record such as sip:outpace@trunk.example`
  }
  if (registrar !== undefined && (registrar.includes("@") || uriHop(registrar) === undefined)) {
    return `registrar "${registrar}": expected a SIP URI without a user, such as sip:registrar.example`
  }
  if (via !== undefined && (/[^A-Za-z0-9.:-]/.test(via) || uriHop(`sip:${via}`) === undefined)) {
    return `via "${via}": expected host or host:port`
  }
  if (!Number.isInteger(expirySeconds) || expirySeconds < 60 || expirySeconds > 86_400) {
    return `expirySeconds ${expirySeconds}: expected a whole number from 60 to 86400`
  }
  return undefined
}
