const laneCount = 4

/**
 * Contacts by the instant they are due; equal instants in the order they were put in. What is put in mostly comes with one
 * of a few delays, so that it is due in the order it comes: such runs go into lanes, which cost nothing to keep sorted, and
 * only the rest into a four-ary heap. An entry is told from later ones of the same contact by its ticket.
 */
export class DueQueue {
  /** The first entry: its instant (Infinity without one), contact and ticket. */
  headAt = Number.POSITIVE_INFINITY
  head = -1
  headTicket = 0
  size = 0
  readonly #lanes: ReadonlyArray<Lane> = Array.from({ length: laneCount }, () => new Lane())
  readonly #heap = new Heap()
  #headLane: Lane | null = null

  /** `ticket` grows from call to call. */
  push(contact: number, at: number, ticket: number): void {
    this.size += 1
    const lane = this.#laneFor(at)
    if (lane === null) this.#heap.push(contact, at, ticket)
    else lane.push(contact, at, ticket)
    if (at < this.headAt) this.#find()
  }

  /** Takes the first entry out. Only to be called when `size` is not 0. */
  pop(): void {
    this.size -= 1
    if (this.#headLane === null) this.#heap.pop()
    else this.#headLane.pop()
    this.#find()
  }

  /** The lane whose last entry is due latest and not after `at`, else an empty one. */
  #laneFor(at: number): Lane | null {
    let chosen: Lane | null = null
    for (let i = 0; i < laneCount; i += 1) {
      const lane = this.#lanes[i]
      if (lane.size === 0) {
        if (chosen === null) chosen = lane
      } else if (lane.lastAt <= at && (chosen === null || chosen.size === 0 || lane.lastAt > chosen.lastAt)) {
        chosen = lane
      }
    }
    return chosen
  }

  #find(): void {
    const heap = this.#heap
    let at = heap.headAt
    let ticket = heap.headTicket
    let found: Lane | null = null
    for (let i = 0; i < laneCount; i += 1) {
      const lane = this.#lanes[i]
      if (lane.size === 0) continue
      const laneAt = lane.headAt
      if (laneAt < at || (laneAt === at && lane.headTicket < ticket)) {
        at = laneAt
        ticket = lane.headTicket
        found = lane
      }
    }
    this.#headLane = found
    this.headAt = at
    this.headTicket = ticket
    this.head = found === null ? heap.head : found.head
  }
}

/** A ring of entries that came in the order they are due. */
class Lane {
  size = 0
  #first = 0
  #mask = 15
  #contacts = new Int32Array(16)
  #times = new Float64Array(16)
  #tickets = new Float64Array(16)

  get head(): number {
    return this.#contacts[this.#first]
  }

  get headAt(): number {
    return this.#times[this.#first]
  }

  get headTicket(): number {
    return this.#tickets[this.#first]
  }

  get lastAt(): number {
    return this.#times[(this.#first + this.size - 1) & this.#mask]
  }

  push(contact: number, at: number, ticket: number): void {
    if (this.size > this.#mask) this.#grow()
    const place = (this.#first + this.size) & this.#mask
    this.#contacts[place] = contact
    this.#times[place] = at
    this.#tickets[place] = ticket
    this.size += 1
  }

  pop(): void {
    this.#first = (this.#first + 1) & this.#mask
    this.size -= 1
  }

  #grow(): void {
    const length = (this.#mask + 1) * 2
    const unrolled = <A extends Int32Array | Float64Array>(old: A, next: A): A => {
      next.set(old.subarray(this.#first))
      next.set(old.subarray(0, this.#first), old.length - this.#first)
      return next
    }
    this.#contacts = unrolled(this.#contacts, new Int32Array(length))
    this.#times = unrolled(this.#times, new Float64Array(length))
    this.#tickets = unrolled(this.#tickets, new Float64Array(length))
    this.#first = 0
    this.#mask = length - 1
  }
}

/** Four-ary heap of entries by instant, then ticket. */
class Heap {
  #size = 0
  #contacts = new Int32Array(16)
  #times = new Float64Array(16)
  #tickets = new Float64Array(16)

  get head(): number {
    return this.#size === 0 ? -1 : this.#contacts[0]
  }

  get headAt(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#times[0]
  }

  get headTicket(): number {
    return this.#tickets[0]
  }

  push(contact: number, at: number, ticket: number): void {
    if (this.#size === this.#times.length) this.#grow()
    let child = this.#size
    this.#size += 1
    while (child > 0) {
      const parent = (child - 1) >> 2
      // A later ticket never overtakes one of equal time.
      if (this.#times[parent] <= at) break
      this.#move(parent, child)
      child = parent
    }
    this.#set(child, contact, at, ticket)
  }

  pop(): void {
    this.#size -= 1
    const size = this.#size
    const contact = this.#contacts[size]
    const at = this.#times[size]
    const ticket = this.#tickets[size]
    let parent = 0
    for (;;) {
      const first = 4 * parent + 1
      if (first >= size) break
      const end = first + 4 < size ? first + 4 : size
      let child = first
      for (let i = first + 1; i < end; i += 1) if (this.#before(i, this.#times[child], this.#tickets[child])) child = i
      if (!this.#before(child, at, ticket)) break
      this.#move(child, parent)
      parent = child
    }
    this.#set(parent, contact, at, ticket)
  }

  #before(place: number, at: number, ticket: number): boolean {
    const own = this.#times[place]
    return own < at || (own === at && this.#tickets[place] < ticket)
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#contacts[from], this.#times[from], this.#tickets[from])
  }

  #set(place: number, contact: number, at: number, ticket: number): void {
    this.#contacts[place] = contact
    this.#times[place] = at
    this.#tickets[place] = ticket
  }

  #grow(): void {
    const grown = <A extends Int32Array | Float64Array>(old: A, next: A): A => {
      next.set(old)
      return next
    }
    const length = this.#times.length * 2
    this.#contacts = grown(this.#contacts, new Int32Array(length))
    this.#times = grown(this.#times, new Float64Array(length))
    this.#tickets = grown(this.#tickets, new Float64Array(length))
  }
}
