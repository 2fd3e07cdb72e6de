import type { Estimate, SettingResult } from "../sim/experiments/Result.ts"
import { type Style, styleOf } from "./format.ts"
import type { Subject } from "./Subject.ts"

/** What busier agents are paid for with, as a share that has the abandon limit. */
export interface Loss {
  /** Name of a column of a CSV. */
  readonly column: string
  readonly label: string
  /** Whose share it is, for an axis. */
  readonly axis: string
  /** What fewer of them means, for a caption. */
  readonly fewer: string
  /** After a figure. */
  readonly verb: string
  readonly of: (result: SettingResult) => Estimate
}

export const abandonment: Loss = {
  column: "abandon_rate",
  label: "Abandon rate",
  axis: "Abandon rate (% of people who answered)",
  fewer: "fewer people abandoned",
  verb: "abandoned",
  of: ({ estimates }) => estimates.abandonRate
}

/** Settings without the figure have none. */
const unknown: Estimate = { mean: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0 }

const transfers: Loss = {
  column: "transfers_lost",
  label: "Transfers lost",
  axis: "Transfers lost (% of people who asked for an agent)",
  fewer: "fewer people who ask for an agent and leave",
  verb: "of those who ask for an agent left",
  of: ({ transfersLost }) => transfersLost ?? unknown
}

/** People abandoned; where scripts answer in every setting, people who asked one for an agent and left before one was free. */
export const lossOf = ({ result: { settings } }: Subject): Loss =>
  settings.length > 0 && settings.every(({ transfersLost }) => transfersLost !== undefined) ? transfers : abandonment

/** How a loss is written. */
export const lossStyle: Style = styleOf("abandonRate")
