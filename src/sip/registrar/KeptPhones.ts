import { addressText, isIpv4 } from "../wire/Address.ts"
import { uriTarget } from "../wire/headers.ts"
import { expirySeconds, type KnownBinding, type RegistrarOptions } from "./Registrar.ts"

/** A phone's registration, as it is kept beyond the life of the process. */
export interface KeptPhone {
  readonly user: string
  /** SIP URI. */
  readonly contact: string
  /** Where its REGISTER came from, as IPv4 address and port: calls go there. */
  readonly source: string
  /** Unix milliseconds. */
  readonly expiresAt: number
}

export type PhoneChange =
  | ({ readonly kind: "registered" } & KeptPhone)
  | { readonly kind: "removed"; readonly user: string; readonly contact: string }

/** Registrations known from before, and who keeps those to come. */
export interface KeptPhones {
  /** The oldest first. Those that are over, or whose source is no address, are left out. */
  readonly known: ReadonlyArray<KeptPhone>
  /** Told of every registration, refreshed or new, and of all that are gone. Must return at once. */
  readonly changed: (change: PhoneChange) => void
}

/** The same in the registrar's clock; `offset` answers by how much Unix milliseconds are ahead of it. */
export const inRegistrarTime = (
  { changed, known }: KeptPhones,
  now: number,
  offset: () => number
): Required<Pick<RegistrarOptions, "known" | "changed">> => ({
  known: known.flatMap((phone) => bindingOf(phone, now, offset())),
  changed: ({ binding, uri, user }) => {
    if (binding === undefined) return changed({ kind: "removed", user, contact: uri })
    const expiresAt = Math.round(binding.expiresAt + offset())
    changed({ kind: "registered", user, contact: uri, source: addressText(binding.source), expiresAt })
  }
})

const bindingOf = (
  { contact, expiresAt, source, user }: KeptPhone,
  now: number,
  offset: number
): ReadonlyArray<KnownBinding> => {
  const address = uriTarget(`sip:${source}`)
  if (address === undefined || !isIpv4(address.host) || expiresAt - offset <= now) return []
  // Where the wall clock was set back, none holds for longer than it was given.
  const until = Math.min(expiresAt - offset, now + 1_000 * expirySeconds.max)
  return [{ user, uri: contact, source: address, expiresAt: until }]
}
