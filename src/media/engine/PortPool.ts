/** Pairs of an even port and the next one. The pair that has been free for longest goes first: late packets of its last call are gone. */
export class PortPool {
  readonly #free: Array<number>

  /** Takes all pairs that lie between the two ports, both included; those after `portAfter` go first. */
  constructor(portMin: number, portMax: number, portAfter = 0) {
    const first = portMin + (portMin % 2)
    const pairs = Array.from({ length: Math.max(0, Math.floor((portMax - first + 1) / 2)) }, (_, i) => first + 2 * i)
    this.#free = [...pairs.filter((port) => port > portAfter), ...pairs.filter((port) => port <= portAfter)]
  }

  get size(): number {
    return this.#free.length
  }

  /** The even port of a pair; null when all are taken. */
  take(): number | null {
    return this.#free.shift() ?? null
  }

  giveBack(port: number): void {
    this.#free.push(port)
  }
}
