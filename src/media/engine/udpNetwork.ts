import type { LegPorts, Network, Receive } from "./Network.ts"
import { PortPool } from "./PortPool.ts"
import { isPortTaken, openUdp, type UdpSocket } from "./udp.ts"

/** Ports for media, from the first to the last; each call's leg takes two. */
export interface PortRange {
  /** The IPv4 address of this machine that calls reach it at. */
  readonly address: string
  readonly portMin: number
  readonly portMax: number
  /** Ports after this one are given away first. */
  readonly portAfter?: number
}

/** Pairs tried before giving up, where other programs hold ports of the range. */
const triesMax = 16

/** Legs on real UDP ports. */
export const udpNetwork = ({ address, portAfter, portMax, portMin }: PortRange): Network => {
  const pool = new PortPool(portMin, portMax, portAfter)
  return {
    open: async (rtp, rtcp) => {
      for (let tries = Math.min(triesMax, pool.size); tries > 0; tries -= 1) {
        const port = pool.take()
        if (port === null) return null
        const ports = await openPair(address, port, rtp, rtcp, () => pool.giveBack(port))
        if (ports !== null) return ports
      }
      return null
    }
  }
}

const openPair = async (
  address: string,
  port: number,
  rtp: Receive,
  rtcp: Receive,
  giveBack: () => void
): Promise<LegPorts | null> => {
  const sockets: Array<UdpSocket> = []
  try {
    sockets.push(await openUdp(address, port, rtp))
    sockets.push(await openUdp(address, port + 1, rtcp))
  } catch (error) {
    for (const socket of sockets) socket.close()
    giveBack()
    if (isPortTaken(error)) return null
    throw error
  }
  const [audio, control] = sockets
  let isOpen = true
  return {
    local: { address, port },
    sendRtp: audio.send,
    sendRtcp: control.send,
    failed: () => audio.failed() + control.failed(),
    close: () => {
      if (!isOpen) return
      isOpen = false
      for (const socket of sockets) socket.close()
      giveBack()
    }
  }
}
