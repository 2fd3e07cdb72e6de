import { assert, describe, it } from "@effect/vitest"
import type { Counts } from "../../../../src/domain/Counts.ts"
import { AgentState } from "../../../../src/domain/AgentState.ts"
import { abandoned, attempts, live, measures } from "../../../../src/domain/measures.ts"
import { Outcome } from "../../../../src/domain/Outcome.ts"
import type { LookAheadSettings, PacingSettings } from "../../../../src/domain/Pacing.ts"
import { runShift, wholeShift } from "../../../../sim/runShift.ts"
import type { Scenario } from "../../../../sim/Scenario.ts"
import { pairedDifference } from "../../../../sim/statistics/paired.ts"
import { World } from "../../../../sim/World.ts"
import { type PlainFloor, plainFloor } from "../../../oracles/plainFloor.ts"
import { mean } from "../../learning/drawing.ts"

const hour = 3_600_000
const lookAhead = (given: Partial<LookAheadSettings> = {}): LookAheadSettings => ({
  kind: "look-ahead",
  abandonTarget: 0.03,
  release: false,
  priceStart: 0.02,
  gain: 0.1,
  guard: false,
  ...given
})
const onePerAgent: PacingSettings = { kind: "one-per-agent" }

const floorOf = (agents: number, pacing: Partial<LookAheadSettings> = {}, floor: Partial<PlainFloor> = {}): Scenario =>
  plainFloor({ agents, pickup: 0.3, pacing: lookAhead(pacing), ...floor })
/** The same floor with agents who go home after so many hours. */
const endingAfter = (scenario: Scenario, hours: number): Scenario => ({
  ...scenario,
  groups: scenario.groups.map((group) => ({ ...group, shift: { ...group.shift, endSeconds: hours * 3_600 } }))
})
const run = (scenario: Scenario, replication: number, hours: number): Counts =>
  runShift(scenario, { ...wholeShift, replication, untilMillis: hours * hour }).counts[0]
const replications = (count: number) => Array.from({ length: count }, (_, replication) => replication)
const occupancy = (counts: Counts) => 100 * measures.occupancy.of(counts)
const rateOf = (all: ReadonlyArray<Counts>) =>
  all.reduce((sum, counts) => sum + abandoned(counts), 0) / all.reduce((sum, counts) => sum + live(counts), 0)

describe("look-ahead on a floor", () => {
  it.each([1, 3, 10])("is never slower than progressive, at the lowest price, with %d agents", (agents) => {
    for (const replication of replications(3)) {
      const cautious = occupancy(run(floorOf(agents, { abandonTarget: 1e-9, priceStart: 1e-4 }), replication, 8))
      const pacing = onePerAgent
      const progressive = plainFloor({ agents, pickup: 0.3, pacing, mode: "progressive" })
      assert.isAtLeast(cautious, occupancy(run(progressive, replication, 8)) - 1e-9)
    }
  })
  it.each([
    { agents: 1, occupancy: 75.3 },
    { agents: 5, occupancy: 81.1 },
    { agents: 20, occupancy: 89.5 }
  ])("of $agents agents in the long run reaches the reference figure, $occupancy %, at the target", (row) => {
    const { agents } = row
    // Until the price has come down from where it starts, more are abandoned.
    const settled = 10
    const hours = settled + Math.max(12, 160 / agents)
    const all = replications(4).map(
      (replication) =>
        runShift(floorOf(agents, { priceStart: 0.1, gain: 0.05 }), {
          ...wholeShift,
          replication,
          warmUpMillis: settled * hour,
          untilMillis: hours * hour
        }).counts[0]
    )
    assert.approximately(mean(all.map(occupancy)), row.occupancy, 0.9)
    assert.approximately(rateOf(all), 0.03, 0.003)
  })
  it("gives the same result for the same scenario, seed and replication", () => {
    const result = () =>
      runShift(floorOf(8, { release: true, guard: true }), { ...wholeShift, replication: 3, untilMillis: 2 * hour })
    assert.deepStrictEqual(result(), result())
  })
  it("books all ready time under what bound it", () => {
    for (const guard of [false, true]) {
      const { boundMillis, counts } = runShift(floorOf(5, { guard }), {
        ...wholeShift,
        replication: 1,
        untilMillis: 8 * hour
      })
      const booked = boundMillis[0].reduce((sum, millis) => sum + millis, 0)
      const ready = counts[0].stateMillis[AgentState.ready]
      // What passed since the last decision before the end is not booked yet.
      assert.isAtMost(booked, ready)
      assert.isAtLeast(booked, ready - 5 * 10_000)
    }
  })
  it("is exact for few agents at work of a large team", () => {
    const small = floorOf(5)
    const [team] = small.groups
    const shift = { startSeconds: 10 * 3_600, endSeconds: Number.POSITIVE_INFINITY, spreadSeconds: 0 }
    const settings = { ...small.campaigns[0].settings, groups: ["team", "later"] }
    const large: Scenario = {
      ...small,
      groups: [team, { ...team, name: "later", agents: 60, shift }],
      campaigns: [{ ...small.campaigns[0], settings }]
    }
    assert.deepStrictEqual(run(large, 2, 4).outcomes, run(small, 2, 4).outcomes)
  })
  it("of hundreds of agents is paced often enough to keep them busy, at the target", () => {
    const counts = runShift(floorOf(400), {
      ...wholeShift,
      replication: 1,
      warmUpMillis: 0.5 * hour,
      untilMillis: 1.5 * hour
    }).counts[0]
    assert.isAbove(occupancy(counts), 98)
    assert.isBelow(rateOf([counts]), 0.033)
  })
})

