import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Result } from "effect"
import { attempts } from "../src/domain/measures.ts"
import type { PacingSettings } from "../src/domain/Pacing.ts"
import { runShift, wholeShift } from "../sim/runShift.ts"
import type { Scenario } from "../sim/Scenario.ts"
import { readScenario } from "../sim/scenario/readScenario.ts"
import { type Budget, budgets } from "./budgets.ts"
import { busyFloor, fixedRatio, lookAhead } from "./floors.ts"
import { measure, type Measuring, type Run } from "./timing.ts"

interface DialRow {
  readonly title: string
  readonly budget: Budget | null
  /** The first of them is measured; the others run before it, in turn, as part of the warm-up. */
  readonly scenarios: () => readonly [Scenario, ...ReadonlyArray<Scenario>]
}

const floor = (agents: number, pacing: PacingSettings): Scenario => busyFloor({ agents, pacing })
const progressive = (agents: number): Scenario =>
  busyFloor({ agents, mode: "progressive", pacing: { kind: "one-per-agent" } })

const sample = (): Scenario => {
  const path = join(import.meta.dirname, "..", "scenarios", "sample.yaml")
  return Result.getOrThrow(readScenario(readFileSync(path, "utf8"), path))
}

const one = (scenario: Scenario): readonly [Scenario] => [scenario]

/** What the dialling core is measured at, by name. */
export const dialRows = {
  "fixed-50": {
    title: "fixed ratio, 50 agents",
    budget: budgets.dialsFixedRatio50,
    scenarios: () => one(floor(50, fixedRatio))
  },
  "look-ahead-50": {
    title: "look-ahead, 50 agents",
    budget: budgets.dialsLookAhead50,
    scenarios: () => one(floor(50, lookAhead(false)))
  },
  "look-ahead-50-release": {
    title: "look-ahead with release, 50 agents",
    budget: budgets.dialsLookAhead50,
    scenarios: () => one(floor(50, lookAhead(true)))
  },
  "look-ahead-5": {
    title: "look-ahead, 5 agents",
    budget: budgets.dialsLookAhead5,
    scenarios: () => one(floor(5, lookAhead(false)))
  },
  "look-ahead-5-release": {
    title: "look-ahead with release, 5 agents",
    budget: budgets.dialsLookAhead5,
    scenarios: () => one(floor(5, lookAhead(true)))
  },
  "progressive-50": {
    title: "progressive, 50 agents",
    budget: null,
    scenarios: () => one(progressive(50))
  },
  "fixed-50-detection": {
    title: "fixed ratio, 50 agents, set-up time and machine detection",
    budget: null,
    scenarios: () => one(busyFloor({ agents: 50, pacing: fixedRatio, setUp: true, detection: true }))
  },
  "fixed-50-mixed": {
    title: "fixed ratio, 50 agents, after other modes in the same process",
    budget: null,
    scenarios: () => [
      floor(50, fixedRatio),
      floor(20, lookAhead(true)),
      progressive(50),
      floor(50, { kind: "pickup-rate", rate: 0.4 }),
      sample()
    ]
  },
  sample: {
    title: "scenarios/sample.yaml as it is (look-ahead, 20 agents)",
    budget: null,
    scenarios: () => one(sample())
  }
} as const satisfies Readonly<Record<string, DialRow>>
export type DialRowName = keyof typeof dialRows

/** Whole shifts one after the other, each of another replication; figures are finished dials per second. */
export const dialRuns = ({
  how,
  name
}: {
  readonly name: DialRowName
  readonly how: Measuring
}): ReadonlyArray<Run> => {
  const row: DialRow = dialRows[name]
  const [measured, ...others] = row.scenarios()
  let replication = 0
  const shift = (scenario: Scenario): number => {
    replication += 1
    return runShift(scenario, { ...wholeShift, replication }).counts.reduce((sum, counts) => sum + attempts(counts), 0)
  }
  for (const other of others) for (let i = 0; i < 5; i += 1) shift(other)
  return measure(how, () => shift(measured))
}
