/** The short break of an agent who let a call ring. */
const missedBreakMillis = 30_000

/** Which break every agent is to have or has: one that was due begins when the work in hand is finished, and lasts in full. */
export class Breaks {
  /** By agent: length of the break that is due, 0 without one. */
  readonly #dueMillis: Float64Array
  readonly #numbers: Int32Array

  constructor(agents: number) {
    this.#dueMillis = new Float64Array(agents)
    this.#numbers = new Int32Array(agents)
  }

  due(agent: number, lengthMillis: number): void {
    this.#dueMillis[agent] = lengthMillis
  }

  /** The agent leaves now, and is back after the milliseconds returned. */
  begin(agent: number): number {
    const millis = this.#dueMillis[agent] > 0 ? this.#dueMillis[agent] : missedBreakMillis
    this.#dueMillis[agent] = 0
    this.#numbers[agent] += 1
    return millis
  }

  /** Number of the agent's last break; the end of an earlier one is of no account. */
  number(agent: number): number {
    return this.#numbers[agent]
  }
}
