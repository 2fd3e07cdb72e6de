const laneCount = 4
const lengthMin = 16
const noContacts = new Int32Array(0)
const noTimes = new Float64Array(0)

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
  /** Rings of entries that came in the order they are due. */
  readonly #contacts = new Array<Int32Array>(laneCount).fill(noContacts)
  readonly #times = new Array<Float64Array>(laneCount).fill(noTimes)
  readonly #tickets = new Array<Float64Array>(laneCount).fill(noTimes)
  readonly #first = new Int32Array(laneCount)
  readonly #count = new Int32Array(laneCount)
  /** Instants of the first and the last entry of every lane: Infinity and -Infinity of an empty one. */
  readonly #firstAt = new Float64Array(laneCount).fill(Number.POSITIVE_INFINITY)
  readonly #lastAt = new Float64Array(laneCount).fill(Number.NEGATIVE_INFINITY)
  readonly #heap = new Heap()
  /** Where the head is; `laneCount` for the heap. */
  #headLane = laneCount

  /** `ticket` grows from call to call. */
  push(contact: number, at: number, ticket: number): void {
    this.size += 1
    // The lane whose last entry is due latest and not after this one, else an empty one.
    let lane = -1
    let latest = Number.NEGATIVE_INFINITY
    for (let i = 0; i < laneCount; i += 1) {
      const last = this.#lastAt[i]
      if (last <= at && (lane < 0 || last > latest)) {
        lane = i
        latest = last
      }
    }
    if (lane < 0) this.#heap.push(contact, at, ticket)
    else this.#append(lane, contact, at, ticket)
    if (at >= this.headAt) return
    this.headAt = at
    this.head = contact
    this.headTicket = ticket
    this.#headLane = lane < 0 ? laneCount : lane
  }

  /** Takes the first entry out. Only to be called when `size` is not 0. */
  pop(): void {
    this.size -= 1
    const lane = this.#headLane
    if (lane === laneCount) this.#heap.pop()
    else this.#shift(lane)
    this.#find()
  }

  #append(lane: number, contact: number, at: number, ticket: number): void {
    const count = this.#count[lane]
    if (count === this.#contacts[lane].length) this.#grow(lane)
    const place = (this.#first[lane] + count) & (this.#contacts[lane].length - 1)
    this.#contacts[lane][place] = contact
    this.#times[lane][place] = at
    this.#tickets[lane][place] = ticket
    this.#count[lane] = count + 1
    this.#lastAt[lane] = at
    if (count === 0) this.#firstAt[lane] = at
  }

  #shift(lane: number): void {
    const times = this.#times[lane]
    const first = (this.#first[lane] + 1) & (times.length - 1)
    const count = this.#count[lane] - 1
    this.#first[lane] = first
    this.#count[lane] = count
    this.#firstAt[lane] = count === 0 ? Number.POSITIVE_INFINITY : times[first]
    if (count === 0) this.#lastAt[lane] = Number.NEGATIVE_INFINITY
  }

  #find(): void {
    let at = this.#heap.headAt
    let found = laneCount
    for (let i = 0; i < laneCount; i += 1) {
      const laneAt = this.#firstAt[i]
      if (laneAt < at || (laneAt === at && this.#ticketOf(i) < this.#ticketOf(found))) {
        at = laneAt
        found = i
      }
    }
    this.#headLane = found
    this.headAt = at
    this.headTicket = this.#ticketOf(found)
    this.head = found === laneCount ? this.#heap.head : this.#contacts[found][this.#first[found]]
  }

  /** Ticket of the first entry of a lane, or of the heap. */
  #ticketOf(lane: number): number {
    return lane === laneCount ? this.#heap.headTicket : this.#tickets[lane][this.#first[lane]]
  }

  #grow(lane: number): void {
    const first = this.#first[lane]
    const unrolled = <A extends Int32Array | Float64Array>(old: A, next: A): A => {
      next.set(old.subarray(first))
      next.set(old.subarray(0, first), old.length - first)
      return next
    }
    const length = Math.max(lengthMin, this.#contacts[lane].length * 2)
    this.#contacts[lane] = unrolled(this.#contacts[lane], new Int32Array(length))
    this.#times[lane] = unrolled(this.#times[lane], new Float64Array(length))
    this.#tickets[lane] = unrolled(this.#tickets[lane], new Float64Array(length))
    this.#first[lane] = 0
  }
}

/** Four-ary heap of entries by instant, then ticket. */
class Heap {
  #size = 0
  #contacts: Int32Array = noContacts
  #times: Float64Array = noTimes
  #tickets: Float64Array = noTimes

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
    const length = Math.max(lengthMin, this.#times.length * 2)
    this.#contacts = grown(this.#contacts, new Int32Array(length))
    this.#times = grown(this.#times, new Float64Array(length))
    this.#tickets = grown(this.#tickets, new Float64Array(length))
  }
}
