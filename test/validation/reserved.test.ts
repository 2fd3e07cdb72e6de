import { assert, describe, it } from "@effect/vitest"
import { AgentState } from "../../src/domain/AgentState.ts"
import type { Counts } from "../../src/domain/Counts.ts"
import { abandoned, connected, measures, workingMillis } from "../../src/domain/measures.ts"
import type { DistributionSpec } from "../../sim/random/distributions.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import {
  machineRepair,
  preview,
  progressive,
  progressiveMinutes,
  truncatedLognormalMean
} from "../oracles/closedForms.ts"
import { type PlainFloor, plainFloor } from "../oracles/plainFloor.ts"
import { windowCounts } from "./steadyCounts.ts"
import { percent, ValidationTable } from "./ValidationTable.ts"

const setUp = new ValidationTable("2 One line per free agent")
const renewal = new ValidationTable("2.1 One line per free agent, any team")
const repair = new ValidationTable("2.2 Fewer lines than agents: the machine repairman")
const reading = new ValidationTable("2.3 Preview and manual: renewal and reward")

const pacing = { kind: "one-per-agent" } as const
/** Ready and reserved time for every connected call. */
const idlePerCall = (counts: Counts) =>
  (counts.stateMillis[AgentState.ready] + counts.stateMillis[AgentState.reserved]) / connected(counts) / 1_000
const occupancies = (counts: ReadonlyArray<Counts>) => percent(counts.map(measures.occupancy.of))
const lostCount = (counts: ReadonlyArray<Counts>) => counts.reduce((sum, each) => sum + abandoned(each) + each.late, 0)

const withSetUp = (floor: PlainFloor, seconds: number): Scenario => {
  const scenario = plainFloor(floor)
  return { ...scenario, trunk: { ...scenario.trunk, postDialDelay: { kind: "constant", value: seconds } } }
}

describe("one line per free agent (validation.md 2)", () => {
  const talk: DistributionSpec = { kind: "lognormal", mean: 120, cv: 1 }
  const wrap: DistributionSpec = { kind: "lognormal", mean: 15, cv: 0.5 }
  // A window of 4,000 agent-hours in all settles W to 1.5 % and the minutes to ±0.3.
  it.each([0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05])("set-up, failed and answered ring add up, p %f", (p) => {
    const scenario = withSetUp(
      {
        agents: 10,
        pickup: p,
        mode: "progressive",
        pacing,
        talk,
        wrap,
        ring: { kind: "uniform", min: 4, max: 16 },
        noAnswer: { kind: "uniform", min: 10, max: 26 },
        ringSecondsMax: 30,
        seed: `set-up ${p}`
      },
      2
    )
    const counts = windowCounts(scenario, { replications: 20, hours: 20, warmUpHours: 1 })
    const expected = progressiveMinutes(p, 2, 18, 10, 120, 15)
    const row = `live ${p}`
    const talkMinutes = counts.map(measures.talkMinutesPerHour.of)
    const minutes = counts.map((each) => 60 * measures.occupancy.of(each))
    const w = { row, measure: "W s", values: counts.map(idlePerCall), halfWidthMax: 0.015 * expected.idlePerCall }
    setUp.exact(w, expected.idlePerCall)
    setUp.exact({ row, measure: "talk min/h", values: talkMinutes, halfWidthMax: 0.3 }, expected.talkMinutes)
    setUp.exact({ row, measure: "talk + wrap min/h", values: minutes, halfWidthMax: 0.3 }, expected.handlingMinutes)
    assert.strictEqual(lostCount(counts), 0)
  })
})

describe("one line per free agent, by team (simulation.md 1.6)", () => {
  const short = truncatedLognormalMean(10, 0.5, 22)
  const plain = { ring: { kind: "lognormal", mean: 10, cv: 0.5, max: 22 }, answered: short, failed: 22 } as const
  const longer = { ring: { kind: "uniform", min: 5, max: 15 }, answered: 10, failed: 25 } as const
  // 2,000 agent-hours in all for every team.
  const teams = [1, 5, 20].flatMap((agents) => [0.2, 0.3, 0.5, 0.7].map((p) => [agents, p, 140, plain] as const))
  it.each([...teams, [10, 0.3, 200, longer] as const])("%i agents, p %f, handling %i s", (agents, p, H, model) => {
    const scenario = plainFloor({
      agents,
      pickup: p,
      mode: "progressive",
      pacing,
      ring: model.ring,
      ringSecondsMax: model.failed,
      talk: { kind: "exponential", mean: H - 20 },
      seed: `renewal ${agents} ${p}`
    })
    const counts = windowCounts(scenario, { replications: 20, hours: 100 / agents, warmUpHours: 1 })
    const expected = progressive(p, model.answered, model.failed, H)
    const row = `${agents} agents, live ${p}, handling ${H} s`
    const check = (measure: string, values: ReadonlyArray<number>, exact: number, halfWidthMax: number) =>
      renewal.exact({ row, measure, values, halfWidthMax }, exact)
    check("idle per call s", counts.map(idlePerCall), expected.idlePerCall, 0.02 * expected.idlePerCall)
    check("occupancy %", occupancies(counts), 100 * expected.occupancy, 0.5)
    check("dials per agent-hour", counts.map(measures.dialsPerAgentHour.of), expected.dialsPerHour, 0.9)
    check("connects per agent-hour", counts.map(measures.connectsPerAgentHour.of), expected.connectsPerHour, 0.3)
    assert.strictEqual(lostCount(counts), 0)
  })
})

