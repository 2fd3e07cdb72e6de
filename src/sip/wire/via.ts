import { type Address, isPort } from "./Address.ts"
import { type Parameters, parametersOf, splitOutside } from "./headers.ts"
import { headerValues, type SipMessage, withHeader } from "./message.ts"

/** One hop (RFC 3261 §20.42). */
export interface Via {
  readonly host: string
  readonly port: number | undefined
  readonly parameters: Parameters
}

// The version is judged by the start line.
const sentBy =
  /^SIP\s*\/\s*\d+\.\d+\s*\/\s*[A-Za-z0-9.!%*_+`'~-]+\s+([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])\s*(?::\s*(\d{1,6}))?$/i

export const parseVia = (value: string): Via | undefined => {
  const [first, ...rest] = splitOutside(value, ";")
  const match = sentBy.exec(first)
  if (match === null) return undefined
  const port = match[2] === undefined ? undefined : Number(match[2])
  if (port !== undefined && !isPort(port)) return undefined
  return { host: match[1].toLowerCase(), port, parameters: parametersOf(rest) }
}

/** The top Via, or undefined when there is none or it cannot be read. */
export const topVia = (message: SipMessage): Via | undefined => {
  const [top] = headerValues(message, "Via")
  return top === undefined ? undefined : parseVia(top)
}

export const branchOf = (via: Via): string => via.parameters.get("branch") ?? ""

/** Host and port as the sender calls itself; part of a server transaction's key (RFC 3261 §17.2.3). */
export const sentByOf = (via: Via): string => `${via.host}:${via.port ?? 5060}`

const withTop = <Message extends SipMessage>(message: Message, top: string): Message =>
  withHeader(message, "Via", top, ...headerValues(message, "Via").slice(1))

/** A request with the packet's source in its top Via: `received` and `rport` (RFC 3261 §18.2.1, RFC 3581 §4). */
export const withSource = <Message extends SipMessage>(message: Message, source: Address): Message => {
  const [top = ""] = headerValues(message, "Via")
  const kept = splitOutside(top, ";").filter((part) => !/^(received|rport)\s*(=|$)/i.test(part))
  return withTop(message, [...kept, `received=${source.host}`, `rport=${source.port}`].join(";"))
}

/** A request of ours that asks for the response at the port it came from (RFC 3581 §3). */
export const askingRport = <Message extends SipMessage>(message: Message): Message => {
  const [top = ""] = headerValues(message, "Via")
  return /;\s*rport\s*(=|;|$)/i.test(top) ? message : withTop(message, `${top};rport`)
}

/** The message with another branch in its top Via. */
export const withBranch = <Message extends SipMessage>(message: Message, branch: string): Message => {
  const [top = ""] = headerValues(message, "Via")
  const parts = splitOutside(top, ";").map((part) => (/^branch\s*=/i.test(part) ? `branch=${branch}` : part))
  return withTop(message, parts.join(";"))
}
