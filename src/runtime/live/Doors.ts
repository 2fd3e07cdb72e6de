import { Deferred } from "effect"
import type { CustomerCall } from "./CustomerCall.ts"

/** What becomes of a caller: a call of the core, or null for nothing. */
export type Verdict = Deferred.Deferred<CustomerCall | null>

/** Callers the core was told of and has said nothing of yet. Who calls twice is answered in the order of the calls. */
export class Doors {
  readonly #waiting = new Map<string, Array<Verdict>>()

  /** To be asked before the core is told. */
  knock(campaign: number, contact: number): Verdict {
    const name = `${campaign}/${contact}`
    const verdict: Verdict = Deferred.makeUnsafe()
    const waiting = this.#waiting.get(name)
    if (waiting === undefined) this.#waiting.set(name, [verdict])
    else waiting.push(verdict)
    return verdict
  }

  /** Whom the core speaks of; undefined where nobody waits. */
  take(campaign: number, contact: number): Verdict | undefined {
    const name = `${campaign}/${contact}`
    const waiting = this.#waiting.get(name)
    const verdict = waiting?.shift()
    if (waiting?.length === 0) this.#waiting.delete(name)
    return verdict
  }
}