describe("look-ahead from a cold start", () => {
  const starts = [5, 20].flatMap((agents) => [0.1, 0.6].map((believed) => ({ agents, believed })))
  it.each(starts)("of $agents agents who expect $believed makes no burst", ({ agents, believed }) => {
    const expected = { pickupRate: believed, ringMillis: 10_000, talkMillis: 120_000, wrapMillis: 20_000 }
    const floor = floorOf(agents, { abandonTarget: 0.025 }, { settings: { expected } })
    let lost = 0
    for (const replication of replications(12)) {
      const world = new World(floor, replication, { recorder: null, warmUpMillis: 0 })
      let most = 0
      for (let at = 0; at <= 120_000; at += 1_000) {
        world.run(at)
        most = Math.max(most, world.dialler.campaigns[0].ringingCount)
      }
      world.run(600_000)
      lost += abandoned(world.tally.counts(world.dialler.campaigns)[0])
      // A chance of 0.1 alone would allow 23 lines at 5 agents and 116 at 20.
      assert.isAtMost(most, 5.5 * agents)
    }
    assert.isAtMost(lost / 12, 0.5 * agents)
  })
  it.each(starts)(
    "of $agents agents who expect $believed abandons no more than the target on the first day",
    (start) => {
      const { agents, believed } = start
      const expected = { pickupRate: believed, ringMillis: 10_000, talkMillis: 120_000, wrapMillis: 20_000 }
      const floor = floorOf(agents, { abandonTarget: 0.025 }, { settings: { expected } })
      const days = replications(agents < 10 ? 10 : 3).map((replication) => run(endingAfter(floor, 8), replication, 9))
      assert.isAtMost(rateOf(days), 0.0265)
      assert.isAtMost(Math.max(...days.map((day) => rateOf([day]))), 0.03)
    }
  )
})

describe("look-ahead with a guard", () => {
  it.each([
    { agents: 2, target: 0.02, days: 60 },
    { agents: 5, target: 0.025, days: 40 },
    { agents: 20, target: 0.025, days: 10 }
  ])("of $agents agents ends hardly a day over the limit", ({ agents, days, target }) => {
    const floor = endingAfter(floorOf(agents, { abandonTarget: target, guard: true }), 8)
    const rates = replications(days).map((replication) => rateOf([run(floor, replication, 9)]))
    assert.isAtMost(rates.filter((rate) => rate > 0.03).length / days, 0.05)
    assert.isAtLeast(mean(rates), 0.3 * target)
  })
})

