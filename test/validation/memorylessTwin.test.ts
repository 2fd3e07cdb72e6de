import { describe, it } from "@effect/vitest"
import { measures } from "../../src/domain/measures.ts"
import type { DistributionSpec } from "../../sim/random/distributions.ts"
import type { PlainFloor } from "../oracles/plainFloor.ts"
import { longRun } from "./lookAheadFloor.ts"
import { percent, ValidationTable } from "./ValidationTable.ts"

const table = new ValidationTable("6 The memoryless twin: no policy beats the optimum")

/**
 * Handling is exponential, mean 140 s; a call resolves after an exponential time of mean 18 s, and then it is a person
 * with chance p; nobody waits. The best possible occupancy at 3 % abandoned is the solution of a Markov decision process.
 */
const resolution: DistributionSpec = { kind: "exponential", mean: 18 }
const twin: Partial<PlainFloor> = {
  waitSeconds: 0,
  ring: resolution,
  noAnswer: resolution,
  // Ten times the mean: one call in 22,000 is cut.
  ringSecondsMax: 180,
  talk: { kind: "exponential", mean: 140 },
  wrap: { kind: "constant", value: 0 }
}
const learnt = { ringMillis: 18_000, talkMillis: 140_000, wrapMillis: 1_000 }

describe("look-ahead on the memoryless twin (pacing-lookahead.md 4)", () => {
  // 300 agent-hours a replication: ±0.5 points at one agent, ±0.3 from ten.
  it.each([
    [0.2, 3, 70.3],
    [0.2, 10, 81.3],
    [0.2, 50, 92.7],
    [0.3, 1, 71.2],
    [0.3, 3, 75.4],
    [0.3, 5, 78],
    [0.3, 10, 82.7],
    [0.3, 20, 87.8],
    [0.5, 5, 82.5],
    [0.5, 20, 88.9],
    [0.7, 1, 84.8],
    [0.7, 10, 87.3]
  ] as const)("p %f, %i agents: at most %f %, and not a point less", (pickup, agents, optimum) => {
    const floor = {
      ...twin,
      settings: { expected: { pickupRate: pickup, ...learnt } },
      seed: `twin ${pickup} ${agents}`
    }
    const counts = longRun({ agents, pickup, agentHours: 300, floor })
    const row = `live ${pickup}, ${agents} agents`
    const occupancy = percent(counts.map(measures.occupancy.of))
    const lost = percent(counts.map(measures.abandonRate.of))
    const figure = { row, measure: "occupancy %", values: occupancy, halfWidthMax: 0.5 }
    table.atMost(figure, optimum)
    table.atLeast(figure, optimum - 0.7)
    table.atMost({ row, measure: "abandoned %", values: lost, halfWidthMax: 0.12 }, 3)
  })
})
