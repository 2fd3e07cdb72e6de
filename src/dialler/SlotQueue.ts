/**
 * Queue of (slot, generation, instant) without allocation; grows by doubling. Earliest instant first, equal ones in the
 * order they were put in. Instants mostly come in order; one that does not moves up past the later ones.
 */
export class SlotQueue {
  #slots = new Int32Array(16)
  #generations = new Int32Array(16)
  #instants = new Float64Array(16)
  #head = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(slot: number, generation: number, instant: number): void {
    if (this.#size === this.#slots.length) this.#grow()
    const mask = this.#slots.length - 1
    let index = (this.#head + this.#size) & mask
    for (let before = this.#size; before > 0; before -= 1) {
      const other = (index - 1) & mask
      if (this.#instants[other] <= instant) break
      this.#slots[index] = this.#slots[other]
      this.#generations[index] = this.#generations[other]
      this.#instants[index] = this.#instants[other]
      index = other
    }
    this.#slots[index] = slot
    this.#generations[index] = generation
    this.#instants[index] = instant
    this.#size += 1
  }

  /** Instant of the oldest entry; Infinity when empty. */
  get headAt(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#instants[this.#head]
  }

  get headSlot(): number {
    return this.#slots[this.#head]
  }

  get headGeneration(): number {
    return this.#generations[this.#head]
  }

  pop(): void {
    this.#head = (this.#head + 1) & (this.#slots.length - 1)
    this.#size -= 1
  }

  clear(): void {
    this.#size = 0
  }

  #grow(): void {
    const size = this.#slots.length
    const slots = new Int32Array(size * 2)
    const generations = new Int32Array(size * 2)
    const instants = new Float64Array(size * 2)
    for (let i = 0; i < size; i += 1) {
      const from = (this.#head + i) & (size - 1)
      slots[i] = this.#slots[from]
      generations[i] = this.#generations[from]
      instants[i] = this.#instants[from]
    }
    this.#slots = slots
    this.#generations = generations
    this.#instants = instants
    this.#head = 0
  }
}
