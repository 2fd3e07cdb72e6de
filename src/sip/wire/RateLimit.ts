interface Bucket {
  tokens: number
  filledAt: number
}

/** Sources remembered at most; the one heard longest ago is forgotten first and starts with a full bucket again. */
const sourcesMax = 4_096

/** A token bucket a source: so many new requests a second, and twice as many at once after a quiet time. */
export class RateLimit {
  readonly #perSecond: number
  readonly #buckets = new Map<string, Bucket>()

  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  /** Whether one more from this source is within its rate; `now` is in milliseconds and never goes back. */
  allows(source: string, now: number): boolean {
    const full = 2 * this.#perSecond
    const bucket = this.#buckets.get(source) ?? { tokens: full, filledAt: now }
    bucket.tokens = Math.min(full, bucket.tokens + ((now - bucket.filledAt) * this.#perSecond) / 1_000)
    bucket.filledAt = now
    this.#buckets.delete(source)
    this.#buckets.set(source, bucket)
    if (this.#buckets.size > sourcesMax) this.#forgetOldest()
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  #forgetOldest(): void {
    for (const source of this.#buckets.keys()) {
      this.#buckets.delete(source)
      return
    }
  }
}
