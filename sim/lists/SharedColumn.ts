type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array
type Kind<A extends Numbers> = {
  new (length: number): A
  new (buffer: SharedArrayBuffer): A
  BYTES_PER_ELEMENT: number
}

const firstCapacity = 1_024

/** A column of numbers that grows, doubling, while a file is read. */
export class SharedColumn<A extends Numbers> {
  readonly #kind: Kind<A>
  #values: A
  #size = 0

  constructor(kind: Kind<A>) {
    this.#kind = kind
    this.#values = new kind(firstCapacity)
  }

  get size(): number {
    return this.#size
  }

  push(value: number): void {
    this.#room(1)
    this.#values[this.#size] = value
    this.#size += 1
  }

  append(values: ArrayLike<number>): void {
    this.#room(values.length)
    this.#values.set(values, this.#size)
    this.#size += values.length
  }

  #room(count: number): void {
    if (this.#size + count <= this.#values.length) return
    const wider = new this.#kind(Math.max(this.#size + count, 2 * this.#values.length))
    wider.set(this.#values)
    this.#values = wider
  }

  /** What was pushed, in memory that all threads share. */
  shared(): A {
    const column = sharedOf(this.#kind, this.#size)
    column.set(this.#values.subarray(0, this.#size))
    return column
  }
}

export const sharedOf = <A extends Numbers>(kind: Kind<A>, length: number): A =>
  new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT))
