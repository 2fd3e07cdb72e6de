import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { Contact, E164 } from "../../../src/domain/Contact.ts"
import { contactWith, digitsOfContact } from "../../../sim/lists/ContactTable.ts"
import { TableBuilder } from "../../../sim/lists/TableBuilder.ts"
import { TextReader } from "../../../sim/lists/TextColumn.ts"

const Row = Schema.Struct({
  /** Few numbers, so that contacts share them. */
  numbers: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 60 }))).check(
    Schema.isMinLength(1),
    Schema.isMaxLength(4)
  ),
  priority: Schema.Int.check(Schema.isBetween({ minimum: -5, maximum: 5 })),
  city: Schema.String.check(Schema.isMaxLength(6)),
  tariff: Schema.Literals(["", "gold", "Größe ß 漢字 🙂"])
})
const numberOf = (digits: number): E164 => `+1416555${String(digits).padStart(4, "0")}` as E164
const contactOf = ({ city, numbers, priority, tariff }: typeof Row.Type): Contact => ({
  numbers: numbers.map((digits) => ({ number: numberOf(digits), column: "Phone" })),
  fields: { city, priority: String(priority) },
  parameters: { Tariff: tariff, Unasked: "kept by nobody" }
})

describe("the table of a file", () => {
  it.prop(
    "gives back what was put in, and finds the first contact that has a number",
    [Schema.Array(Row).check(Schema.isMaxLength(40))],
    ([rows]) => {
      const builder = new TableBuilder(["city", "parameter.Tariff", "parameter.toString"])
      for (const row of rows) builder.push(contactOf(row))
      const table = builder.build()
      assert.strictEqual(table.size, rows.length)
      assert.deepStrictEqual(Object.keys(table.texts), ["segment", "city", "parameter.Tariff", "parameter.toString"])
      const texts = (field: string) => {
        const reader = new TextReader(table.texts[field])
        return rows.map((_, contact) => reader.text(contact))
      }
      // Lone surrogates are no text of any file.
      assert.deepStrictEqual(
        texts("city"),
        rows.map(({ city }) => city.toWellFormed())
      )
      assert.deepStrictEqual(
        texts("parameter.Tariff"),
        rows.map(({ tariff }) => tariff)
      )
      assert.deepStrictEqual(new Set(texts("parameter.toString")), new Set(rows.map(() => "")))
      assert.deepStrictEqual(
        [...table.priority],
        rows.map(({ priority }) => priority)
      )
      const digits = rows.map((row) => contactOf(row).numbers.map(({ number }) => Number(number)))
      assert.deepStrictEqual(
        rows.map((_, contact) => [...digitsOfContact(table, contact)]),
        digits
      )
      for (let number = 0; number <= 61; number += 1) {
        const looked = Number(numberOf(number))
        assert.strictEqual(
          contactWith(table, looked),
          digits.findIndex((own) => own.includes(looked))
        )
      }
    },
    { arbitrary: { runs: 200, seed: 1 } }
  )
  it("is in memory that threads share, grown as it may be", () => {
    const builder = new TableBuilder([])
    for (let i = 0; i < 5_000; i += 1) {
      builder.push({ numbers: [{ number: `+1${4_165_550_000 + i}` as E164, column: "" }], fields: {}, parameters: {} })
    }
    const table = builder.build()
    const columns = [table.numbers, table.firstNumber, table.byNumber, table.priority, table.place]
    assert.deepStrictEqual(
      columns.map(({ buffer, length }) => [buffer instanceof SharedArrayBuffer, length]),
      [5_000, 5_001, 5_000, 5_000, 5_000].map((length) => [true, length])
    )
    assert.strictEqual(contactWith(table, 14_165_554_999), 4_999)
    assert.deepStrictEqual(table.places, [{ record: null, number: ["America/Toronto"] }])
  })
})
