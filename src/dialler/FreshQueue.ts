/** Sort keys of contacts, a column each by contact number: the smallest is called first, ties by the next column. */
export type OrderKeys = ReadonlyArray<ArrayLike<number>>

/**
 * Contacts never called, in the order they are called. As loaded it is the contact numbers themselves and costs nothing;
 * any other order, and any choice of contacts, is a column of 4 bytes a contact that is made anew when it changes.
 */
export class FreshQueue {
  /** Null: as loaded, all of them. */
  #order: Int32Array | null = null
  #keys: OrderKeys = []
  #next = 0
  #end = 0

  /** The next contact, or -1. `state` by contact: whatever was put in and is not 0 by now is passed over. */
  peek(state: Uint8Array): number {
    const order = this.#order
    if (order === null) {
      while (this.#next < this.#end && state[this.#next] !== 0) this.#next += 1
      return this.#next < this.#end ? this.#next : -1
    }
    while (this.#next < this.#end && state[order[this.#next]] !== 0) this.#next += 1
    return this.#next < this.#end ? order[this.#next] : -1
  }

  /** Takes out what `peek` returned. */
  pop(): void {
    this.#next += 1
  }

  /** Puts in new contacts, from number `first` to `end - 1`: `chosen` says which of them may be called. */
  append(first: number, end: number, chosen: ((contact: number) => boolean) | null): void {
    if (this.#order === null && chosen === null && this.#keys.length === 0 && first === this.#end) {
      this.#end = end
      return
    }
    if (this.#order === null) this.#order = this.#written(first)
    for (let contact = first; contact < end; contact += 1) if (chosen === null || chosen(contact)) this.#insert(contact)
  }

  /** Begins anew with the contacts of `chosen` in the order of the keys, ties as loaded. */
  rebuild(size: number, chosen: (contact: number) => boolean, keys: OrderKeys): void {
    const contacts = new Int32Array(size)
    let count = 0
    for (let contact = 0; contact < size; contact += 1) {
      if (chosen(contact)) {
        contacts[count] = contact
        count += 1
      }
    }
    this.#keys = keys
    this.#order = contacts
    this.#next = 0
    this.#end = count
    if (keys.length > 0) contacts.subarray(0, count).sort((a, b) => this.#compare(a, b))
  }

  #insert(contact: number): void {
    let order = this.#order ?? new Int32Array(0)
    if (this.#end === order.length) {
      const grown = new Int32Array(Math.max(64, 2 * order.length))
      grown.set(order)
      this.#order = grown
      order = grown
    }
    let low = this.#next
    let high = this.#end
    if (this.#keys.length === 0) low = high
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#compare(order[middle], contact) <= 0) low = middle + 1
      else high = middle
    }
    order.copyWithin(low + 1, low, this.#end)
    order[low] = contact
    this.#end += 1
  }

  /** The column of an order that was as loaded. */
  #written(size: number): Int32Array {
    const order = new Int32Array(Math.max(64, 2 * size))
    for (let contact = 0; contact < this.#end; contact += 1) order[contact] = contact
    return order
  }

  #compare(a: number, b: number): number {
    for (let i = 0; i < this.#keys.length; i += 1) {
      const difference = this.#keys[i][a] - this.#keys[i][b]
      if (difference !== 0) return difference
    }
    return a - b
  }
}
