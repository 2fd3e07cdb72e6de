import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { readFileSync } from "node:fs"
import { parse } from "yaml"
import { decodeFilter } from "../../../src/contacts/decodeFilter.ts"
import { decodeDispositions } from "../../../src/domain/disposition/decodeDispositions.ts"
import { outcomeNames } from "../../../src/domain/Outcome.ts"
import { decodeRules } from "../../../src/domain/rules/decodeRules.ts"
import { defaultRules } from "../../../src/domain/rules/defaultRules.ts"
import type { Known } from "../../../src/domain/rules/Known.ts"

const text = readFileSync(new URL("../../../docs/rules.md", import.meta.url), "utf8")
const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => parse(block) as ReadonlyArray<object>)
const [ofDispositions] = blocks.filter((block) => "code" in block[0])
const ofRules = blocks.filter((block) => block !== ofDispositions)

const known: Known = {
  dispositions: Result.getOrThrow(decodeDispositions(ofDispositions)),
  segments: ["north", "south"],
  campaigns: ["winter"],
  questions: [
    { name: "interested", answers: ["yes", "no", "maybe"] },
    { name: "rating", answers: null }
  ],
  parameters: ["Balance", "Sent"],
  attemptsMax: 20
}
/** Whether rules are right, and each of them can be reached. */
const check = (rules: unknown): void => {
  const { warnings } = Result.getOrThrow(decodeRules(rules, known, decodeFilter))
  assert.deepStrictEqual(
    warnings.filter((each) => each.path !== "rules"),
    []
  )
}

describe("docs/rules.md", () => {
  it("has examples that can be used", () => {
    assert.strictEqual(ofRules.length, 7)
    for (const rules of ofRules) check(rules)
  })
  it("has the default rules", () => {
    assert.deepStrictEqual<unknown>(ofRules[ofRules.length - 1], defaultRules())
  })
  it("has tables of conditions and actions that can be used, none left out", () => {
    const cells = [...text.matchAll(/^\| (`.*?`(?:, `.*?`)*) \|/gm)].map(([, cell]) => cell)
    const entries = cells
      .map((cell) => `{ ${cell.replaceAll("`", "")} }`)
      .filter((cell) => cell.includes(":"))
      .map((cell) => parse(cell) as Readonly<Record<string, unknown>>)
    // `segment` is a condition with a list, an action with a name.
    const conditions = entries.filter((entry) => hasOne(entry, conditionKeys) || Array.isArray(entry["segment"]))
    const additions = entries.filter((entry) => hasOne(entry, additionKeys))
    const actions = entries.filter((entry) => !conditions.includes(entry) && !additions.includes(entry))
    for (const when of conditions) check([{ name: "a", when, then: { finish: "x" } }])
    for (const more of additions) check([{ name: "a", then: { again: { afterMinutes: 1, ...more } } }])
    for (const then of actions) check([{ name: "a", then }])
    const keys = (of: typeof entries) => new Set(of.flatMap((entry) => Object.keys(entry)))
    assert.deepStrictEqual(keys(conditions), new Set([...conditionKeys, "segment"]))
    assert.deepStrictEqual(keys(additions), new Set([...additionKeys, "windowMinutes"]))
    assert.deepStrictEqual(keys(actions), new Set(actionKeys))
    for (const name of outcomeNames) assert.include(text, `\`${name}\``)
  })
})

const conditionKeys = ["outcome", "connected", "attempts", "attemptsWith", "disposition", "hours", "answers", "contact"]
const additionKeys = ["number", "by"]
const actionKeys = ["again", "finish", "remove", "campaign", "doNotCall", "set", "setAttempt", "segment"]
const hasOne = (entry: object, keys: ReadonlyArray<string>): boolean => keys.some((key) => key in entry)
