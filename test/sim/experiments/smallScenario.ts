import { Result } from "effect"
import { readScenario } from "../../../sim/scenario/readScenario.ts"
import type { Scenario } from "../../../sim/Scenario.ts"

/** What a test may change of the small scenario, as text of the file. */
export interface SmallOptions {
  /** 0 for a floor without any. */
  readonly agents?: number
  readonly hours?: number
  readonly mode?: string
  readonly pacing?: string
  readonly modesAllowed?: string
  readonly abandonLimit?: number
  /** None unless told: under a law the hour may be closed. */
  readonly law?: string
  /** Further fields of the campaign, indented by four spaces. */
  readonly more?: string
}

/** A floor small enough to be rehearsed in a few milliseconds. */
export const smallText = (options: SmallOptions = {}): string => `
name: Small
seed: 5
day: { start: "09:00", lengthHours: ${options.hours ?? 1} }
trunk: { lines: 40, callsPerSecond: 5, postDialDelaySeconds: 1 }
groups: [${options.agents === 0 ? "" : `{ name: team, agents: ${options.agents ?? 4} }`}]
campaigns:
  - name: Calls
    mode: ${options.mode ?? "predictive"}
    pacing: ${options.pacing ?? "{ kind: fixed-ratio, linesPerAgent: 1.5 }"}
    modesAllowed: ${options.modesAllowed ?? "[progressive, predictive]"}
    law: ${options.law ?? "none"}
    rules: { abandonLimit: ${options.abandonLimit ?? 0.03} }
    list: { contacts: 2000, endless: true }
    people:
      outcomes: { person: 0.4, busy: 0.05 }
      talkSeconds: { kind: exponential, mean: 60 }
    work: { wrapSeconds: 5 }
${options.more ?? ""}`

export const scenarioOf = (text: string): Scenario => Result.getOrThrow(readScenario(text, "small.yaml"))
export const smallScenario = (options: SmallOptions = {}): Scenario => scenarioOf(smallText(options))
