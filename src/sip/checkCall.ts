import { CallInvalid } from "./Sip.ts"
import type { Call } from "./Leg.ts"
import { uriTarget } from "./wire/headers.ts"

/** A line break in any of these would be a header of somebody else's making. */
const oneLine = /^[^\r\n\0]*$/
const plainUri = /^(?:sip|tel):[^\s<>"]+$/i

/** What is wrong with a call, or undefined. */
export const checkCall = (call: Call): CallInvalid | undefined => {
  const invalid = (problem: string) => new CallInvalid({ problem })
  for (const [name, where] of [["to", call.to] as const, ["via", call.via ?? ""] as const]) {
    if (/\[[0-9a-f:.]*\]/i.test(where)) return invalid(`${name} "${where}": an IPv6 address; calls go over IPv4 only`)
  }
  if (!plainUri.test(call.to) || uriTarget(call.to) === undefined) {
    return invalid(`to "${call.to}": expected a SIP URI such as sip:+4930123456@trunk.example`)
  }
  if (!plainUri.test(call.from)) return invalid(`from "${call.from}": expected a SIP URI`)
  if (call.identity !== undefined && !plainUri.test(call.identity)) {
    return invalid(`identity "${call.identity}": expected a sip: or tel: URI`)
  }
  if (call.via !== undefined && uriTarget(`sip:${call.via}`) === undefined) {
    return invalid(`via "${call.via}": expected host or host:port`)
  }
  for (const route of call.route ?? []) {
    if (!/^<sip:[^\s<>"]+>$/i.test(route) || uriTarget(route.slice(1, -1)) === undefined) {
      return invalid(`route "${route}": expected <sip:host;lr>`)
    }
  }
  if (!oneLine.test(call.fromName ?? "")) return invalid("fromName: has a line break")
  for (const header of call.headers ?? []) {
    if (!/^[A-Za-z0-9-]+: /.test(header) || !oneLine.test(header))
      return invalid(`header "${header}": expected "Name: value"`)
  }
  if (!call.sdp.startsWith("v=0\r\n")) return invalid("sdp: expected a session description, beginning with v=0")
  return undefined
}
