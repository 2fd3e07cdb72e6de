import { parametersOf, splitOutside } from "./wire/headers.ts"
import { headerValues, type SipMessage } from "./wire/message.ts"
import { retryAfterSeconds } from "./wire/retryAfter.ts"
import { type Cause, noCause } from "./Leg.ts"

/** The Q.850 cause of a message's Reason headers (RFC 3326), or undefined. */
export const q850Of = (message: SipMessage): number | undefined => {
  for (const header of headerValues(message, "Reason")) {
    for (const value of splitOutside(header, ",")) {
      const [protocol, ...parameters] = splitOutside(value, ";")
      const cause = Number(parametersOf(parameters).get("cause"))
      if (protocol.toUpperCase() === "Q.850" && Number.isInteger(cause) && cause >= 1 && cause <= 127) return cause
    }
  }
  return undefined
}

/** Why a call failed or ended, from the response or request that said so. */
export const causeOf = (message: SipMessage): Cause => {
  const q850 = q850Of(message)
  if (message.kind === "request") return { ...noCause, q850 }
  const again = retryAfterSeconds(message)
  const { reason, status } = message
  return { status, reason, q850, ...(again === undefined ? {} : { retryAfterSeconds: again }) }
}
