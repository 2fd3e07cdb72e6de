import type { Scenario } from "../Scenario.ts"
import type { StoppingRule } from "../statistics/stopping.ts"

export interface RunOptions {
  /** Shifts rehearsed of each setting, at least 1, or "auto": until the figures are precise enough. */
  readonly replications: number | "auto"
  /** With "auto": half-width wanted of the 95 % interval of occupancy, a share, e.g. 0.005. */
  readonly precision: number
  /** With "auto": never more shifts than this of one setting. */
  readonly replicationsMax: number
  /** Name of the campaign to look at; `null` for the first. */
  readonly campaign: string | null
}

/** The scenario file as it was read, and the version of the product, both kept in the result. */
export interface Source {
  readonly text: string
  readonly version: string
}

/** Position of the campaign with this name. A name that no campaign has is a defect: the caller checks it before. */
export const campaignIndexOf = (scenario: Scenario, name: string | null): number => {
  if (name === null) return 0
  const index = scenario.campaigns.findIndex(({ settings }) => settings.name === name)
  if (index < 0) throw new Error(`scenario "${scenario.name}" has no campaign "${name}"`)
  return index
}

/** When to stop adding shifts: after a fixed number, or once the figure looked at is precise. */
export const stoppingRule = (options: RunOptions, firstCount = 10, blockCount = 5): StoppingRule =>
  options.replications === "auto"
    ? { halfWidthMax: options.precision, firstCount, blockCount, countMax: Math.max(1, options.replicationsMax) }
    : { firstCount: options.replications, blockCount, countMax: options.replications }
