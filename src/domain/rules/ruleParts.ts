import { type OutcomeName, outcomeNames } from "../Outcome.ts"
import type { Then, When } from "./Rule.ts"

/* What follows from the parts of a rule, for those who check rules and for the core, which knows no schemas. */

/** Attempts of a contact are counted up to here; what is beyond counts as this many. */
export const attemptsCounted = 255

/** By number of the day, from Sunday. */
export const weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const

/** Minutes after midnight of a clock time such as `09:30`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** The outcomes a rule is for, by its `outcome` and `connected`. */
export const outcomesOf = (when: Pick<When, "outcome" | "connected"> = {}): ReadonlyArray<OutcomeName> =>
  outcomeNames.filter(
    (name) =>
      (when.outcome === undefined || when.outcome.includes(name)) &&
      (when.connected === undefined || when.connected === (name === "connected"))
  )

/** Whether a rule decides the contact's future, and so ends the run where it holds. */
export const decides = ({ again, campaign, doNotCall, finish, remove }: Then): boolean =>
  again !== undefined ||
  campaign !== undefined ||
  doNotCall !== undefined ||
  finish !== undefined ||
  remove !== undefined
