import { Redacted } from "effect"
import type { E164 } from "../../domain/Contact.ts"
import { checkCall } from "../checkCall.ts"
import type { Call, Credentials } from "../Leg.ts"
import { CallInvalid } from "../Sip.ts"
import { uriTarget } from "../wire/headers.ts"
import { formatNumber, type NumberFormat } from "./NumberFormat.ts"
import type { TrunkSettings } from "./TrunkSettings.ts"

/** A call as the dialler wants it, whichever trunk carries it. */
export interface TrunkCall {
  readonly number: E164
  /**
   * The number shown as the caller's; the trunk's own without it. One in E.164 is written as the trunk wants it, any other
   * (up to 20 digits) goes as it is.
   */
  readonly callerId?: string
  /** Who is given to the called party, in E.164: shown as the caller where the trunk may do that. */
  readonly onBehalfOf?: E164
  /** Whether the called party is not to see it. */
  readonly anonymous?: boolean
  /** The offer. */
  readonly sdp: string
}

/** Where a trunk's requests are sent. */
export const hopOf = ({ host, outboundProxy }: TrunkSettings): string => outboundProxy ?? host

/** The domain of a trunk's URIs. */
export const domainOf = ({ domain, host }: TrunkSettings): string =>
  domain ?? uriTarget(`sip:${host}`)?.host ?? host.replace(/:\d+$/, "")

export const credentialsOf = ({ credentials }: TrunkSettings): Credentials | undefined =>
  credentials === undefined ? undefined : { user: credentials.user, password: Redacted.value(credentials.password) }

/** RFC 3323 §4.1.1.3: what an anonymous From says. */
const nobody = { from: "sip:anonymous@anonymous.invalid", fromName: "Anonymous" }

/**
 * The call as one trunk wants it written; `route` is what its registrar wants calls to carry (RFC 3608). `isLast`: no other
 * trunk could take it.
 */
export const callOf = (
  trunk: TrunkSettings,
  wanted: TrunkCall,
  route: ReadonlyArray<string> = [],
  isLast = true
): Call => {
  const caller = uriOf(trunk, wanted.callerId ?? trunk.callerNumber, trunk.callerNumbers)
  const given = trunk.transferCallerId === "customer" ? wanted.onBehalfOf : undefined
  const asserted = trunk.callerIdStyle !== "from" || given !== undefined
  const anonymous = wanted.anonymous === true || trunk.callerIdStyle === "asserted-anonymous"
  const credentials = credentialsOf(trunk)
  return {
    to: uriOf(trunk, wanted.number, trunk.calledNumbers),
    ...(anonymous
      ? { ...nobody, anonymous }
      : { from: given === undefined ? caller : uriOf(trunk, given, trunk.callerNumbers) }),
    ...(asserted ? { identity: caller } : {}),
    ...(credentials === undefined ? {} : { credentials }),
    trunk: trunk.name,
    headers: trunk.headers,
    patience: { millis: 1_000 * trunk.silenceSecondsMax, also: !isLast },
    route,
    sdp: wanted.sdp,
    via: hopOf(trunk)
  }
}

const isE164 = (text: string): text is E164 => /^\+[1-9]\d{6,14}$/.test(text)

const uriOf = (trunk: TrunkSettings, number: string, format: NumberFormat): string =>
  userUri(trunk, isE164(number) ? formatNumber(number, format) : number)

/** A URI in the trunk's domain; `#`, `@` and their like are escaped (RFC 3261 §25.1). */
const userUri = (trunk: TrunkSettings, user: string): string =>
  `sip:${encodeURIComponent(user).replaceAll("%2B", "+")}@${domainOf(trunk)}`

/** The address under which a trunk knows us, where it does. */
export const accountUri = (trunk: TrunkSettings): string =>
  userUri(trunk, trunk.registerUser ?? trunk.credentials?.user ?? "outpace")

/** What is wrong with a call on any of the trunks, or undefined. */
export const problemOf = (trunks: ReadonlyArray<TrunkSettings>, wanted: TrunkCall): CallInvalid | undefined => {
  const { number }: { readonly number: string } = wanted
  if (!isE164(number)) {
    return new CallInvalid({ problem: `number "${number}": expected a number in E.164, such as +4930901820` })
  }
  if (wanted.callerId !== undefined && !/^\+?\d{1,20}$/.test(wanted.callerId)) {
    return new CallInvalid({ problem: `callerId "${wanted.callerId}": expected up to 20 digits, perhaps after a +` })
  }
  if (wanted.onBehalfOf !== undefined && !isE164(wanted.onBehalfOf)) {
    return new CallInvalid({ problem: `onBehalfOf "${String(wanted.onBehalfOf)}": expected a number in E.164` })
  }
  for (const trunk of trunks) {
    const problem = checkCall(callOf(trunk, wanted))
    if (problem !== undefined) return problem
  }
  return undefined
}
