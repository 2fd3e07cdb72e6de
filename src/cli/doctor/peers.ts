import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { isIpv4 } from "../../sip/wire/Address.ts"
import { uriTarget } from "../../sip/wire/headers.ts"
import { PeerList } from "../../sip/wire/PeerList.ts"
import { type Finding, ok, problem, warning } from "./Finding.ts"

/** Networks wider than this let in more of the world than anybody knows. */
const prefixMin = 16

const isPrivate = (text: string): boolean =>
  /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(text)

/** Whether those who may speak SIP to us are few, and the agents' phones among them. */
export const peers = ({ groups, sip }: FloorConfig): ReadonlyArray<Finding> => {
  const wide = sip.peers.filter((peer) => Number(peer.split("/")[1] ?? 32) < prefixMin && !isPrivate(peer))
  const list = new PeerList(sip.peers)
  const phones = groups.flatMap(({ agents }) =>
    agents.flatMap(({ name, phone }) => {
      const host = phone.kind === "fixed" ? uriTarget(phone.uri)?.host : undefined
      return host === undefined || !isIpv4(host) || list.has(host) ? [] : [`${name} at ${host}`]
    })
  )
  const findings: Array<Finding> = []
  if (wide.length > 0) {
    const todo = "Name the carrier's addresses and the networks of the phones: everybody in between may try passwords."
    findings.push(warning("SIP peers", `${wide.join(", ")} lets in much of the world`, todo))
  }
  if (phones.length > 0) {
    findings.push(problem("SIP peers", `not heard: ${phones.join(", ")}`, "Add these addresses to sip.peers."))
  }
  const plural = sip.peers.length === 1 ? "entry" : "entries"
  return findings.length > 0 ? findings : [ok("SIP peers", `${sip.peers.length} ${plural}, none too wide`)]
}
