import { assert, describe, it } from "@effect/vitest"
import { Outcome } from "../../src/domain/Outcome.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { plainFloor } from "../oracles/plainFloor.ts"

/** A script of a minute on 20 lines and one agent for those who ask; people bear so many seconds of silence. */
const robot = (listensSeconds: number, patienceSeconds: number): Scenario => {
  const plain = plainFloor({
    agents: 1,
    pickup: 0.9,
    mode: "automatic",
    pacing: { kind: "lines", linesMax: 20, callsPerSecondMax: 1 },
    hours: 2,
    settings: { detection: listensSeconds > 0 }
  })
  const [campaign] = plain.campaigns
  const constant = (value: number) => ({ kind: "constant", value }) as const
  const people = {
    ...campaign.people,
    patience: constant(patienceSeconds),
    detection: { delay: constant(listensSeconds), personAsMachine: 0, machineAsPerson: 0 },
    script: { length: constant(60), hangUpShare: 0, transferShare: 0.5, until: constant(10) }
  }
  return { ...plain, campaigns: [{ ...campaign, people }] }
}
const shift = (scenario: Scenario) => {
  const { counts, lostWaiting } = runShift(scenario, { ...wholeShift, untilMillis: 7_200_000, replication: 0 })
  const { outcomes } = counts[0]
  const left = outcomes[Outcome.hungUpWaiting] + outcomes[Outcome.abandoned]
  return { left, lost: lostWaiting[0], connected: outcomes[Outcome.connected] }
}

describe("people lost while they wait for an agent", () => {
  it("are those who asked the script for one", () => {
    const { connected, left, lost } = shift(robot(0, 5))
    assert.isAbove(connected, 10)
    assert.isAbove(lost, 100)
    assert.strictEqual(lost, left)
  })
  it("are not those who left while the dialler listened for a machine", () => {
    const { connected, left, lost } = shift(robot(1.5, 1))
    assert.isAbove(left, 100)
    assert.deepStrictEqual([lost, connected], [0, 0])
  })
  it("are everybody abandoned or gone where agents serve the answers", () => {
    const floor = plainFloor({ agents: 3, pickup: 0.5, pacing: { kind: "fixed-ratio", linesPerAgent: 4 }, hours: 2 })
    const { left, lost } = shift(floor)
    assert.isAbove(left, 10)
    assert.strictEqual(lost, left)
  })
})
