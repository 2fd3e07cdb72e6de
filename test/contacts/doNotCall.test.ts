import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, Schema, Stream } from "effect"
import { DoNotCallList, type DoNotCallSource, forbiddenBy, numberOfDigits } from "../../src/contacts/doNotCall.ts"
import { ErasedEntry, ErasedNumbers } from "../../src/contacts/ErasedNumbers.ts"
import { digitsOf, NumberSet } from "../../src/contacts/NumberSet.ts"
import { readDoNotCall } from "../../src/contacts/readDoNotCall.ts"
import { E164 } from "../../src/domain/Contact.ts"

const about: DoNotCallSource = { name: "TPS", source: "TPS", readAt: 0, fileHash: null, wholeContact: false }
const Digits = Schema.Int.check(Schema.isBetween({ minimum: 1_000_000, maximum: 999_999_999_999_999 }))
/** Few different ones, so that they repeat. */
const Numbers = Schema.Array(Schema.Union([Digits, Schema.Literals([10_000_001, 10_000_002, 10_000_003])]))

describe("a do-not-call list", () => {
  it.prop("has what a set of the same numbers has", { numbers: Numbers, asked: Numbers }, ({ asked, numbers }) => {
    const half = Math.floor(numbers.length / 2)
    const list = DoNotCallList.of(about, numbers.slice(0, half).map(numberOfDigits))
    for (const digits of numbers.slice(half)) list.add(numberOfDigits(digits))
    const set = new Set(numbers)
    for (const digits of [...numbers, ...asked]) {
      assert.strictEqual(list.has(numberOfDigits(digits)), set.has(digits))
    }
    assert.deepStrictEqual([list.size, [...list.digits]], [set.size, [...set].sort((a, b) => a - b)])
  })
  it("holds an objection at once, and a hundred thousand of them", () => {
    const list = DoNotCallList.of(about, [E164.make("+420777123456")])
    assert.isFalse(list.has(E164.make("+420600000000")))
    for (let i = 0; i < 100_000; i += 1) list.add(numberOfDigits(420_600_000_000 + i))
    assert.deepStrictEqual(
      [list.has(E164.make("+420600099999")), list.has(E164.make("+420777123456")), list.size],
      [true, true, 100_001]
    )
  })
})

describe("the set of numbers seen", () => {
  it.prop("has what a set has", { numbers: Numbers, asked: Numbers }, ({ asked, numbers }) => {
    const ours = new NumberSet()
    const theirs = new Set<number>()
    for (const digits of numbers) {
      assert.strictEqual(ours.add(digits), !theirs.has(digits))
      theirs.add(digits)
    }
    for (const digits of asked) assert.strictEqual(ours.has(digits), theirs.has(digits))
    assert.strictEqual(ours.size, theirs.size)
  })
  it("stays quick on numbers in a row", () => {
    const set = new NumberSet()
    for (let i = 0; i < 200_000; i += 1) set.add(420_600_000_000 + i * 2)
    assert.deepStrictEqual([set.size, set.has(420_600_000_002), set.has(420_600_000_001)], [200_000, true, false])
  })
  it("takes digits exactly", () => {
    assert.strictEqual(digitsOf("+999999999999999"), 999_999_999_999_999)
  })
})

const secret = new Uint8Array(32).fill(7)
const jana = E164.make("+420777123456")

describe("erased people", () => {
  it("are found again by number and scope, and not shown", () => {
    const erased = new ErasedNumbers(secret)
    const entry = erased.add(jana, "2026-11-21", "debts")
    assert.isTrue(Schema.is(ErasedEntry)(entry))
    assert.notInclude(JSON.stringify(entry), "777")
    const kept = new ErasedNumbers(secret, [entry])
    assert.deepStrictEqual([kept.has(jana, "debts"), kept.has(jana, "surveys")], [true, false])
    kept.add(jana, "2026-11-22", null)
    assert.deepStrictEqual([kept.has(jana, "surveys"), kept.size], [true, 1])
    assert.isFalse(kept.has(E164.make("+420777123457"), "debts"))
  })
  it("are found with the secret alone", () => {
    const entry = new ErasedNumbers(secret).add(jana, "2026-11-21", null)
    assert.isFalse(new ErasedNumbers(new Uint8Array(32).fill(8), [entry]).has(jana, "x"))
    assert.throws(() => new ErasedNumbers(new Uint8Array(8)), RangeError)
  })
  it("are left out with all their numbers; a list of numbers only with that number", () => {
    const erased = new ErasedNumbers(secret)
    erased.add(jana, "2026-11-21", null)
    const forbidden = forbiddenBy([DoNotCallList.of(about, [E164.make("+420777123457")])], erased, "spring")
    assert.deepStrictEqual([jana, E164.make("+420777123457"), E164.make("+420777123458")].map(forbidden), [
      { list: "erased people", wholeContact: true },
      { list: "TPS", wholeContact: false },
      null
    ])
  })
})

describe("reading a do-not-call list", () => {
  const read = (text: string, column: string | null, country: "CZ" | "US" = "CZ") =>
    readDoNotCall(
      Stream.make(Buffer.from(text)),
      { name: "own", source: "own", readAt: 5, wholeContact: true },
      { column, country, delimiter: null, encoding: null }
    )

  it.effect("takes a column of a file, and reports what is no number", () =>
    Effect.gen(function* () {
      const { list, problems } = yield* read("name;tel\nJan;777123456\nEva;x\nIda;\nJan;777123456\n", "tel")
      assert.deepStrictEqual([...list.digits], [420777123456])
      assert.deepStrictEqual(
        problems.map(({ count, first, kind }) => [kind, count, first[0]?.line]),
        [
          ["no-number", 1, 4],
          ["invalid-number", 1, 3]
        ]
      )
      assert.deepStrictEqual([list.about.readAt, list.about.fileHash?.length], [5, 64])
    })
  )
  it.effect("takes a file of nothing but numbers, whole or split into area code and number", () =>
    Effect.gen(function* () {
      const whole = yield* read("777123456\r\n+420 777 123 457\r\n", null)
      const split = yield* read("212,5550123\n213,5550124\n", null, "US")
      assert.deepStrictEqual([...whole.list.digits], [420777123456, 420777123457])
      assert.deepStrictEqual([...split.list.digits], [12125550123, 12135550124])
    })
  )
  it.effect("says which columns there are", () =>
    Effect.gen(function* () {
      const result = yield* Effect.result(read("name;tel\n", "phone"))
      assert.strictEqual(
        Result.isFailure(result) ? result.failure.message : "",
        "There is no column phone; the columns are name, tel."
      )
    })
  )
})
