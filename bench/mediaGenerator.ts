import { createSocket, type Socket } from "node:dgram"
import { parentPort, workerData } from "node:worker_threads"
import { writeRtpHeader } from "../src/media/rtp/RtpPacket.ts"
import type { Endpoint } from "../src/media/rtp/Latch.ts"

/** Far ends on a thread of their own: each sends a packet every 20 ms to its leg and notes when its peer's come in. */
export interface Load {
  /** Legs, two by two bridged. */
  readonly legs: ReadonlyArray<Endpoint>
  readonly portMin: number
  readonly warmUpMillis: number
  readonly millis: number
}
export interface LoadResult {
  readonly sent: number
  readonly received: number
  /** How much longer each packet took than the fastest of its leg, in milliseconds, in order of size. */
  readonly delays: Float64Array
  /** How late the packets were sent, in order of size: the generator's own share. */
  readonly lateness: Float64Array
  readonly coreSeconds: number
}

const packetMillis = 20
const stampAt = 12

const run = async ({ legs, millis, portMin, warmUpMillis }: Load): Promise<LoadResult> => {
  const fastest = new Float64Array(legs.length).fill(Infinity)
  const delays: Array<readonly [leg: number, millis: number]> = []
  const lateness: Array<number> = []
  let sent = 0
  let measuringFrom = Infinity
  let measuringTo = Infinity
  const receive = (leg: number) => (bytes: Buffer) => {
    const stamp = bytes.readDoubleLE(stampAt)
    if (stamp < measuringFrom || stamp >= measuringTo) return
    const delay = performance.now() - stamp
    if (delay < fastest[leg]) fastest[leg] = delay
    delays.push([leg, delay])
  }
  const sockets = await Promise.all(legs.map((_, leg) => bound(portMin + 2 * leg, receive(leg))))
  parentPort?.postMessage("ready")
  await new Promise<void>((resolve) => parentPort?.once("message", () => resolve()))
  const started = performance.now()
  measuringFrom = started + warmUpMillis
  measuringTo = measuringFrom + millis
  const cpu = process.threadCpuUsage()
  let next = 0
  // Packet number n goes to leg n modulo legs: spread evenly over the 20 ms.
  const dueOf = (packet: number) => started + (packet * packetMillis) / legs.length
  while (dueOf(next) < measuringTo) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    for (const now = performance.now(); dueOf(next) <= now && dueOf(next) < measuringTo; next += 1) {
      const leg = next % legs.length
      const stamp = performance.now()
      if (stamp >= measuringFrom && stamp < measuringTo) {
        sent += 1
        lateness.push(stamp - dueOf(next))
      }
      sockets[leg].send(packetOf(leg, Math.floor(next / legs.length), stamp), legs[leg].port, legs[leg].address)
    }
  }
  const { system, user } = process.threadCpuUsage(cpu)
  // What is still under way.
  await new Promise((resolve) => setTimeout(resolve, 500))
  for (const socket of sockets) socket.close()
  return {
    sent,
    received: delays.length,
    delays: Float64Array.from(delays, ([leg, delay]) => delay - fastest[leg]).sort(),
    lateness: Float64Array.from(lateness).sort(),
    coreSeconds: (user + system) / 1e6
  }
}

const packetOf = (leg: number, number: number, stamp: number): Buffer => {
  const bytes = Buffer.alloc(172, 0x55)
  const header = {
    marker: false,
    payloadType: 0,
    sequence: number & 0xffff,
    timestamp: (number * 160) >>> 0,
    ssrc: leg + 1
  }
  writeRtpHeader(bytes, 0, header)
  bytes.writeDoubleLE(stamp, stampAt)
  return bytes
}

const bound = (port: number, receive: (bytes: Buffer) => void): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const options = { type: "udp4", recvBufferSize: 1 << 20, lookup: fixed } as const
    const socket = createSocket(options, receive)
    socket.once("error", reject)
    socket.bind(port, "127.0.0.1", () => resolve(socket))
  })

const fixed = (host: string, _: unknown, found: (error: null, address: string, family: number) => void): void =>
  found(null, host, 4)

parentPort?.postMessage(await run(workerData as Load))
