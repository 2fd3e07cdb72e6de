import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { readJson, writeJson } from "../../src/store/losslessJson.ts"

const again = (value: unknown) => readJson(writeJson(value))

describe("lossless JSON", () => {
  it("keeps what plain JSON loses", () => {
    const value = {
      nothing: undefined,
      notANumber: Number.NaN,
      sides: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1e-320, 0.1 + 0.2],
      empty: {},
      text: "NaN",
      list: [undefined, null, [[]]]
    }
    assert.deepStrictEqual(again(value), value)
  })

  it("keeps arrays of numbers bit by bit, zeros in little space", () => {
    const bins = new Float64Array(1_801)
    bins[0] = -0
    bins[7] = Number.NaN
    bins[1_800] = 0.1
    assert.deepStrictEqual(again({ bins }), { bins })
    assert.isBelow(writeJson(bins).length, 100)
    assert.deepStrictEqual(again(new Float64Array(0)), new Float64Array(0))
    const days = Int32Array.from([-2_147_483_648, 0, 20_780])
    assert.deepStrictEqual(again({ days }), { days })
  })

  it("keeps objects that look like its own marks, and keys that are special", () => {
    const value = { $: "NaN", other: { $: 1, deep: { $: "float64", length: 3, at: [] } } }
    assert.deepStrictEqual(again(value), value)
    const parsed = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as unknown
    assert.strictEqual(JSON.stringify(again(parsed)), JSON.stringify(parsed))
    assert.strictEqual(Object.getPrototypeOf(again(parsed)), Object.prototype)
  })

  it.prop("gives back any numbers", [Schema.Array(Schema.Number)], ([numbers]) => {
    assert.deepStrictEqual(again(numbers), numbers)
    assert.deepStrictEqual(again(Float64Array.from(numbers)), Float64Array.from(numbers))
  })

  it("refuses a mark it does not know", () => {
    assert.throws(() => readJson('{"$":"later"}'), SyntaxError)
  })
})
