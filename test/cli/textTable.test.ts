import { assert, it } from "@effect/vitest"
import { textTable, wrap } from "../../src/cli/textTable.ts"

it("aligns the first column left and the others right", () => {
  assert.strictEqual(
    textTable([
      ["Setting", "Rate"],
      ["a", "1.5"],
      ["longer name", ""]
    ]),
    ["Setting      Rate", "-----------  ----", "a             1.5", "longer name"].join("\n")
  )
})

it("breaks lines between words, and leaves a word that is too long whole", () => {
  assert.strictEqual(wrap("one two three", 7), "one two\nthree")
  assert.strictEqual(wrap("incomprehensible it is", 5), "incomprehensible\nit is")
  assert.strictEqual(wrap("", 5), "")
  assert.strictEqual(wrap("at most 71.7 % do", 12), "at most\n71.7 % do")
})
