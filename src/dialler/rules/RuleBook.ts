import type { Filter } from "../../domain/Filter.ts"
import { dayMillis } from "../../domain/compliance/civil.ts"
import { outcomeCount } from "../../domain/Outcome.ts"
import type { Known } from "../../domain/rules/Known.ts"
import type { Rule } from "../../domain/rules/Rule.ts"
import { attemptsCounted } from "../../domain/rules/ruleParts.ts"
import { codeOf, compileRule, type Names } from "./compileRule.ts"
import { type AgainPlan, type CompiledRule, Condition, failedCondition, localNow } from "./CompiledRule.ts"
import type { Facts } from "./Facts.ts"
import { localInstant } from "./localInstant.ts"
import { PlainRetries } from "./PlainRetries.ts"
import { Stop, Verdict, VerdictKind } from "./Verdict.ts"

/** Rules of a campaign made ready for the core. They must have been decoded with the same `known`. */
export const compileRules = (rules: ReadonlyArray<Rule>, known: Known): RuleBook => {
  const names: Names = {
    known,
    countedOutcomes: [
      ...new Set(rules.flatMap(({ when }) => (when?.attemptsWith ?? []).flatMap((test) => test.outcome.map(codeOf))))
    ].sort((a, b) => a - b),
    results: [...new Set(rules.flatMap(({ then }) => (then.finish === undefined ? [] : [then.finish])))],
    filters: rules.flatMap(({ when }) => (when?.contact === undefined ? [] : [when.contact]))
  }
  return new RuleBook(rules, names)
}

/** Decides after every attempt what becomes of the contact. Holds nothing of any contact and allocates nothing. */
export class RuleBook {
  readonly rules: ReadonlyArray<Rule>
  readonly compiled: ReadonlyArray<CompiledRule>
  /** Codes of the outcomes whose attempts must be counted for each contact, in the order of the counters. */
  readonly countedOutcomes: ReadonlyArray<number>
  /** Results contacts can be finished with. */
  readonly results: ReadonlyArray<string>
  /** Filters on fields and parameters of contacts, see `Facts.fits`. */
  readonly filters: ReadonlyArray<Filter>
  /** What most attempts need of it, see `PlainRetries`. */
  readonly plain: PlainRetries
  readonly #verdict: Verdict
  readonly #byOutcome: ReadonlyArray<ReadonlyArray<CompiledRule>>
  /** Counter of an outcome, -1 without one. */
  readonly #counterOf = new Int8Array(outcomeCount).fill(-1)
  readonly #attemptsMax: number
  /** 1 for dispositions after which nobody is called again. */
  readonly #final: Uint8Array

  constructor(rules: ReadonlyArray<Rule>, names: Names) {
    this.rules = rules
    this.countedOutcomes = names.countedOutcomes
    this.results = names.results
    this.filters = names.filters
    const compiled = rules.map((rule, index) => compileRule(rule, index, names))
    this.compiled = compiled
    this.#byOutcome = Array.from({ length: outcomeCount }, (_, outcome) =>
      compiled.filter((rule) => ((rule.outcomes >> outcome) & 1) === 1)
    )
    this.plain = new PlainRetries(this.#byOutcome, names.known.attemptsMax)
    for (const [counter, outcome] of names.countedOutcomes.entries()) this.#counterOf[outcome] = counter
    this.#attemptsMax = names.known.attemptsMax
    this.#final = Uint8Array.from(names.known.dispositions, (each) => Number(each.final))
    this.#verdict = new Verdict(
      rules.length,
      compiled.flatMap((rule) => rule.settings)
    )
  }

  /** Counts an attempt, before it is decided, in the counters of a contact, which begin at `countsAt`. */
  count(counts: Uint8Array, countsAt: number, outcome: number): void {
    const counter = this.#counterOf[outcome]
    if (counter >= 0 && counts[countsAt + counter] < attemptsCounted) counts[countsAt + counter] += 1
  }

  /** What becomes of the contact after an attempt. The verdict holds until the next one is asked for. */
  decide(facts: Facts): Verdict {
    const verdict = this.#verdict
    verdict.clear()
    const rules = this.#byOutcome[facts.outcome]
    for (let i = 0; i < rules.length; i += 1) {
      const rule = rules[i]
      if (failedCondition(rule, facts) !== Condition.none) continue
      verdict.ran[verdict.ranCount] = rule.index
      verdict.ranCount += 1
      this.#set(rule, verdict)
      if (!rule.decides) continue
      verdict.decidedBy = rule.index
      this.#settle(rule, facts, verdict)
      break
    }
    return verdict
  }

  #set({ segment, settings }: CompiledRule, verdict: Verdict): void {
    if (segment >= 0) verdict.segment = segment
    for (let i = 0; i < settings.length; i += 1) {
      verdict.settings[verdict.settingCount] = settings[i]
      verdict.settingCount += 1
    }
  }

  #settle(rule: CompiledRule, facts: Facts, verdict: Verdict): void {
    const { again } = rule
    verdict.doNotCall = rule.doNotCall
    verdict.campaign = rule.campaign
    verdict.result = rule.result
    verdict.kind = rule.kind
    if (again === null) return
    if (facts.attempts >= this.#attemptsMax) verdict.stop = Stop.attemptsMax
    else if (facts.disposition >= 0 && this.#final[facts.disposition] === 1) verdict.stop = Stop.finalDisposition
    if (verdict.stop !== Stop.none) {
      verdict.kind = VerdictKind.finished
      return
    }
    verdict.dueAt = dueAt(again, facts)
    verdict.asked = again.kind === "asked"
    verdict.nextNumber = again.nextNumber
    verdict.sameAgent = again.sameAgent
    verdict.windowMillis = again.windowMillis
  }
}

const dueAt = (again: AgainPlan, facts: Facts): number => {
  const { now } = facts
  switch (again.kind) {
    case "asked":
      return Math.max(now, facts.askedAt)
    case "local": {
      const zone = facts.zone()
      const day = Math.floor(localNow(facts) / dayMillis) + again.days
      const due = localInstant(zone, day, again.minute) - facts.epochMillis
      return due >= now ? due : localInstant(zone, day + 1, again.minute) - facts.epochMillis
    }
    default: {
      const { delayMillis, spreadMillis } = again
      if (spreadMillis === 0) return now + delayMillis
      return now + delayMillis + Math.floor(shareOf(facts.contact, facts.attempts) * (spreadMillis + 1))
    }
  }
}

/**
 * A share from 0 up to, not including, 1, always the same for one attempt of one contact, and unlike those of its
 * neighbours: the two numbers, each times an odd constant, through the finalizer of MurmurHash3 (A. Appleby).
 */
const shareOf = (contact: number, attempt: number): number => {
  let hash = Math.imul(contact + 1, 0x9e3779b1) ^ Math.imul(attempt, 0x85ebca77)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
