import { Result } from "effect"
import { runShift, wholeShift } from "../../../sim/runShift.ts"
import { readScenario } from "../../../sim/scenario/readScenario.ts"
import { Recorder } from "../../../src/store/Recorder.ts"

/** What becomes of a contact in a call, and whether an agent had it. */
export interface Fate {
  readonly contact: number
  readonly attempt: number
  readonly outcome: string
  readonly agent: number | null
}

/** A campaign as the simulator plays it. */
export interface SimulatedPlan {
  /** Null without agents. */
  readonly alwaysOn: boolean | null
  /** The campaign's `list`, as in a scenario. */
  readonly list: string
  /** Further lines of the only campaign, as in a floor's file. */
  readonly campaign: ReadonlyArray<string>
  readonly seed: number
}

/** The records of the same campaign in the simulator: as many lines, one agent, and people who do everything people do. */
export const simulated = ({ alwaysOn, campaign, list, seed }: SimulatedPlan): ReadonlyArray<Fate> => {
  const text = [
    "name: Live",
    `seed: ${seed}`,
    'day: { date: "2026-11-23", start: "09:00", lengthHours: 8 }',
    "trunk: { lines: 20, callsPerSecond: 10 }",
    alwaysOn === null ? "groups: []" : `groups: [{ name: team, agents: 1, phone: { alwaysOn: ${alwaysOn} } }]`,
    "campaigns:",
    "  - name: Calls",
    "    law: none",
    `    list: ${list}`,
    "    people:",
    "      outcomes: { person: 0.4, machine: 0, busy: 0.15, rejected: 0.15, invalid: 0.1 }",
    "      patienceSeconds: null",
    "      talkSeconds: 30",
    ...campaign.map((line) => `    ${line}`),
    ""
  ].join("\n")
  const scenario = Result.getOrThrow(readScenario(text, "Live"))
  const recorder = new Recorder(scenario)
  runShift(scenario, { ...wholeShift, replication: 0, recorder })
  return recorder.attempts.map(({ agent, attempt, contact, outcome }) => ({ contact, attempt, outcome, agent }))
}
