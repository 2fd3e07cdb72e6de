import { assert, describe, it } from "@effect/vitest"
import { seedOf } from "../../../sim/random/seed.ts"

describe("seedOf", () => {
  const text = (words: ReadonlyArray<number>) => words.map((word) => (word >>> 0).toString(16))
  it("gives these keys on every machine and version", () => {
    assert.deepStrictEqual(text(seedOf(7, 0)), ["1bee9b9c", "7b0315f"])
    assert.deepStrictEqual(text(seedOf(7, 1)), ["2f437cf2", "48ace928"])
    assert.deepStrictEqual(text(seedOf("spring campaign", 3)), ["c66592eb", "2f43ff57"])
  })
  it("takes a number and its text as the same seed", () => {
    assert.deepStrictEqual(seedOf("7", 2), seedOf(7, 2))
  })
  it("tells seeds apart that differ in one character, in length or in replication", () => {
    const seeds = ["", "\u0000", "a", "b", "aa", "ab", "abcdefgh", "abcdefghi", "abcdefgh\u0000"]
    const keys = [0, 1, 2].flatMap((replication) => seeds.map((seed) => seedOf(seed, replication).join()))
    for (let seed = 0; seed < 1_000; seed += 1) keys.push(seedOf(seed, 0).join())
    assert.strictEqual(new Set(keys).size, keys.length)
  })
})
