import { Effect, Schema } from "effect"
import type { E164 } from "../../domain/Contact.ts"

export const prefixesMax = 500

const CountryCode = Schema.String.check(Schema.isPattern(/^\+[1-9]\d{0,2}$/)).annotate({
  expected: "the code of a country, such as +49"
})
const Digits = Schema.String.check(Schema.isPattern(/^\d{0,6}$/)).annotate({
  expected: 'up to 6 digits in quotation marks, such as "00"'
})
// A number has seven digits at least, so something is always left of it.
const From = Schema.String.check(Schema.isPattern(/^\+\d{0,6}$/)).annotate({
  expected: 'how numbers begin, with + and up to 6 digits, such as "+49"; "+" for all that are left'
})
const To = Schema.String.check(Schema.isPattern(/^\+?[\d*#]{0,15}$/)).annotate({
  expected:
    'what stands there instead, in quotation marks: digits, * and #, perhaps with + before them, such as "1234#0"'
})
const Rule = Schema.Struct({ from: From, to: To })

/** How a trunk wants telephone numbers written. What comes in is E.164 with its `+`. */
export const NumberFormat = Schema.Union([
  /** `+4930901820` */
  Schema.Struct({ format: Schema.Literal("plus") }),
  /** `4930901820` */
  Schema.Struct({ format: Schema.Literal("digits") }),
  /** `030901820` in the home country, `004420…` abroad. */
  Schema.Struct({
    format: Schema.Literal("national"),
    countryCode: CountryCode,
    /** Before the number in the home country; empty where there is none, as in Italy. */
    trunkPrefix: Digits.pipe(Schema.withDecodingDefaultKey(Effect.succeed("0"))),
    /** Before the country code of all others. */
    internationalPrefix: Digits.pipe(Schema.withDecodingDefaultKey(Effect.succeed("00")))
  }),
  /** The rule with the longest `from` that fits; a number that none fits stays as it is, with `+`. */
  Schema.Struct({
    format: Schema.Literal("prefixes"),
    rules: Schema.Array(Rule)
      .check(Schema.isMinLength(1), Schema.isMaxLength(prefixesMax))
      .annotate({ expected: `a list of 1 to ${prefixesMax}` })
  })
]).annotate({ expected: "a block with format: plus, digits, national or prefixes" })
export type NumberFormat = typeof NumberFormat.Type

type PrefixRule = typeof Rule.Type

/** A number as a trunk wants it: digits, `*` and `#`, perhaps with `+` before them. */
export const formatNumber = (number: E164, format: NumberFormat): string => {
  switch (format.format) {
    case "plus":
      return number
    case "digits":
      return number.slice(1)
    case "national": {
      const { countryCode, internationalPrefix, trunkPrefix } = format
      return replaced(number, [
        { from: "+", to: internationalPrefix },
        { from: countryCode, to: trunkPrefix }
      ])
    }
    case "prefixes":
      return replaced(number, format.rules)
  }
}

const replaced = (number: E164, rules: ReadonlyArray<PrefixRule>): string => {
  let best: PrefixRule | undefined
  for (const rule of rules) {
    if (number.startsWith(rule.from) && rule.from.length > (best?.from.length ?? 0)) best = rule
  }
  return best === undefined ? number : best.to + number.slice(best.from.length)
}
