import { describe, it } from "@effect/vitest"
import { longRun, reaches } from "./lookAheadFloor.ts"
import { ValidationTable } from "./ValidationTable.ts"

const table = new ValidationTable("5.2 Look-ahead that takes back calls")

describe("look-ahead that takes back calls reaches the reference (pacing-lookahead.md 4)", () => {
  it.each([
    [0.2, 1, 69.4],
    [0.2, 5, 79.7],
    [0.2, 20, 89.7],
    [0.3, 1, 76.5],
    [0.3, 3, 79.9],
    [0.3, 5, 82.3],
    [0.3, 10, 86.2],
    [0.3, 20, 90.3],
    [0.3, 50, 94.6],
    [0.5, 1, 84.6],
    [0.5, 5, 86.7],
    [0.5, 20, 91.5],
    [0.7, 1, 89.3],
    [0.7, 5, 90.1],
    [0.7, 20, 92.7]
  ] as const)("p %f, %i agents: %f %", (pickup, agents, reference) => {
    // 150 agent-hours a replication, 220 of small teams, settle one agent to ±0.7 and others to ±0.5.
    const counts = longRun({ agents, pickup, release: true, agentHours: agents <= 5 ? 220 : 150 })
    const row = `live ${pickup}, ${agents} agents, reference ${reference}`
    reaches(table, row, counts, reference - 0.5, 0.03, agents === 1 ? 0.7 : 0.5)
  })
})
