import type { CallData } from "../../../src/domain/card/CallData.ts"
import { E164 } from "../../../src/domain/Contact.ts"

export const jana: CallData = {
  contact: {
    numbers: [{ number: E164.make("+420777123456"), column: "tel" }],
    fields: { firstName: "Jana", lastName: "Nováková", company: "Kov & Syn / Brno", externalId: "A 17", email: " " },
    parameters: { Balance: "1200.50", Ends: "1. 12. 2026", Web: "javascript:alert(1)", Page: "https://example.org/a b" }
  },
  number: "+420777123456",
  agent: "Petr"
}

/** A caller nobody knows, with the number withheld. */
export const stranger: CallData = { contact: null, number: null, agent: "Petr" }
