import { outcomeCount } from "../../domain/Outcome.ts"
import { VerdictKind } from "./Verdict.ts"
import type { CompiledRule } from "./CompiledRule.ts"

/** `dueAt` of an outcome whose rules ask or do more. */
export const notPlain = -2

/**
 * The outcomes after which a contact is finished, or called again after a delay as long as counts allow, and nothing else:
 * most attempts, decided without a verdict. Says what the rules say for attempts without a disposition.
 */
export class PlainRetries {
  /** By outcome: not plain, never again, again. */
  readonly #kind = new Uint8Array(outcomeCount)
  readonly #delay = new Float64Array(outcomeCount)
  readonly #countMax = new Uint8Array(outcomeCount)
  /** Counters that count together. */
  readonly #counters: Array<ReadonlyArray<number>> = []
  /** Position of the rule, -1 without one. */
  readonly #rule = new Int16Array(outcomeCount).fill(-1)
  readonly #attemptsMax: number

  constructor(byOutcome: ReadonlyArray<ReadonlyArray<CompiledRule>>, attemptsMax: number) {
    this.#attemptsMax = attemptsMax
    byOutcome.forEach((rules, outcome) => {
      this.#counters.push([])
      if (rules.length === 0) this.#kind[outcome] = 1
      if (rules.length !== 1 || !isPlain(rules[0])) return
      const [{ again, counts, index }] = rules
      this.#kind[outcome] = 2
      this.#rule[outcome] = index
      this.#delay[outcome] = again?.delayMillis ?? 0
      this.#countMax[outcome] = counts.length === 0 ? 255 : Math.min(255, counts[0].max)
      this.#counters[outcome] = counts.length === 0 ? [] : counts[0].counters
    })
  }

  /** The rule that alone decides whether a contact is called again after this outcome, -1 where it takes more than that. */
  ruleOf(outcome: number): number {
    return this.#rule[outcome]
  }

  /** When the contact is due again, -1 for never, or `notPlain`. The attempt is counted already. */
  dueAt(outcome: number, attempts: number, counts: Uint8Array, countsAt: number, now: number): number {
    const kind = this.#kind[outcome]
    if (kind === 0) return notPlain
    if (kind === 1 || attempts >= this.#attemptsMax) return -1
    const counters = this.#counters[outcome]
    let count = 0
    for (let i = 0; i < counters.length; i += 1) count += counts[countsAt + counters[i]]
    return count > this.#countMax[outcome] ? -1 : now + this.#delay[outcome]
  }
}

const isPlain = (rule: CompiledRule): boolean => {
  const { again, counts } = rule
  if (!rule.decides || rule.kind !== VerdictKind.again || again === null || again.kind !== "after") return false
  if (again.spreadMillis > 0 || again.nextNumber || again.sameAgent || rule.more || rule.doNotCall) return false
  if (rule.segment >= 0 || rule.settings.length > 0 || rule.attemptsMin > 1 || rule.attemptsMax < 255) return false
  return counts.length === 0 || (counts.length === 1 && counts[0].min === 0)
}
