import { parseNameAddress } from "./headers.ts"
import { type Header, headerValues, type SipRequest, type SipResponse } from "./message.ts"

const reasons: ReadonlyMap<number, string> = new Map([
  [200, "OK"],
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "Not Found"],
  [408, "Request Timeout"],
  [415, "Unsupported Media Type"],
  [416, "Unsupported URI Scheme"],
  [420, "Bad Extension"],
  [422, "Session Interval Too Small"],
  [423, "Interval Too Brief"],
  [481, "Call/Transaction Does Not Exist"],
  [489, "Bad Event"],
  [500, "Server Internal Error"],
  [501, "Not Implemented"],
  [503, "Service Unavailable"],
  [505, "Version Not Supported"]
])

const copied = ["Via", "From", "To", "Call-ID", "CSeq"]

/** A response to a request (RFC 3261 §8.2.6). `tag` goes into To when it has none yet. */
export const replyTo = (
  request: SipRequest,
  status: number,
  tag: string,
  headers: ReadonlyArray<Header> = []
): SipResponse => {
  const copies = copied.flatMap((name) => headerValues(request, name).map((value) => ({ name, value })))
  const tagged = copies.map((header) =>
    header.name !== "To" || status === 100 || parseNameAddress(header.value)?.parameters.has("tag") === true
      ? header
      : { name: "To", value: `${header.value};tag=${tag}` }
  )
  const reason = reasons.get(status) ?? ""
  return { kind: "response", status, reason, headers: [...tagged, ...headers], body: "" }
}
