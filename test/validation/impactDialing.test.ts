import { assert, describe, it } from "@effect/vitest"
import { AgentState } from "../../src/domain/AgentState.ts"
import type { Counts } from "../../src/domain/Counts.ts"
import { abandoned, connected, measures, workingMillis } from "../../src/domain/measures.ts"
import { FixedRatio } from "../../src/dialler/pacing/FixedRatio.ts"
import { Recorder } from "../../src/store/Recorder.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { sampleMean, sampleVariance } from "../../sim/statistics/sample.ts"
import { plainFloor } from "../oracles/plainFloor.ts"
import { answeredRings, attemptsPerAnswer, talkSeconds, unansweredRings } from "./impactSamples.ts"
import { windowCounts } from "./steadyCounts.ts"
import { Ticked } from "./testPolicies.ts"
import { percent, ValidationTable } from "./ValidationTable.ts"

const steady = new ValidationTable("4 Ratio dialler on the Impact Dialing samples")
const identity = new ValidationTable("4.1 The same with one line per agent")
const cold = new ValidationTable("4.2 The same from a cold start, and how much one reading says")

/**
 * The reference model settles everything due in a second, in order of creation, then places. Here a second's events come
 * at its start, the joining of agents 1 ms later and the placing 2 ms later: then what was created first in the reference
 * is first in the calendar here, so that events of the same second keep their order. The 1 ms is talk, the rest of the
 * talk is wrap-up, which starts no event but the agent's return.
 */
const placingMillis = 2
const talk = 0.001
const floor = (seed: string): Scenario => {
  const plain = plainFloor({
    agents: 10,
    pickup: 1 / attemptsPerAnswer,
    pacing: { kind: "one-per-agent" },
    waitSeconds: 0,
    ringSecondsMax: 60,
    talk: { kind: "constant", value: talk },
    wrap: { kind: "empirical", values: talkSeconds.map((seconds) => seconds - talk) },
    seed
  })
  const [campaign] = plain.campaigns
  const dial = (answered: boolean) => (ring: number) => ({ answered, ringSeconds: ring - placingMillis / 1_000 })
  const dials = [...answeredRings.map(dial(true)), ...unansweredRings.map(dial(false))]
  return { ...plain, campaigns: [{ ...campaign, people: { ...campaign.people, dials } }] }
}
const ratio = (k: number) => () => new Ticked(new FixedRatio(k), placingMillis)

const idlePerCall = (counts: Counts) => counts.stateMillis[AgentState.ready] / connected(counts) / 1_000
const servedPerHour = (counts: Counts) => (connected(counts) * 3_600_000) / workingMillis(counts)
const occupancies = (counts: ReadonlyArray<Counts>) => percent(counts.map(measures.occupancy.of))

