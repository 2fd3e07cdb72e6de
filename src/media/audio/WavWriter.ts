import { samplesPerSecond } from "./g711.ts"
import { wavHeader, wavHeaderBytes } from "./wavHeader.ts"

/** Where a file's bytes go: `node:fs/promises` has it as the handle of a file. */
export interface ByteSink {
  readonly write: (bytes: Uint8Array, at: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** Bytes that may wait for a slow disk: two minutes of a call. More, and the recording stops. */
const waitingBytesMax = 4 * 2 * 60 * samplesPerSecond

/**
 * Writes a stereo WAV file of 16-bit PCM at 8 kHz as the sound comes. The header is corrected with every piece written,
 * so a file whose writer died can be read up to the last piece on the disk.
 */
export class WavWriter {
  readonly #sink: ByteSink
  #frames = 0
  #waitingBytes = 0
  #failure: Error | null = null
  #last: Promise<void> = Promise.resolve()

  constructor(sink: ByteSink) {
    this.#sink = sink
    this.#next(() => sink.write(wavHeader(samplesPerSecond, 2, 0), 0))
  }

  /** Samples a channel taken so far. */
  get frames(): number {
    return this.#frames
  }

  /** Why writing stopped, once it has. */
  get failure(): Error | null {
    return this.#failure
  }

  /** Takes samples, left and right in turn; the array must not be used again. They are dropped once writing has failed. */
  write(interleaved: Int16Array): void {
    if (this.#failure !== null || interleaved.length === 0) return
    if (this.#waitingBytes > waitingBytesMax) {
      this.#failure = new Error(`the disk is ${waitingBytesMax} bytes behind`)
      return
    }
    const at = wavHeaderBytes + 4 * this.#frames
    this.#frames += interleaved.length >> 1
    const dataBytes = 4 * this.#frames
    const bytes = littleEndian(interleaved)
    this.#waitingBytes += bytes.length
    this.#next(async () => {
      await this.#sink.write(bytes, at)
      // After the samples: whoever reads the header finds all it promises.
      await this.#sink.write(wavHeader(samplesPerSecond, 2, dataBytes), 0)
      this.#waitingBytes -= bytes.length
    })
  }

  /** Waits until everything is written, and closes the file. Rejects with the first thing that went wrong. */
  async end(): Promise<void> {
    await this.#last
    await this.#sink.close().catch((error: unknown) => this.#failed(error))
    if (this.#failure !== null) throw this.#failure
  }

  #next(step: () => Promise<void>): void {
    this.#last = this.#last
      .then(() => (this.#failure === null ? step() : undefined))
      .catch((error: unknown) => this.#failed(error))
  }

  #failed(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error))
  }
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

const littleEndian = (samples: Int16Array): Uint8Array => {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  if (isLittleEndian) return bytes
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength)
  samples.forEach((sample, i) => view.setInt16(2 * i, sample, true))
  return bytes
}
