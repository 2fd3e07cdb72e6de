import { assert, describe, it } from "@effect/vitest"
import { pathText } from "../../src/domain/plainData.ts"
import { pathOfText } from "../../src/yaml/pathOfText.ts"

describe("a path written as text", () => {
  it("has names and places", () => {
    const rules = [{ then: { again: {} } }]
    assert.deepStrictEqual(pathOfText("rules[0].then.again.by", { rules }), ["rules", 0, "then", "again", "by"])
    assert.deepStrictEqual(pathOfText("[1].code", []), [1, "code"])
    assert.deepStrictEqual(pathOfText("", {}), [])
  })
  it("knows names with dots and brackets by what is there, the longest first", () => {
    const answers = { "how old. [years]?": [1], how: [2] }
    assert.deepStrictEqual(pathOfText("answers.how old. [years]?[0]", { answers }), ["answers", "how old. [years]?", 0])
    assert.deepStrictEqual(pathOfText("answers.how[0]", { answers }), ["answers", "how", 0])
    const nested = { "a.b": 1, a: { b: 2 } }
    assert.deepStrictEqual(pathOfText("a.b", nested), ["a.b"])
  })
  it("ends, whatever it looks like", () => {
    for (const odd of ["..", "[", "].", "[x]", "a..b", ".[0]"]) assert.isAbove(pathOfText(odd, { a: [] }).length, 0)
  })
  it("leads to where it was made from, for any two names", () => {
    const names = ["a", "a.b", "b c", "d.e", "f[0]", "f[0].g", "0", "[x]"]
    const inner = Object.fromEntries(names.map((name) => [name, [true, false]]))
    const x = Object.fromEntries(names.map((name) => [name, inner]))
    for (const first of names) {
      for (const second of names) {
        const path = ["x", first, second, 1]
        assert.deepStrictEqual<unknown>(pathOfText(pathText(path), { x }), path)
      }
    }
  })
})
