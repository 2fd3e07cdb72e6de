import { createSocket } from "node:dgram"
import type { Endpoint } from "../rtp/Latch.ts"
import type { Receive } from "./Network.ts"

/** One UDP socket. Sending never waits and never throws; what could not be sent is counted. */
export interface UdpSocket {
  readonly send: (bytes: Uint8Array, to: Endpoint) => void
  readonly failed: () => number
  readonly close: () => void
}

/** What the kernel keeps for us while the thread is busy: a second of a hundred calls. */
const receiveBufferBytes = 1 << 20

/** Binds a socket. Rejects when the port is taken; `isPortTaken` tells. Deno's own sockets are used where they are. */
export const openUdp = (address: string, port: number, receive: Receive): Promise<UdpSocket> =>
  "Deno" in globalThis ? openDeno(address, port, receive) : openNode(address, port, receive)

export const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && ((error as { code?: unknown }).code === "EADDRINUSE" || error.name === "AddrInUse")

const openNode = (address: string, port: number, receive: Receive): Promise<UdpSocket> =>
  new Promise((resolve, reject) => {
    let failed = 0
    const socket = createSocket({
      type: "udp4",
      recvBufferSize: receiveBufferBytes,
      // All addresses are numbers already: nothing is looked up.
      lookup: (host, _, found) => found(null, host, 4)
    })
    const refuse = (error: Error): void => {
      socket.close()
      reject(error)
    }
    socket.once("error", refuse)
    socket.on("message", (bytes, from) => receive(bytes, from.address, from.port))
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off("error", refuse)
      socket.on("error", () => void (failed += 1))
      let isOpen = true
      resolve({
        send: (bytes, to) => {
          if (!isOpen) return
          try {
            socket.send(bytes, to.port, to.address)
          } catch {
            failed += 1
          }
        },
        failed: () => failed,
        close: () => {
          if (isOpen) socket.close()
          isOpen = false
        }
      })
    })
  })

interface DenoAddress {
  readonly transport: "udp"
  readonly hostname: string
  readonly port: number
}
interface DenoConnection extends AsyncIterable<readonly [Uint8Array, DenoAddress]> {
  readonly send: (bytes: Uint8Array, to: DenoAddress) => Promise<number>
  readonly close: () => void
}
interface DenoRuntime {
  readonly listenDatagram?: (options: DenoAddress) => DenoConnection
}

/** A socket that fails so often without a packet between is broken for good: the leg falls silent, which is watched for. */
const failedInARowMax = 1_000

/** Deno's emulation of Node's sockets loses packets from a hundred calls on; its own sockets do not. */
const openDeno = (hostname: string, port: number, receive: Receive): Promise<UdpSocket> => {
  const { listenDatagram } = (globalThis as unknown as { readonly Deno: DenoRuntime }).Deno
  if (listenDatagram === undefined) return Promise.reject(new Error("Deno must be started with --unstable-net"))
  let connection: DenoConnection
  try {
    connection = listenDatagram({ transport: "udp", hostname, port })
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)))
  }
  let failed = 0
  let isOpen = true
  const listen = async (): Promise<void> => {
    for (let failedInARow = 0; isOpen && failedInARow < failedInARowMax; failedInARow += 1) {
      try {
        for await (const [bytes, from] of connection) {
          failedInARow = 0
          receive(bytes, from.hostname, from.port)
        }
      } catch {
        // An unreachable far end shows here; the socket lives on.
        failed += 1
      }
    }
  }
  void listen()
  return Promise.resolve({
    send: (bytes, { address, port: toPort }) => {
      if (!isOpen) return
      connection.send(bytes, { transport: "udp", hostname: address, port: toPort }).catch(() => void (failed += 1))
    },
    failed: () => failed,
    close: () => {
      if (!isOpen) return
      isOpen = false
      connection.close()
    }
  })
}
