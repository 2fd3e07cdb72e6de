/**
 * Contacts by the first digits of their numbers: a class for every prefix a caller ID serves, and class 0 for whoever none
 * fits. A class keeps its code for good; caller IDs come and go. Behind each class stands the one with the next shorter
 * prefix, and behind them all class 0, with the caller IDs that serve everybody.
 */
export class PrefixClasses {
  /** Counts the times a class was added. */
  made = 0
  readonly #codes = new Map<string, number>([["", 0]])
  readonly #parents: Array<number> = [-1]
  readonly #members: Array<Int32Array> = [new Int32Array(0)]
  /** Lengths prefixes have, the longest first. */
  #lengths: ReadonlyArray<number> = []

  /** Takes all caller IDs out. */
  clear(): void {
    this.#members.fill(new Int32Array(0))
  }

  /** Lets a caller ID serve these prefixes; the empty one for everybody. To be followed by `link`. */
  add(callerId: number, prefixes: ReadonlyArray<string>): void {
    for (const prefix of prefixes) {
      const code = this.#codes.get(prefix) ?? this.#make(prefix)
      this.#members[code] = Int32Array.of(...this.#members[code], callerId)
    }
  }

  #make(prefix: string): number {
    const code = this.#members.push(new Int32Array(0)) - 1
    this.#codes.set(prefix, code)
    this.#parents.push(0)
    this.made += 1
    return code
  }

  /** Finds the class behind each one. */
  link(): void {
    this.#lengths = [...new Set([...this.#codes.keys()].map((prefix) => prefix.length))].sort((a, b) => b - a)
    for (const [prefix, code] of this.#codes) if (code > 0) this.#parents[code] = this.classOf(prefix.slice(0, -1))
  }

  /** The class of a number in E.164, that of the longest prefix it has. */
  classOf(number: string): number {
    for (const length of this.#lengths) {
      const code = this.#codes.get(number.slice(0, length))
      if (code !== undefined) return code
    }
    return 0
  }

  /** The class behind, -1 behind class 0. */
  parentOf(code: number): number {
    return this.#parents[code]
  }

  /** The caller IDs of a class. */
  membersOf(code: number): Int32Array {
    return this.#members[code]
  }
}
