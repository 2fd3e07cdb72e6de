import type { Law } from "../audio/g711.ts"
import { KeyDetector } from "../audio/KeyDetector.ts"
import { ToneDetector } from "../audio/ToneDetector.ts"
import { AnsweringMachine } from "../detection/AnsweringMachine.ts"
import type { LegEvent, Listening } from "./protocol.ts"
import { frameSamples, Timeline } from "./Timeline.ts"

/** How long the analysis waits for late packets. */
const delayMillis = 60

/** Listens to what a leg says, on the clock: gaps are silence. */
export class Listener {
  readonly #timeline: Timeline
  readonly #frame = new Int16Array(frameSamples)
  readonly #keys: KeyDetector | null
  readonly #tones: ToneDetector | null
  #machine: AnsweringMachine | null

  constructor(listening: Listening, nowMillis: number) {
    this.#timeline = new Timeline(nowMillis, delayMillis)
    this.#keys = listening.keys ? new KeyDetector() : null
    this.#tones = listening.tones ? new ToneDetector() : null
    this.#machine = listening.answeringMachine === null ? null : new AnsweringMachine(listening.answeringMachine)
  }

  restart(): void {
    this.#timeline.restart()
  }

  said(timestamp: number, law: Law, payload: Uint8Array, nowMillis: number): void {
    this.#timeline.push(timestamp, law, payload, nowMillis)
  }

  /** What was found in what is old enough to be listened to; keys only where they do not come as events too. */
  advance(nowMillis: number, wantsKeys: boolean, found: (event: LegEvent) => void): void {
    while (this.#timeline.take(this.#frame, nowMillis)) {
      for (const key of (wantsKeys ? this.#keys?.push(this.#frame) : null) ?? "")
        found({ kind: "key", key, by: "tone" })
      for (const tone of this.#tones?.push(this.#frame) ?? []) found({ kind: "tone", tone })
      const verdict = this.#machine?.push(this.#frame) ?? null
      if (verdict !== null) {
        this.#machine = null
        found({ kind: "answeringMachine", verdict })
      }
    }
  }
}
