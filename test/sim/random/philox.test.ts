import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Philox } from "../../../sim/random/philox.ts"

type Words = readonly [number, number, number, number]

const blockOf = (key: readonly [number, number], counter: Words): ReadonlyArray<string> => {
  const philox = new Philox(...key)
  philox.block(...counter)
  return [philox.word0, philox.word1, philox.word2, philox.word3].map(hex)
}
const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, "0")

/** The definition in the paper, in 64-bit arithmetic. */
const modelOf = (key: readonly [number, number], counter: Words): ReadonlyArray<string> => {
  const word = (value: bigint) => BigInt.asUintN(32, value)
  let [key0, key1] = key.map((value) => word(BigInt(value)))
  let [a, b, c, d] = counter.map((value) => word(BigInt(value)))
  for (let round = 0; round < 10; round += 1) {
    const product0 = a * 0xd2511f53n
    const product1 = c * 0xcd9e8d57n
    ;[a, b, c, d] = [(product1 >> 32n) ^ b ^ key0, word(product1), (product0 >> 32n) ^ d ^ key1, word(product0)]
    key0 = word(key0 + 0x9e3779b9n)
    key1 = word(key1 + 0xbb67ae85n)
  }
  return [a, b, c, d].map((value) => hex(Number(value)))
}
const Word = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffffffff }))

describe("Philox4x32-10", () => {
  it("gives the published vectors", () => {
    const ones = 0xffffffff
    assert.deepStrictEqual(blockOf([0, 0], [0, 0, 0, 0]), ["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"])
    assert.deepStrictEqual(blockOf([ones, ones], [ones, ones, ones, ones]), [
      "408f276d",
      "41c83b0e",
      "a20bc7c6",
      "6d5451fd"
    ])
    // The digits of π.
    assert.deepStrictEqual(blockOf([0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]), [
      "d16cfe09",
      "94fdcceb",
      "5001e420",
      "24126ea1"
    ])
  })
  it("takes words as signed or unsigned alike", () => {
    assert.deepStrictEqual(blockOf([-1, 7], [-1, 0, -2, 3]), blockOf([0xffffffff, 7], [0xffffffff, 0, 0xfffffffe, 3]))
  })
  it.prop(
    "is the definition for any key and counter",
    { words: Schema.Tuple([Word, Word, Word, Word, Word, Word]) },
    ({ words: [key0, key1, ...counter] }) => {
      assert.deepStrictEqual(blockOf([key0, key1], counter), modelOf([key0, key1], counter))
    }
  )
})
