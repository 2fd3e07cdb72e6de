import { type CountryCode, toE164 } from "../../contacts/phoneNumber.ts"
import type { E164 } from "../../domain/Contact.ts"

/** Telephone numbers as people write them; `wrong` are those that are none. Without a country they need their own. */
export const readNumbers = (
  texts: ReadonlyArray<string>,
  country: CountryCode | null
): { readonly numbers: ReadonlyArray<E164>; readonly wrong: ReadonlyArray<string> } => {
  const numbers: Array<E164> = []
  const wrong: Array<string> = []
  for (const text of texts) {
    // With a plus the country is the number's own.
    const number = country === null && !text.trim().startsWith("+") ? null : toE164(text.trim(), country ?? "GB")
    if (number === null) wrong.push(text)
    else if (!numbers.includes(number)) numbers.push(number)
  }
  return { numbers, wrong }
}
