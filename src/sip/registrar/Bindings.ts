import type { Address } from "../wire/Address.ts"

/** Where an agent's phone can be reached. */
export interface Binding {
  readonly uri: string
  /** Where its REGISTER came from: calls go there, also through a NAT. */
  readonly source: Address
  readonly callId: string
  readonly cseq: number
  /** In milliseconds of the registrar's clock. */
  readonly expiresAt: number
}

/** What became of a user's contact: registered or refreshed, or gone without one: taken back, expired, or displaced. */
export interface BindingChange {
  readonly user: string
  readonly uri: string
  readonly binding: Binding | undefined
}

/** Phones a user may have at once. One more takes the place of the one registered longest ago. */
export const contactsMax = 5

/** Contacts by user (RFC 3261 §10.3). */
export class Bindings {
  readonly #byUser = new Map<string, Map<string, Binding>>()
  readonly #changed: (change: BindingChange) => void

  /** `changed` is told of everything but what is restored. */
  constructor(changed: (change: BindingChange) => void = () => {}) {
    this.#changed = changed
  }

  /** Those that have not expired, the oldest first. */
  of(user: string, now: number): ReadonlyArray<Binding> {
    return [...(this.#byUser.get(user)?.values() ?? [])].filter(({ expiresAt }) => expiresAt > now)
  }

  /** Whether a REGISTER of that Call-ID and CSeq is newer than what is known of a contact; all of a request or none. */
  isNewer(user: string, uri: string, callId: string, cseq: number): boolean {
    const known = this.#byUser.get(user)?.get(uri)
    return known === undefined || known.callId !== callId || known.cseq < cseq
  }

  put(user: string, binding: Binding): void {
    this.restore(user, binding)
    this.#changed({ user, uri: binding.uri, binding })
  }

  /** Puts back what was known before. */
  restore(user: string, binding: Binding): void {
    const contacts = this.#byUser.get(user) ?? new Map<string, Binding>()
    this.#byUser.set(user, contacts)
    contacts.delete(binding.uri)
    contacts.set(binding.uri, binding)
    for (const uri of contacts.keys()) {
      if (contacts.size <= contactsMax) break
      this.remove(user, uri)
    }
  }

  remove(user: string, uri: string): void {
    const contacts = this.#byUser.get(user)
    if (contacts?.delete(uri) !== true) return
    if (contacts.size === 0) this.#byUser.delete(user)
    this.#changed({ user, uri, binding: undefined })
  }

  /** Forgets what has expired. */
  sweep(now: number): void {
    for (const [user, contacts] of this.#byUser) {
      for (const { expiresAt, uri } of [...contacts.values()]) if (expiresAt <= now) this.remove(user, uri)
    }
  }
}
