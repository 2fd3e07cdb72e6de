import type { Counts } from "../../src/domain/Counts.ts"
import type { MeasureKey } from "../../src/domain/measures.ts"
import type { ModeName } from "../../src/domain/Mode.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import type { Scenario } from "../Scenario.ts"
import type { CallResult } from "./callResult.ts"
import type { InboundResult } from "./inboundResult.ts"
import type { LawResult, ListResult } from "./lawResult.ts"

/** A mean over replications with its 95 % interval (Student t). `n` replications; NaN low and high below two. */
export interface Estimate {
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/**
 * A probability observed over replications, with its 95 % interval. Counted, with Wilson's interval; or, of large shifts, told
 * from how far their values lie from the limit and from each other, for which far fewer are needed (`bySpread`).
 */
export interface Chance {
  /** Shifts seen, of `n`. */
  readonly successes: number
  readonly n: number
  readonly share: number
  readonly low: number
  readonly high: number
  readonly bySpread?: boolean
  /** With `bySpread`: standard deviations from the mean ratio to the nearest ceiling of the law, where there is one. */
  readonly lawMargin?: number
}

/** What one campaign is run with. */
export interface Setting {
  /** Unique and stable, e.g. `predictive/look-ahead/0.025`. */
  readonly key: string
  /** For a legend, e.g. `look-ahead, 2.5 %`. */
  readonly label: string
  readonly mode: ModeName
  readonly pacing: PacingSettings
  /** The number the manager turns (lines per agent, pickup rate, abandon target); `null` where a mode has none. */
  readonly knob: number | null
  /** Name and unit of the knob for an axis; `null` where a mode has none. */
  readonly knobLabel: string | null
}

/** What came out of one setting over all its replications. `campaign` counts the tuned campaign, agents of its groups. */
export interface SettingResult {
  readonly setting: Setting
  readonly replications: number
  /** Raw counts of each replication, in replication order (the same customers at the same place in every setting). */
  readonly counts: ReadonlyArray<Counts>
  readonly estimates: Readonly<Record<MeasureKey, Estimate>>
  /** Chance that a shift (the legal window) ends above the abandon limit, or breaks a ceiling of the campaign's law. */
  readonly overLimit: Chance
  /** Agent waiting time by what bound the pacing decision, share of ready time. */
  readonly bounds: ReadonlyArray<{ readonly reason: string; readonly share: number }>
  /** What the law did, null where none was applied; missing in results of earlier versions. */
  readonly law?: LawResult | null
  /** How far the list was used; missing in results of earlier versions. */
  readonly list?: ListResult
  /** What came of the calls; missing where the scenario does not say, and in results of earlier versions. */
  readonly calls?: CallResult
  /** What became of the calls to the campaign; missing where nobody was to call, and in results of earlier versions. */
  readonly inbound?: InboundResult
  /** Automatic mode with agents: share of the people who asked for one that left before one was free. */
  readonly transfersLost?: Estimate
}

/** One line of `sensitivity`: the recommended setting when the world is not as assumed. */
export interface SensitivityRow {
  readonly label: string
  /** Added to the chance that a person answers, e.g. -0.1. */
  readonly answerShift: number
  readonly occupancy: Estimate
  readonly abandonRate: Estimate
  readonly overLimit: Chance
  /** As of the setting. */
  readonly transfersLost?: Estimate
}

/** Occupancy by team size, progressive against the recommended predictive setting, on the same customers. */
export interface TeamRow {
  readonly agents: number
  readonly progressive: Estimate
  readonly predictive: Estimate
  /** Paired difference predictive minus progressive. */
  readonly difference: Estimate
  readonly overLimit: Chance
}

export interface Recommendation {
  /** Key of the recommended setting. */
  readonly settingKey: string
  /** Plain sentences for a manager: what to launch with, what to expect, how sure, and why not the others. */
  readonly sentences: ReadonlyArray<string>
  /** What it costs to be safer: other settings of the same pacing with a lower abandon rate, most occupied first. */
  readonly safer: ReadonlyArray<{ readonly settingKey: string; readonly occupancyLost: Estimate }>
  readonly confidence: number
}

/** Everything the report of one run is made of; kept in the result database as it is. */
export interface Result {
  readonly kind: "simulate" | "tune" | "compare"
  readonly version: string
  readonly scenario: Scenario
  /** The scenario file as it was read. */
  readonly scenarioText: string
  readonly seed: string
  /** Words of the command line that change the figures, beside scenario and seed; none when it was not run from one. */
  readonly options?: ReadonlyArray<string>
  /** Kind `compare`: what the second scenario changes, and its file. */
  readonly comparison?: {
    readonly scenario: string
    readonly scenarioText: string
    readonly differences: Readonly<Record<MeasureKey, Estimate>>
    readonly sentences: ReadonlyArray<string>
  }
  readonly campaign: string
  readonly settings: ReadonlyArray<SettingResult>
  readonly recommendation: Recommendation | null
  readonly sensitivity: ReadonlyArray<SensitivityRow>
  readonly teams: ReadonlyArray<TeamRow>
  /** The smallest team for which predictive beats progressive with 95 % confidence; `null` when none tried does. */
  readonly smallestTeam: number | null
  /** Setting whose first replication is recorded call by call in `attempts` and `agent_spans`. */
  readonly recordedKey: string
  /** False when the run was stopped early; what is here is complete for the replications it names. */
  readonly finished: boolean
}
