import { createHash, timingSafeEqual } from "node:crypto"
import { type Parameters, parametersOf, splitOutside } from "../wire/headers.ts"

/** Hash functions by their names in HTTP and SIP (RFC 7616 §6.1, RFC 8760). */
const hashes: ReadonlyMap<string, string> = new Map([
  ["MD5", "md5"],
  ["SHA-256", "sha256"],
  ["SHA-512-256", "sha512-256"]
])

/** What a server demands (RFC 7616 §3.3). Texts are as between their quotes, escapes kept. */
export interface Challenge {
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | undefined
  /** As the server wrote it; `MD5` when it wrote nothing. */
  readonly algorithm: string
  readonly qop: "auth" | "auth-int" | undefined
  /** The password was right, only the nonce is too old. */
  readonly stale: boolean
}

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** What a response is computed over. `count` is how often the nonce was used, this time included: 1 to 2^32 − 1. */
export interface Subject {
  readonly method: string
  readonly uri: string
  readonly body: string
  readonly cnonce: string
  readonly count: number
}

const quotedText = /^"((?:[^"\\]|\\.)*)"$/s
const unquoted = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : (quotedText.exec(value)?.[1] ?? value)

/** The parameters of a `Digest …` header; undefined when it is of another scheme. */
export const digestParameters = (header: string): Parameters | undefined => {
  const match = /^Digest\s+(.*)$/is.exec(header.trim())
  if (match === null) return undefined
  const parameters = parametersOf(splitOutside(match[1], ","))
  return new Map([...parameters].map(([name, value]) => [name, unquoted(value) ?? ""]))
}

const hashOf = (algorithm: string) => hashes.get(algorithm.toUpperCase().replace(/-SESS$/, ""))
const isSession = (algorithm: string): boolean => /-sess$/i.test(algorithm)

const parseChallenge = (header: string): Challenge | undefined => {
  const parameters = digestParameters(header)
  const realm = parameters?.get("realm")
  const nonce = parameters?.get("nonce")
  if (parameters === undefined || realm === undefined || nonce === undefined) return undefined
  const algorithm = parameters.get("algorithm") ?? "MD5"
  const offered = parameters
    .get("qop")
    ?.split(",")
    .map((qop) => qop.trim().toLowerCase())
  const qop = offered?.includes("auth") ? "auth" : offered?.includes("auth-int") ? "auth-int" : undefined
  if (hashOf(algorithm) === undefined || (offered !== undefined && qop === undefined)) return undefined
  const stale = parameters.get("stale")?.toLowerCase() === "true"
  return { realm, nonce, opaque: parameters.get("opaque"), algorithm, qop, stale }
}

/** The first challenge we can answer: a server puts the one it likes best on top (RFC 8760 §2.4). */
export const chooseChallenge = (headers: ReadonlyArray<string>): Challenge | undefined => {
  for (const header of headers) {
    const challenge = parseChallenge(header)
    if (challenge !== undefined) return challenge
  }
  return undefined
}

/** The `response` of a digest, in lower-case hex (RFC 7616 §3.4.1 to §3.4.3; without qop as in RFC 2069). */
export const digestResponse = (
  challenge: Pick<Challenge, "realm" | "nonce" | "algorithm" | "qop">,
  { password, user }: Credentials,
  { body, cnonce, count, method, uri }: Subject
): string => {
  const name = hashOf(challenge.algorithm)
  if (name === undefined) throw new RangeError(`digest algorithm "${challenge.algorithm}" is not known`)
  const hash = (...parts: ReadonlyArray<string>) => createHash(name).update(parts.join(":")).digest("hex")
  const secret = hash(user, challenge.realm, password)
  const a1 = isSession(challenge.algorithm) ? hash(secret, challenge.nonce, cnonce) : secret
  const a2 = challenge.qop === "auth-int" ? hash(method, uri, hash(body)) : hash(method, uri)
  if (challenge.qop === undefined) return hash(a1, challenge.nonce, a2)
  return hash(a1, challenge.nonce, countHex(count), cnonce, challenge.qop, a2)
}

const countHex = (count: number): string => count.toString(16).padStart(8, "0")

/** The value of Authorization or Proxy-Authorization that answers a challenge. */
export const authorization = (challenge: Challenge, credentials: Credentials, subject: Subject): string => {
  const response = digestResponse(challenge, credentials, subject)
  const parts = [
    `username="${credentials.user}"`,
    `realm="${challenge.realm}"`,
    `nonce="${challenge.nonce}"`,
    `uri="${subject.uri}"`,
    `response="${response}"`,
    `algorithm=${challenge.algorithm}`
  ]
  if (challenge.opaque !== undefined) parts.push(`opaque="${challenge.opaque}"`)
  if (challenge.qop !== undefined) parts.push(`qop=${challenge.qop}`, `nc=${countHex(subject.count)}`)
  if (challenge.qop !== undefined || isSession(challenge.algorithm)) parts.push(`cnonce="${subject.cnonce}"`)
  return `Digest ${parts.join(", ")}`
}

/** Whether two texts are equal, in a time that does not tell where they differ. */
export const sameText = (one: string, two: string): boolean => {
  const [a, b] = [one, two].map((text) => createHash("sha256").update(text).digest())
  return timingSafeEqual(a, b)
}
