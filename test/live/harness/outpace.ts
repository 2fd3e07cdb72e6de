import { NodeDns } from "@effect/platform-node"
import { Layer } from "effect"
import { Media } from "../../../src/media/Media.ts"
import { layerSipjs } from "../../../src/sip/layerSipjs.ts"
import { UdpSocket } from "../../../src/sip/wire/UdpSocket.ts"
import { newHost } from "./host.ts"

/** What agents' phones register with. */
export const phonePassword = "s3cret"
export const realm = "outpace"

interface Options {
  readonly requestsPerSecond?: number
  readonly digests?: ReadonlyArray<"MD5" | "SHA-256">
  readonly host?: string
}

/** Outpace's SIP and audio as they are when it runs, on an address of their own. */
export const outpace = ({ digests = ["MD5"], host = newHost(), requestsPerSecond = 1_000 }: Options = {}) =>
  Layer.merge(
    layerSipjs({
      peers: ["127.0.0.0/8"],
      requestsPerSecond,
      phones: { realm, digests, passwordOf: (user) => (user.startsWith("agent") ? phonePassword : undefined) }
    }).pipe(Layer.provide([UdpSocket.layer({ host, port: 5060 }), NodeDns.layer])),
    Media.layer({ address: host, portMin: 10_000, portMax: 10_999 })
  )
