import type { Comparison } from "../../sim/experiments/compare.ts"
import type { Result } from "../../sim/experiments/Result.ts"

/** The result of a comparison, with what the second scenario changes. A run that was stopped has no `comparison`. */
export interface ComparedResult extends Result {
  readonly comparison?: {
    readonly scenario: string
    /** The second scenario's file as it was read. */
    readonly scenarioText: string
    readonly differences: Comparison["differences"]
    readonly sentences: ReadonlyArray<string>
  }
}
