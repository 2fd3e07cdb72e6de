/** Compact forms (RFC 3261 §7.3.3 and the registry it began) and names whose spelling is not the rule of capitals. */
const longNames: ReadonlyMap<string, string> = new Map([
  ["a", "Accept-Contact"],
  ["b", "Referred-By"],
  ["c", "Content-Type"],
  ["d", "Request-Disposition"],
  ["e", "Content-Encoding"],
  ["f", "From"],
  ["i", "Call-ID"],
  ["j", "Reject-Contact"],
  ["k", "Supported"],
  ["l", "Content-Length"],
  ["m", "Contact"],
  ["o", "Event"],
  ["r", "Refer-To"],
  ["s", "Subject"],
  ["t", "To"],
  ["u", "Allow-Events"],
  ["v", "Via"],
  ["x", "Session-Expires"],
  ["y", "Identity"],
  ["call-id", "Call-ID"],
  ["cseq", "CSeq"],
  ["min-se", "Min-SE"],
  ["rack", "RAck"],
  ["rseq", "RSeq"],
  ["www-authenticate", "WWW-Authenticate"]
])

/** A header's full name in its usual spelling: `v` and `VIA` are `Via`. */
export const headerName = (name: string): string => {
  const lower = name.toLowerCase()
  return (
    longNames.get(lower) ??
    lower.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
  )
}

/** Splits at a separator that stands outside quotes, angle brackets and comments. */
export const splitOutside = (value: string, separator: string): ReadonlyArray<string> => {
  const parts: Array<string> = []
  let start = 0
  let quoted = false
  let depth = 0
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at]
    if (quoted) {
      if (char === "\\") at += 1
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === "<") depth += 1
    else if (char === ">") depth = Math.max(0, depth - 1)
    else if (char === separator && depth === 0) {
      parts.push(value.slice(start, at).trim())
      start = at + 1
    }
  }
  parts.push(value.slice(start).trim())
  return parts
}

/** Parameters after the first semicolon, names in lower case, values as written; the first of a name counts. */
export type Parameters = ReadonlyMap<string, string>

export const parametersOf = (parts: ReadonlyArray<string>): Parameters => {
  const parameters = new Map<string, string>()
  for (const part of parts) {
    const equals = part.indexOf("=")
    const name = (equals === -1 ? part : part.slice(0, equals)).trim().toLowerCase()
    if (name !== "" && !parameters.has(name)) parameters.set(name, equals === -1 ? "" : part.slice(equals + 1).trim())
  }
  return parameters
}

/** The value of From, To, Contact, Route and their like: a URI as written, and the header's own parameters. */
export interface NameAddress {
  readonly uri: string
  readonly parameters: Parameters
}

export const parseNameAddress = (value: string): NameAddress | undefined => {
  const parts = splitOutside(value, ";")
  const first = parts[0]
  const blanked = withoutQuoted(first)
  const open = blanked.indexOf("<")
  if (open === -1) return isUri(first) ? { uri: first, parameters: parametersOf(parts.slice(1)) } : undefined
  const close = first.indexOf(">", open)
  if (close === -1 || first.slice(close + 1).trim() !== "" || /[",;:@>]/.test(blanked.slice(0, open))) return undefined
  const uri = first.slice(open + 1, close).trim()
  return isUri(uri) ? { uri, parameters: parametersOf(parts.slice(1)) } : undefined
}

/** The same text with everything between quotes blanked, so that positions stay. */
const withoutQuoted = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"/gs, (quoted) => " ".repeat(quoted.length))

const isUri = (text: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(text)

/** Where a request goes next: an IPv4 address or a name, and the port if one was given. */
export interface Hop {
  readonly host: string
  readonly port: number | undefined
}

/** Where a SIP URI leads, or undefined when it is no usable `sip:` URI. */
export const uriHop = (uri: string): Hop | undefined => {
  const match = /^sip:(?:[^@]*@)?([A-Za-z0-9.-]+)(?::(\d{1,5}))?(?:[;?].*)?$/i.exec(uri)
  if (match === null) return undefined
  const port = match[2] === undefined ? undefined : Number(match[2])
  return port === undefined || (port >= 1 && port <= 65_535) ? { host: match[1].toLowerCase(), port } : undefined
}

/** The same with port 5060 where none is given. */
export const uriTarget = (uri: string): { readonly host: string; readonly port: number } | undefined => {
  const hop = uriHop(uri)
  return hop === undefined ? undefined : { host: hop.host, port: hop.port ?? 5060 }
}

/** The user part of a SIP URI, escapes decoded where they are right; empty when there is none. */
export const uriUser = (uri: string): string => {
  const user = /^sips?:([^@]*)@/i.exec(uri)?.[1] ?? ""
  const name = user.split(/[:;]/)[0]
  return /%(?![0-9a-f]{2})/i.test(name) ? name : decodeEscapes(name)
}

const decoder = new TextDecoder()
const decodeEscapes = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    decoder.decode(Uint8Array.from(run.slice(1).split("%"), (hex) => Number.parseInt(hex, 16)))
  )
