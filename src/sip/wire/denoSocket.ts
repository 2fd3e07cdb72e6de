import { Effect, Queue, type Scope } from "effect"
import type { Address } from "./Address.ts"

interface DenoAddress {
  readonly transport: "udp"
  readonly hostname: string
  readonly port: number
}
interface DenoConnection {
  readonly addr: DenoAddress
  readonly receive: (buffer: Uint8Array) => Promise<readonly [Uint8Array, DenoAddress]>
  readonly send: (bytes: Uint8Array, to: DenoAddress) => Promise<number>
  readonly close: () => void
}
interface DenoRuntime {
  readonly listenDatagram?: (options: DenoAddress) => DenoConnection
}

export interface DenoSocket {
  readonly address: Address
  readonly send: (payload: string, to: Address) => Effect.Effect<void>
  /** Fails when the socket cannot be read any more. */
  readonly receive: Effect.Effect<ReadonlyArray<{ readonly payload: Uint8Array; readonly source: Address }>, unknown>
}

/** Deno was started without what its own sockets need. */
export class NoDatagrams extends Error {
  constructor() {
    super("Deno.listenDatagram is missing")
  }
}

/** Datagrams waiting to be received at most; more are dropped, as a network does. */
const receivedMax = 4_096
/** The largest UDP payload over IPv4. */
const datagramBytesMax = 65_507
/** A socket that fails so often without a datagram between is broken for good. */
const failedInARowMax = 1_000

export const isDeno = (): boolean => "Deno" in globalThis

/** Deno's own UDP socket, open as long as the scope: its emulation of Node's loses packets under load. */
export const openDeno = (bind: Address): Effect.Effect<DenoSocket, unknown, Scope.Scope> =>
  Effect.gen(function* () {
    const { listenDatagram } = (globalThis as unknown as { readonly Deno: DenoRuntime }).Deno
    if (listenDatagram === undefined) return yield* Effect.fail(new NoDatagrams())
    let waiting: Promise<unknown> = Promise.resolve()
    const connection = yield* Effect.acquireRelease(
      Effect.try({
        try: () => listenDatagram({ transport: "udp", hostname: bind.host, port: bind.port }),
        catch: (error) => error
      }),
      (open) =>
        Effect.ignore(
          Effect.andThen(
            Effect.try(() => open.close()),
            // The port is free once what waits to be received has ended.
            Effect.timeout(
              Effect.tryPromise(() => waiting),
              "1 second"
            )
          )
        )
    )
    const received = yield* Queue.dropping<{ readonly payload: Uint8Array; readonly source: Address }, unknown>(
      receivedMax
    )
    const buffer = new Uint8Array(datagramBytesMax)
    let failedInARow = 0
    const receive = () => {
      const next = connection.receive(buffer)
      waiting = next
      return next
    }
    const read = Effect.tryPromise({ try: receive, catch: (error) => error }).pipe(
      Effect.map(([bytes, from]) => {
        failedInARow = 0
        Queue.offerUnsafe(received, {
          payload: bytes.slice(),
          source: { host: from.hostname, port: from.port }
        })
      }),
      // A far end that cannot be reached shows here; the socket lives on.
      Effect.catch((error) => {
        failedInARow += 1
        return failedInARow < failedInARowMax ? Effect.void : Queue.fail(received, error)
      })
    )
    yield* Effect.forkScoped(Effect.forever(read))
    const encoder = new TextEncoder()
    const send = (payload: string, to: Address) =>
      Effect.ignore(
        Effect.tryPromise(() =>
          connection.send(encoder.encode(payload), { transport: "udp", hostname: to.host, port: to.port })
        )
      )
    const address = { host: connection.addr.hostname, port: connection.addr.port }
    return { address, send, receive: Queue.takeAll(received) }
  })
