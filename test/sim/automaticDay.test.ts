import { assert, describe, it } from "@effect/vitest"
import { Outcome } from "../../src/domain/Outcome.ts"
import { runShift, wholeShift } from "../../sim/runShift.ts"
import type { Scenario } from "../../sim/Scenario.ts"
import { plainFloor } from "../oracles/plainFloor.ts"

const hour = 3_600_000

/** Everybody answers after a second and hears a script of a minute; retries never end. */
const robot = (patienceSeconds: number | null): Scenario => {
  const plain = plainFloor({
    agents: 1,
    pickup: 0.9,
    mode: "automatic",
    pacing: { kind: "lines", linesMax: 5, callsPerSecondMax: 1 },
    hours: 2,
    settings: { groups: [], retry: { "no-answer": { delayMillis: 60_000, attemptsMax: 200 } }, attemptsMax: 200 }
  })
  const [campaign] = plain.campaigns
  const script = { kind: "constant", value: 60 } as const
  return {
    ...plain,
    campaigns: [
      {
        ...campaign,
        list: { ...campaign.list, contacts: 10_000, endless: false },
        people: {
          ...campaign.people,
          ring: { ...campaign.people.ring, person: { kind: "constant", value: 1 } },
          patience: patienceSeconds === null ? null : { kind: "constant", value: patienceSeconds },
          script: { length: script, hangUpShare: 0, transferShare: 0, until: script }
        }
      }
    ]
  }
}

describe("an automatic day", () => {
  it("ends when the day does: no call is placed afterwards, and those under way finish", () => {
    const { counts, endedAt } = runShift(robot(null), { ...wholeShift, replication: 1 })
    assert.isAtLeast(endedAt, 2 * hour)
    assert.isAtMost(endedAt, 2 * hour + 22_000 + 60_000)
    assert.isAbove(counts[0].outcomes[Outcome.scripted], 100)
  })

  it("lets a person hear the script to its end, however little patience there is for silence", () => {
    const patient = runShift(robot(null), { ...wholeShift, replication: 1 })
    const impatient = runShift(robot(5), { ...wholeShift, replication: 1 })
    assert.deepStrictEqual(impatient.counts, patient.counts)
  })
})
