import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { readScenario } from "../../../sim/scenario/readScenario.ts"
import { World } from "../../../sim/World.ts"

const file = (callerIds: string, more = "") => `
name: shown
day: { start: "09:00", lengthHours: 2 }
groups: [{ name: team, agents: 3 }]
campaigns:
  - name: calls
    mode: progressive
    law: none
    callerIds: ${callerIds}
    list: { contacts: 400${more} }
    people: { outcomes: { person: 0.3, machine: 0, busy: 0.1, invalid: 0, noAnswer: 0.6 } }
`
const worldOf = (text: string): World => {
  const scenario = Result.getOrThrow(readScenario(text, "shown.yaml"))
  const world = new World(scenario, 0, { warmUpMillis: 0, recorder: null })
  world.run(Number.POSITIVE_INFINITY)
  return world
}
/** Calls on which each number was shown. */
const shown = (world: World): Readonly<Record<string, number>> => {
  const { ids } = world.dialler.campaigns[0].shown ?? assert.fail("no numbers")
  return Object.fromEntries(
    Array.from({ length: ids.size }, (_, index) => [ids.numberOf(index), ids.shownOn(index, 0)])
  )
}

describe("caller IDs in a scenario", () => {
  it("go round, and keep their caps: then the campaign has nothing to show", () => {
    const text = file(
      `{ rotation: round-robin, numbers: [{ number: "+442079460001", capPerDay: 20 }, { number: "+442079460002", capPerDay: 30 }] }`
    )
    const world = worldOf(text)
    assert.deepStrictEqual(shown(world), { "+442079460001": 20, "+442079460002": 30 })
    assert.strictEqual(world.dialler.campaigns[0].list.attempted, 50)
    // All that were never called, and busy ones whose time has come.
    assert.isAtLeast(world.dialler.campaigns[0].list.heldCount, 350)
  })
  it("serve the prefixes of the list in their shares", () => {
    const numbers = `{ rotation: by-prefix, numbers: [{ number: "+442079460001", prefixes: ["+4420"] }, { number: "+442079460002" }] }`
    const counts = shown(
      worldOf(file(numbers, `, prefixes: [{ prefix: "+4420", share: 0.7 }, { prefix: "+4416", share: 0.2 }]`))
    )
    const total = counts["+442079460001"] + counts["+442079460002"]
    assert.isAbove(total, 100)
    assert.isAtMost(Math.abs(counts["+442079460001"] - 0.7 * total), 4 * Math.sqrt(total * 0.21))
  })
  it("are refused by place when they cannot be used", () => {
    const wrong = readScenario(file(`{ rotation: sideways, numbers: [{ number: "0207" }] }`), "shown.yaml")
    const message = Result.isFailure(wrong) ? wrong.failure.message : assert.fail("taken")
    assert.include(message, "campaigns[0].callerIds.rotation")
    assert.include(message, "campaigns[0].callerIds.numbers[0].number")
  })
})