describe("look-ahead that may take calls back", () => {
  it("has them cancelled, gains from it, and keeps the target", () => {
    const [kept, takenBack] = [false, true].map((release) =>
      replications(6).map((replication) => run(floorOf(5, { release }), replication, 24))
    )
    assert.strictEqual(kept[0].outcomes[Outcome.cancelled], 0)
    for (const counts of takenBack) assert.isAbove(counts.outcomes[Outcome.cancelled] / attempts(counts), 0.005)
    const { difference } = pairedDifference(takenBack.map(occupancy), kept.map(occupancy), 0.95)
    assert.isAbove(difference.mean, 0.15)
    assert.isAtMost(rateOf(takenBack), 0.032)
  })
})

describe("look-ahead that knows the chance of each contact", () => {
  const segments = [
    { name: "cold", share: 0.5, pickup: 0.05 / 0.3 },
    { name: "warm", share: 0.5, pickup: 0.55 / 0.3 }
  ]
  const list = { contacts: 4_096, endless: true, segments, requestsPerHour: 0 }
  const occupancyOf = (agents: number, hours: number, replication: number, alike: boolean): number => {
    const floor = floorOf(agents, {}, { campaign: { list } })
    const world = new World(floor, replication, { recorder: null, warmUpMillis: hour })
    if (alike) Object.assign(world.dialler.campaigns[0].learned, { chance: () => 0.3 })
    world.run(hours * hour)
    return occupancy(world.tally.counts(world.dialler.campaigns)[0])
  }
  it.each([
    { agents: 5, hours: 24, gain: 1.5 },
    { agents: 20, hours: 12, gain: 0.7 }
  ])("of $agents agents gains at least $gain points over one that takes all alike", ({ agents, gain, hours }) => {
    const [known, alike] = [false, true].map((same) =>
      replications(5).map((replication) => occupancyOf(agents, hours, replication, same))
    )
    const { difference } = pairedDifference(known, alike, 0.95)
    assert.isAbove(difference.mean, gain)
    assert.isAbove(difference.low, 0)
  })
})

describe("look-ahead where two campaigns share a team", () => {
  it.each([5, 20])("of %d agents keeps the target in both, and gains on one campaign alone", (agents) => {
    const alone = floorOf(agents)
    const [first] = alone.campaigns
    const second = {
      ...first,
      settings: { ...first.settings, name: "second" },
      people: { ...first.people, answerShare: 0.5 }
    }
    const shared = { ...alone, campaigns: [first, second] }
    const shifts = replications(4).map((replication) =>
      runShift(shared, { ...wholeShift, replication, untilMillis: 12 * hour })
    )
    // Two campaigns settle on a lower price than they start with, and what lies between is spent.
    for (const campaign of [0, 1]) assert.isAtMost(rateOf(shifts.map(({ counts }) => counts[campaign])), 0.036)
    const together = mean(shifts.map(({ counts }) => occupancy(counts[0])))
    assert.isAtLeast(together, mean(replications(4).map((replication) => occupancy(run(alone, replication, 12)))) - 0.3)
  })
})

describe("look-ahead for agents of differing speed", () => {
  it.each([5, 20])("of %d agents loses no more than a point and a half against equals, at the target", (agents) => {
    const equal = floorOf(agents)
    const unequal = { ...equal, groups: equal.groups.map((group) => ({ ...group, speedCv: 0.4 })) }
    const hours = agents < 10 ? 24 : 10
    const [same, differing] = [equal, unequal].map((floor) =>
      replications(6).map((replication) => run(floor, replication, hours))
    )
    // Speeds of five agents average to another speed every day, and short calls mean more waits between them.
    assert.isAtLeast(mean(differing.map(occupancy)), mean(same.map(occupancy)) - 1.5)
    assert.isAtMost(rateOf(differing), 0.032)
  })
})
