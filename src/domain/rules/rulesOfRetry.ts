import type { CampaignSettings } from "../Campaign.ts"
import { type OutcomeName, outcomeNames } from "../Outcome.ts"
import type { Rule } from "./Rule.ts"
import { attemptsCounted } from "./ruleParts.ts"

/**
 * The settings of a campaign that only says, by outcome, after how long a contact is called again and how many attempts may
 * end this way. Delays are whole milliseconds.
 */
export const rulesOfRetry = (retry: CampaignSettings["retry"]): ReadonlyArray<Rule> =>
  outcomeNames.flatMap((name) => {
    const setting = retry[name]
    if (setting === undefined) return []
    const again = Math.ceil(setting.attemptsMax) - 1
    if (again < 1) return []
    // For the contact a call the dialler took back is one nobody answered.
    const both = name === "no-answer" && retry.cancelled === undefined
    const outcome: ReadonlyArray<OutcomeName> = both ? ["no-answer", "cancelled"] : [name]
    return {
      name: `${name} again`,
      when: again < attemptsCounted ? { outcome, attemptsWith: [{ outcome, max: again }] } : { outcome },
      then: { again: { afterMinutes: setting.delayMillis / 60_000 } }
    }
  })
