/** What a final response or a BYE says about why: the SIP status, and the cause of the telephone network behind it. */
export interface Cause {
  /** 300 to 699 as received; 408 when nothing came; 0 when a BYE ended the call. */
  readonly status: number
  readonly reason: string
  /** ITU-T Q.850 cause value of the Reason header (RFC 3326), 1 to 127. */
  readonly q850: number | undefined
  /** How long the far end wants to be left alone (Retry-After, RFC 3261 §20.33), in seconds as received. */
  readonly retryAfterSeconds?: number
}

/**
 * What happens to a leg, in order. It ends with exactly one `Failed` (the far end or the network would not have it) or
 * `Ended` (everything else). `confirmed` is false when the far end never said that the call is down: it was asked for
 * 32 s, and the carrier's record may be longer than ours.
 */
export type LegEvent =
  | { readonly _tag: "Ringing"; readonly status: number }
  | { readonly _tag: "EarlyMedia"; readonly sdp: string }
  | { readonly _tag: "Answered"; readonly sdp: string }
  /** A key pressed at the far end, told by INFO: `0` to `9`, `*`, `#`, `A` to `D`. */
  | { readonly _tag: "Key"; readonly key: string; readonly durationMillis: number }
  /** The far end changed the session (hold, another address); `answer` is what it was told. */
  | { readonly _tag: "Reoffered"; readonly sdp: string; readonly answer: string }
  | { readonly _tag: "Failed"; readonly cause: Cause }
  | { readonly _tag: "Ended"; readonly by: "us" | "them"; readonly confirmed: boolean; readonly cause: Cause }

/** A name and password for a digest challenge. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

/** How long a call may be without a word of the far end, 100 included. */
export interface Patience {
  /** With each address while there is another one to try, in milliseconds. */
  readonly millis: number
  /** Whether with the last one, too: the call then fails with 408, for whoever has somewhere else to go. */
  readonly also: boolean
}

/** What is needed to place a call. URIs are `sip:` URIs without brackets. */
export interface Call {
  readonly to: string
  readonly from: string
  readonly fromName?: string
  /** The number the network may trust and show (P-Asserted-Identity, RFC 3325): a `sip:` or `tel:` URI. */
  readonly identity?: string
  /** Asks the network not to show the caller (RFC 3323). */
  readonly anonymous?: boolean
  /** Further headers, each a full line. */
  readonly headers?: ReadonlyArray<string>
  /** The offer. */
  readonly sdp: string
  /** Route values the INVITE carries, in order, such as a registration's Service-Route: each `<sip:proxy.example;lr>`. */
  readonly route?: ReadonlyArray<string>
  /**
   * Where the INVITE is sent, `host` or `host:port`: the trunk. Without it, to the first of `route`, or to where `to`
   * leads. A name without a port is looked up by SRV first (RFC 3263); of several addresses the next is tried after 503
   * or silence.
   */
  readonly via?: string
  readonly credentials?: Credentials
  /** Without it 8 s, and with the last address 32 s (RFC 3261 §17.1.1.2, timer B). */
  readonly patience?: Patience
  /** The trunk that has the call, under whose name its credentials are found again after a restart. */
  readonly trunk?: string
}

export const noCause: Cause = { status: 0, reason: "", q850: undefined }
