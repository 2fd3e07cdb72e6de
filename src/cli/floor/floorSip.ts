import { NodeDns } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { sipOptionsOf } from "../../runtime/serve/sipOptions.ts"
import { layerSipjs } from "../../sip/layerSipjs.ts"
import type { Sip } from "../../sip/Sip.ts"
import { UdpSocket, type UdpSocketError } from "../../sip/wire/UdpSocket.ts"
import { type Passing, wireTap } from "../call/wireTap.ts"

/** The floor's socket, or one on any free port where a floor that runs has it already. */
const layerSocket = ({ bind }: FloorConfig["sip"]): Layer.Layer<UdpSocket, UdpSocketError> =>
  UdpSocket.layer(bind).pipe(
    Layer.catchTag("UdpSocketError", (error) =>
      error.problem === "address in use"
        ? UdpSocket.layer({ ...bind, port: 0 })
        : Layer.effect(UdpSocket, Effect.fail(error))
    )
  )

/**
 * SIP as the floor has it, for commands that try something out: no phone can register. `listen` is told of everything
 * that passes the socket.
 */
export const floorSip = (
  { sip }: FloorConfig,
  listen: (passing: Passing) => void
): Layer.Layer<Sip | UdpSocket, UdpSocketError> => {
  const socket = wireTap(listen).pipe(Layer.provide(layerSocket(sip)))
  const edge = Layer.unwrap(
    Effect.map(UdpSocket, (bound) => {
      const isOurs = bound.address.port === sip.bind.port
      return layerSipjs({ ...sipOptionsOf(sip, () => undefined), ...(isOurs ? { contact: sip.contact } : {}) })
    })
  )
  return Layer.provideMerge(Layer.provide(edge, NodeDns.layer), socket)
}
