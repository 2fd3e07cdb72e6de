import { describe, it } from "@effect/vitest"
import { addCounts, type Counts, emptyCounts } from "../../src/domain/Counts.ts"
import { attempts, connected, measures } from "../../src/domain/measures.ts"
import { Outcome } from "../../src/domain/Outcome.ts"
import type { PacingSettings } from "../../src/domain/Pacing.ts"
import type { People, Scenario } from "../../sim/Scenario.ts"
import { World } from "../../sim/World.ts"
import { type PlainFloor, plainFloor } from "../oracles/plainFloor.ts"
import { lookAhead } from "./lookAheadFloor.ts"
import { windowCounts } from "./steadyCounts.ts"
import { ValidationTable } from "./ValidationTable.ts"

const table = new ValidationTable("9 What must move which way")
const knobs = new ValidationTable("9.1 Any pacing knob towards more lines")

const replications = 10
const hours = 8
const waitSeconds = measures.idleWaitSeconds.of
const abandonedPercent = (counts: Counts) => 100 * measures.abandonRate.of(counts)
const occupancyPercent = (counts: Counts) => 100 * measures.occupancy.of(counts)
const noAnswerPercent = (counts: Counts) => (100 * counts.outcomes[Outcome.noAnswer]) / attempts(counts)

/** Ten agents on the plain floor, p 0.3, look-ahead at 3 %, unless told. */
const floor = (changes: Partial<PlainFloor> = {}): Scenario =>
  plainFloor({ agents: 10, pickup: 0.3, pacing: lookAhead(), seed: "directions", ...changes })
const withPeople = (scenario: Scenario, change: (people: People) => Partial<People>): Scenario => {
  const [campaign] = scenario.campaigns
  const people = { ...campaign.people, ...change(campaign.people) }
  return { ...scenario, campaigns: [{ ...campaign, people }] }
}

type Compared = readonly [before: ReadonlyArray<Counts>, after: ReadonlyArray<Counts>]
/** Both meet the same people: replication by replication, common random numbers. */
const compared = (before: Scenario, after: Scenario): Compared => [
  windowCounts(before, { replications, hours }),
  windowCounts(after, { replications, hours })
]
const differences = ([before, after]: Compared, of: (counts: Counts) => number) =>
  after.map((counts, index) => of(counts) - of(before[index]))

describe("agents wait longer or shorter (validation.md 5)", () => {
  const quick = floor({ ring: { kind: "uniform", min: 4, max: 8 } })
  const slow = floor({ ring: { kind: "uniform", min: 8, max: 16 } })
  /** People answer within 16 s; the others ring for as long as the dialler lets them. */
  const ringing = (ringSecondsMax: number, pacing: PacingSettings) =>
    floor({ ring: { kind: "uniform", min: 4, max: 16 }, ringSecondsMax, pacing })
  const steered: PacingSettings = { kind: "unicom", adjust: 50, silentTarget: 0.025 }
  const long = floor({ talk: { kind: "lognormal", mean: 240, cv: 1 }, wrap: { kind: "lognormal", mean: 40, cv: 0.5 } })
  const target = (abandonTarget: number) => floor({ pacing: lookAhead({ abandonTarget }) })
  it.each<[change: string, direction: "up" | "down", before: Scenario, after: Scenario]>([
    ["abandon target 1 to 5 %", "down", target(0.01), target(0.05)],
    ["time to answer 6 to 12 s", "up", quick, slow],
    ["ring limit 22 to 44 s, Predict1PI", "up", ringing(22, steered), ringing(44, steered)],
    ["talk and wrap-up doubled", "up", floor(), long],
    ["connect rate 20 to 40 %", "down", floor({ pickup: 0.2 }), floor({ pickup: 0.4 })],
    ["agents 5 to 10", "down", floor({ agents: 5 }), floor()],
    ["agents 10 to 20", "down", floor(), floor({ agents: 20 })],
    ["trunks 12 to 16, where they limit", "down", floor({ linesMax: 12 }), floor({ linesMax: 16 })]
  ])("%s: %s", (row, direction, before, after) => {
    const values = differences(compared(before, after), waitSeconds)
    table.moves({ row, measure: "wait between calls s", values, halfWidthMax: 4 }, direction)
  })

  it("look-ahead knows that a call which rings for long will not be answered, so a longer ring limit costs nothing", () => {
    const values = differences(compared(ringing(22, lookAhead()), ringing(44, lookAhead())), waitSeconds)
    const row = "ring limit 22 to 44 s, look-ahead"
    table.within({ row, measure: "wait between calls s", values, halfWidthMax: 1 }, -1, 1)
  })
})

