import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { decodeDispositions, dispositionsMax } from "../../../src/domain/disposition/decodeDispositions.ts"
import { Disposition, dispositionOf, systemDispositions } from "../../../src/domain/disposition/Disposition.ts"
import { Outcome, outcomeNames } from "../../../src/domain/Outcome.ts"
import { dispositionProblems, known } from "../rules/setting.ts"

describe("dispositions", () => {
  it("have flags that are off unless they are set", () => {
    const [sale, later] = Result.getOrThrow(
      decodeDispositions([
        { code: "sale", label: "Sale", success: true, final: true },
        { code: "call-later", label: "Call later", rightParty: true, asksCallbackTime: true }
      ])
    )
    const off = { success: false, rightParty: false, final: false, asksCallbackTime: false }
    assert.deepStrictEqual(sale, { ...off, code: "sale", label: "Sale", success: true, final: true })
    assert.deepStrictEqual(later, {
      ...off,
      code: "call-later",
      label: "Call later",
      rightParty: true,
      asksCallbackTime: true
    })
  })
  it("may be none, for a campaign without agents", () => {
    assert.deepStrictEqual(Result.getOrThrow(decodeDispositions([])), [])
  })

  const final = { code: "done", label: "Done", final: true }
  const cases: ReadonlyArray<readonly [what: string, input: unknown, problems: ReadonlyArray<string>]> = [
    ["no list", { a: 1 }, ["dispositions | { a: 1 } | a list of dispositions"]],
    [
      "none that is final",
      [{ code: "later", label: "Later" }],
      ["dispositions | none that is final | at least one with final: true, so that an agent can close a contact"]
    ],
    [
      "a code twice",
      [final, { code: "done", label: "Again" }],
      ['dispositions[1].code | "done" | a code of its own; dispositions[0] has this one']
    ],
    [
      "a label twice, capitals aside",
      [final, { code: "again", label: "DONE" }],
      ['dispositions[1].label | "DONE" | a label of its own; dispositions[0] has this one']
    ],
    [
      "a code of the system",
      [{ ...final, code: "busy" }],
      [`dispositions[0].code | "busy" | no name of an outcome, which the system uses: ${outcomeNames.join(", ")}`]
    ],
    [
      "a final one that asks for a time",
      [{ ...final, asksCallbackTime: true }],
      ["dispositions[0].asksCallbackTime | true | false where final is true: nobody is called again"]
    ],
    [
      "wrong values, everywhere at once",
      [final, { code: "Call Later", label: " ", final: "yes", hotKey: 1 }, 7],
      [
        'dispositions[1].hotKey | an unknown field "hotKey" | code, label, success, rightParty, final, asksCallbackTime',
        'dispositions[1].code | "Call Later" | 1 to 40 small letters, digits and single hyphens, such as call-later',
        'dispositions[1].label | " " | a label of 1 to 80 characters',
        'dispositions[1].final | "yes" | true or false',
        "dispositions[2] | 7 | a block with code, label, success, rightParty, final, asksCallbackTime"
      ]
    ],
    [
      "missing fields",
      [final, {}],
      [
        "dispositions[1].code | nothing | 1 to 40 small letters, digits and single hyphens, such as call-later",
        "dispositions[1].label | nothing | a label of 1 to 80 characters"
      ]
    ],
    [
      "more than anybody can choose from",
      Array.from({ length: dispositionsMax + 1 }, (_, i) => ({ ...final, code: `c${i}`, label: `L${i}` })),
      ["dispositions | 101 items | at most 100 dispositions"]
    ],
    [
      "blocks where none belong",
      [{ ...final, label: { en: { us: { short: "Done" } } } }],
      ['dispositions | [{ code: "done", label: { en: … }, final: true }] | dispositions without blocks in them']
    ]
  ]
  for (const [what, input, problems] of cases) {
    it(`are refused with ${what}`, () => {
      assert.deepStrictEqual(dispositionProblems(input), problems)
    })
  }
})

describe("system dispositions", () => {
  it("are one for every outcome, with its name, and claim nothing an agent would have to say", () => {
    assert.deepStrictEqual(
      systemDispositions.map((each) => each.code),
      [...outcomeNames]
    )
    for (const each of systemDispositions) {
      assert.isTrue(Schema.is(Disposition)(each))
      assert.deepStrictEqual([each.success, each.rightParty, each.final, each.asksCallbackTime], Array(4).fill(false))
    }
    assert.strictEqual(new Set(systemDispositions.map((each) => each.label)).size, outcomeNames.length)
  })
  it("stand where the agent chose nothing", () => {
    assert.strictEqual(dispositionOf(known.dispositions, -1, Outcome.noAnswer).code, "no-answer")
    assert.strictEqual(dispositionOf(known.dispositions, 2, Outcome.connected).code, "call-later")
  })
})
