import type { SipjsAgentCore, SipjsHeader, SipjsIncoming, SipjsRequest, SipjsResponse, SipjsUri } from "sipjs-udp"
import { chooseChallenge } from "../digest/digest.ts"
import { parseNameAddress, uriTarget } from "../wire/headers.ts"
import { cseqOf, formatMessage, headerValue, headerValues } from "../wire/message.ts"
import type { SipMessage, SipRequest, SipResponse } from "../wire/message.ts"
import { branchOf, sentByOf, topVia } from "../wire/via.ts"
import { requires100rel } from "./Branches.ts"
import { sipjs } from "./package.ts"
import { sdpOf } from "./sdpOf.ts"

const messages = new WeakMap<SipjsIncoming, SipMessage>()

/** The message of ours that one of the package's was made from; undefined for anything else. */
export const messageOf = (incoming: unknown): SipMessage | undefined =>
  typeof incoming === "object" && incoming !== null ? messages.get(incoming as SipjsIncoming) : undefined

export const requestOf = (request: SipjsRequest): SipRequest => {
  const message = messages.get(request)
  if (message?.kind !== "request") throw new Error("a request that did not come through the wire")
  return message
}

/** A URI that is written exactly as it was received: the package would change it (defect 15). */
export const uriAsWritten = (text: string): SipjsUri => {
  const target = uriTarget(text)
  const uri = new sipjs.URI("sip", null, target?.host ?? "unknown.invalid", target?.port ?? 5060)
  uri.toString = () => text
  return uri
}

/** A route as received, that yields to the package a URI it can read when it strips the brackets to find the host. */
const routeAsWritten = (text: string) => {
  const target = uriTarget(parseNameAddress(text)?.uri ?? "")
  return { toString: () => text, replace: () => `sip:${target?.host ?? "unknown.invalid"}:${target?.port ?? 5060}` }
}

/** The package's object of a From, To or Contact. */
const nameAddress = (value: string) => {
  const parsed = parseNameAddress(value)
  const tag = parsed?.parameters.get("tag")
  const uri = uriAsWritten(parsed?.uri ?? value)
  return { tag, parsed: new sipjs.NameAddrHeader(uri, undefined, tag === undefined ? {} : { tag }) }
}

/**
 * Fills in what the package's own parser would have: that one throws on some messages (defects 7 and 8), takes a
 * millisecond, keeps only the last of repeated headers (18) and reads UTF-8 as Latin-1 (30). The guard has passed the
 * message, so what is taken for granted here is there.
 */
const fill = (target: SipjsIncoming, message: SipMessage): void => {
  const headers = Object.create(null) as Record<string, Array<SipjsHeader>>
  for (const { name, value } of message.headers) (headers[name] ??= []).push({ raw: value })
  const from = nameAddress(headerValue(message, "From") ?? "")
  const to = nameAddress(headerValue(message, "To") ?? "")
  headers.From[0].parsed = target.from = from.parsed
  headers.To[0].parsed = target.to = to.parsed
  target.from_tag = from.tag
  target.to_tag = to.tag
  if (headers.Contact !== undefined) {
    headers.Contact = headers.Contact.map(({ raw }) => ({ raw, parsed: nameAddress(String(raw)).parsed }))
  }
  if (headers["Record-Route"] !== undefined) {
    headers["Record-Route"] = headers["Record-Route"].map(({ raw }) => ({ raw: routeAsWritten(String(raw)) }))
  }
  for (const name of ["Require", "Supported"]) {
    if (headers[name] !== undefined) headers[name] = [{ raw: headerValues(message, name).join(", ") }]
  }
  const via = topVia(message)
  target.via = headers.Via[0].parsed = { host: via?.host, port: via?.port }
  target.call_id = headerValue(message, "Call-ID") ?? ""
  target.cseq = cseqOf(message)?.number ?? 0
  headers.CSeq = [{ raw: `${target.cseq} ${cseqOf(message)?.method}` }]
  target.data = formatMessage(message)
  const sdp = sdpOf(message)
  target.body = sdp === "" ? message.body : sdp
  // Compared letter by letter (defect 19); and a disposition only ever leads into a TypeError (defect 9).
  if (sdp !== "") headers["Content-Type"] = [{ raw: "application/sdp" }]
  delete headers["Content-Disposition"]
  target.headers = headers
  messages.set(target, message)
}

/** A request as the package wants it. Its branch is that of the whole sender, so that nobody can hit another's. */
export const incomingRequest = (ua: SipjsAgentCore, message: SipRequest): SipjsRequest => {
  const request = new sipjs.IncomingRequest(ua)
  fill(request, message)
  const via = topVia(message)
  request.method = message.method
  // It takes what is only supported for more than what is required, and rings unreliably.
  if (requires100rel(message)) delete request.headers.Supported
  request.ruri = uriAsWritten(message.uri)
  request.via_branch = via === undefined ? "" : `${branchOf(via)} ${sentByOf(via)}`
  request.transport = ua.transport
  return request
}

/** A response as the package wants it. `again`: another challenge after one that was answered is worth answering. */
export const incomingResponse = (ua: SipjsAgentCore, message: SipResponse, again: boolean): SipjsResponse => {
  const response = new sipjs.IncomingResponse(ua)
  fill(response, message)
  const via = topVia(message)
  response.method = cseqOf(message)?.method ?? ""
  response.status_code = message.status
  response.reason_phrase = message.reason
  response.via_branch = via === undefined ? "" : branchOf(via)
  for (const name of ["WWW-Authenticate", "Proxy-Authenticate"]) {
    const values = headerValues(message, name)
    delete response.headers[name]
    // Of several challenges the package sees only the last (defect 17); it is given the one to answer.
    const challenge = chooseChallenge(values)
    if (challenge === undefined) continue
    const parsed = { ...challenge, stale: challenge.stale || again }
    response.headers[name] = [{ raw: values[0], parsed }]
  }
  return response
}
