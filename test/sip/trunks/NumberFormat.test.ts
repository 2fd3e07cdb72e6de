import { assert, describe, it } from "@effect/vitest"
import { E164 } from "../../../src/domain/Contact.ts"
import { formatNumber, type NumberFormat } from "../../../src/sip/trunks/NumberFormat.ts"

const berlin = E164.make("+4930901820")
const london = E164.make("+442079460000")
const inBerlin: NumberFormat = { format: "national", countryCode: "+49", trunkPrefix: "0", internationalPrefix: "00" }
const inRome: NumberFormat = { format: "national", countryCode: "+39", trunkPrefix: "", internationalPrefix: "00" }
const inBoston: NumberFormat = { format: "national", countryCode: "+1", trunkPrefix: "1", internationalPrefix: "011" }
const rules = (...pairs: ReadonlyArray<readonly [string, string]>): NumberFormat => ({
  format: "prefixes",
  rules: pairs.map(([from, to]) => ({ from, to }))
})

describe("telephone numbers as a trunk wants them", () => {
  const cases: ReadonlyArray<readonly [what: string, number: E164, format: NumberFormat, written: string]> = [
    ["E.164", berlin, { format: "plus" }, "+4930901820"],
    ["without the plus", berlin, { format: "digits" }, "4930901820"],
    ["at home", berlin, inBerlin, "030901820"],
    ["abroad", london, inBerlin, "00442079460000"],
    ["at home without a trunk prefix", E164.make("+390669812345"), inRome, "0669812345"],
    ["at home in North America", E164.make("+16175550123"), inBoston, "16175550123"],
    ["abroad from North America", berlin, inBoston, "0114930901820"],
    ["a prefix for each", berlin, rules(["+", "00"], ["+49", "1234#0"]), "1234#030901820"],
    ["the longest prefix, wherever it stands", berlin, rules(["+493", "8"], ["+49", "7"], ["+", ""]), "80901820"],
    ["the prefix of all others", london, rules(["+49", "0"], ["+", "*7"]), "*7442079460000"],
    ["no prefix that fits", london, rules(["+49", "0"]), "+442079460000"]
  ]
  it.each(cases)("%s", (_, number, format, written) => {
    assert.strictEqual(formatNumber(number, format), written)
  })
})
