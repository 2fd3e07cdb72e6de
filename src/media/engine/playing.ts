import type { Law } from "../audio/g711.ts"
import { samplesPerMilli, silenceOf } from "../audio/g711.ts"
import type { Prompt } from "../prompts/Prompt.ts"
import { keyEventBytes, keySteps, type KeyStep, writeKeyEvent } from "../rtp/keyEvents.ts"
import { rtpHeaderBytes } from "../rtp/RtpPacket.ts"

/** One packet's worth of something played: a whole packet, its header still to be written, or a pause. */
export type Piece =
  | { readonly kind: "audio"; readonly packet: Uint8Array; readonly samples: number }
  | { readonly kind: "event"; readonly packet: Uint8Array; readonly samples: number; readonly isFirst: boolean }
  | { readonly kind: "pause" }

/** Something that is played to a leg, packet by packet. */
export interface Playing {
  readonly play: number
  /** Names it among the sources of the outgoing stream. */
  readonly source: number
  /** Null when it is over. */
  readonly next: (law: Law, packetMillis: number) => Piece | null
}

/** A prompt, once or again and again. */
export class PromptPlaying implements Playing {
  readonly play: number
  readonly source: number
  readonly #prompt: Prompt
  readonly #loop: boolean
  #at = 0

  constructor(play: number, source: number, prompt: Prompt, loop: boolean) {
    this.play = play
    this.source = source
    this.#prompt = prompt
    this.#loop = loop
  }

  next(law: Law, packetMillis: number): Piece | null {
    const sound = this.#prompt[law]
    if (this.#at >= sound.length || sound.length === 0) return null
    const samples = packetMillis * samplesPerMilli
    const packet = new Uint8Array(rtpHeaderBytes + samples)
    let filled = 0
    while (filled < samples) {
      const piece = sound.subarray(this.#at, this.#at + samples - filled)
      packet.set(piece, rtpHeaderBytes + filled)
      filled += piece.length
      this.#at += piece.length
      if (this.#at < sound.length) continue
      if (this.#loop) this.#at = 0
      else break
    }
    if (filled < samples) packet.fill(silenceOf(law), rtpHeaderBytes + filled)
    return { kind: "audio", packet, samples }
  }
}

/** Keys, as events of RFC 4733. */
export class KeysPlaying implements Playing {
  readonly play: number
  readonly source: number
  readonly #steps: Iterator<KeyStep | null, void>

  constructor(play: number, source: number, keys: string, packetMillis: number) {
    this.play = play
    this.source = source
    this.#steps = keySteps(keys, packetMillis)
  }

  next(): Piece | null {
    const { done, value } = this.#steps.next()
    if (done === true) return null
    const step = value ?? null
    if (step === null) return { kind: "pause" }
    const packet = new Uint8Array(rtpHeaderBytes + keyEventBytes)
    writeKeyEvent(packet, rtpHeaderBytes, step.key, step.isEnd, step.samples)
    return { kind: "event", packet, samples: step.samples, isFirst: step.isFirst }
  }
}
