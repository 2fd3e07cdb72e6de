import { sequenceAfter } from "./RtpPacket.ts"

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export const isSameEndpoint = (a: Endpoint, b: Endpoint): boolean => a.port === b.port && a.address === b.address

/** Another source is believed after so many packets in order, and only once the old one has been silent for so long. */
const packetsToMove = 5
const silentMillisToMove = 2_000

/**
 * Symmetric RTP (RFC 4961): where a leg's packets really come from, which behind a NAT is not what its SDP says. The first
 * packet fixes the source. After that a stranger is refused, so that nobody can pull a call's audio to himself, unless
 *  - he is the endpoint the SDP names, and the source so far was not, or
 *  - the source has been silent for two seconds and he sends a steady stream: a phone that came back behind a new port.
 */
export class Latch {
  #signalled: Endpoint
  #latched: Endpoint | null = null
  #heardMillis = 0
  #candidate: Endpoint | null = null
  #candidateSsrc = 0
  #candidateSequence = 0
  #candidatePackets = 0

  constructor(signalled: Endpoint) {
    this.#signalled = signalled
  }

  /** Where to send. */
  get target(): Endpoint {
    return this.#latched ?? this.#signalled
  }

  get latched(): Endpoint | null {
    return this.#latched
  }

  /** A new SDP: another endpoint in it begins anew, the same one changes nothing. */
  signal(endpoint: Endpoint): void {
    if (isSameEndpoint(endpoint, this.#signalled)) return
    this.#signalled = endpoint
    this.#latched = null
    this.#candidate = null
  }

  /** Whether a packet from there is the far end's. */
  accept(address: string, port: number, ssrc: number, sequence: number, nowMillis: number): boolean {
    const latched = this.#latched
    if (latched !== null && latched.port === port && latched.address === address) {
      this.#heardMillis = nowMillis
      this.#candidate = null
      return true
    }
    const from = { address, port }
    const isSignalled = isSameEndpoint(from, this.#signalled)
    if (latched === null || isSignalled || this.#hasMoved(from, ssrc, sequence, nowMillis)) {
      this.#latched = from
      this.#heardMillis = nowMillis
      this.#candidate = null
      return true
    }
    return false
  }

  #hasMoved(from: Endpoint, ssrc: number, sequence: number, nowMillis: number): boolean {
    if (nowMillis - this.#heardMillis < silentMillisToMove) return false
    const step = sequenceAfter(sequence, this.#candidateSequence)
    const isSteady =
      this.#candidate !== null &&
      isSameEndpoint(from, this.#candidate) &&
      ssrc === this.#candidateSsrc &&
      step > 0 &&
      step <= packetsToMove
    this.#candidate = from
    this.#candidateSsrc = ssrc
    this.#candidateSequence = sequence
    this.#candidatePackets = isSteady ? this.#candidatePackets + 1 : 1
    return this.#candidatePackets >= packetsToMove
  }
}
