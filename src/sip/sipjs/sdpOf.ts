import { headerValue, parseText, type SipMessage } from "../wire/message.ts"

const encoded = /^application\/sdp\s*(;|$)/i

/** The session description a message carries, alone or as a part of several (RFC 5621); empty when there is none. */
export const sdpOf = (message: SipMessage): string => {
  const type = headerValue(message, "Content-Type")
  if (message.body === "") return ""
  // Without a type, the body of an INVITE or of its answer can only be one.
  if (type === undefined) return message.body.startsWith("v=0") ? message.body : ""
  if (encoded.test(type)) return message.body
  const boundary = /^multipart\/mixed\s*;(?:.*;)?\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(type)
  return boundary === null ? "" : sdpPart(message.body, boundary[1] ?? boundary[2])
}

const sdpPart = (body: string, boundary: string): string => {
  for (const part of `\r\n${body}`.split(`\r\n--${boundary}`).slice(1)) {
    const content = part.replace(/^[ \t]*\r\n/, "")
    // A part is headers, an empty line and a body: a message but for its first line.
    const parsed = parseText(`SIP/2.0 200 Part\r\n${content}`)
    if (parsed.kind !== "malformed" && encoded.test(headerValue(parsed, "Content-Type") ?? "")) return parsed.body
  }
  return ""
}
