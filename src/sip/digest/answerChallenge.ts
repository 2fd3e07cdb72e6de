import type { Header, SipResponse } from "../wire/message.ts"
import { headerValues } from "../wire/message.ts"
import { authorization, type Challenge, chooseChallenge, type Credentials, type Subject } from "./digest.ts"

/** Where the answer to a challenge goes: to the far end (401) or to a proxy on the way (407). */
export type Authorizing = "Authorization" | "Proxy-Authorization"

/** The challenge of a 401 or 407 that we can answer, or undefined. */
export const challengeOf = (
  response: SipResponse
): { readonly kind: Authorizing; readonly challenge: Challenge } | undefined => {
  if (response.status !== 401 && response.status !== 407) return undefined
  const far = response.status === 401
  const challenge = chooseChallenge(headerValues(response, far ? "WWW-Authenticate" : "Proxy-Authenticate"))
  return challenge === undefined ? undefined : { kind: far ? "Authorization" : "Proxy-Authorization", challenge }
}

/** The header that answers a challenge. */
export const authorizing = (
  kind: Authorizing,
  challenge: Challenge,
  credentials: Credentials,
  subject: Subject
): Header => ({ name: kind, value: authorization(challenge, credentials, subject) })
