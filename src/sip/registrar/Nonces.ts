import { createHmac } from "node:crypto"
import { sameText } from "../digest/digest.ts"

/** How long a nonce may be answered, in milliseconds. */
export const nonceMillis = 300_000
/** Nonces in use remembered at most; one more makes the oldest stale, and its phone is asked again. */
const usedMax = 10_000

/**
 * Nonces that need no memory until they are answered: a time and its signature. Of an answered one the count is kept, so
 * that nothing recorded can be sent again (RFC 7616 §3.4 and §5.12).
 */
export class Nonces {
  readonly #key: string
  readonly #counts = new Map<string, number>()

  /** `key` must be secret and long; a new one makes all nonces stale. */
  constructor(key: string) {
    this.#key = key
  }

  /** `salt` tells nonces of one moment apart. */
  issue(now: number, salt: string): string {
    const text = `${Math.floor(now).toString(36)}.${salt}`
    return `${text}.${this.#sign(text)}`
  }

  /** Whether a nonce is ours and may be used for the `count`th time; that count and those below are spent then. */
  spend(nonce: string, count: number, now: number): boolean {
    if (!this.#isFresh(nonce, now)) return false
    if (count <= (this.#counts.get(nonce) ?? 0)) return false
    this.#counts.set(nonce, count)
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= usedMax && this.#isFresh(oldest, now)) break
      this.#counts.delete(oldest)
    }
    return true
  }

  #isFresh(nonce: string, now: number): boolean {
    const [time, salt, signature = ""] = nonce.split(".")
    if (!sameText(signature, this.#sign(`${time}.${salt}`))) return false
    return now - Number.parseInt(time, 36) <= nonceMillis
  }

  #sign(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("hex").slice(0, 32)
  }
}
