import { Schema } from "effect"
import { createHmac } from "node:crypto"
import type { E164 } from "../domain/Contact.ts"

/** What is kept of an erased person: enough to leave the number out of the next list, and nothing that shows it. */
export const ErasedEntry = Schema.Struct({
  /** First 128 bits of HMAC-SHA-256 of the number in E.164, base64url. */
  hash: Schema.String.check(Schema.isPattern(/^[\w-]{22}$/)),
  /** Day of the erasure, `2026-11-21`. */
  erasedOn: Schema.String.check(Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/)),
  /** What the person must not be called for; null for everything. */
  scope: Schema.NullOr(Schema.NonEmptyString)
})
export type ErasedEntry = typeof ErasedEntry.Type

/** Bytes a secret must have at least. */
export const secretBytesMin = 16

const hashBytes = 16
const markBytes = 6

/**
 * Numbers of erased people, as keyed hashes. There are so few telephone numbers that anybody who has the secret can try
 * them all: the secret is kept away from the entries, and losing it means the entries are worth nothing. About three
 * microseconds a test, none while it is empty.
 */
export class ErasedNumbers {
  readonly #secret: Uint8Array
  readonly #entries = new Map<string, ReadonlyArray<ErasedEntry>>()

  /** A `secret` below `secretBytesMin` is a defect. */
  constructor(secret: Uint8Array, entries: Iterable<ErasedEntry> = []) {
    if (secret.length < secretBytesMin) throw new RangeError(`a secret has ${secretBytesMin} bytes at least`)
    this.#secret = Uint8Array.from(secret)
    for (const entry of entries) this.#keep(entry)
  }

  /** Tells this secret from others, and says nothing of it. No number begins without a plus. */
  get mark(): string {
    return this.#keyed("secret", markBytes)
  }

  get size(): number {
    return this.#entries.size
  }

  /** Remembers that a person was erased and returns the entry to keep. `scope` as in `ErasedEntry`. */
  add(number: E164, erasedOn: string, scope: string | null): ErasedEntry {
    const entry = { hash: this.hashOf(number), erasedOn, scope }
    this.#keep(entry)
    return entry
  }

  /** Whether a number must not be called for `scope`. */
  has(number: E164, scope: string): boolean {
    if (this.#entries.size === 0) return false
    const entries = this.#entries.get(this.hashOf(number)) ?? []
    return entries.some((entry) => entry.scope === null || entry.scope === scope)
  }

  #keep(entry: ErasedEntry): void {
    const others = (this.#entries.get(entry.hash) ?? []).filter((each) => each.scope !== entry.scope)
    this.#entries.set(entry.hash, [...others, entry])
  }

  /** As entries have it. */
  hashOf(number: E164): string {
    return this.#keyed(number, hashBytes)
  }

  #keyed(text: string, bytes: number): string {
    return createHmac("sha256", this.#secret).update(text).digest().subarray(0, bytes).toString("base64url")
  }
}
