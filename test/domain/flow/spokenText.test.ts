import { assert, describe, it } from "@effect/vitest"
import { fillText, hasWholePlaceholders, placeholdersOf } from "../../../src/domain/flow/spokenText.ts"

const values: Readonly<Record<string, string>> = { firstName: "Jana", "parameter.Amount": "12 {x}", empty: "" }
const filled = (text: string): string => fillText(text, (field) => values[field] ?? null)

describe("spoken text", () => {
  it.each([
    ["Hello {firstName}.", "Hello Jana."],
    ["Hello {lastName|neighbour}.", "Hello neighbour."],
    ["Hello {lastName}.", "Hello ."],
    ["{empty|nothing}", "nothing"],
    ["{firstName}{firstName}", "JanaJana"],
    // A value is never read as a placeholder.
    ["You owe {parameter.Amount|0}", "You owe 12 {x}"],
    ["no fields", "no fields"]
  ])("%s", (text, expected) => {
    assert.strictEqual(filled(text), expected)
  })
  it("names its fields", () => {
    assert.deepStrictEqual(placeholdersOf("{a|b c} and {parameter.X}"), [
      { field: "a", otherwise: "b c" },
      { field: "parameter.X", otherwise: "" }
    ])
  })
  it.each([
    ["{a}", true],
    ["plain", true],
    ["{a", false],
    ["a}", false],
    ["{}", false],
    ["{a|b|c}", true],
    ["{{a}}", false],
    ["{|b}", false]
  ])("%s has whole placeholders: %s", (text, whole) => {
    assert.strictEqual(hasWholePlaceholders(text), whole)
  })
})