describe("progressive with few lines (simulation.md 1.6)", () => {
  const [agents, connect, H] = [10, 61, 140]
  const limits = [
    ["campaign", 10],
    ["campaign", 4],
    ["trunk", 4],
    ["campaign", 2],
    ["trunk", 2]
  ] as const
  // 20 × 400 agent-hours: ±0.5 points of occupancy, ±0.05 agents without a line.
  it.each(limits)("is machine repair where the %s has %i lines", (limit, lines) => {
    const p = 0.5
    // Each of a geometric number of calls is exponential, so the time to a connect is exponential too.
    const call: DistributionSpec = { kind: "exponential", mean: connect * p }
    const plain = plainFloor({
      agents,
      pickup: p,
      mode: "progressive",
      pacing,
      ring: call,
      noAnswer: call,
      ringSecondsMax: 3_600,
      // A line is in use while people talk; here all of the handling is after the call.
      talk: { kind: "constant", value: 0 },
      wrap: { kind: "exponential", mean: H },
      linesMax: limit === "campaign" ? lines : 1e9,
      seed: `repair ${limit} ${lines}`
    })
    const scenario = limit === "trunk" ? { ...plain, trunk: { ...plain.trunk, linesMax: lines } } : plain
    const counts = windowCounts(scenario, { replications: 20, hours: 40, warmUpHours: 1 })
    const expected = machineRepair(agents, lines, connect, H)
    const without = counts.map((each) => (agents * each.stateMillis[AgentState.ready]) / workingMillis(each))
    const row = `${lines} lines of the ${limit}, ${agents} agents`
    repair.exact(
      { row, measure: "occupancy %", values: occupancies(counts), halfWidthMax: 0.5 },
      100 * expected.occupancy
    )
    const figure = { row, measure: "agents without a line", values: without, halfWidthMax: 0.05 }
    if (lines >= agents) assert.deepStrictEqual(without, new Array<number>(20).fill(0))
    else repair.exact(figure, expected.withoutLine)
    assert.strictEqual(lostCount(counts), 0)
  })
})

describe("preview and manual (simulation.md 1.7)", () => {
  const rows = (["preview", "manual"] as const).flatMap((mode) => [[mode, 0.3, 15] as const, [mode, 0.5, 20] as const])
  // 20 × 200 agent-hours: ±0.5 points of occupancy.
  it.each(rows)("%s, p %f, %i s to read a record", (mode, p, view) => {
    const [code, answered, failed, H] = [5, 10, 22, 140]
    const plain = plainFloor({
      agents: 5,
      pickup: p,
      mode,
      pacing,
      ring: { kind: "uniform", min: 5, max: 15 },
      ringSecondsMax: failed,
      seed: `${mode} ${p}`
    })
    const [campaign] = plain.campaigns
    const agentWork = {
      ...campaign.agentWork,
      preview: { kind: "lognormal", mean: view, cv: 0.5 },
      noAnswerWrap: { kind: "uniform", min: 0, max: 2 * code }
    } as const
    const scenario = { ...plain, campaigns: [{ ...campaign, agentWork }] }
    const counts = windowCounts(scenario, { replications: 20, hours: 40, warmUpHours: 1 })
    const expected = preview(p, view, code, answered, failed, H)
    const row = `${mode}, live ${p}, reading ${view} s`
    const handling = counts.map((each) => (each.talkMillis + each.wrapMillis) / workingMillis(each))
    const check = (measure: string, values: ReadonlyArray<number>, exact: number, halfWidthMax: number) =>
      reading.exact({ row, measure, values, halfWidthMax }, exact)
    const cycles = counts.map((each) => workingMillis(each) / connected(each) / 1_000)
    check("cycle s", cycles, expected.cycle, 3)
    check("talk + wrap after a connect %", percent(handling), 100 * expected.occupancy, 0.5)
    // The measure counts reading and the coding of calls nobody answered as work.
    const busy = expected.occupancy + (view / p + (1 / p - 1) * code) / expected.cycle
    check("occupancy %", occupancies(counts), 100 * busy, 0.5)
    check("records per agent-hour", counts.map(measures.dialsPerAgentHour.of), expected.recordsPerHour, 0.5)
    check("connects per agent-hour", counts.map(measures.connectsPerAgentHour.of), expected.connectsPerHour, 0.2)
    assert.strictEqual(lostCount(counts), 0)
  })
})
