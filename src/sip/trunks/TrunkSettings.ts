import { Effect, Schema } from "effect"
import { isIpv4 } from "../wire/Address.ts"
import { headerName, uriTarget } from "../wire/headers.ts"
import { NumberFormat } from "./NumberFormat.ts"
import { E164 } from "../../domain/Contact.ts"

export const trunksMax = 50
export const headersMax = 20

/** How the caller's number is told. `anonymous` of a call withholds it from the called party in each of them. */
export const callerIdStyles = [
  /** In From alone. */
  "from",
  /** In From and in P-Asserted-Identity (RFC 3325), for carriers that show what they may trust. */
  "from-and-asserted",
  /** In P-Asserted-Identity alone, with an anonymous From and `Privacy: id`: no called party ever sees it. */
  "asserted-anonymous"
] as const
export type CallerIdStyle = (typeof callerIdStyles)[number]

/** Whose number somebody sees a call is given to: the trunk's own, or that of the person given. */
export const transferCallerIds = ["trunk", "customer"] as const

const optional = Schema.optionalKey
const defaultOf = <S extends Schema.Constraint>(value: S["Encoded"]) =>
  Schema.withDecodingDefaultKey<S>(Effect.succeed(value))
const whole = (minimum: number, maximum: number, what: string) =>
  Schema.Int.check(Schema.isBetween({ minimum, maximum })).annotate({
    expected: `a whole number of ${what} from ${minimum} to ${maximum}`
  })

/** Whether a text is `host` or `host:port`, the host being a name or an IPv4 address. */
const isPeer = (text: string): boolean => {
  const target = /[@;?]/.test(text) ? undefined : uriTarget(`sip:${text}`)
  return target !== undefined && (isIpv4(target.host) || /[a-z]/.test(target.host))
}
const Peer = Schema.String.check(Schema.makeFilter(isPeer)).annotate({
  expected: "a name or IPv4 address, perhaps with a port, such as sip.carrier.example or 192.0.2.10:5080"
})
const Domain = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/)).annotate({
  expected: "a domain without port, such as carrier.example"
})
const UserName = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/)).annotate({
  expected: "1 to 200 letters, digits and signs, in quotation marks if it is a number"
})
const Password = Schema.String.check(Schema.isPattern(/^[^\r\n\0]{1,200}$/)).annotate({
  expected: "a password of 1 to 200 characters, in quotation marks if it is a number"
})

/** Headers this side writes itself; a second one would contradict it or break the message. */
const ownHeaders: ReadonlySet<string> = new Set([
  ...["Allow", "Authorization", "CSeq", "Call-ID", "Contact", "Content-Disposition", "Content-Encoding"],
  ...["Content-Length", "Content-Type", "From", "Max-Forwards", "P-Asserted-Identity", "Privacy"],
  ...["Proxy-Authorization", "Record-Route", "Require", "Route", "Supported", "To", "User-Agent", "Via"]
])
const isOwnHeader = (line: string): boolean => ownHeaders.has(headerName(line.slice(0, line.indexOf(":"))))
const Header = Schema.String.check(
  Schema.isPattern(/^[A-Za-z0-9-]{1,60}: [^\r\n\0]{1,200}$/),
  Schema.makeFilter((line: string) => !isOwnHeader(line))
).annotate({
  expected: 'a line "Name: value" with a header that Outpace does not write itself, such as "X-Account: 7"'
})

/** A way to the telephone network: a carrier's SIP account, or a peer that knows us by our address. */
export const TrunkSettings = Schema.Struct({
  /** What managers and reports call it; each has its own. */
  name: Schema.String.check(Schema.isPattern(/^\S(.{0,38}\S)?$/u)).annotate({
    expected: "a name of 1 to 40 characters"
  }),
  /** The carrier's proxy and registrar, `host` or `host:port`; a name without port is looked up by SRV first. */
  host: Peer,
  /** Where requests are sent instead of to `host`, written like it; `host` then only names the carrier. */
  outboundProxy: optional(Peer),
  /** The domain of From, To and P-Asserted-Identity; the host without its port where it is missing. */
  domain: optional(Domain),
  /** For digest challenges; missing at a peer that knows us by our address. */
  credentials: optional(Schema.Struct({ user: UserName, password: Schema.RedactedFromValue(Password) })),
  /** Whether we register there; it takes no calls of ours until we are registered. Needs credentials. */
  register: Schema.Boolean.pipe(defaultOf(false)),
  /** The user registered, where it is not that of the credentials. */
  registerUser: optional(UserName),
  /** The expiry asked for when registering, in seconds; the carrier may grant less, and has the last word. */
  registerSeconds: whole(60, 86_400, "seconds").pipe(defaultOf(600)),
  /** Those with 1 are tried first; equal ones share the calls, in proportion to their lines. */
  priority: whole(1, 100, "priority").pipe(defaultOf(1)),
  /** Calls it carries at once, ringing ones included. */
  linesMax: whole(1, 10_000, "lines"),
  /** Calls begun within any second, evenly spaced. */
  callsPerSecondMax: whole(1, 500, "calls").pipe(defaultOf(10)),
  /** Between two OPTIONS, in seconds; 0 sends none. */
  keepAliveSeconds: Schema.Int.check(
    Schema.makeFilter((seconds: number) => seconds === 0 || (seconds >= 5 && seconds <= 3_600))
  )
    .annotate({ expected: "a whole number of seconds from 5 to 3600, or 0 for none" })
    .pipe(defaultOf(30)),
  /**
   * How long a call may be without any answer, in seconds, before it goes to the next address or trunk; where there is none
   * it waits 32 s.
   */
  silenceSecondsMax: whole(1, 32, "seconds").pipe(defaultOf(6)),
  /** How called numbers are written. */
  calledNumbers: NumberFormat.pipe(defaultOf({ format: "plus" as const })),
  /** How callers' numbers are written. */
  callerNumbers: NumberFormat.pipe(defaultOf({ format: "plus" as const })),
  callerIdStyle: Schema.Literals(callerIdStyles).pipe(defaultOf("from" as const)),
  /** `customer` only where the carrier lets us show numbers that are not ours; the asserted one stays ours (RFC 3325). */
  transferCallerId: Schema.Literals(transferCallerIds).pipe(defaultOf("trunk" as const)),
  /** The caller of calls that bring no number of their own. */
  callerNumber: E164.annotate({ expected: "a number with its country, such as +4930901820" }),
  /** Sent with every INVITE, each a whole line. */
  headers: Schema.Array(Header)
    .check(Schema.isMaxLength(headersMax))
    .annotate({ expected: `a list of at most ${headersMax}` })
    .pipe(defaultOf([] as ReadonlyArray<string>))
})
export type TrunkSettings = typeof TrunkSettings.Type
/** A trunk as it is written down. */
export type TrunkData = typeof TrunkSettings.Encoded
