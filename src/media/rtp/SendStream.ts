import { samplesPerMilli } from "../audio/g711.ts"
import { type RtpHeader, sequenceAfter, timestampAfter } from "./RtpPacket.ts"

/** Steps within one source that are its own beginning anew rather than loss or silence. */
const sequenceStepMax = 3_000
const timestampStrayMax = 2_000 * samplesPerMilli

/**
 * One outgoing stream: an SSRC of our own, and sequence numbers and timestamps that go on without a break whoever is
 * heard in it, so that the far end's jitter buffer never starts again (RFC 3550 §5.1). Time is in milliseconds.
 */
export class SendStream implements RtpHeader {
  readonly ssrc: number
  /** The header of the packet to send now. */
  marker = false
  payloadType = 0
  sequence = 0
  timestamp = 0
  packets = 0
  bytes = 0
  /** The highest sent so far. */
  #lastSequence: number
  #lastTimestamp: number
  #endTimestamp: number
  #lastMillis: number
  readonly #originTimestamp: number
  readonly #originMillis: number
  #source = 0
  #firstOfSource = 0
  #latestOfSource = 0
  #sequenceShift = 0
  #timestampShift = 0

  /** Sequence and timestamp begin at random places given by the caller (RFC 3550 §5.1). */
  constructor(ssrc: number, sequence: number, timestamp: number, nowMillis: number) {
    this.ssrc = ssrc
    this.#lastSequence = (sequence - 1) & 0xffff
    this.#lastTimestamp = timestamp
    this.#endTimestamp = timestamp
    this.#lastMillis = nowMillis
    this.#originTimestamp = timestamp
    this.#originMillis = nowMillis
  }

  /**
   * Makes the header for a packet passed on from another stream; `source` names that stream and is above 0. Within one
   * source order, gaps and timing stay as they came. False when the packet is older than the source's first one here.
   */
  relay(
    source: number,
    packet: { readonly sequence: number; readonly timestamp: number; readonly marker: boolean },
    samples: number,
    nowMillis: number
  ): boolean {
    if (source !== this.#source || this.#strays(packet.sequence, packet.timestamp, nowMillis)) {
      this.#source = source
      this.#firstOfSource = packet.sequence
      this.#latestOfSource = packet.sequence
      this.#sequenceShift = this.#lastSequence + 1 - packet.sequence
      this.#timestampShift = this.#timestampAt(nowMillis) - packet.timestamp
      this.marker = true
    } else {
      if (sequenceAfter(packet.sequence, this.#firstOfSource) < 0) return false
      this.marker = packet.marker
    }
    this.sequence = (packet.sequence + this.#sequenceShift) & 0xffff
    this.timestamp = (packet.timestamp + this.#timestampShift) >>> 0
    if (sequenceAfter(packet.sequence, this.#latestOfSource) >= 0) {
      this.#latestOfSource = packet.sequence
      // A source may go on for longer than half the numbers there are: its first is then long past.
      if (sequenceAfter(packet.sequence, this.#firstOfSource) > 0x4000) {
        this.#firstOfSource = (packet.sequence - 0x2000) & 0xffff
      }
      this.#sent(samples, nowMillis)
    } else this.packets += 1
    return true
  }

  /** Leaves a packet of the source out, so that the far end does not take it for lost. */
  skip(source: number, sequence: number): void {
    if (source !== this.#source || sequenceAfter(sequence, this.#latestOfSource) <= 0) return
    this.#sequenceShift -= 1
    this.#latestOfSource = sequence
    // What was sent before it and comes late would now have a number that is taken.
    this.#firstOfSource = (sequence + 1) & 0xffff
  }

  /** The source is not heard for a while: should it come back, it begins anew rather than with a gap. */
  leave(): void {
    this.#source = 0
  }

  /** Makes the header for the next packet of sound of our own, of so many samples; the first of a source is marked. */
  next(source: number, samples: number, nowMillis: number): void {
    this.marker = source !== this.#source
    this.timestamp = this.marker ? this.#timestampAt(nowMillis) : this.#endTimestamp
    this.#source = source
    this.sequence = (this.#lastSequence + 1) & 0xffff
    this.#sent(samples, nowMillis)
  }

  /** The header of one more packet with the timestamp of the last one, which now lasts so many samples (RFC 4733 §2.5.1). */
  again(samples: number, nowMillis: number): void {
    this.marker = false
    this.sequence = (this.#lastSequence + 1) & 0xffff
    this.#sent(samples, nowMillis)
  }

  /** Timestamp of this moment, for a sender report. */
  timestampNow(nowMillis: number): number {
    return (this.#lastTimestamp + Math.round((nowMillis - this.#lastMillis) * samplesPerMilli)) >>> 0
  }

  #sent(samples: number, nowMillis: number): void {
    this.#lastSequence = this.sequence
    // An event keeps its timestamp: time goes on from where it began.
    if (this.timestamp !== this.#lastTimestamp || this.packets === 0) this.#lastMillis = nowMillis
    this.#lastTimestamp = this.timestamp
    this.#endTimestamp = (this.timestamp + samples) >>> 0
    this.packets += 1
  }

  /**
   * Time goes on while nothing is sent, and never goes back. It is counted from the beginning of the stream: a source
   * that is cut off within its packet puts what follows ahead by the rest of it, and these rests must not add up.
   */
  #timestampAt(nowMillis: number): number {
    const now = (this.#originTimestamp + Math.round((nowMillis - this.#originMillis) * samplesPerMilli)) >>> 0
    return this.packets === 0 || timestampAfter(now, this.#endTimestamp) > 0 ? now : this.#endTimestamp
  }

  #strays(sequence: number, timestamp: number, nowMillis: number): boolean {
    if (Math.abs(sequenceAfter(sequence, this.#latestOfSource)) > sequenceStepMax) return true
    const stray = timestampAfter(timestamp + this.#timestampShift, this.timestampNow(nowMillis))
    return Math.abs(stray) > timestampStrayMax
  }
}
