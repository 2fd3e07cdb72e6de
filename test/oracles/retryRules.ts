import type { RetryRule } from "../../src/domain/Campaign.ts"
import { Outcome, outcomeCount, outcomeNames } from "../../src/domain/Outcome.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import type { ContactList } from "../../src/dialler/ContactList.ts"

/** Decides after every attempt whether and when a contact is called again. */
export interface Rules {
  /** Rows of per-contact counters the rules need. */
  readonly ruleCount: number
  /** Counts the attempt and returns when the contact is due again, in milliseconds; -1 when it is finished. */
  readonly after: (list: ContactList, contact: number, outcome: number, now: number) => number
}

/** Per-outcome delay and maximum, and a maximum over all attempts. An outcome without a rule is final. */
export const retryRules = (settings: Pick<CampaignSettings, "retry" | "attemptsMax">): Rules => {
  const row = new Int8Array(outcomeCount).fill(-1)
  const rules: Array<RetryRule> = []
  for (let outcome = 0; outcome < outcomeCount; outcome += 1) {
    const rule = settings.retry[outcomeNames[outcome]]
    if (rule !== undefined) row[outcome] = rules.push(rule) - 1
  }
  // For the contact a call the dialler took back is one nobody answered.
  if (row[Outcome.cancelled] < 0) row[Outcome.cancelled] = row[Outcome.noAnswer]
  const ruleCount = rules.length
  const { attemptsMax } = settings
  return {
    ruleCount,
    after: (list, contact, outcome, now) => {
      const index = row[outcome]
      if (index < 0) return -1
      const cell = contact * ruleCount + index
      const seen = Math.min(255, list.byRule[cell] + 1)
      list.byRule[cell] = seen
      const rule = rules[index]
      if (seen >= rule.attemptsMax || list.attempts[contact] >= attemptsMax) return -1
      return now + rule.delayMillis
    }
  }
}
