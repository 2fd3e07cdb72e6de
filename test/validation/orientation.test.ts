import { describe, it } from "@effect/vitest"
import { measures } from "../../src/domain/measures.ts"
import type { PacingSettings, VicidialSettings } from "../../src/domain/Pacing.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { plainFloor } from "../oracles/plainFloor.ts"
import { windowCounts } from "./steadyCounts.ts"
import { percent, ValidationTable } from "./ValidationTable.ts"

const table = new ValidationTable("8 Existing diallers, ten agents: orientation")

/** Half of the band around a figure of a small check simulation, points. */
const band = 3
const fastFailure = 0.05

/** Live 25 %, 5 % fail fast, the rest rings out; an answer comes after 4 to 20 s, the ring limit is 25 s. */
const floor = (pacing: PacingSettings, waitSeconds: number): Scenario => {
  const pickup = 0.25
  const plain = plainFloor({
    agents: 10,
    pickup,
    pacing,
    waitSeconds,
    ring: { kind: "uniform", min: 4, max: 20 },
    ringSecondsMax: 25,
    talk: { kind: "exponential", mean: 120 },
    wrap: { kind: "exponential", mean: 15 },
    seed: "orientation"
  })
  const [campaign] = plain.campaigns
  const { people } = campaign
  const otherwise = { ...people.otherwise, invalid: fastFailure / (1 - pickup) }
  const ring = { ...people.ring, invalid: { kind: "constant", value: 1 } } as const
  return { ...plain, campaigns: [{ ...campaign, people: { ...people, otherwise, ring } }] }
}

const vicidial = (settings: Partial<VicidialSettings>): VicidialSettings => ({
  kind: "vicidial",
  method: "ratio",
  level: 1,
  levelMax: 3,
  dropLimit: 0.03,
  availableOnly: false,
  intensity: 0,
  differenceTarget: 0,
  taperEnd: 2100,
  ...settings
})

describe("existing diallers with ten agents (pacing-baselines.md 10)", () => {
  // 8 shifts of 8 h: ±1.5 points at the most.
  it.each<[name: string, pacing: PacingSettings, waitSeconds: number, occupancy: number, lost: number]>([
    ["progressive", { kind: "one-per-agent" }, 2, 62, 0],
    ["VICIdial RATIO 1.5", vicidial({ level: 1.5 }), 5, 83, 13],
    ["VICIdial RATIO 2.0", vicidial({ level: 2 }), 5, 93, 39],
    ["VICIdial HARD_LIMIT", vicidial({ method: "hard-limit" }), 5, 62, 3.1],
    ["VICIdial AVERAGE", vicidial({ method: "average" }), 5, 62, 3.1],
    ["VICIdial AVERAGE, available only", vicidial({ method: "average", availableOnly: true }), 5, 73, 2.9],
    ["Predict2, adjust 100", { kind: "unicom", adjust: 100, silentTarget: null }, 2, 88, 11],
    ["Predict2, adjust 50", { kind: "unicom", adjust: 50, silentTarget: null }, 2, 80, 2.2],
    ["pickup rate 25 %", { kind: "pickup-rate", rate: 0.25 }, 2, 88, 13],
    ["pickup rate 35 %", { kind: "pickup-rate", rate: 0.35 }, 2, 85, 6.2],
    ["pickup rate 50 %", { kind: "pickup-rate", rate: 0.5 }, 2, 78, 1.3]
  ])("%s", (row, pacing, waitSeconds, occupancy, lost) => {
    const counts = windowCounts(floor(pacing, waitSeconds), { replications: 8, hours: 8 })
    const check = (measure: string, values: ReadonlyArray<number>, around: number) =>
      table.within({ row, measure, values, halfWidthMax: 1.5 }, Math.max(0, around - band), around + band)
    check("occupancy %", percent(counts.map(measures.occupancy.of)), occupancy)
    check("abandoned %", percent(counts.map(measures.abandonRate.of)), lost)
  })
})
