import { describe, it } from "@effect/vitest"
import { AgentState } from "../../src/domain/AgentState.ts"
import { abandoned, measures } from "../../src/domain/measures.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import { singleShot, wave } from "../oracles/closedForms.ts"
import { plainFloor } from "../oracles/plainFloor.ts"
import { windowCounts } from "./steadyCounts.ts"
import { Waves } from "./testPolicies.ts"
import { percent, ValidationTable } from "./ValidationTable.ts"

const shots = new ValidationTable("3 Power dialling, one shot: binomial")
const waves = new ValidationTable("3.1 Power dialling in waves")

describe("power dialling, one shot (simulation.md 1.8)", () => {
  const [ring, end] = [10, 20]
  // One replication is one shot; 4,000 of them settle the ratio to ±1.5 points, the large shot to ±0.5.
  it.each([
    [2, 1, 0.3],
    [3, 1, 0.3],
    [4, 2, 0.3],
    [30, 10, 0.3]
  ] as const)("%i lines for %i agents abandon as the binomial law says, p %f", (k, m, p) => {
    const plain = plainFloor({
      agents: m,
      pickup: p,
      pacing: { kind: "fixed-ratio", linesPerAgent: k / m },
      waitSeconds: 0,
      ring: { kind: "constant", value: ring },
      talk: { kind: "constant", value: 3_600 },
      seed: `shot ${k} ${m}`
    })
    const [campaign] = plain.campaigns
    const scenario = { ...plain, campaigns: [{ ...campaign, list: { ...campaign.list, contacts: k, endless: false } }] }
    const counts = Array.from({ length: 4_000 }, (_, replication) => {
      return runShift(scenario, { ...wholeShift, replication, untilMillis: end * 1_000 }).counts[0]
    })
    const lost = counts.map(abandoned)
    const idleSeconds = counts.map((each) => each.stateMillis[AgentState.ready] / 1_000 - m * ring)
    const idle = idleSeconds.map((seconds) => seconds / (m * (end - ring)))
    const expected = singleShot(k, m, p)
    const row = `${k} lines, ${m} agents, live ${p}`
    shots.exact({ row, measure: "abandons", values: lost, halfWidthMax: 0.05 }, expected.abandons)
    const ratios = percent(lost.map((count) => count / (k * p)))
    shots.exact({ row, measure: "abandoned / live %", values: ratios, halfWidthMax: 1.7 }, 100 * expected.ratio)
    shots.exact({ row, measure: "idle %", values: percent(idle), halfWidthMax: 1.6 }, 100 * expected.idleFraction)
  })
})

describe("power dialling in waves (simulation.md 1.9)", () => {
  // 20 × 200 h of one agent: ±0.4 points of occupancy and of abandonment.
  it.each([
    [1, 0.3, 10, 22, 140],
    [2, 0.3, 10, 22, 140],
    [3, 0.3, 10, 22, 140],
    [4, 0.1, 10, 25, 80]
  ] as const)("waves of %i, p %f, ring %i s, time-out %i s, handling %i s", (k, p, ring, timeout, H) => {
    const scenario = plainFloor({
      agents: 1,
      pickup: p,
      pacing: { kind: "fixed-ratio", linesPerAgent: k },
      waitSeconds: 0,
      ring: { kind: "constant", value: ring },
      ringSecondsMax: timeout,
      // Never over before the rest of the wave is down.
      talk: { kind: "uniform", min: H - 60, max: H + 20 },
      wrap: { kind: "constant", value: 20 },
      seed: `wave ${k}`
    })
    const counts = windowCounts(scenario, { replications: 20, hours: 200, warmUpHours: 1, policy: () => new Waves(k) })
    const expected = wave(k, p, ring, timeout, H)
    const row = `waves of ${k}, live ${p}, handling ${H} s`
    const occupancy = percent(counts.map(measures.occupancy.of))
    const lost = percent(counts.map(measures.abandonRate.of))
    waves.exact({ row, measure: "occupancy %", values: occupancy, halfWidthMax: 0.3 }, 100 * expected.occupancy)
    waves.exact({ row, measure: "abandoned %", values: lost, halfWidthMax: 0.4 }, 100 * expected.ratio)
  })
})
