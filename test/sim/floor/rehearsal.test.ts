import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { readdirSync } from "node:fs"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import type { Records } from "../../../src/store/Recorder.ts"
import { Rehearsal } from "../../../sim/floor/Rehearsal.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { sampleScenario } from "../scenario/sample.ts"
import { floors, group, record, ringingPhone, scenarioOf, trunk } from "../worldFloors.ts"

const dayMillis = 86_400_000

/** What the runtime writes down of a shift, with the simulated world around it. */
const rehearsed = (scenario: Scenario, replication: number, untilMillis: number) => {
  const kept: Array<Records> = []
  const rehearsal = new Rehearsal(
    scenario,
    replication,
    Journal.layerKept((_, records) => kept.push(records))
  )
  rehearsal.run(untilMillis)
  kept.push(rehearsal.core.takeRecords())
  return {
    attempts: kept.flatMap(({ attempts }) => attempts),
    spans: kept.flatMap(({ spans }) => spans),
    holds: kept.flatMap(({ holds }) => holds),
    notes: kept.flatMap(({ notes }) => notes)
  }
}

const agrees = (scenario: Scenario, replication = 1, untilMillis = dayMillis) => {
  const { recorder } = record(scenario, { replication, untilMillis })
  const runtime = rehearsed(scenario, replication, untilMillis)
  assert.deepStrictEqual(runtime.attempts, recorder.attempts)
  assert.deepStrictEqual(runtime.spans, recorder.spans)
  assert.deepStrictEqual(runtime.holds, recorder.holds)
  assert.deepStrictEqual(runtime.notes, recorder.notes)
  return runtime
}

const folder = new URL("../../../scenarios/", import.meta.url)
const samples = readdirSync(folder).filter((name) => name.endsWith(".yaml"))
/** The large one makes 300,000 calls a day: its first two hours have all that happens in it. */
const hours: Readonly<Record<string, number>> = { "consumer-80.yaml": 2 }

describe("the runtime and the simulator", () => {
  it.each(samples)("write down the same of every call, agent and contact: %s", (name) => {
    const scenario = sampleScenario(name)
    const { attempts } = agrees(scenario, 1, (hours[name] ?? 24) * 3_600_000)
    assert.isAbove(attempts.length, 100)
  })

  it.each(Object.keys(floors))("agree on a floor with %s", (name) => {
    agrees(floors[name], 3)
  })

  it("agree up to any instant at which a run is cut off", () => {
    for (const untilMillis of [1, 250_000, 3_599_999]) agrees(floors["everything at once"], 2, untilMillis)
  })

  const Random = Schema.Struct({
    agents: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 12 })),
    contacts: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 800 })),
    ratio: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 5 })),
    lines: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 60 })),
    alwaysOn: Schema.Boolean,
    detection: Schema.Boolean,
    mode: Schema.Literals(["manual", "preview", "progressive", "predictive", "automatic", "callback"]),
    patienceSeconds: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 30 })),
    replication: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))
  })
  it.prop(
    "agree on floors nobody thought of",
    [Random],
    ([given]) => {
      const { mode, ratio } = given
      const pacing =
        mode === "automatic"
          ? ({ kind: "lines", linesMax: given.lines, callsPerSecondMax: ratio } as const)
          : mode === "predictive"
            ? ({ kind: "fixed-ratio", linesPerAgent: ratio } as const)
            : ({ kind: "one-per-agent" } as const)
      const phone = given.alwaysOn ? group.phone : ringingPhone
      const scenario = scenarioOf(
        { groups: [{ ...group, agents: given.agents, phone }], trunk: { ...trunk, linesMax: given.lines } },
        {
          settings: { mode, pacing, detection: given.detection, dropMillis: 8_000 },
          people: { patience: { kind: "exponential", mean: given.patienceSeconds } },
          list: { contacts: given.contacts, requestsPerHour: mode === "callback" ? 60 : 0 }
        }
      )
      agrees(scenario, given.replication, 3_600_000)
    },
    { arbitrary: { runs: 60, seed: 1 } }
  )
})
