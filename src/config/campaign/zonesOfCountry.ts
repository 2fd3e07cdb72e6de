import { countryCodes } from "../../contacts/zones/countryCodes.ts"
import { areaCodes } from "../../contacts/zones/northAmerica.ts"
import { prefixes } from "../../contacts/zones/prefixes.ts"

/** Every IANA zone numbers of a country may ring in, as the numbering plans know it. */
export const zonesOfCountry = (country: string): ReadonlyArray<string> => [
  ...new Set(
    [...countryCodes, ...prefixes, ...areaCodes].flatMap(([region, zones]) =>
      region === country ? zones.split(" ") : []
    )
  )
]
