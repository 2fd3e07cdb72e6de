import { assert, describe, it } from "@effect/vitest"
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/max"
import examples from "libphonenumber-js/mobile/examples"
import { countryOfNumber, zoneEvidenceOf, zonesOfNumber } from "../../src/contacts/zonesOfNumber.ts"
import { countryCodes } from "../../src/contacts/zones/countryCodes.ts"
import { areaCodes } from "../../src/contacts/zones/northAmerica.ts"
import { prefixes } from "../../src/contacts/zones/prefixes.ts"
import { zonesOf } from "../../src/domain/compliance/zoneEvidence.ts"
import type { E164 } from "../../src/domain/Contact.ts"

const zones = (number: string): string => zonesOfNumber(number as E164).join(" ")

describe("zones of a number", () => {
  const cases: ReadonlyArray<readonly [number: string, what: string, zones: string]> = [
    ["+420777123456", "a country with one zone", "Europe/Prague"],
    ["+442079460958", "London", "Europe/London"],
    ["+447911123456", "a mobile of Guernsey", "Europe/Guernsey"],
    ["+12125550123", "New York", "America/New_York"],
    ["+18505550123", "Florida's panhandle", "America/New_York America/Chicago"],
    ["+13175550123", "Indiana", "America/New_York America/Chicago"],
    ["+12705550123", "Kentucky", "America/New_York America/Chicago"],
    ["+16155550123", "Tennessee", "America/New_York America/Chicago"],
    ["+17015550123", "North Dakota", "America/Chicago America/Denver"],
    ["+16055550123", "South Dakota", "America/Chicago America/Denver"],
    ["+13085550123", "Nebraska", "America/Chicago America/Denver"],
    ["+17855550123", "Kansas", "America/Chicago America/Denver"],
    ["+12085550123", "Idaho", "America/Boise America/Los_Angeles"],
    ["+15415550123", "eastern Oregon", "America/Los_Angeles America/Boise"],
    ["+19065550123", "Upper Michigan", "America/Detroit America/Chicago"],
    ["+19155550123", "El Paso", "America/Chicago America/Denver"],
    ["+14805550123", "Arizona", "America/Phoenix"],
    ["+18085550123", "Hawaii", "Pacific/Honolulu"],
    ["+17875550123", "Puerto Rico", "America/Puerto_Rico"],
    ["+17095550123", "Newfoundland and Labrador", "America/St_Johns America/Goose_Bay"],
    ["+34912345678", "Madrid", "Europe/Madrid"],
    ["+34922345678", "Tenerife", "Atlantic/Canary"],
    ["+34612345678", "a Spanish mobile", "Europe/Madrid Atlantic/Canary"],
    ["+34900123456", "a free Spanish number", "Europe/Madrid Atlantic/Canary"],
    ["+351291234567", "Madeira", "Atlantic/Madeira"],
    ["+61255501234", "Sydney", "Australia/Sydney"],
    ["+61889123456", "Darwin", "Australia/Darwin"],
    ["+5511912345678", "a mobile of São Paulo", "America/Sao_Paulo"],
    ["+33612345678", "a French mobile", "Europe/Paris"],
    ["+262262123456", "Réunion", "Indian/Reunion"],
    ["+262692123456", "a mobile of Réunion", "Indian/Reunion"],
    ["+262269612345", "Mayotte", "Indian/Mayotte"],
    ["+590590123456", "Guadeloupe", "America/Guadeloupe"],
    ["+594594123456", "French Guiana", "America/Cayenne"],
    ["+596596123456", "Martinique", "America/Martinique"],
    ["+77012345678", "a mobile of Kazakhstan", "Asia/Almaty"],
    ["+12115550123", "an area code nobody has", ""],
    ["+870773111632", "a satellite", ""],
    ["+80012345678", "an international free number", ""],
    ["+999123456789", "a country code nobody has", ""]
  ]
  for (const [number, what, expected] of cases) {
    it(`${what}: ${expected === "" ? "unknown" : expected}`, () => {
      assert.strictEqual(zones(number), expected)
    })
  }
  it("free numbers of North America may ring in all of it, mobiles of large countries in all of those", () => {
    assert.isAbove(zonesOfNumber("+18005550123" as E164).length, 30)
    assert.strictEqual(zonesOfNumber("+79161234567" as E164).length, 11)
    assert.strictEqual(zonesOfNumber("+61412345678" as E164).length, 7)
  })
})

describe("as evidence for the rules", () => {
  it("a number nobody can place blocks, it does not take the campaign's zone", () => {
    const zonesFor = (number: string) =>
      zonesOf({ number: zoneEvidenceOf(number as E164), campaign: "Europe/Prague" }, "best")
    assert.deepStrictEqual(zonesFor("+870773111632"), ["Etc/Unknown"])
    assert.deepStrictEqual(zonesFor("+18505550123"), ["America/New_York", "America/Chicago"])
  })
})

describe("the tables", () => {
  it("name zones the runtime knows", () => {
    const names = [...countryCodes, ...prefixes, ...areaCodes].flatMap(([, zones]) => zones.split(" "))
    for (const zone of new Set(names)) {
      assert.doesNotThrow(() => new Intl.DateTimeFormat("en", { timeZone: zone }), zone)
    }
  })
  it("name no code twice", () => {
    for (const table of [countryCodes, prefixes, areaCodes]) {
      const codes = table.flatMap(([, , codes]) => codes.split(" "))
      assert.deepStrictEqual(codes, [...new Set(codes)])
    }
  })
  it("have an entry for every area code libphonenumber has valid numbers for, of the same country", () => {
    const wrong: Array<string> = []
    for (let code = 200; code < 1_000; code += 1) {
      for (const rest of ["2345678", "3334444", "5550123", "6789012", "9876543"]) {
        const number = parsePhoneNumberFromString(`+1${code}${rest}`)
        if (number?.isValid() !== true) continue
        const country = countryOfNumber(number.number as unknown as E164)
        if (country !== null && country !== number.country) wrong.push(`${code} is ${number.country}, not ${country}`)
        if (zones(number.number) === "") wrong.push(`${code} has no zones`)
      }
    }
    assert.deepStrictEqual(wrong, [])
  })
  it("agree with libphonenumber on the country of the example of every country", () => {
    const wrong: Array<string> = []
    for (const country of getCountries()) {
      const example = `+${getCountryCallingCode(country)}${examples[country]}`
      const number = parsePhoneNumberFromString(example)
      const found = countryOfNumber(example as E164)
      if (zones(example) === "") wrong.push(`${country} has no zones`)
      // Saint Barthélemy and Saint Martin share Guadeloupe's numbers and clock.
      if (number?.country !== undefined && found !== number.country) wrong.push(`${example} ${number.country} ${found}`)
    }
    assert.deepStrictEqual(wrong, [])
  })
})
