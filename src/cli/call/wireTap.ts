import { Clock, Effect, Layer } from "effect"
import type { Address } from "../../sip/wire/Address.ts"
import { UdpSocket } from "../../sip/wire/UdpSocket.ts"

/** One datagram that passes our socket. */
export interface Passing {
  readonly direction: "sent" | "received"
  readonly peer: Address
  readonly bytes: Uint8Array
  /** Of the monotonic clock. */
  readonly atMillis: number
}

const encoder = new TextEncoder()

/** The socket under it, and a listener who is told of everything that passes, in order. The listener must not throw. */
export const wireTap = (listen: (passing: Passing) => void): Layer.Layer<UdpSocket, never, UdpSocket> =>
  Layer.effect(
    UdpSocket,
    Effect.gen(function* () {
      const socket = yield* UdpSocket
      const clock = yield* Clock.Clock
      const tell = (direction: Passing["direction"], peer: Address, bytes: Uint8Array) =>
        listen({ direction, peer, bytes, atMillis: Number(clock.monotonicTimeNanosUnsafe() / 1_000n) / 1_000 })
      return UdpSocket.of({
        address: socket.address,
        send: (payload, to) =>
          Effect.andThen(
            Effect.sync(() => tell("sent", to, encoder.encode(payload))),
            socket.send(payload, to)
          ),
        receive: Effect.map(socket.receive, (datagrams) => {
          for (const { payload, source } of datagrams) tell("received", source, payload)
          return datagrams
        })
      })
    })
  )
