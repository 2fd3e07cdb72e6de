import { assert, describe, it } from "@effect/vitest"
import { readdirSync } from "node:fs"
import { scenarioWarnings } from "../../../sim/scenario/warnings.ts"
import { flowOf, withEnd } from "../../domain/flow/flows.ts"
import { scenarioOf } from "../worldFloors.ts"
import { sampleScenario } from "./sample.ts"

const folder = new URL("../../../scenarios/", import.meta.url)

describe("what is hardly meant in a scenario", () => {
  it("is told with its place", () => {
    const rules = [
      { name: "busy", when: { outcome: ["busy"] }, then: { again: { afterMinutes: 5 } } },
      { name: "busy later", when: { outcome: ["busy"], attempts: { min: 2 } }, then: { again: { afterMinutes: 60 } } }
    ] as const
    assert.deepStrictEqual(scenarioWarnings(scenarioOf({}, {}, { settings: { name: "second", rules } })), [
      {
        path: "campaigns[1].afterAttempt[1]",
        message: "“busy later” is never reached: “busy” before it decides all its cases"
      }
    ])
  })
  it("is told of flows", () => {
    const flow = flowOf(
      withEnd(
        { name: "ask", do: "collect", keys: { "[12]": "way" }, noInput: "end" },
        {
          name: "way",
          do: "branch",
          cases: [
            { question: "ask", keys: "[12]", next: "end" },
            { question: "ask", keys: "1", next: "end" }
          ],
          otherwise: "end"
        }
      )
    )
    const [warning, ...others] = scenarioWarnings(scenarioOf({}, { settings: { flow } }))
    assert.deepStrictEqual(others, [])
    assert.deepStrictEqual(warning, {
      path: "campaigns[0].flow.steps[1].cases[1].keys",
      message: 'found "1"; meant are probably keys that [12], a case before it, leaves'
    })
  })
  it("is in none of the samples", () => {
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".yaml"))) {
      assert.deepStrictEqual([name, ...scenarioWarnings(sampleScenario(name))], [name])
    }
  })
})
