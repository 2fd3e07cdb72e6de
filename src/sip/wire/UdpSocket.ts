import { NodeDatagramSocket } from "@effect/platform-node"
import { Context, Effect, Layer, Schema } from "effect"
import { NetAddress } from "effect/net"
import { type DatagramSocket } from "effect/socket"
import { type Address, addressText } from "./Address.ts"
import { isDeno, NoDatagrams, openDeno } from "./denoSocket.ts"

export interface Datagram {
  readonly payload: Uint8Array
  readonly source: Address
}

/** The socket could not be opened, or was closed by the system. `address` is `host:port`. */
export class UdpSocketError extends Schema.TaggedError<UdpSocketError>()("UdpSocketError", {
  address: Schema.String,
  problem: Schema.Literals([
    "address in use",
    "address not of this machine",
    "not permitted",
    "no Deno sockets",
    "failed"
  ]),
  cause: Schema.Defect()
}) {
  override get message() {
    return `UDP socket ${this.address}: ${this.problem}. ${advice[this.problem]}`
  }
}
const advice = {
  "address in use": "Another program has this port; stop it or choose another port.",
  "address not of this machine": "Choose an IPv4 address that one of this machine's interfaces has.",
  "not permitted": "Ports below 1024 need special rights; choose one above.",
  "no Deno sockets": "Start Deno with --unstable-net.",
  failed: "See the cause."
}
const problems = {
  AddressInUse: "address in use",
  AddressNotAvailable: "address not of this machine",
  PermissionDenied: "not permitted",
  Unknown: "failed"
} as const

/** One UDP socket, open as long as its layer's scope. */
export class UdpSocket extends Context.Service<
  UdpSocket,
  {
    /** Where it is bound, with the port it got. */
    readonly address: Address
    /** Hands a datagram to the system; a failure is as good as a lost packet and is not told. */
    readonly send: (payload: string, to: Address) => Effect.Effect<void>
    /** Waits for datagrams and takes all that have come. Fails only when the socket is gone. */
    readonly receive: Effect.Effect<ReadonlyArray<Datagram>, UdpSocketError>
  }
>()("outpace/sip/wire/UdpSocket") {
  /** `port` 0 takes any free one. At most 4,096 datagrams wait to be received; more are dropped, as a network does. */
  static readonly layer = (bind: Address): Layer.Layer<UdpSocket, UdpSocketError> =>
    Layer.effect(UdpSocket, isDeno() ? openUnderDeno(bind) : openUnderNode(bind))
}

const openUnderDeno = (bind: Address) =>
  Effect.map(
    Effect.mapError(openDeno(bind), (cause) => denoErrorOf(bind, cause)),
    ({ address, receive, send }) =>
      UdpSocket.of({ address, send, receive: Effect.mapError(receive, (cause) => denoErrorOf(bind, cause)) })
  )

const openUnderNode = (bind: Address) =>
  Effect.gen(function* () {
    const socket = yield* NodeDatagramSocket.make({
      bind: { address: bind.host, port: bind.port },
      family: "ipv4",
      kernelReceiveBufferSize: 1 << 20,
      receiveBuffer: { capacity: 4_096 }
    })
    const failed = (error: DatagramSocket.DatagramSocketError) => errorOf(bind, error)
    const reader = yield* Effect.mapError(socket.reader, failed)
    const writer = yield* socket.writer
    const receive = reader.pull.pipe(
      Effect.map((datagrams) => datagrams.map(({ payload, address }) => ({ payload, source: addressOf(address) }))),
      Effect.mapError(failed)
    )
    const send = (payload: string, to: Address) =>
      Effect.suspend(() => {
        const address = NetAddress.inetAddressFromIpStringUnsafe(to.host, to.port)
        return writer.write({ payload, address })
      }).pipe(
        Effect.ignore,
        Effect.catchDefect(() => Effect.void)
      )
    return UdpSocket.of({ address: addressOf(reader.address), send, receive })
  })

const addressOf = (address: NetAddress.InetAddress): Address => ({
  host: NetAddress.formatIp(address.address),
  port: address.port
})

/** Problems by the names of Deno's errors. */
const denoProblems: ReadonlyMap<string, UdpSocketError["problem"]> = new Map([
  ["AddrInUse", "address in use"],
  ["AddrNotAvailable", "address not of this machine"],
  ["PermissionDenied", "not permitted"],
  ["NotCapable", "not permitted"]
])

const denoErrorOf = (bind: Address, cause: unknown): UdpSocketError => {
  const known = cause instanceof Error ? denoProblems.get(cause.name) : undefined
  const problem = cause instanceof NoDatagrams ? "no Deno sockets" : (known ?? "failed")
  return new UdpSocketError({ address: addressText(bind), problem, cause })
}

const errorOf = (bind: Address, { reason }: DatagramSocket.DatagramSocketError): UdpSocketError =>
  new UdpSocketError({
    address: addressText(bind),
    problem: reason._tag === "DatagramSocketOpenError" ? problems[reason.kind] : "failed",
    cause: reason
  })
