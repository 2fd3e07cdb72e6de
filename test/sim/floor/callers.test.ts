import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { ModeName } from "../../../src/domain/Mode.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import type { Stamped } from "../../../src/runtime/floor/FloorEvent.ts"
import type { Records } from "../../../src/store/Recorder.ts"
import { Rehearsal, replayedCore } from "../../../sim/floor/Rehearsal.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { group, record, ringingPhone, scenarioOf, trunk } from "../worldFloors.ts"

/** What the runtime writes down of a shift, with the simulated world around it, and the journal of it. */
const rehearsed = (scenario: Scenario, replication: number, untilMillis: number) => {
  const kept: Array<Records> = []
  const journal: Array<Stamped> = []
  const rehearsal = new Rehearsal(
    scenario,
    replication,
    Journal.layerKept((events, records) => {
      journal.push(...events)
      kept.push(records)
    })
  )
  rehearsal.run(untilMillis)
  kept.push(rehearsal.core.takeRecords())
  return { ...all(kept), journal }
}

const all = (kept: ReadonlyArray<Records>) => ({
  attempts: kept.flatMap(({ attempts }) => attempts),
  arrivals: kept.flatMap(({ arrivals }) => arrivals),
  spans: kept.flatMap(({ spans }) => spans),
  notes: kept.flatMap(({ notes }) => notes)
})

describe("calls to us", () => {
  const int = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))
  const Floor = Schema.Struct({
    agents: int(1, 8),
    contacts: int(0, 300),
    alwaysOn: Schema.Boolean,
    mode: Schema.Literals(["manual", "preview", "progressive", "predictive", "automatic", "callback"]),
    callsPerHour: int(1, 600),
    knownPercent: int(0, 100),
    callersMax: int(0, 12),
    waitSeconds: int(1, 200),
    replication: int(0, 1_000_000)
  })
  const scenarioFor = (given: typeof Floor.Type): Scenario => {
    const pacings: Readonly<Partial<Record<ModeName, object>>> = {
      automatic: { kind: "lines", linesMax: 20, callsPerSecondMax: 2 },
      predictive: { kind: "fixed-ratio", linesPerAgent: 2 }
    }
    const pacing = (pacings[given.mode] ?? { kind: "one-per-agent" }) as { readonly kind: "one-per-agent" }
    const queue = { callersMax: given.callersMax, waitMillisMax: given.waitSeconds * 1_000 }
    const callers = {
      perHour: given.callsPerHour,
      knownShare: given.knownPercent / 100,
      patience: { kind: "exponential", mean: 40 }
    } as const
    return scenarioOf(
      { groups: [{ ...group, agents: given.agents, phone: given.alwaysOn ? group.phone : ringingPhone }], trunk },
      {
        settings: { mode: given.mode, pacing, queue, dropMillis: 8_000 },
        list: { contacts: given.contacts, requestsPerHour: given.mode === "callback" ? 30 : 0 },
        callers
      },
      { settings: { name: "other", mode: "progressive", pacing: { kind: "one-per-agent" } }, list: { contacts: 100 } }
    )
  }

  it.prop(
    "are the same in the runtime and in the simulator, and its journal gives them again",
    [Floor],
    ([given]) => {
      const scenario = scenarioFor(given)
      const { recorder } = record(scenario, { replication: given.replication, untilMillis: 3_600_000 })
      const { journal, ...runtime } = rehearsed(scenario, given.replication, 3_600_000)
      assert.deepStrictEqual(runtime.arrivals, recorder.arrivals)
      assert.deepStrictEqual(runtime.attempts, recorder.attempts)
      assert.deepStrictEqual(runtime.spans, recorder.spans)
      assert.deepStrictEqual(runtime.notes, recorder.notes)
      const core = replayedCore(scenario, given.replication)
      const again: Array<Records> = []
      for (const { at, event } of journal) {
        core.tell(event, at)
        again.push(core.takeRecords())
      }
      const told = all(again)
      assert.deepStrictEqual(told.arrivals, runtime.arrivals)
      assert.deepStrictEqual(told.attempts, runtime.attempts)
    },
    { arbitrary: { runs: 60, seed: 1 } }
  )
})
