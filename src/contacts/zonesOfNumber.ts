import { unknownZone } from "../domain/compliance/zoneEvidence.ts"
import type { E164 } from "../domain/Contact.ts"
import { countryCodes } from "./zones/countryCodes.ts"
import { areaCodes, type AreaCodes, placelessCodes } from "./zones/northAmerica.ts"
import { prefixes } from "./zones/prefixes.ts"

interface Place {
  /** ISO 3166; null where the number belongs to no single country. */
  readonly region: string | null
  readonly zones: ReadonlyArray<string>
}

const nowhere: Place = { region: null, zones: [] }

const placeOf = new Map<string, Place>()
const add = (rows: ReadonlyArray<AreaCodes>, before: string): void => {
  for (const [region, zones, codes] of rows) {
    const place = { region, zones: zones.split(" ") }
    for (const code of codes.split(" ")) placeOf.set(before + code, place)
  }
}
add(countryCodes, "")
add(prefixes, "")
add(areaCodes, "1")
const wholePlan: Place = { region: null, zones: [...new Set(areaCodes.flatMap(([, zones]) => zones.split(" ")))] }
for (const code of placelessCodes.split(" ")) placeOf.set(`1${code}`, wholePlan)

const longest = Math.max(...[...placeOf.keys()].map((code) => code.length))

const find = (number: E164): Place => {
  for (let length = Math.min(longest, number.length - 1); length > 0; length -= 1) {
    const place = placeOf.get(number.slice(1, length + 1))
    if (place !== undefined) return place
  }
  return nowhere
}

/**
 * Every IANA zone a number may ring in, as far as the number itself tells: one for most countries, both for area codes
 * with a zone line through them, all of the country's for mobile numbers of countries with several. Empty when nothing
 * is known: such a number must not be called (`zoneEvidenceOf`). It is a presumption: numbers are ported and phones
 * travel, so a zone the person stated, or that of a verified address, is better evidence. Under a microsecond.
 */
export const zonesOfNumber = (number: E164): ReadonlyArray<string> => find(number).zones

/**
 * The same as evidence for the compliance rules: there, nothing means that nobody looked, and falls back to the
 * campaign's zone; a number nobody can place is of the unknown zone, which blocks.
 */
export const zoneEvidenceOf = (number: E164): ReadonlyArray<string> => {
  const { zones } = find(number)
  return zones.length > 0 ? zones : [unknownZone]
}

/** The country a number is of, ISO 3166; null for free numbers of North America and for codes of no country. */
export const countryOfNumber = (number: E164): string | null => find(number).region
