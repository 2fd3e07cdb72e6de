import { samplesPerMilli } from "../audio/g711.ts"
import { keys } from "../audio/tones.ts"
import { timestampAfter } from "./RtpPacket.ts"

/** Keys as events in RTP: RFC 4733. */

/** Bytes of an event (RFC 4733 §2.3). */
export const keyEventBytes = 4

/** How loud the receiver should play it: −10 dBm0. */
const volume = 10

/** Writes the event of a key; `samples` is how long it has lasted, below 65,536. */
export const writeKeyEvent = (bytes: Uint8Array, at: number, key: string, isEnd: boolean, samples: number): void => {
  bytes[at] = keys.indexOf(key)
  bytes[at + 1] = (isEnd ? 0x80 : 0) | volume
  bytes[at + 2] = samples >> 8
  bytes[at + 3] = samples
}

/** Counts each key once, however many of its packets come, in whatever order. */
export class KeyEvents {
  #timestamp: number | null = null
  #code = -1
  #samples = 0
  #ended = false

  /** Takes an event's payload; answers the key when this is the first that is heard of it. */
  receive(bytes: Uint8Array, at: number, end: number, timestamp: number): string | null {
    if (end - at < keyEventBytes) return null
    const code = bytes[at]
    const isEnd = (bytes[at + 1] & 0x80) !== 0
    const samples = (bytes[at + 2] << 8) | bytes[at + 3]
    if (this.#timestamp !== null) {
      const after = timestampAfter(timestamp, this.#timestamp)
      if (after < 0) return null
      // A key held for longer than its duration can say goes on under a new timestamp (RFC 4733 §2.5.1.3).
      const goesOn = after === 0 || (!this.#ended && code === this.#code && after === this.#samples)
      if (goesOn) {
        if (after > 0) this.#timestamp = timestamp
        this.#samples = after > 0 ? samples : Math.max(samples, this.#samples)
        this.#ended ||= isEnd
        return null
      }
    }
    this.#timestamp = timestamp
    this.#code = code
    this.#samples = samples
    this.#ended = isEnd
    return code < keys.length ? keys[code] : null
  }
}

/** One packet of keys being sent. */
export interface KeyStep {
  readonly key: string
  /** The first packet of the key, which has a timestamp of its own. */
  readonly isFirst: boolean
  readonly isEnd: boolean
  /** How long the key has lasted, in samples. */
  readonly samples: number
}

/** Times the last packet of a key is sent: RFC 4733 §2.5.1.4. */
const endPackets = 3
/** How long a key is held, and the pause after it: both above the 40 ms that ITU-T Q.24 asks for. */
const keyMillis = 120
const pauseMillis = 80

/** The packets of some keys, one every `packetMillis`; null stands for a pause. */
export function* keySteps(pressed: string, packetMillis: number): Generator<KeyStep | null, void> {
  const packets = Math.ceil(keyMillis / packetMillis)
  for (const key of pressed) {
    for (let i = 1; i < packets + endPackets; i += 1) {
      const held = Math.min(i, packets)
      yield { key, isFirst: i === 1, isEnd: i >= packets, samples: held * packetMillis * samplesPerMilli }
    }
    // The repeated end packets have taken part of the pause.
    for (let millis = (endPackets - 1) * packetMillis; millis < pauseMillis; millis += packetMillis) yield null
  }
}
