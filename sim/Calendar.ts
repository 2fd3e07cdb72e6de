/**
 * The event calendar: a four-ary heap of (time, insertion order) over typed arrays, with a lane beside it for events that
 * are due before all others, which are many: what happens at once. Events of equal time come out in the order they were
 * put in, exactly. Times are whole milliseconds in doubles, so they never drift. Nothing is allocated but by doubling.
 * After `pop`, the event is in the fields `at`, `kind`, `subject` and `generation`.
 */
export class Calendar {
  at = 0
  kind = 0
  subject = 0
  generation = 0
  /** Time of the first event; Infinity when there is none. */
  nextAt = Number.POSITIVE_INFINITY
  size = 0
  #inserted = 0
  #times = new Float64Array(64)
  #ids = new Int32Array(64)
  #order = new Float64Array(64)
  #kinds = new Uint8Array(64)
  #subjects = new Int32Array(64)
  #generations = new Int32Array(64)
  #free = new Int32Array(64)
  #freeCount = 0
  #used = 0
  /** Events in the heap; the others are in the lane, from `#laneHead` to `#laneEnd`. */
  #heapSize = 0
  #lane = new Int32Array(64)
  #laneTimes = new Float64Array(64)
  #laneHead = 0
  #laneEnd = 0

  /** Puts an event in; `at` must not lie before the last event taken out. */
  push(at: number, kind: number, subject: number, generation: number): void {
    if (this.size === this.#times.length) this.#grow()
    const id = this.#freeCount > 0 ? this.#free[--this.#freeCount] : this.#used++
    this.#kinds[id] = kind
    this.#subjects[id] = subject
    this.#generations[id] = generation
    this.#order[id] = this.#inserted++
    this.size += 1
    const times = this.#times
    const heapSize = this.#heapSize
    const end = this.#laneEnd
    // Due before the heap and after the lane: the lane stays sorted.
    if ((heapSize === 0 || at <= times[0]) && (end === this.#laneHead || at >= this.#laneTimes[end - 1])) {
      return this.#pushLane(at, id)
    }
    const ids = this.#ids
    let child = heapSize
    this.#heapSize = heapSize + 1
    // A new event never overtakes one of equal time, so only a later parent moves down.
    while (child > 0) {
      const parent = (child - 1) >> 2
      if (times[parent] <= at) break
      times[child] = times[parent]
      ids[child] = ids[parent]
      child = parent
    }
    times[child] = at
    ids[child] = id
    if (at < this.nextAt) this.nextAt = at
  }

  #pushLane(at: number, id: number): void {
    if (this.#laneHead === this.#laneEnd) {
      this.#laneHead = 0
      this.#laneEnd = 0
      if (at < this.nextAt) this.nextAt = at
    } else if (this.#laneEnd === this.#lane.length) this.#makeRoomInLane()
    this.#lane[this.#laneEnd] = id
    this.#laneTimes[this.#laneEnd] = at
    this.#laneEnd += 1
  }

  /** Takes the first event out, into the fields. Only to be called when `size` is not 0. */
  pop(): void {
    const times = this.#times
    const ids = this.#ids
    const head = this.#laneHead
    let id = this.#lane[head]
    let heapSize = this.#heapSize
    this.at = this.nextAt
    if (head < this.#laneEnd && (heapSize === 0 || this.#laneFirst(head, id))) this.#laneHead = head + 1
    else {
      id = ids[0]
      this.#heapSize = --heapSize
      if (heapSize > 0) this.#sink(times[heapSize], ids[heapSize], heapSize)
    }
    this.size -= 1
    this.kind = this.#kinds[id]
    this.subject = this.#subjects[id]
    this.generation = this.#generations[id]
    this.#free[this.#freeCount++] = id
    const heapAt = heapSize === 0 ? Number.POSITIVE_INFINITY : times[0]
    const laneAt = this.#laneHead < this.#laneEnd ? this.#laneTimes[this.#laneHead] : Number.POSITIVE_INFINITY
    this.nextAt = laneAt < heapAt ? laneAt : heapAt
  }

  /** Whether the first of the lane comes before the first of the heap. */
  #laneFirst(head: number, id: number): boolean {
    const laneAt = this.#laneTimes[head]
    const heapAt = this.#times[0]
    return laneAt < heapAt || (laneAt === heapAt && this.#order[id] < this.#order[this.#ids[0]])
  }

  #sink(at: number, id: number, size: number): void {
    const times = this.#times
    const ids = this.#ids
    const orders = this.#order
    const order = orders[id]
    let parent = 0
    for (;;) {
      const first = 4 * parent + 1
      if (first >= size) break
      const end = first + 4 < size ? first + 4 : size
      let least = first
      let leastAt = times[first]
      for (let child = first + 1; child < end; child += 1) {
        const childAt = times[child]
        if (childAt < leastAt || (childAt === leastAt && orders[ids[child]] < orders[ids[least]])) {
          least = child
          leastAt = childAt
        }
      }
      if (leastAt > at || (leastAt === at && orders[ids[least]] > order)) break
      times[parent] = leastAt
      ids[parent] = ids[least]
      parent = least
    }
    times[parent] = at
    ids[parent] = id
  }

  /** Moves the lane to its beginning, and to a longer one where that is not enough. */
  #makeRoomInLane(): void {
    const count = this.#laneEnd - this.#laneHead
    const length = this.#lane.length
    const lane = 2 * count > length ? new Int32Array(length * 2) : this.#lane
    const laneTimes = 2 * count > length ? new Float64Array(length * 2) : this.#laneTimes
    lane.set(this.#lane.subarray(this.#laneHead, this.#laneEnd))
    laneTimes.set(this.#laneTimes.subarray(this.#laneHead, this.#laneEnd))
    this.#lane = lane
    this.#laneTimes = laneTimes
    this.#laneHead = 0
    this.#laneEnd = count
  }

  #grow(): void {
    const capacity = this.#times.length * 2
    const times = new Float64Array(capacity)
    times.set(this.#times)
    this.#times = times
    const order = new Float64Array(capacity)
    order.set(this.#order)
    this.#order = order
    const kinds = new Uint8Array(capacity)
    kinds.set(this.#kinds)
    this.#kinds = kinds
    const widen = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(capacity)
      next.set(old)
      return next
    }
    this.#ids = widen(this.#ids)
    this.#subjects = widen(this.#subjects)
    this.#generations = widen(this.#generations)
    this.#free = widen(this.#free)
  }
}