describe("what else must move (validation.md 5)", () => {
  it("no answers fall from over half to a quarter or a third of the calls with a ring limit of 25 s for 15", () => {
    const mixed = (ringSecondsMax: number) =>
      withPeople(
        floor({ pickup: 0.4, mode: "progressive", pacing: { kind: "one-per-agent" }, ringSecondsMax }),
        (people) => ({
          otherwise: { machine: 0.35, busy: 0.08, rejected: 0, invalid: 0.05 },
          ring: {
            ...people.ring,
            // Answers come at 6 to 10 s and again at 18 to 22 s.
            person: {
              kind: "mixture",
              parts: [
                { share: 0.7, of: { kind: "uniform", min: 6, max: 10 } },
                { share: 0.3, of: { kind: "uniform", min: 18, max: 22 } }
              ]
            },
            machine: { kind: "uniform", min: 18, max: 22 },
            busy: { kind: "constant", value: 2 },
            invalid: { kind: "constant", value: 2 }
          }
        })
      )
    const [short, longer] = compared(mixed(15), mixed(25))
    const figure = (row: string, values: ReadonlyArray<number>) => ({
      row,
      measure: "no answer %",
      values,
      halfWidthMax: 1
    })
    table.within(figure("ring limit 15 s", short.map(noAnswerPercent)), 50, 75)
    table.within(figure("ring limit 25 s", longer.map(noAnswerPercent)), 25, 35)
  })

  it("busies leave talk and wait nearly unchanged in predictive dialling", () => {
    // Of 100 calls 30 are busy at once; of the others as many are answered as before.
    const busy = withPeople(floor({ pickup: 0.21 }), (people) => ({
      otherwise: { ...people.otherwise, busy: 0.3 / 0.79 },
      ring: { ...people.ring, busy: { kind: "constant", value: 0.5 } }
    }))
    const pair = compared(floor(), busy)
    const figure = (measure: string, of: (counts: Counts) => number, halfWidthMax: number) => ({
      row: "busies 0 to 30 %",
      measure: `${measure}, change`,
      values: differences(pair, of),
      halfWidthMax
    })
    table.within(figure("talk min/h", measures.talkMinutesPerHour.of, 1), -1, 1)
    table.within(figure("wait between calls s", waitSeconds, 1), -2, 2)
  })

  it("people taken for machines: fewer connected, more who hear silence", () => {
    const detecting = (personAsMachine: number) =>
      withPeople(
        floor({ pacing: { kind: "fixed-ratio", linesPerAgent: 1.5 }, settings: { detection: true } }),
        (people) => ({
          otherwise: { ...people.otherwise, machine: 0.3 },
          ring: { ...people.ring, machine: { kind: "uniform", min: 15, max: 20 } },
          detection: { delay: { kind: "constant", value: 1 }, personAsMachine, machineAsPerson: 0.05 }
        })
      )
    const pair = compared(detecting(0), detecting(0.05))
    const row = "AMD false positives 0 to 5 %"
    const connects = differences(pair, measures.connectsPerAgentHour.of)
    const silent = differences(pair, (counts) => (100 * (counts.silent + counts.machineFalse)) / connected(counts))
    table.moves({ row, measure: "connects per agent-hour", values: connects, halfWidthMax: 0.3 }, "down")
    table.moves({ row, measure: "silent per 100 connected", values: silent, halfWidthMax: 0.5 }, "up")
  })

  it("a larger team at the same ratio abandons less", () => {
    const ratio: PacingSettings = { kind: "fixed-ratio", linesPerAgent: 2 }
    const values = differences(
      compared(floor({ agents: 5, pacing: ratio }), floor({ agents: 20, pacing: ratio })),
      abandonedPercent
    )
    table.moves({ row: "agents 5 to 20 at ratio 2", measure: "abandoned %", values, halfWidthMax: 1 }, "down")
  })

  it("answers in clusters: a list that was not shuffled abandons more", () => {
    const plain = floor({ pacing: { kind: "fixed-ratio", linesPerAgent: 2 } })
    const [campaign] = plain.campaigns
    const segments = [
      { name: "warm", share: 0.5, pickup: 1.8 },
      { name: "cold", share: 0.5, pickup: 0.2 }
    ]
    const list = { ...campaign.list, contacts: 12_000, endless: false, segments }
    const scenario = { ...plain, campaigns: [{ ...campaign, list }] }
    const rate = (replication: number, clusterSize: number) => {
      const world = new World(scenario, replication, { warmUpMillis: 0, recorder: null })
      const { segment } = world.dialler.campaigns[0].list
      if (clusterSize > 0) for (let i = 0; i < list.contacts; i += 1) segment[i] = Math.floor(i / clusterSize) % 2
      world.run(hours * 3_600_000)
      return abandonedPercent(addCounts(emptyCounts(), world.tally.counts(world.dialler.campaigns)[0]))
    }
    const values = Array.from({ length: replications }, (_, r) => rate(r, 200) - rate(r, 0))
    table.moves(
      { row: "list shuffled, then in blocks of 200", measure: "abandoned %", values, halfWidthMax: 1.5 },
      "up"
    )
  })
})

describe("any pacing knob towards more lines (validation.md 5)", () => {
  const unicom = (adjust: number): PacingSettings => ({ kind: "unicom", adjust, silentTarget: null })
  const vicidial = (level: number): PacingSettings => ({
    ...{ kind: "vicidial", method: "ratio", level, levelMax: 3, dropLimit: 0.03 },
    ...{ availableOnly: false, intensity: 0, differenceTarget: 0, taperEnd: 2100 }
  })
  it.each<[knob: string, before: PacingSettings, after: PacingSettings]>([
    [
      "lines per agent 1.5 to 2.5",
      { kind: "fixed-ratio", linesPerAgent: 1.5 },
      { kind: "fixed-ratio", linesPerAgent: 2.5 }
    ],
    ["pickup rate 50 to 30 %", { kind: "pickup-rate", rate: 0.5 }, { kind: "pickup-rate", rate: 0.3 }],
    ["Predict2 adjust 50 to 150", unicom(50), unicom(150)],
    ["VICIdial level 1.3 to 1.8", vicidial(1.3), vicidial(1.8)],
    ["look-ahead target 1 to 5 %", lookAhead({ abandonTarget: 0.01 }), lookAhead({ abandonTarget: 0.05 })]
  ])("%s: more abandoned, more occupied, less waiting", (row, before, after) => {
    const pair = compared(floor({ pacing: before }), floor({ pacing: after }))
    const figure = (measure: string, of: (counts: Counts) => number) => ({
      row,
      measure,
      values: differences(pair, of),
      halfWidthMax: 3
    })
    knobs.moves(figure("abandoned %", abandonedPercent), "up")
    knobs.moves(figure("occupancy %", occupancyPercent), "up")
    knobs.moves(figure("wait between calls s", waitSeconds), "down")
  })
})
