import { assert, describe, it } from "@effect/vitest"
import type { Known } from "../../../src/domain/rules/Known.ts"
import { decoded, known } from "./setting.ts"

/** A campaign without dispositions, which would be warned about as well. */
const plain: Known = { ...known, dispositions: [] }

const warnings = (rules: ReadonlyArray<object>, campaign: Known = plain): ReadonlyArray<string> =>
  decoded(
    rules.map((rule, index) => ({ name: `r${index}`, ...rule })),
    campaign
  ).warnings.map(({ message, path }) => `${path}: ${message}`)

const again = { again: { afterMinutes: 5 } }
const finish = { finish: "done" }

describe("rules that are never reached", () => {
  const never = "rules[1]: “r1” is never reached: “r0” before it decides all its cases"
  it("stand after one without conditions that decides", () => {
    for (const then of [again, finish, { remove: true }, { doNotCall: true }, { campaign: "winter" }]) {
      assert.deepStrictEqual(warnings([{ then }, { when: { outcome: ["busy"] }, then: again }]), [never])
    }
  })
  it("stand after one for the same outcomes, attempts or more", () => {
    const first = { when: { outcome: ["busy", "machine"], attempts: { max: 3 } }, then: again }
    assert.deepStrictEqual(warnings([first, { when: { outcome: ["busy"], attempts: { max: 2 } }, then: finish }]), [
      never
    ])
    assert.deepStrictEqual(
      warnings([
        { when: { connected: false }, then: again },
        { when: { outcome: ["busy"], attemptsWith: [{ outcome: ["busy"], min: 2 }] }, then: finish }
      ]),
      [never]
    )
  })
  it("stand after several that leave them nothing together", () => {
    assert.deepStrictEqual(
      warnings([
        { when: { attempts: { max: 3 } }, then: again },
        { when: { connected: true }, then: finish },
        { when: { attempts: { min: 4 } }, then: finish },
        { when: { outcome: ["busy"] }, then: finish }
      ]),
      ["rules[3]: “r3” is never reached: “r0”, “r2” before it decide all its cases"]
    )
  })
  it("ask for more attempts than there will be", () => {
    const rule = { when: { attempts: { min: 21 } }, then: finish }
    assert.deepStrictEqual(warnings([rule]), [
      "rules[0]: “r0” is never reached: after 20 attempts a contact is finished"
    ])
    assert.deepStrictEqual(warnings([rule], { ...plain, attemptsMax: 21 }), [])
    const upTo = (max: number) => ({ when: { attempts: { max } }, then: finish })
    assert.deepStrictEqual(warnings([upTo(20), upTo(30)]), [never])
  })
  it("are not those that something leaves a case to", () => {
    const second = { when: { outcome: ["busy"] }, then: finish }
    const firsts = [
      { then: { set: { Stage: 1 } } },
      { when: { outcome: ["machine"] }, then: finish },
      { when: { connected: true }, then: finish },
      { when: { attempts: { max: 19 } }, then: finish },
      { when: { attempts: { min: 2 } }, then: finish },
      { when: { attemptsWith: [{ outcome: ["busy"], min: 1 }] }, then: finish },
      { when: { segment: ["north"] }, then: finish },
      { when: { hours: { from: "08:00" } }, then: finish },
      { when: { answers: { rating: [1] } }, then: finish },
      { when: { contact: { op: "exists", field: "city" } }, then: finish },
      { then: { again: { at: "asked" } } }
    ]
    for (const first of firsts) assert.deepStrictEqual(warnings([first, second]), [], JSON.stringify(first))
    const disposition = { when: { disposition: ["sale"] }, then: finish }
    assert.deepStrictEqual(warnings([disposition, { then: { again: { at: "asked" } } }, second], known), [])
  })
})

describe("dispositions that ask for a callback time", () => {
  const unheard = ["rules: no rule with at: asked holds for the disposition call-later, which asks for a callback time"]
  it("need a rule that calls at it", () => {
    assert.deepStrictEqual(warnings([{ then: finish }], known), unheard)
    assert.deepStrictEqual(warnings([{ then: { again: { at: "asked" } } }], known), [])
    assert.deepStrictEqual(
      warnings([{ when: { disposition: ["call-later"] }, then: { again: { at: "asked" } } }], known),
      []
    )
    assert.deepStrictEqual(warnings([{ when: { disposition: ["call-later"] }, then: again }], known), unheard)
  })
})
