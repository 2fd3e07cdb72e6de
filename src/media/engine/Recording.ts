import { type Law, samplesPerMilli } from "../audio/g711.ts"
import { type ByteSink, WavWriter } from "../audio/WavWriter.ts"
import { frameSamples, Timeline } from "./Timeline.ts"

/** How long a recording waits for late packets. */
const delayMillis = 400

/** What became of a recording. */
export interface RecordingResult {
  readonly millis: number
  /** Packets that came too late for it. */
  readonly late: number
}

/**
 * A call as a stereo file: what the customer said on the left, what the customer heard on the right. Both are laid on one
 * clock by their timestamps, so a second of the file is a second of the call; pauses are silence.
 */
export class Recording {
  readonly #heard: Timeline
  readonly #said: Timeline
  readonly #writer: WavWriter
  readonly #left = new Int16Array(frameSamples)
  readonly #right = new Int16Array(frameSamples)
  /** Where pauses begin and end; the last one may be open. */
  #pauses: Array<{ readonly from: number; to: number }> = []
  #at = 0

  constructor(sink: ByteSink, nowMillis: number) {
    this.#heard = new Timeline(nowMillis, delayMillis)
    this.#said = new Timeline(nowMillis, delayMillis)
    this.#writer = new WavWriter(sink)
  }

  get failure(): Error | null {
    return this.#writer.failure
  }

  /** Another source speaks on the customer's side. */
  restart(): void {
    this.#said.restart()
  }

  said(timestamp: number, law: Law, payload: Uint8Array, nowMillis: number): void {
    this.#said.push(timestamp, law, payload, nowMillis)
  }

  heard(timestamp: number, law: Law, payload: Uint8Array, nowMillis: number): void {
    this.#heard.push(timestamp, law, payload, nowMillis)
  }

  /** Nothing said from now on is kept, wherever its packets are. */
  pause(nowMillis: number): void {
    if (this.#pauses.at(-1)?.to === Infinity) return
    this.#pauses.push({ from: this.#said.indexAt(nowMillis), to: Infinity })
  }

  resume(nowMillis: number): void {
    const last = this.#pauses.at(-1)
    if (last?.to === Infinity) last.to = this.#said.indexAt(nowMillis)
  }

  /** Writes what is old enough. */
  advance(nowMillis: number, isLast = false): void {
    const pieces: Array<Int16Array> = []
    while (this.#said.take(this.#left, nowMillis, isLast) && this.#heard.take(this.#right, nowMillis, isLast)) {
      pieces.push(this.#interleaved())
    }
    if (pieces.length === 0) return
    const all = new Int16Array(pieces.length * 2 * frameSamples)
    pieces.forEach((piece, i) => all.set(piece, i * 2 * frameSamples))
    this.#writer.write(all)
  }

  #interleaved(): Int16Array {
    const piece = new Int16Array(2 * frameSamples)
    this.#pauses = this.#pauses.filter(({ to }) => to > this.#at)
    for (let i = 0; i < frameSamples; i += 1) {
      const index = this.#at + i
      if (this.#pauses.some(({ from, to }) => index >= from && index < to)) continue
      piece[2 * i] = this.#left[i]
      piece[2 * i + 1] = this.#right[i]
    }
    this.#at += frameSamples
    return piece
  }

  /** Writes the rest, closes the file and says how long it is. Rejects with what went wrong with the file. */
  async end(nowMillis: number): Promise<RecordingResult> {
    this.advance(nowMillis, true)
    await this.#writer.end()
    return { millis: this.#writer.frames / samplesPerMilli, late: this.#said.late + this.#heard.late }
  }
}
