import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { numberOfDigits } from "../../src/contacts/doNotCall.ts"
import { campaignNumbers, matchInbound } from "../../src/contacts/inbound.ts"
import { NumberIndex } from "../../src/contacts/NumberIndex.ts"
import { toE164 } from "../../src/contacts/phoneNumber.ts"
import { E164 } from "../../src/domain/Contact.ts"

setFlagsFromString("--expose-gc")
const collect = runInNewContext("gc") as () => void
/** Bytes of live arrays outside the heap. They are freed beside the program: only the second collection waits for that. */
const arrayBytes = (): number => {
  collect()
  collect()
  return process.memoryUsage().arrayBuffers
}

const jana = E164.make("+420777123456")
const desk = E164.make("+420222333444")

describe("the contacts of a number", () => {
  it("are those active last first, and of equal ones the one with the smaller number", () => {
    const index = new NumberIndex()
    index.set(jana, 7, 100)
    index.set(jana, 3, 200)
    index.set(jana, 5, 100)
    index.set(desk, 9, 300)
    assert.deepStrictEqual([index.contactsOf(jana), index.contactsOf(desk), index.size], [[3, 5, 7], [9], 4])
    index.set(jana, 7, 300)
    assert.deepStrictEqual([index.contactsOf(jana), index.size], [[7, 3, 5], 4])
    assert.deepStrictEqual([index.delete(jana, 3), index.delete(jana, 3)], [true, false])
    assert.deepStrictEqual([index.contactsOf(jana), index.size], [[7, 5], 3])
    assert.deepStrictEqual(index.contactsOf(E164.make("+420777123457")), [])
  })
  it("are twenty at most", () => {
    const index = new NumberIndex()
    for (let contact = 0; contact < 1_000; contact += 1) index.set(desk, contact, contact % 100)
    assert.deepStrictEqual(
      index.contactsOf(desk),
      Array.from({ length: 20 }, (_, i) => 99 + 100 * (i % 10) - (i < 10 ? 0 : 1))
    )
    assert.strictEqual(index.size, 1_000)
  })
  it("of zero and of the largest number a contact may have are kept", () => {
    const index = new NumberIndex()
    index.set(jana, 0, 0)
    index.set(jana, 4_294_967_295, -1)
    assert.deepStrictEqual(index.contactsOf(jana), [0, 4_294_967_295])
  })

  const Digits = Schema.Int.check(Schema.isBetween({ minimum: 1_000_000, maximum: 1_000_040 }))
  const Contact = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5 }))
  const Moves = Schema.Array(
    Schema.Struct({ digits: Digits, contact: Contact, at: Contact, removes: Schema.Boolean })
  ).check(Schema.isMaxLength(400))

  it.prop(
    "are what a list of them has, after any additions and removals",
    { moves: Moves },
    ({ moves }) => {
      const index = new NumberIndex()
      const model = new Map<string, number>()
      for (const { at, contact, digits, removes } of moves) {
        const number = numberOfDigits(digits)
        const key = `${digits} ${contact}`
        if (removes) assert.strictEqual(index.delete(number, contact), model.delete(key))
        else {
          index.set(number, contact, at)
          model.set(key, at)
        }
        assert.strictEqual(index.size, model.size)
      }
      for (let digits = 1_000_000; digits <= 1_000_040; digits += 1) {
        const expected = [...model]
          .map(([key, at]) => ({ at, key: key.split(" ").map(Number) }))
          .filter(({ key }) => key[0] === digits)
          .sort((a, b) => b.at - a.at || a.key[1] - b.key[1])
        assert.deepStrictEqual(
          index.contactsOf(numberOfDigits(digits)),
          expected.map(({ key }) => key[1])
        )
      }
    },
    { arbitrary: { runs: 300, seed: 1 } }
  )

  it("are found exactly among a million numbers, in 42 MB, and when half of them are gone", () => {
    const count = 1_000_000
    const known = (i: number) => numberOfDigits(420_600_000_000 + i * 3)
    const unknown = (i: number) => numberOfDigits(420_600_000_001 + i * 3)
    const index = new NumberIndex()
    const before = arrayBytes()
    for (let i = 0; i < count; i += 1) index.set(known(i), i, i)
    const wrong = (isKept: (i: number) => boolean): number => {
      let sum = 0
      for (let i = 0; i < count; i += 1) {
        const own = index.contactsOf(known(i))
        const isRight = isKept(i) ? own.length === 1 && own[0] === i : own.length === 0
        if (!isRight || index.contactsOf(unknown(i)).length > 0) sum += 1
      }
      return sum
    }
    assert.deepStrictEqual([wrong(() => true), index.size], [0, count])
    assert.isBelow(arrayBytes() - before, 43e6)
    for (let i = 0; i < count; i += 2) index.delete(known(i), i)
    assert.deepStrictEqual([wrong((i) => i % 2 === 1), index.size], [0, count / 2])
  })
})

describe("a call that comes in", () => {
  const campaigns = Result.getOrThrow(
    campaignNumbers(
      [
        ["800 123 456", "Service"],
        ["+420 222 333 444", "Renewals"],
        ["00420 222 333 445", "Renewals"],
        ["1188", "Directory"],
        ["sales", "Sales"]
      ],
      "CZ"
    )
  )
  const contacts = new NumberIndex()
  contacts.set(jana, 17, 1)
  contacts.set(toE164("020 7946 0018", "GB") ?? desk, 18, 1)
  const match = (dialled: string, caller: string | null) =>
    matchInbound({ dialled, caller, country: "CZ" }, campaigns, contacts)

  it("has the campaign of the number dialled and the contacts of the caller's, however they are written", () => {
    for (const dialled of ["222333444", "+420222333444", "00420222333444", "222 333 445", "420222333444"]) {
      for (const caller of ["777123456", "+420777123456", "00420777123456", "+420 777 123 456"]) {
        assert.deepStrictEqual(match(dialled, caller), { campaign: "Renewals", number: jana, contacts: [17] })
      }
    }
    assert.strictEqual(match("+420800123456", null).campaign, "Service")
    assert.deepStrictEqual(match("1188", "+442079460018").contacts, [18])
    assert.deepStrictEqual(
      ["1188", "11 88", "sales", "Sales", "118", ""].map((dialled) => match(dialled, null).campaign),
      ["Directory", "Directory", "Sales", null, null, null]
    )
  })
  it("of nobody known has no contact, and no campaign where nobody has the number", () => {
    assert.deepStrictEqual(match("222333446", null), { campaign: null, number: null, contacts: [] })
    assert.deepStrictEqual(match("222333444", "anonymous"), { campaign: "Renewals", number: null, contacts: [] })
    assert.deepStrictEqual(match("222333444", "777123457").contacts, [])
  })
  it("cannot be for two campaigns", () => {
    const rows = [
      ["222 333 444", "A"],
      ["+420222333444", "B"]
    ] as const
    assert.deepStrictEqual(campaignNumbers(rows, "CZ"), Result.fail({ number: "+420222333444", campaigns: ["A", "B"] }))
    assert.isTrue(Result.isSuccess(campaignNumbers([rows[0], ["+420222333444", "A"]], "CZ")))
  })
})
