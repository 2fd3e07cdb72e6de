/** Something to do again and again: called when it is due, it answers when it is due next, or null when it is over. */
export type Step = (dueMillis: number, nowMillis: number) => number | null

export interface Deadline {
  readonly cancel: () => void
}

interface Entry extends Deadline {
  due: number
  /** Breaks ties in the order of scheduling. */
  order: number
  step: Step | null
}

/**
 * All that is due at a time of its own, in one loop ordered by time (a binary heap). Each step computes its next due time
 * from its last one, not from when it ran: nothing drifts.
 */
export class Deadlines {
  readonly #heap: Array<Entry> = []
  readonly #defect: (error: unknown) => void
  #order = 0

  /** `defect` is told of a step that threw; that step is over, the others go on. */
  constructor(defect: (error: unknown) => void) {
    this.#defect = defect
  }

  schedule(dueMillis: number, step: Step): Deadline {
    const entry: Entry = { due: dueMillis, order: 0, step, cancel: () => void (entry.step = null) }
    this.#add(entry)
    return entry
  }

  /** When the next step is due; Infinity when there is none. */
  get next(): number {
    while (this.#heap.length > 0 && this.#heap[0].step === null) this.#removeFirst()
    return this.#heap[0]?.due ?? Infinity
  }

  /** Runs all that is due by now, in order of time. */
  run(nowMillis: number): void {
    while (this.next <= nowMillis) {
      const entry = this.#heap[0]
      this.#removeFirst()
      const due = this.#do(entry, nowMillis)
      if (due === null || entry.step === null) continue
      // A step that does not move on would never let the loop go.
      entry.due = Math.max(due, entry.due + 1)
      this.#add(entry)
    }
  }

  #do(entry: Entry, nowMillis: number): number | null {
    try {
      return entry.step?.(entry.due, nowMillis) ?? null
    } catch (error) {
      this.#defect(error)
      return null
    }
  }

  #add(entry: Entry): void {
    entry.order = this.#order += 1
    this.#heap.push(entry)
    this.#rise(this.#heap.length - 1)
  }

  #removeFirst(): void {
    const last = this.#heap.pop()
    if (this.#heap.length === 0 || last === undefined) return
    this.#heap[0] = last
    this.#sink(0)
  }

  #rise(at: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(this.#heap[at], this.#heap[parent])) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #sink(at: number): void {
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      let first = at
      if (left < this.#heap.length && isBefore(this.#heap[left], this.#heap[first])) first = left
      if (right < this.#heap.length && isBefore(this.#heap[right], this.#heap[first])) first = right
      if (first === at) return
      this.#swap(at, first)
      at = first
    }
  }

  #swap(a: number, b: number): void {
    const entry = this.#heap[a]
    this.#heap[a] = this.#heap[b]
    this.#heap[b] = entry
  }
}

const isBefore = (a: Entry, b: Entry): boolean => a.due < b.due || (a.due === b.due && a.order < b.order)
