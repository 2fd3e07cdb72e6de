import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import {
  allKeys,
  beginsWithin,
  isPartOf,
  type KeyPattern,
  matchesKeys,
  overlap,
  parseKeyPattern
} from "../../../src/domain/flow/keyPattern.ts"

const pattern = (text: string): KeyPattern => parseKeyPattern(text) ?? assert.fail(`${text} is no pattern`)

describe("keys of an entry", () => {
  const cases: ReadonlyArray<readonly [pattern: string, fits: ReadonlyArray<string>, fitsNot: ReadonlyArray<string>]> =
    [
      ["1", ["1"], ["", "2", "11", "x"]],
      ["*", ["*"], ["#", "1"]],
      ["X", ["0", "9"], ["*", "#", "12"]],
      ["[1-5]", ["1", "3", "5"], ["0", "6", "-"]],
      ["[159#]", ["1", "5", "9", "#"], ["2", "*"]],
      ["[1-39]", ["1", "2", "3", "9"], ["4", "8"]],
      ["0XX", ["012", "099"], ["12", "112", "0123"]],
      ["XX+", ["12", "123", "9".repeat(20)], ["1", "12*", "9".repeat(21)]],
      ["1[2-3]+", ["12", "1232"], ["1", "121"]]
    ]
  it.each(cases)("%s", (text, fits, fitsNot) => {
    assert.deepStrictEqual(
      [...fits, ...fitsNot].filter((keys) => matchesKeys(pattern(text), keys)),
      fits
    )
  })
  it.each(["", "+", "x", "A", "12 ", "[", "[]", "[5-1]", "[1-1]", "[a]", "[1-]", "[-1]", "1++", "+1", "X".repeat(21)])(
    "%j is none",
    (text) => {
      assert.isNull(parseKeyPattern(text))
    }
  )
})

const lengthMax = 3
const entries = Array.from({ length: lengthMax }).reduce<ReadonlyArray<string>>(
  (all) => [...all, ...all.filter((keys) => keys.length === (all.at(-1) ?? "").length).flatMap(longer)],
  [""]
)
function longer(keys: string): ReadonlyArray<string> {
  return [...allKeys].map((key) => keys + key)
}

const Element = Schema.Literals(["1", "2", "9", "*", "#", "X", "[1-5]", "[29]", "[0-9*#]"])
const Text = Schema.Struct({
  first: Element,
  second: Schema.Literals(["", "1", "X", "[2-4]", "#"]),
  more: Schema.Boolean
})
const textOf = ({ first, more, second }: typeof Text.Type) => `${first}${second}${more ? "+" : ""}`

describe("two patterns, of at most two places", () => {
  it("are judged by all entries of up to three keys", () => {
    assert.strictEqual(entries.length, 1 + 12 + 144 + 1_728)
  })
  it.prop(
    "overlap, begin each other and are part of each other as their entries do",
    { one: Text, other: Text },
    ({ one, other }) => {
      const a = pattern(textOf(one))
      const b = pattern(textOf(other))
      const ofA = entries.filter((keys) => matchesKeys(a, keys))
      const ofB = entries.filter((keys) => matchesKeys(b, keys))
      const inB = new Set(ofB)
      assert.strictEqual(
        overlap(a, b),
        ofA.some((keys) => inB.has(keys))
      )
      const beginnings = new Set(ofB.flatMap((keys) => [keys.slice(0, 1), keys.slice(0, 2)].filter((s) => s !== keys)))
      assert.strictEqual(
        beginsWithin(a, b),
        ofA.some((keys) => beginnings.has(keys))
      )
      assert.strictEqual(
        isPartOf(a, b),
        ofA.every((keys) => inB.has(keys))
      )
    },
    { arbitrary: { runs: 300, seed: 1 } }
  )
})
