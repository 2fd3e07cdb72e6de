import { samplesPerMilli } from "../audio/g711.ts"
import { sequenceAfter } from "./RtpPacket.ts"

/** Steps of the sequence number that are taken as loss, or as a late packet (RFC 3550 §A.1). */
const dropoutMax = 3_000
const misorderMax = 100

/** What a receiver knows about one source: order, loss and jitter (RFC 3550 §6.4.1, §A.1, §A.3, §A.8). */
export class Reception {
  readonly ssrc: number
  #base: number
  #highest: number
  #cycles = 0
  #received = 0
  /** The next number after a great step, should the source have begun anew. */
  #restart = -1
  #transit: number | null = null
  #jitter = 0
  #expectedBefore = 0
  #receivedBefore = 0

  constructor(ssrc: number, sequence: number) {
    this.ssrc = ssrc
    this.#base = sequence
    this.#highest = sequence
  }

  /**
   * Takes a packet that came `nowMillis`. False for one that is out of place by more than the network does: the first of
   * a source that began anew without a word; its next one is taken.
   */
  receive(sequence: number, timestamp: number, nowMillis: number): boolean {
    const step = (sequence - this.#highest) & 0xffff
    if (step < dropoutMax) {
      if (sequence < this.#highest) this.#cycles += 0x1_0000
      this.#highest = sequence
    } else if (step <= 0x1_0000 - misorderMax) {
      if (sequence !== this.#restart) {
        this.#restart = (sequence + 1) & 0xffff
        return false
      }
      this.#begin(sequence)
    }
    this.#received += 1
    this.#measure(timestamp, nowMillis)
    return true
  }

  #begin(sequence: number): void {
    this.#base = sequence
    this.#highest = sequence
    this.#restart = -1
    this.#cycles = 0
    this.#received = 0
    this.#expectedBefore = 0
    this.#receivedBefore = 0
    this.#transit = null
  }

  #measure(timestamp: number, nowMillis: number): void {
    const transit = (Math.round(nowMillis * samplesPerMilli) - timestamp) | 0
    if (this.#transit !== null) {
      const difference = Math.abs((transit - this.#transit) | 0)
      this.#jitter += (difference - this.#jitter) / 16
    }
    this.#transit = transit
  }

  /** Whether this is the newest packet of the source so far. */
  isNewest(sequence: number): boolean {
    return sequenceAfter(sequence, this.#highest) >= 0
  }

  get received(): number {
    return this.#received
  }

  /** The highest sequence number, with how often it has wrapped in its upper 16 bits. */
  get extendedHighest(): number {
    return this.#cycles + this.#highest
  }

  get expected(): number {
    return this.extendedHighest - this.#base + 1
  }

  /** Packets expected and not received, within the 24 bits a report has; negative when some came twice. */
  get lost(): number {
    return Math.max(-0x80_0000, Math.min(0x7f_ffff, this.expected - this.#received))
  }

  /** In timestamp units. */
  get jitter(): number {
    return this.#jitter
  }

  get jitterMillis(): number {
    return this.#jitter / samplesPerMilli
  }

  /** Share lost since this was last asked, in 256ths: RFC 3550 §A.3. */
  takeFractionLost(): number {
    const expected = this.expected - this.#expectedBefore
    const lost = expected - (this.#received - this.#receivedBefore)
    this.#expectedBefore = this.expected
    this.#receivedBefore = this.#received
    return expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected))
  }
}
