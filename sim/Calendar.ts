/**
 * The event calendar: a four-ary heap of (time, insertion order) over typed arrays. Events of equal time come out in the
 * order they were put in, exactly. Times are whole milliseconds in doubles, so they never drift. Nothing is allocated
 * but by doubling. After `pop`, the event is in the fields `at`, `kind`, `subject` and `generation`.
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

  /** Puts an event in; `at` must not lie before the last event taken out. */
  push(at: number, kind: number, subject: number, generation: number): void {
    if (this.size === this.#times.length) this.#grow()
    const id = this.#freeCount > 0 ? this.#free[--this.#freeCount] : this.#used++
    this.#kinds[id] = kind
    this.#subjects[id] = subject
    this.#generations[id] = generation
    this.#order[id] = this.#inserted++
    const times = this.#times
    const ids = this.#ids
    let child = this.size++
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
    this.nextAt = times[0]
  }

  /** Takes the first event out, into the fields. Only to be called when `size` is not 0. */
  pop(): void {
    const times = this.#times
    const ids = this.#ids
    const id = ids[0]
    this.at = times[0]
    this.kind = this.#kinds[id]
    this.subject = this.#subjects[id]
    this.generation = this.#generations[id]
    this.#free[this.#freeCount++] = id
    const size = --this.size
    if (size > 0) this.#sink(times[size], ids[size], size)
    this.nextAt = size === 0 ? Number.POSITIVE_INFINITY : times[0]
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
