import { decodeInto, type Law, samplesPerMilli } from "../audio/g711.ts"
import { timestampAfter } from "../rtp/RtpPacket.ts"

/** Samples of one piece that a timeline gives out: 20 ms. */
export const frameSamples = 160

/** How far sound may stray from the clock before it is set right: drift of clocks, and senders that jump. */
const strayMillisMax = 200
const bufferMillis = 2_000
const bufferSamples = bufferMillis * samplesPerMilli

/**
 * The sound of one stream on the clock: packets are put where their timestamps say, whatever order and however late they
 * come, and pieces are taken out without a gap; what never came is silence. Two timelines of one origin stay together.
 */
export class Timeline {
  readonly #originMillis: number
  readonly #delaySamples: number
  readonly #ring = new Int16Array(bufferSamples)
  readonly #decoded = new Int16Array(bufferSamples / 4)
  /** The first sample not given out yet. */
  #at = 0
  #timestamp: number | null = null
  #index = 0
  /** Packets that came too late to be heard. */
  late = 0

  /** `delayMillis` is how long it waits for late packets, below a second. */
  constructor(originMillis: number, delayMillis: number) {
    this.#originMillis = originMillis
    this.#delaySamples = delayMillis * samplesPerMilli
  }

  /** The sample that belongs to a moment. */
  indexAt(nowMillis: number): number {
    return Math.round((nowMillis - this.#originMillis) * samplesPerMilli)
  }

  /** Another source, whose timestamps begin elsewhere. */
  restart(): void {
    this.#timestamp = null
  }

  /** Takes the sound of one packet. */
  push(timestamp: number, law: Law, payload: Uint8Array, nowMillis: number): void {
    const now = this.indexAt(nowMillis)
    let index = this.#timestamp === null ? now : this.#index + timestampAfter(timestamp, this.#timestamp)
    const isNewer = this.#timestamp === null || index >= this.#index
    if (Math.abs(index - now) > strayMillisMax * samplesPerMilli) {
      // A late packet of the past says nothing of where we are.
      if (!isNewer) return void (this.late += 1)
      index = now
    }
    if (isNewer) {
      this.#timestamp = timestamp
      this.#index = index
    }
    const count = Math.min(payload.length, this.#decoded.length)
    decodeInto(law, payload, this.#decoded, 0)
    if (index + count <= this.#at) this.late += 1
    const begin = Math.max(index, this.#at)
    const end = Math.min(index + count, this.#at + bufferSamples)
    for (let i = begin; i < end; i += 1) this.#ring[i % bufferSamples] = this.#decoded[i - index]
  }

  /** Fills `frame` with the next piece, once it is old enough or `isLast`; false when there is none yet. */
  take(frame: Int16Array, nowMillis: number, isLast = false): boolean {
    const end = this.#at + frame.length
    if (end > this.indexAt(nowMillis) - (isLast ? 0 : this.#delaySamples)) return false
    for (let i = 0; i < frame.length; i += 1) {
      const place = (this.#at + i) % bufferSamples
      frame[i] = this.#ring[place]
      this.#ring[place] = 0
    }
    this.#at = end
    return true
  }
}
