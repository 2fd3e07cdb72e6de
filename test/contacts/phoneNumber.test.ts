import { assert, describe, it } from "@effect/vitest"
import { getCountries, getCountryCallingCode, isValidPhoneNumber, type NationalNumber } from "libphonenumber-js/max"
import examples from "libphonenumber-js/mobile/examples"
import { Schema } from "effect"
import { type CountryCode, isCountryCode, parsed, toE164 } from "../../src/contacts/phoneNumber.ts"

describe("numbers as people write them", () => {
  const cases: ReadonlyArray<readonly [text: string, country: CountryCode, number: string | null]> = [
    ["777 123 456", "CZ", "+420777123456"],
    ["00420 777 123 456", "CZ", "+420777123456"],
    ["420777123456", "CZ", "+420777123456"],
    ["(212) 555-0123", "US", "+12125550123"],
    ["1-212-555-0123", "US", "+12125550123"],
    ["011 44 20 7946 0958", "US", "+442079460958"],
    ["020 7946 0958", "GB", "+442079460958"],
    ["+44 (0)20 7946 0958", "CZ", "+442079460958"],
    ["030/23125 0", "DE", "+4930231250"],
    ["06 698 12345", "IT", "+390669812345"],
    ["0692 12 34 56", "RE", "+262692123456"],
    ["0692 12 34 56", "FR", null],
    ["777 12 456", "CZ", null],
    ["12", "CZ", null],
    ["", "CZ", null],
    ["call me", "CZ", null],
    ["+999 123 456 789", "CZ", null],
    ["+".repeat(300), "CZ", null]
  ]
  for (const [text, country, number] of cases) {
    it(`${text.slice(0, 24)} in ${country} is ${number ?? "none"}`, () => {
      assert.strictEqual(toE164(text, country), number)
    })
  }
  it("of more than 15 digits are none, though libphonenumber knows such German ones", () => {
    assert.isTrue(isValidPhoneNumber("+49 5700 3673171422"))
    assert.strictEqual(toE164("+49 5700 3673171422", "DE"), null)
  })
  it("knows countries by their codes", () => {
    assert.deepStrictEqual(["CZ", "cz", "XX", ""].map(isCountryCode), [true, false, false, false])
  })
})

const countries = getCountries()
const Change = Schema.Struct({
  at: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 14 })),
  digit: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 9 }))
})
const Written = Schema.Struct({
  country: Schema.Literals(countries),
  home: Schema.Literals(countries),
  atHome: Schema.Boolean,
  changes: Schema.Array(Change).check(Schema.isMaxLength(5)),
  longer: Schema.Literals(["", "", "", "5", "00"]),
  form: Schema.Literals(["+", "00", "011", "0", "8", "1", "", "code", "+0"]),
  separators: Schema.Array(Schema.Literals(["", "", " ", "-", ".", "(", ")", "/", "  ", "x", "+"])).check(
    Schema.isMaxLength(14)
  )
})

/** An example number of a country, changed a little, written in one of the ways people write numbers. */
const written = ({ changes, country, form, longer, separators }: typeof Written.Type): string => {
  const digits = [...((examples as Record<string, NationalNumber>)[country] ?? "123456789"), ...longer]
  for (const { at, digit } of changes) digits[at % digits.length] = String(digit)
  const code = getCountryCallingCode(country)
  const before: Readonly<Record<string, string>> = {
    "+": `+${code}`,
    "00": `00${code}`,
    "011": `011${code}`,
    code,
    "+0": `+${code}0`
  }
  const whole = (before[form] ?? form) + digits.join("")
  return [...whole].map((character, index) => character + (separators[index] ?? "")).join("")
}

describe("the quick way", () => {
  it.prop(
    "gives libphonenumber's answer",
    { number: Written },
    ({ number }) => {
      const text = written(number)
      const home = number.atHome ? number.country : number.home
      assert.strictEqual(toE164(text, home), parsed(text, home), `${text} in ${home}`)
    },
    { arbitrary: { runs: 3_000 } }
  )
  it("gives it for the example of every country in every usual form", () => {
    for (const country of countries) {
      for (const form of ["+", "00", "011", "0", "8", "1", "", "code", "+0"] as const) {
        const plain = { country, home: country, atHome: true, changes: [], longer: "", separators: [], form } as const
        const text = written(plain)
        assert.strictEqual(toE164(text, country), parsed(text, country), `${text} in ${country}`)
      }
    }
  })
})
