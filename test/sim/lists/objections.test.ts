import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { Closed } from "../../../src/dialler/ContactList.ts"
import { Journal } from "../../../src/runtime/floor/Journal.ts"
import type { Records } from "../../../src/store/Recorder.ts"
import { Rehearsal } from "../../../sim/floor/Rehearsal.ts"
import type { Scenario } from "../../../sim/Scenario.ts"
import { World } from "../../../sim/World.ts"
import { openedWith } from "../scenario/sample.ts"
import { record } from "../worldFloors.ts"

const number = (of: number): string => `416 555 01${String(of).padStart(2, "0")}`
const csv = (rows: ReadonlyArray<ReadonlyArray<number>>): string =>
  [
    "Phone,Mobile",
    ...rows.map(([first, second]) => `${number(first)},${second === undefined ? "" : number(second)}`)
  ].join("\n")

const saysNo = "{ doNotCall: true, finish: objected }"
/** What persons say, and what becomes of them then. */
const saying = (then: string): string => `    dispositions:
      - { code: no-more-calls, label: Wants no calls, final: ${then === saysNo}, share: 1 }
      - { code: final, label: Done, final: true, share: 0 }
    afterAttempt: [{ name: said, when: { disposition: [no-more-calls] }, then: ${then} }]
`

interface Parts {
  /** What becomes of the persons of the first campaign. */
  readonly first?: string
  /** Whether those of the second say no, too. */
  readonly both?: boolean
  readonly more?: string
}

/** Two campaigns with lists of their own, of one agent each. */
const scenarioOf = (files: readonly [first: string, second: string], parts: Parts = {}): Scenario => {
  const { both = false, first = saysNo, more = "" } = parts
  const campaign = (name: string, ring: number, said: string) => `  - name: ${name}
    mode: progressive
    groups: [${name}]
    law: none
    list: { file: ${name}.csv, country: CA, numbers: [Phone, Mobile] }
    people: { outcomes: { person: 1 }, ring: { personSeconds: ${ring} }, talkSeconds: 10 }
    work: { wrapSeconds: 0 }
    rules: { attemptsMax: 1 }
${said}`
  const text = `name: Objections
day: { lengthHours: 2 }
trunk: { postDialDelaySeconds: 0 }
groups: [{ name: first, agents: 1 }, { name: second, agents: 1 }]
campaigns:
${campaign("first", 5, saying(first))}${campaign("second", 20, both ? saying(saysNo) : "")}${more}`
  return Result.getOrThrow(openedWith(text, { "first.csv": files[0], "second.csv": files[1] })).scenario
}

/** Who was called by a campaign. */
const called = (scenario: Scenario, campaign: string): ReadonlyArray<number> =>
  record(scenario).recorder.attempts.flatMap((row) => (row.campaign === campaign ? [row.contact] : []))

const list = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => [from + i])

describe("who says no to one campaign", () => {
  it("is called by none from then on, at none of the numbers", () => {
    // A call of the first takes 15 seconds, one of the second 30: they meet at the third contact of the first.
    const scenario = scenarioOf([csv(list(0, 20)), csv(list(0, 20).toReversed())])
    const first = called(scenario, "first")
    const second = called(scenario, "second")
    assert.deepStrictEqual(first, list(0, 20).flat())
    assert.isAbove(second.length, 4)
    assert.isBelow(second.length, 10)
    const { attempts } = record(scenario).recorder
    const endOf = new Map(attempts.flatMap((row) => (row.campaign === "first" ? [[row.contact, row.endedAt]] : [])))
    for (const row of attempts) {
      if (row.campaign === "second") assert.isBelow(row.placedAt, endOf.get(19 - row.contact) ?? 0)
    }
  })
  it("is known by any of the numbers, and what is not on the list stays as it was", () => {
    const scenario = scenarioOf([csv([[1, 2], [3]]), csv([[10], [11], [12, 2], [13, 3], [14], [1]])])
    const world = new World(scenario, 0, { warmUpMillis: 0, recorder: null })
    world.run(Number.POSITIVE_INFINITY)
    const { closedAs } = world.dialler.campaigns[1].list
    assert.deepStrictEqual(
      [...closedAs.subarray(0, 6)].map((as) => as === Closed.doNotCall),
      [false, false, true, true, false, true]
    )
    assert.deepStrictEqual(called(scenario, "second"), [0, 1, 4])
    assert.strictEqual(world.figures()[1].list.closed["doNotCall"], 3)
  })
  it("is called by all where lists name nobody else", () => {
    assert.deepStrictEqual(called(scenarioOf([csv(list(0, 5)), csv(list(5, 10))]), "second"), [0, 1, 2, 3, 4])
  })
  it("is known after a move to another campaign by the numbers of the list", () => {
    const third = `  - name: third
    mode: progressive
    priority: 1
    groups: [first]
    law: none
    list: { contacts: 0 }
    people: { outcomes: { person: 1 }, talkSeconds: 10 }
    work: { wrapSeconds: 0 }
${saying(saysNo)}`
    const files = [csv(list(0, 4)), csv([...list(50, 60), ...list(0, 4)])] as const
    const moved = scenarioOf(files, { first: "{ campaign: third }", more: third })
    assert.deepStrictEqual(called(moved, "third"), [0, 1, 2, 3])
    assert.deepStrictEqual(called(moved, "second"), list(0, 10).flat())
    // Whoever comes to another campaign has not said no yet.
    const finished = scenarioOf(files, { first: "{ finish: done }" })
    assert.deepStrictEqual(called(finished, "second"), list(0, 14).flat())
  })
  it("is treated so by the program of the live floor", () => {
    const scenario = scenarioOf([csv(list(0, 30)), csv(list(0, 30).toReversed())], { both: true })
    const kept: Array<Records> = []
    const rehearsal = new Rehearsal(
      scenario,
      0,
      Journal.layerKept((_, records) => kept.push(records))
    )
    rehearsal.run(Number.POSITIVE_INFINITY)
    kept.push(rehearsal.core.takeRecords())
    const { recorder } = record(scenario)
    assert.deepStrictEqual(
      kept.flatMap(({ attempts }) => attempts),
      recorder.attempts
    )
    assert.isBelow(recorder.attempts.length, 40)
  })
})
