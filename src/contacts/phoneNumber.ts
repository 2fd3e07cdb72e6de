import type { CountryCode } from "libphonenumber-js"
import { getCountries, getCountryCallingCode, Metadata, parsePhoneNumberFromString } from "libphonenumber-js/core"
import metadata from "libphonenumber-js/max/metadata"
import { E164 } from "../domain/Contact.ts"

export type { CountryCode }

/** A country telephone numbers can be of, ISO 3166. */
export const isCountryCode = (text: string): text is CountryCode => calling.has(text as CountryCode)

const e164 = /^\+[1-9]\d{6,14}$/

/**
 * A number as people write it, in E.164; null when it cannot be one. `country` is that of numbers written without one.
 * It is libphonenumber's answer, except that a number of more than 15 digits is none: E.164 ends there, and nobody can
 * dial it. Extensions are dropped.
 */
export const toE164 = (text: string, country: CountryCode): E164 | null =>
  simple(text, country) ?? parsed(text, country)

/** The answer of libphonenumber alone; about twenty times slower than `toE164` on the usual ways of writing. */
export const parsed = (text: string, country: CountryCode): E164 | null => {
  const found = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false }, metadata)
  return found?.isValid() === true && e164.test(found.number) ? E164.make(found.number) : null
}

/** What libphonenumber knows of a country, with its patterns compiled once; the library compiles them on every call. */
interface Plan {
  readonly callingCode: string
  readonly general: RegExp
  readonly leading: RegExp | null
  readonly international: RegExp
  readonly prefix: RegExp | null
  readonly types: ReadonlyArray<{ readonly pattern: RegExp; readonly lengths: ReadonlyArray<number> | undefined }>
}

/** The members of the library's numbering plan that its published types leave out. */
interface PlanData {
  readonly IDDPrefix: () => string
  readonly leadingDigits: () => string | number | undefined
  readonly nationalNumberPattern: () => string
  readonly nationalPrefixForParsing: () => string | number | undefined
  readonly type: (
    name: string
  ) => { readonly pattern: () => string; readonly possibleLengths: () => ReadonlyArray<number> | undefined } | undefined
}

const typeNames = [
  ...["FIXED_LINE", "MOBILE", "PREMIUM_RATE", "TOLL_FREE", "SHARED_COST", "VOIP", "PERSONAL_NUMBER", "PAGER", "UAN"],
  "VOICEMAIL"
]

const calling = new Map(getCountries(metadata).map((each) => [each, String(getCountryCallingCode(each, metadata))]))
const countriesOf = (metadata as unknown as { country_calling_codes: Readonly<Record<string, Array<CountryCode>>> })
  .country_calling_codes
const plans = new Map<CountryCode, Plan>()

const planOf = (country: CountryCode): Plan => {
  const known = plans.get(country)
  if (known !== undefined) return known
  const data = new Metadata(metadata)
  data.selectNumberingPlan(country)
  const plan = data.numberingPlan as unknown as PlanData
  const leading = plan.leadingDigits()
  const prefix = plan.nationalPrefixForParsing()
  const compiled: Plan = {
    callingCode: calling.get(country) ?? "",
    general: new RegExp(`^(?:${plan.nationalNumberPattern()})$`),
    leading: typeof leading === "string" ? new RegExp(`^(?:${leading})`) : null,
    international: new RegExp(`^(?:${plan.IDDPrefix()})`),
    prefix: typeof prefix === "string" ? new RegExp(`^(?:${prefix})`) : null,
    types: typeNames.flatMap((name) => {
      const type = plan.type(name)
      if (type === undefined || type.pattern() === "") return []
      return [{ pattern: new RegExp(`^(?:${type.pattern()})$`), lengths: type.possibleLengths() }]
    })
  }
  plans.set(country, compiled)
  return compiled
}

const usualWriting = /^\+?[\d ()./-]{3,40}$/

/**
 * The same answer as `parsed` for the usual ways of writing a valid number: digits with plain separators, with `+`, the
 * country's international prefix, its national prefix, or none. Null wherever the library would do something more
 * special, and for every invalid number. Each step is one of the library's own, in its order; a test compares both.
 */
const simple = (text: string, country: CountryCode): E164 | null => {
  if (!usualWriting.test(text)) return null
  const digits = text.replace(/\D/g, "")
  if (text.startsWith("+")) return international(digits)
  const home = planOf(country)
  const out = home.international.exec(digits)
  if (out !== null) return international(digits.slice(out[0].length))
  // Perhaps an international number whose plus got lost; the library weighs that.
  if (digits.startsWith(home.callingCode)) return null
  return national(digits, home, country)
}

const international = (digits: string): E164 | null => {
  for (let length = 1; length <= 3; length += 1) {
    const countries = countriesOf[digits.slice(0, length)]
    if (countries !== undefined) return national(digits.slice(length), planOf(countries[0]), null)
  }
  return null
}

/** `digits` without country code; `plan` decides on its prefix, `country` is that of a number without country code. */
const national = (digits: string, plan: Plan, country: CountryCode | null): E164 | null => {
  const match = plan.prefix?.exec(digits) ?? null
  // A prefix with groups also rewrites the number, or names a carrier.
  if (match !== null && (match.length > 1 || match[0] === "")) return null
  const rest = match === null ? digits : digits.slice(match[0].length)
  const countries = countriesOf[plan.callingCode]
  const found = countries.length === 1 ? countries[0] : countries.find((each) => isOf(rest, planOf(each)))
  const owner = planOf(found ?? country ?? countries[0])
  if (match !== null && !plan.general.test(rest)) return null
  if (!isOfType(rest, owner)) return null
  const number = `+${plan.callingCode}${rest}`
  return e164.test(number) ? (number as E164) : null
}

const isOf = (digits: string, plan: Plan): boolean => plan.leading?.test(digits) ?? isOfType(digits, plan)

const isOfType = (digits: string, plan: Plan): boolean =>
  plan.general.test(digits) &&
  plan.types.some(
    ({ lengths, pattern }) => (lengths === undefined || lengths.includes(digits.length)) && pattern.test(digits)
  )
