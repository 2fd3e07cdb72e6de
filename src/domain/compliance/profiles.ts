import { Schema } from "effect"
import { Profile } from "./Profile.ts"
import { auResearch, auTelemarketing, inTrai, vn91 } from "./profiles/asiaPacific.ts"
import { caCrtc } from "./profiles/canada.ts"
import { deKodex, esLgdcu, fr2026, itGarante2014, optInCountries } from "./profiles/europe.ts"
import { houseStrict } from "./profiles/houseStrict.ts"
import { ru230fz, ruAds } from "./profiles/russia.ts"
import { ukOfcom2010, ukOfcom2017 } from "./profiles/uk.ts"
import { usFederal, usRegF, usStates } from "./profiles/us.ts"

/** The id of the profile that holds unless another is named. */
export const defaultProfileId = "house-strict"

const decode = Schema.decodeUnknownSync(Schema.Array(Profile), { onExcessProperty: "error" })

/** Every profile that comes with the product; a customer's own are decoded from data like these. */
export const profiles: ReadonlyArray<Profile> = decode([
  ukOfcom2010,
  ukOfcom2017,
  usFederal,
  ...usStates,
  usRegF,
  caCrtc,
  deKodex,
  fr2026,
  itGarante2014,
  esLgdcu,
  ...optInCountries,
  auTelemarketing,
  auResearch,
  inTrai,
  vn91,
  ruAds,
  ru230fz,
  houseStrict
])
