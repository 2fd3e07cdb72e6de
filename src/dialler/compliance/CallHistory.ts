import { InstantRings } from "./InstantRings.ts"

/** What the rules remember of a contact besides its attempts and conversations: when each of these last happened. */
export const Last = { abandoned: 0, machine: 1, refused: 2 } as const
const lastCount = 3

/**
 * What happened to each contact, as far as rules may ask: the latest attempts and conversations, as many as the largest
 * cap needs, and the last abandoned call, detected machine and refusal. Contacts nobody called take 4 bytes; the others
 * 36 bytes and 8 for every instant kept.
 */
export class CallHistory {
  /** Row of a contact, -1 without one. */
  #rowOf = new Int32Array(0)
  #rows = 0
  #capacity = 0
  readonly #attempts: InstantRings
  readonly #conversations: InstantRings
  #last = new Float64Array(0)

  /** How many attempts and conversations of a contact are kept. */
  constructor(attempts: number, conversations: number) {
    this.#attempts = new InstantRings(attempts, 0)
    this.#conversations = new InstantRings(conversations, 0)
  }

  /** Makes room for contacts 0 to `size - 1`. */
  reserve(size: number): void {
    if (size <= this.#rowOf.length) return
    const rowOf = new Int32Array(size).fill(-1)
    rowOf.set(this.#rowOf)
    this.#rowOf = rowOf
  }

  attempted(contact: number, now: number): void {
    this.#attempts.add(this.#row(contact), now)
  }

  talked(contact: number, now: number): void {
    this.#conversations.add(this.#row(contact), now)
  }

  /** One of `Last` happened. */
  happened(contact: number, what: number, now: number): void {
    // A new row may come with a new column.
    const row = this.#row(contact)
    this.#last[row * lastCount + what] = now
  }

  attemptCount(contact: number): number {
    const row = this.#rowOf[contact]
    return row < 0 ? 0 : this.#attempts.count(row)
  }

  conversationCount(contact: number): number {
    const row = this.#rowOf[contact]
    return row < 0 ? 0 : this.#conversations.count(row)
  }

  /** Instant of the n-th latest attempt, n up to what is kept; -Infinity where there were fewer. */
  attempt(contact: number, n: number): number {
    const row = this.#rowOf[contact]
    return row < 0 ? Number.NEGATIVE_INFINITY : this.#attempts.latest(row, n)
  }

  conversation(contact: number, n: number): number {
    const row = this.#rowOf[contact]
    return row < 0 ? Number.NEGATIVE_INFINITY : this.#conversations.latest(row, n)
  }

  /** When one of `Last` happened; -Infinity where it never did. */
  last(contact: number, what: number): number {
    const row = this.#rowOf[contact]
    return row < 0 ? Number.NEGATIVE_INFINITY : this.#last[row * lastCount + what]
  }

  #row(contact: number): number {
    const known = this.#rowOf[contact]
    if (known >= 0) return known
    if (this.#rows === this.#capacity) this.#grow(Math.max(64, this.#capacity * 2))
    const row = this.#rows
    this.#rows += 1
    this.#rowOf[contact] = row
    return row
  }

  #grow(capacity: number): void {
    this.#attempts.grow(capacity)
    this.#conversations.grow(capacity)
    const last = new Float64Array(capacity * lastCount).fill(Number.NEGATIVE_INFINITY)
    last.set(this.#last)
    this.#last = last
    this.#capacity = capacity
  }
}
