import { type Budget, budgetText, verdict } from "../budgets.ts"
import { short } from "../table.ts"
import { median, spread } from "../timing.ts"

/** Turns of ours and SimPy's, one after the other, so that both meet the same other work on the machine. */
export const turns = 6

/** Ours is so much faster that it takes this many times the work to be timed as well. */
export const oursMore = 10

/** What one side did in one turn. */
export interface Done {
  readonly amount: number
  readonly seconds: number
  readonly coreSeconds: number
}

type Row = ReadonlyArray<string>
const perCoreSecond = ({ amount, coreSeconds }: Done): number => amount / coreSeconds
const perSecond = ({ amount, seconds }: Done): number => amount / seconds
const times = (figure: number): string => `${figure.toFixed(1)} ×`

export const ratioHeading = (title: string): Row => [title, "per core second", "spread", "budget", ""]

export const rateRow = (name: string, done: ReadonlyArray<Done>): Row => {
  const rates = done.map(perCoreSecond)
  return [name, short(median(rates)), spread(rates, short), "", ""]
}

/** How many times as fast ours is, turn by turn: by processor time, which the budget is held against, and by wall time. */
export const ratioRows = (
  name: string,
  ours: ReadonlyArray<Done>,
  theirs: ReadonlyArray<Done>,
  budget: Budget | null
): ReadonlyArray<Row> => {
  const ratios = ours.map((done, turn) => perCoreSecond(done) / perCoreSecond(theirs[turn]))
  const wall = ours.map((done, turn) => perSecond(done) / perSecond(theirs[turn]))
  return [
    [name, times(median(ratios)), spread(ratios, times), budgetText(budget, times), verdict(median(ratios), budget)],
    ["  … by wall time", times(median(wall)), spread(wall, times), "", ""]
  ]
}
