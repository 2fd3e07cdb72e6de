import type { Address } from "./Address.ts"
import { isIpv4 } from "./Address.ts"
import { parseNameAddress, uriTarget } from "./headers.ts"
import {
  cseqOf,
  type Header,
  headerValue,
  headerValues,
  type SipMessage,
  type SipRequest,
  type SipResponse
} from "./message.ts"

/** A request within the dialog that an answer to our INVITE opened (RFC 3261 §12.1.2 and §12.2.1.1). */
export const inDialog = (
  invite: SipRequest,
  answer: SipResponse,
  method: string,
  cseq: number,
  branch: string
): SipRequest => {
  const [via = ""] = headerValues(invite, "Via")
  const contact = parseNameAddress(headerValue(answer, "Contact") ?? "")
  const header = (name: string, value: string | undefined): Header => ({ name, value: value ?? "" })
  return {
    kind: "request",
    method,
    uri: contact?.uri ?? invite.uri,
    version: "SIP/2.0",
    headers: [
      header("Via", `${via.split(";")[0]};branch=${branch};rport`),
      header("Max-Forwards", "70"),
      ...headerValues(answer, "Record-Route")
        .toReversed()
        .map((value) => header("Route", value)),
      header("From", headerValue(invite, "From")),
      header("To", headerValue(answer, "To")),
      header("Call-ID", headerValue(invite, "Call-ID")),
      header("CSeq", `${cseq} ${method}`)
    ],
    body: ""
  }
}

/**
 * ACK and BYE for an answer that nobody took: one that came after the call was given up, or a second one of a forked
 * call. Without them the far end stays up, and is paid for (RFC 3261 §13.2.2.4).
 */
export const endOrphan = (invite: SipRequest, answer: SipResponse, newBranch: () => string) => {
  const cseq = cseqOf(answer)?.number ?? 1
  return {
    ack: inDialog(invite, answer, "ACK", cseq, newBranch()),
    bye: inDialog(invite, answer, "BYE", cseq + 1, newBranch())
  }
}

const sameHop = (invite: SipRequest, method: string, to: SipMessage): SipRequest => {
  const of = (name: string, message: SipMessage): ReadonlyArray<Header> =>
    headerValues(message, name).map((value) => ({ name, value }))
  return {
    kind: "request",
    method,
    uri: invite.uri,
    version: "SIP/2.0",
    headers: [
      ...of("Via", invite).slice(0, 1),
      { name: "Max-Forwards", value: "70" },
      ...of("Route", invite),
      ...of("From", invite),
      ...of("To", to),
      ...of("Call-ID", invite),
      { name: "CSeq", value: `${cseqOf(invite)?.number ?? 1} ${method}` }
    ],
    body: ""
  }
}

/** ACK for a 3xx to 6xx (RFC 3261 §17.1.1.3). */
export const ackFailure = (invite: SipRequest, failure: SipResponse): SipRequest => sameHop(invite, "ACK", failure)

/** CANCEL of an INVITE (RFC 3261 §9.1). */
export const cancelOf = (invite: SipRequest): SipRequest => sameHop(invite, "CANCEL", invite)

/** The INVITE that was answered or is to be cancelled, as far as a message of its transaction tells. */
export const inviteOf = (message: SipMessage): SipRequest => {
  const uri = message.kind === "request" ? message.uri : parseNameAddress(headerValue(message, "To") ?? "")?.uri
  const kept = message.headers.filter(({ name }) => ["Via", "Route", "From", "To", "Call-ID"].includes(name))
  const cseq = { name: "CSeq", value: `${cseqOf(message)?.number ?? 1} INVITE` }
  return { kind: "request", method: "INVITE", uri: uri ?? "", version: "SIP/2.0", headers: [...kept, cseq], body: "" }
}

/** Where a request in a dialog goes first: its top Route, else its URI; `fallback` when that is a name. */
export const nextHop = (request: SipRequest, fallback: Address): Address => {
  const [route] = headerValues(request, "Route")
  const uri = route === undefined ? request.uri : (parseNameAddress(route)?.uri ?? "")
  const target = uriTarget(uri)
  return target !== undefined && isIpv4(target.host) ? target : fallback
}
