import { assert, describe, it } from "@effect/vitest"
import type { Counts } from "../../src/domain/Counts.ts"
import { abandoned, live, measures } from "../../src/domain/measures.ts"
import type { DistributionSpec } from "../../sim/random/distributions.ts"
import { constantLinesLoad, erlangB, erlangBOccupancy, fixedPatience } from "../oracles/closedForms.ts"
import { plainFloor } from "../oracles/plainFloor.ts"
import { windowCounts } from "./steadyCounts.ts"
import { ConstantLines, PoissonLaunches } from "./testPolicies.ts"
import { percent, ValidationTable } from "./ValidationTable.ts"

const abandonRates = (counts: ReadonlyArray<Counts>) => percent(counts.map(measures.abandonRate.of))
const occupancies = (counts: ReadonlyArray<Counts>) => percent(counts.map(measures.occupancy.of))

const blind = new ValidationTable("1 Open-loop dialling is Erlang B")
const lines = new ValidationTable("1.1 A constant number of lines is Erlang B")
const patient = new ValidationTable("1.2 Open-loop dialling with a wait limit is M/M/n+D")

const noWrap: DistributionSpec = { kind: "constant", value: 0 }
/** Talk and wrap with the mean of 140 s together. */
const shapes: Readonly<Record<string, { readonly talk: DistributionSpec; readonly wrap: DistributionSpec }>> = {
  exponential: { talk: { kind: "exponential", mean: 140 }, wrap: noWrap },
  lognormal: { talk: { kind: "lognormal", mean: 120, cv: 1 }, wrap: { kind: "lognormal", mean: 20, cv: 0.5 } },
  constant: { talk: { kind: "constant", value: 140 }, wrap: noWrap }
}
const handling = 140
const pickup = 0.8
const pacing = { kind: "one-per-agent" } as const

describe("open-loop dialling (validation.md 1)", () => {
  // Hours of the window so that every row settles the loss to ±0.5 points and the occupancy to ±0.6.
  const rows: ReadonlyArray<readonly [n: number, a: number, hours: number]> = [
    [1, 1, 120],
    [2, 1, 110],
    [5, 3, 45],
    [10, 5, 20],
    [10, 8, 24],
    [20, 16, 14],
    [22, 14, 16],
    [22, 28, 13],
    [50, 40, 6],
    [100, 90, 4]
  ]
  const errorsOff: Array<number> = []
  for (const [shape, laws] of Object.entries(shapes)) {
    it.each(rows)(`loses Erlang B of %i agents at load %i, ${shape} handling`, (n, a, hours) => {
      const seed = `erlang ${n} ${a} ${shape}`
      const counts = windowCounts(plainFloor({ agents: n, pickup, pacing, waitSeconds: 0, seed, ...laws }), {
        replications: 24,
        hours,
        warmUpHours: 0.5,
        policy: (replication) => new PoissonLaunches(a / handling / pickup, seed, replication)
      })
      const row = `${n} agents, load ${a}, ${shape}`
      const lost = { row, measure: "abandoned %", values: abandonRates(counts), halfWidthMax: 0.5 }
      errorsOff.push(blind.exact(lost, 100 * erlangB(n, a)))
      blind.exact(
        { row, measure: "occupancy %", values: occupancies(counts), halfWidthMax: 0.6 },
        100 * erlangBOccupancy(n, a)
      )
    })
  }
  it("loses neither more nor less over all the rows together", () => {
    assert.strictEqual(errorsOff.length, 30)
    const together = errorsOff.reduce((sum, error) => sum + error, 0) / Math.sqrt(errorsOff.length)
    assert.isAtMost(Math.abs(together), 3, "standard errors, all rows as one figure")
  })
})

describe("a constant number of ringing lines (simulation.md 1.1)", () => {
  it.each(Object.entries(shapes))("loses Erlang B at the load of the lines, %s handling", (shape, laws) => {
    const resolution: DistributionSpec = { kind: "exponential", mean: 60 }
    const [agents, ringing, p] = [10, 10, 0.3]
    const counts = windowCounts(
      plainFloor({
        agents,
        pickup: p,
        pacing,
        waitSeconds: 0,
        ring: resolution,
        noAnswer: resolution,
        // Longer than any of the times drawn.
        ringSecondsMax: 3_600,
        seed: `lines ${shape}`,
        ...laws
      }),
      { replications: 24, hours: 36, warmUpHours: 0.5, policy: () => new ConstantLines(ringing) }
    )
    const load = constantLinesLoad(ringing, p, 60, handling)
    const row = `10 lines for 10 agents, ${shape}`
    lines.exact(
      { row, measure: "abandoned %", values: abandonRates(counts), halfWidthMax: 0.35 },
      100 * erlangB(agents, load)
    )
    lines.exact(
      { row, measure: "occupancy %", values: occupancies(counts), halfWidthMax: 0.4 },
      100 * erlangBOccupancy(agents, load)
    )
  })
})

describe("open-loop dialling with a wait limit of 2 s (simulation.md 1.2)", () => {
  const waited = (counts: Counts) => (abandoned(counts) + waitedAndServed(counts)) / live(counts)
  const waitedAndServed = ({ answerWaits }: Counts) => answerWaits.slice(1).reduce((sum, count) => sum + count, 0)
  it.each([
    [0.05, 10, 36],
    [0.07, 10, 30],
    [0.3, 50, 8]
  ] as const)("abandons and lets wait as M/M/n+D at %f answers a second, %i agents", (rate, n, hours) => {
    const seed = `grace ${rate} ${n}`
    const counts = windowCounts(
      plainFloor({ agents: n, pickup, pacing, waitSeconds: 2, seed, ...shapes.exponential }),
      {
        replications: 24,
        hours,
        warmUpHours: 0.5,
        policy: (replication) => new PoissonLaunches(rate / pickup, seed, replication)
      }
    )
    const expected = fixedPatience(rate, handling, n, 2)
    const row = `${rate} answers/s, ${n} agents`
    const check = (measure: string, values: ReadonlyArray<number>, exact: number) =>
      patient.exact({ row, measure, values, halfWidthMax: 0.6 }, exact)
    check("abandoned %", abandonRates(counts), 100 * expected.abandoned)
    check("answers that wait %", percent(counts.map(waited)), 100 * expected.waiting)
    check("occupancy %", occupancies(counts), 100 * expected.occupancy)
  })
})
