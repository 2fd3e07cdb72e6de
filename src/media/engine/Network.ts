import type { Endpoint } from "../rtp/Latch.ts"

/** Takes one packet; the bytes are the taker's own. */
export type Receive = (bytes: Uint8Array, address: string, port: number) => void

/** The two ports of a leg: an even one for RTP, the next one for RTCP (RFC 3550 §11). */
export interface LegPorts {
  readonly local: Endpoint
  /** Sends and forgets. What cannot be sent is counted. */
  readonly sendRtp: (bytes: Uint8Array, to: Endpoint) => void
  readonly sendRtcp: (bytes: Uint8Array, to: Endpoint) => void
  readonly failed: () => number
  readonly close: () => void
}

/** Where legs get their ports: real ones, or a network in memory. */
export interface Network {
  /** Null when no pair of ports is free. */
  readonly open: (rtp: Receive, rtcp: Receive) => Promise<LegPorts | null>
}
