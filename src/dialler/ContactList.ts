/** State of a contact in its campaign. */
export const ContactState = {
  fresh: 0,
  /** Taken by a preview or a call under way. */
  inWork: 1,
  /** To be called again at `dueAt`. */
  retry: 2,
  /** Finished: nothing more will be tried. */
  closed: 3
} as const

/**
 * The contacts of one campaign as columns, and the order in which they are called: requests (callbacks) first, then
 * retries that are due, then contacts never called, as loaded. Retries are kept in a four-ary heap by due time; equal times
 * go by contact number. About 30 bytes a contact.
 */
export class ContactList {
  state = new Uint8Array(0)
  attempts = new Uint8Array(0)
  /** 1 once an agent has talked to the person. */
  reached = new Uint8Array(0)
  segment = new Uint16Array(0)
  dueAt = new Float64Array(0)
  /** Attempts by outcome, one row of `ruleCount` for each contact. */
  byRule = new Uint8Array(0)
  readonly ruleCount: number
  size = 0
  attempted = 0
  reachedCount = 0
  closed = 0
  /** Contacts never called and not requested. */
  freshCount = 0
  #nextFresh = 0
  #heap = new Int32Array(16)
  /** Due times of the contacts in the heap, beside them. */
  #keys = new Float64Array(16)
  #heapSize = 0
  #requests: Array<number> = []
  #nextRequest = 0
  /** Requests that were not called yet. */
  readonly #asked = new Set<number>()

  constructor(ruleCount: number) {
    this.ruleCount = ruleCount
  }

  /** Appends contacts of one segment; the first new contact's number is returned. */
  add(count: number, segment: number): number {
    const first = this.size
    this.#reserve(first + count)
    this.segment.fill(segment, first, first + count)
    this.size += count
    this.freshCount += count
    return first
  }

  /** Appends one contact that asked to be called: ahead of everybody, first come first served. */
  request(segment: number): number {
    const fresh = this.#nextFresh
    const contact = this.add(1, segment)
    // A request is served by its own queue; keep the loaded order for the others.
    if (fresh === contact) this.#nextFresh += 1
    this.freshCount -= 1
    this.#requests.push(contact)
    this.#asked.add(contact)
    return contact
  }

  /** The next contact that may be called at `now`, or -1. Does not take it. */
  peek(now: number): number {
    if (this.#nextRequest < this.#requests.length) return this.#requests[this.#nextRequest]
    if (this.#heapSize > 0 && this.#keys[0] <= now) return this.#heap[0]
    while (this.#nextFresh < this.size && this.state[this.#nextFresh] !== ContactState.fresh) this.#nextFresh += 1
    return this.#nextFresh < this.size ? this.#nextFresh : -1
  }

  /** Earliest instant at which a contact may be called that cannot be now; Infinity without one. */
  get nextDueAt(): number {
    return this.#heapSize === 0 ? Number.POSITIVE_INFINITY : this.#keys[0]
  }

  /** Takes the contact `peek` returned. */
  take(contact: number): void {
    if (this.state[contact] === ContactState.retry) this.#popRetry()
    else if (this.#nextRequest < this.#requests.length && this.#requests[this.#nextRequest] === contact) {
      this.#nextRequest += 1
      if (this.#nextRequest === 1024) {
        this.#requests = this.#requests.slice(1024)
        this.#nextRequest = 0
      }
    } else {
      this.#nextFresh += 1
      this.freshCount -= 1
    }
    this.state[contact] = ContactState.inWork
  }

  /** Puts back a contact that was taken and not called after all. It is the next one; a request keeps its turn. */
  giveBack(contact: number, now: number): void {
    if (!this.#asked.has(contact)) return this.retry(contact, now)
    let turn = this.#nextRequest
    while (turn < this.#requests.length && this.#requests[turn] < contact) turn += 1
    this.#requests.splice(turn, 0, contact)
    this.state[contact] = ContactState.fresh
  }

  /** Counts the attempt that is placed now and returns its number, from 1. */
  attempt(contact: number): number {
    if (this.attempts[contact] === 0) {
      this.attempted += 1
      if (this.#asked.size > 0) this.#asked.delete(contact)
    }
    if (this.attempts[contact] < 255) this.attempts[contact] += 1
    return this.attempts[contact]
  }

  reach(contact: number): void {
    if (this.reached[contact] === 0) {
      this.reached[contact] = 1
      this.reachedCount += 1
    }
  }

  /** Plans another call. */
  retry(contact: number, dueAt: number): void {
    this.state[contact] = ContactState.retry
    this.dueAt[contact] = dueAt
    if (this.#heapSize === this.#heap.length) {
      const heap = new Int32Array(this.#heap.length * 2)
      heap.set(this.#heap)
      this.#heap = heap
      const keys = new Float64Array(heap.length)
      keys.set(this.#keys)
      this.#keys = keys
    }
    const heap = this.#heap
    const keys = this.#keys
    let child = this.#heapSize
    this.#heapSize += 1
    while (child > 0) {
      const parent = (child - 1) >> 2
      const other = heap[parent]
      const at = keys[parent]
      if (at < dueAt || (at === dueAt && other < contact)) break
      heap[child] = other
      keys[child] = at
      child = parent
    }
    heap[child] = contact
    keys[child] = dueAt
  }

  close(contact: number): void {
    this.state[contact] = ContactState.closed
    this.closed += 1
  }

  /** Whether nothing is left to call, now or later, and nothing is under way. */
  get exhausted(): boolean {
    return this.closed === this.size
  }

  #popRetry(): void {
    const heap = this.#heap
    const keys = this.#keys
    this.#heapSize -= 1
    const size = this.#heapSize
    const last = heap[size]
    const at = keys[size]
    let parent = 0
    for (;;) {
      const first = 4 * parent + 1
      if (first >= size) break
      const end = first + 4 < size ? first + 4 : size
      let child = first
      let least = keys[first]
      for (let i = first + 1; i < end; i += 1) {
        const key = keys[i]
        if (key < least || (key === least && heap[i] < heap[child])) {
          child = i
          least = key
        }
      }
      if (at < least || (at === least && last < heap[child])) break
      heap[parent] = heap[child]
      keys[parent] = least
      parent = child
    }
    heap[parent] = last
    keys[parent] = at
  }

  #reserve(size: number): void {
    const old = this.state.length
    if (size <= old) return
    const capacity = Math.max(size, old * 2, 64)
    const grow = <A extends Uint8Array | Uint16Array | Float64Array>(column: A, next: A): A => {
      next.set(column)
      return next
    }
    this.state = grow(this.state, new Uint8Array(capacity))
    this.attempts = grow(this.attempts, new Uint8Array(capacity))
    this.reached = grow(this.reached, new Uint8Array(capacity))
    this.segment = grow(this.segment, new Uint16Array(capacity))
    this.dueAt = grow(this.dueAt, new Float64Array(capacity))
    this.byRule = grow(this.byRule, new Uint8Array(capacity * this.ruleCount))
  }
}
