import { assert, describe, it } from "@effect/vitest"
import { AgentState } from "../../src/domain/AgentState.ts"
import { abandoned, live, measures } from "../../src/domain/measures.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { World } from "../../sim/World.ts"
import { plainFloor } from "../oracles/plainFloor.ts"
import { lookAhead } from "./lookAheadFloor.ts"
import { percent, ValidationTable } from "./ValidationTable.ts"

const cold = new ValidationTable("7 The law's window: shifts of 8 hours from a cold start")
const warm = new ValidationTable("7.1 The law's window: shifts of 8 hours in the long run")

const shiftMillis = 8 * 3_600_000
const limit = 0.03

/** Nothing is known of this floor: the manager's expectations are those of some other campaign. */
const expected = { pickupRate: 0.2, ringMillis: 8_000, talkMillis: 90_000, wrapMillis: 30_000 }
const floor = (agents: number, abandonTarget: number, seed: string): Scenario =>
  plainFloor({ agents, pickup: 0.3, pacing: lookAhead({ abandonTarget }), settings: { expected }, seed })

const worldOf = (scenario: Scenario, replication: number) =>
  new World(scenario, replication, { warmUpMillis: 0, recorder: null })
const countsOf = (world: World) => world.tally.counts(world.dialler.campaigns)[0]
/** Connected calls that the counts do not hold yet. */
const inProgress = ({ dialler }: World) => dialler.agents.state.filter((state) => state >= AgentState.talk).length

describe("shifts of 8 hours from a cold start with nothing known (pacing-lookahead.md 3)", () => {
  // 100 shifts settle the occupancy to ±0.3 points; large teams scatter so little that fewer do.
  it.each([
    [3, 76.9, 100],
    [5, 79.9, 100],
    [10, 84.6, 100],
    [20, 89, 40]
  ] as const)(
    "%i agents at a target of 2.5 % reach %f %, and hardly ever end above 3 %",
    (agents, reference, count) => {
      const scenario = floor(agents, 0.025, `shift ${agents}`)
      const shifts = Array.from({ length: count }, (_, replication) => {
        const world = worldOf(scenario, replication)
        world.run(shiftMillis)
        const counts = countsOf(world)
        const rate = abandoned(counts) / (live(counts) + inProgress(world))
        return { occupancy: measures.occupancy.of(counts), rate }
      })
      const row = `target 2.5 %, ${agents} agents, reference ${reference}`
      const occupancy = percent(shifts.map((shift) => shift.occupancy))
      cold.atLeast({ row, measure: "occupancy %", values: occupancy, halfWidthMax: 0.3 }, reference - 0.6)
      const over = percent(shifts.map(({ rate }) => (rate > limit ? 1 : 0)))
      cold.within({ row, measure: "shifts above 3 %, %", values: over, halfWidthMax: 3 }, 0, 1)
    }
  )
})

describe("shifts of 8 hours in the long run (pacing-lookahead.md 3)", () => {
  /** Abandon rates of shifts that follow one another without a new start, ten replications after a warm-up of one shift. */
  const shiftCount = 12
  const rates = (agents: number, abandonTarget: number): ReadonlyArray<number> =>
    Array.from({ length: 10 }, (_, replication) => {
      const world = worldOf(floor(agents, abandonTarget, `window ${agents} ${abandonTarget}`), replication)
      let [lost, answered] = [0, 0]
      return Array.from({ length: shiftCount + 1 }, () => {
        world.run(world.now + shiftMillis)
        const counts = countsOf(world)
        const all = live(counts) + inProgress(world)
        const rate = (abandoned(counts) - lost) / (all - answered)
        ;[lost, answered] = [abandoned(counts), all]
        return rate
      }).slice(1)
    }).flat()

  // 120 shifts: a share of a half is known to ±9 points, a small one to ±5. The reference prints 2 % of the shifts for
  // five agents at 2.5 %; 590 shifts of ours gave 5.8 % (4.2 to 7.9) at this gain of the price, 1.9 % at twice the gain.
  it.each([
    [5, 0.03, 35, 65],
    [10, 0.03, 35, 65],
    [5, 0.025, 0, 10],
    [10, 0.025, 0, 1]
  ] as const)("%i agents at a target of %f end above 3 % in %f to %f % of the shifts", (agents, target, low, high) => {
    const over = percent(rates(agents, target).map((rate) => (rate > limit ? 1 : 0)))
    assert.strictEqual(over.length, 10 * shiftCount)
    const row = `target ${100 * target} %, ${agents} agents`
    warm.within({ row, measure: "shifts above 3 %, %", values: over, halfWidthMax: 10 }, low, high)
  })
})
