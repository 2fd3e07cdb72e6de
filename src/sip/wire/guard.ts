import { parseNameAddress } from "./headers.ts"
import { cseqOf, type Header, headerValue, headerValues, type SipMessage, type SipRequest } from "./message.ts"
import { parseVia } from "./via.ts"

/** A request that is answered at the door: the status (RFC 3261 §21.4) and headers that go with it. */
export interface Refusal {
  readonly status: number
  readonly headers: ReadonlyArray<Header>
}

const once = ["From", "To", "Call-ID", "CSeq"]
const atMostOnce = ["Max-Forwards", "Content-Type", "Expires", "Min-Expires"]

/** What makes a message unusable, in words; undefined when it may be handed up. Says nothing of what it asks for. */
export const problemOf = (message: SipMessage): string | undefined => {
  for (const name of once) {
    const count = headerValues(message, name).length
    if (count !== 1) return `${count} ${name} headers`
  }
  for (const name of atMostOnce) if (headerValues(message, name).length > 1) return `more than one ${name}`
  const vias = headerValues(message, "Via")
  if (vias.length === 0 || vias.some((via) => parseVia(via) === undefined)) return "no readable Via"
  const cseq = cseqOf(message)
  if (cseq === undefined) return "bad CSeq"
  if (message.kind === "request" && cseq.method !== message.method) return "CSeq is of another method"
  if (parseNameAddress(headerValue(message, "From") ?? "") === undefined) return "bad From"
  if (parseNameAddress(headerValue(message, "To") ?? "") === undefined) return "bad To"
  if (!/^[^\s,;]+$/.test(headerValue(message, "Call-ID") ?? "")) return "bad Call-ID"
  return message.kind === "request" ? problemOfRequest(message) : undefined
}

const problemOfRequest = (request: SipRequest): string | undefined => {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"]+$/.test(request.uri)) return "bad Request-URI"
  const forwards = headerValue(request, "Max-Forwards")
  if (forwards !== undefined && !(/^\d{1,9}$/.test(forwards) && Number(forwards) <= 255)) return "bad Max-Forwards"
  const expires = headerValue(request, "Expires")
  if (expires !== undefined && !/^\d{1,10}$/.test(expires)) return "bad Expires"
  if (request.method !== "INVITE") return undefined
  const contacts = headerValues(request, "Contact")
  // A dialog needs exactly one Contact to send requests to (RFC 3261 §8.1.1.8).
  if (contacts.length !== 1 || parseNameAddress(contacts[0]) === undefined) return "an INVITE without a usable Contact"
  return undefined
}

const listed = (message: SipMessage, name: string): ReadonlyArray<string> =>
  headerValues(message, name).flatMap((value) => value.split(",").map((part) => part.trim().toLowerCase()))

/**
 * What we cannot serve, with the answer RFC 3261 §8.2 asks for; undefined when the request may be handed up. `supported`:
 * the extensions a caller may require of us.
 */
export const refusalOf = (request: SipRequest, supported: ReadonlySet<string>): Refusal | undefined => {
  if (request.version !== "SIP/2.0") return { status: 505, headers: [] }
  if (request.method === "ACK" || request.method === "CANCEL") return undefined
  if (!/^sip:/i.test(request.uri)) return { status: 416, headers: [] }
  const unknown = listed(request, "Require").filter((option) => option !== "" && !supported.has(option))
  if (unknown.length > 0) return { status: 420, headers: [{ name: "Unsupported", value: unknown.join(", ") }] }
  if (request.method === "INVITE" && request.body !== "" && !hasSdp(request)) {
    return { status: 415, headers: [{ name: "Accept", value: "application/sdp" }] }
  }
  return undefined
}

/** Without a Content-Type a body of an INVITE can only be its offer. */
const hasSdp = (request: SipRequest): boolean =>
  /^(application\/sdp|multipart\/mixed)\s*(;|$)/i.test(headerValue(request, "Content-Type") ?? "application/sdp")