describe("ten agents at a fixed ratio (validation.md 4)", () => {
  // As the reference: 12 runs of 8 h after 600 s. It prints no half-width for the last two; theirs follow from the
  // occupancy's: wait and served calls move with the idle and the busy time.
  it.each([
    [1, 0, 0, 71.6, 0.2, 25.2, 40.5],
    [1.25, 0.46, 0.06, 74.0, 0.2, 22.4, 41.8],
    [1.5, 3.05, 0.07, 78.3, 0.1, 17.6, 44.3],
    [1.75, 5.65, 0.23, 80.4, 0.1, 15.6, 45.3],
    [attemptsPerAnswer, 11.35, 0.24, 83.5, 0.1, 12.6, 47.2],
    [2.5, 18.35, 0.27, 85.3, 0.1, 10.9, 48.2],
    [3, 26.85, 0.31, 87.5, 0.1, 9.1, 49.2]
  ] as const)("k = %f", (k, lost, lostHalf, occupancy, occupancyHalf, wait, served) => {
    const counts = windowCounts(floor(`impact ${k}`), {
      replications: 12,
      hours: 8,
      warmUpHours: 1 / 6,
      policy: ratio(k)
    })
    const row = `k = ${k.toFixed(2)}`
    const check = (measure: string, values: ReadonlyArray<number>, expected: number, half: number, most: number) =>
      steady.reference({ row, measure, values, halfWidthMax: most }, expected, half)
    check("abandoned %", percent(counts.map(measures.abandonRate.of)), lost, lostHalf, 0.4)
    check("occupancy %", occupancies(counts), occupancy, occupancyHalf + 0.05, 0.3)
    check("idle per served call s", counts.map(idlePerCall), wait, 0.01 * wait + 0.05, 0.4)
    check("served per agent-hour", counts.map(servedPerHour), served, 0.005 * served + 0.05, 0.5)
  })

  it("with k = 1 is one line per agent, exactly (validation.md 2)", () => {
    const counts = windowCounts(floor("impact one"), {
      replications: 24,
      hours: 16,
      warmUpHours: 0.5,
      policy: ratio(1)
    })
    const wait = (attemptsPerAnswer - 1) * sampleMean(unansweredRings) + sampleMean(answeredRings)
    const handling = sampleMean(talkSeconds)
    const row = "k = 1"
    const occupancy = { row, measure: "occupancy %", values: occupancies(counts), halfWidthMax: 0.2 }
    identity.exact({ row, measure: "W s", values: counts.map(idlePerCall), halfWidthMax: 0.2 }, wait)
    identity.exact(occupancy, (100 * handling) / (handling + wait))
    assert.strictEqual(
      counts.map(abandoned).reduce((sum, count) => sum + count),
      0
    )
  })
})

describe("cold start and noise, ten agents at k = R (validation.md 4)", () => {
  const k = attemptsPerAnswer
  const minute = 60_000

  it("abandons most in the first minutes", () => {
    const scenario = floor("impact cold")
    const answers = Array.from({ length: 800 }, (_, replication) => {
      const recorder = new Recorder(scenario)
      runShift(scenario, { ...wholeShift, replication, untilMillis: 10 * minute, recorder, policies: [ratio(k)()] })
      return recorder.attempts.filter(({ answeredAt }) => answeredAt !== null)
    })
    /** Groups of 40 runs, for a run of a minute has too few answers for a rate of its own. */
    const rates = (from: number, to: number) =>
      Array.from({ length: 20 }, (_, group) => {
        const rows = answers.slice(40 * group, 40 * group + 40).flat()
        const within = rows.filter((row) => row.answeredAt! >= from * minute && row.answeredAt! < to * minute)
        return (100 * within.filter(({ outcome }) => outcome === "abandoned").length) / within.length
      })
    const check = (row: string, values: ReadonlyArray<number>, expected: number, half: number) =>
      // There 400 runs, here twice as many: a half-width of 1.3 in the first minute.
      cold.reference({ row, measure: "abandoned %", values, halfWidthMax: 1.1 }, expected, half)
    check("minute 1", rates(0, 1), 14.6, 1.3)
    check("minute 2", rates(1, 2), 13, 1.2)
    check("minutes 3 to 6", rates(2, 6), 11.5, 0.6)
  })

  it("a reading of 15 minutes, and of an hour, scatters widely", () => {
    const scatter = (hours: number) => {
      const runs = { replications: 400, hours, warmUpHours: 1 / 6, policy: ratio(k) }
      return percent(windowCounts(floor(`impact scatter ${hours}`), runs).map(measures.abandonRate.of))
    }
    const [quarter, hour] = [scatter(0.25), scatter(1)]
    cold.within({ row: "15 minutes", measure: "abandoned %", values: quarter, halfWidthMax: 0.4 }, 10.4, 11.9)
    cold.within({ row: "one hour", measure: "abandoned %", values: hour, halfWidthMax: 0.2 }, 10.7, 11.7)
    // A standard deviation from 400 readings is known to 7 %.
    assert.closeTo(Math.sqrt(sampleVariance(quarter)), 2.7, 0.3)
    assert.closeTo(Math.sqrt(sampleVariance(hour)), 1.4, 0.2)
  })
})
