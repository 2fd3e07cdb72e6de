import { headerValue, type SipMessage } from "./message.ts"

/** The seconds of Retry-After (RFC 3261 §20.33): how long the far end wants to be left alone. Undefined without it. */
export const retryAfterSeconds = (message: SipMessage): number | undefined => {
  const seconds = /^(\d{1,10})\s*(?:[;(]|$)/.exec(headerValue(message, "Retry-After") ?? "")?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}
