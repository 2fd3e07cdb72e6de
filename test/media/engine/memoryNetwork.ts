import type { LegPorts, Network, Receive } from "../../../src/media/engine/Network.ts"
import { PortPool } from "../../../src/media/engine/PortPool.ts"
import type { Endpoint } from "../../../src/media/rtp/Latch.ts"

export interface Sent {
  readonly bytes: Uint8Array
  readonly to: Endpoint
  readonly atMillis: number
}

/** A network without wires: what legs send is kept, what comes to them is put in by hand. */
export const memoryNetwork = (now: () => number, portMin = 10_000, portMax = 10_999) => {
  const pool = new PortPool(portMin, portMax)
  const receivers = new Map<number, Receive>()
  const rtp = new Map<number, Array<Sent>>()
  const rtcp = new Map<number, Array<Sent>>()
  const network: Network = {
    open: (onRtp, onRtcp) => {
      const port = pool.take()
      if (port === null) return Promise.resolve(null)
      receivers.set(port, onRtp)
      receivers.set(port + 1, onRtcp)
      const out: Array<Sent> = []
      const control: Array<Sent> = []
      rtp.set(port, out)
      rtcp.set(port, control)
      const ports: LegPorts = {
        local: { address: "192.0.2.1", port },
        sendRtp: (bytes, to) => void out.push({ bytes: Uint8Array.from(bytes), to, atMillis: now() }),
        sendRtcp: (bytes, to) => void control.push({ bytes, to, atMillis: now() }),
        failed: () => 0,
        close: () => {
          receivers.delete(port)
          receivers.delete(port + 1)
          pool.giveBack(port)
        }
      }
      return Promise.resolve(ports)
    }
  }
  return {
    network,
    /** Everything the leg at a port has sent. */
    sent: (port: number): ReadonlyArray<Sent> => rtp.get(port) ?? [],
    sentRtcp: (port: number): ReadonlyArray<Sent> => rtcp.get(port) ?? [],
    /** Hands a packet to a port; false when nobody listens there. */
    deliver: (port: number, bytes: Uint8Array, from: Endpoint): boolean => {
      const receive = receivers.get(port)
      receive?.(Uint8Array.from(bytes), from.address, from.port)
      return receive !== undefined
    },
    open: () => receivers.size / 2
  }
}
