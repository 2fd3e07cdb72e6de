import { type Cause, Effect, Layer, Queue, Stream } from "effect"
import type { LegEvent, LegHappening, Listening, PlayEnd } from "../../../src/media/engine/protocol.ts"
import { Media } from "../../../src/media/Media.ts"
import { LegUnusable, PortsExhausted } from "../../../src/media/MediaError.ts"
import type { LoadedPrompt, MediaLeg } from "../../../src/media/MediaLeg.ts"
import { promptMillis } from "../../../src/media/prompts/Prompt.ts"
import type { RemoteMedia } from "../../../src/media/sdp/offerAnswer.ts"

/** The sound of one call, as text: what it hears, whom it is bridged to, what is recorded. */
export class FakeSound {
  readonly id: number
  readonly happenings: Queue.Queue<LegHappening, Cause.Done>
  readonly log: Array<string> = []
  remote: RemoteMedia | undefined
  peer: FakeSound | undefined
  playing: { readonly prompt: LoadedPrompt; readonly loop: boolean } | undefined
  listening: Listening | undefined
  recording: string | undefined
  isOpen = true

  constructor(id: number, happenings: Queue.Queue<LegHappening, Cause.Done>) {
    this.id = id
    this.happenings = happenings
  }

  happens(event: LegEvent): void {
    Queue.offerUnsafe(this.happenings, { leg: this.id, atMillis: 0, event })
  }

  /** The thread that makes all sound is gone. */
  stops(): void {
    Queue.endUnsafe(this.happenings)
  }

  presses(keys: string): void {
    for (const key of keys) this.happens({ kind: "key", key, by: "event" })
  }

  /** What the far end hears now. */
  get hears(): string {
    if (this.playing !== undefined) return `${this.playing.prompt.millis} ms`
    return this.peer === undefined ? "nothing" : `leg ${this.peer.id}`
  }
}

/** Sound without sound. Prompts are known by their length. */
export class FakeMedia {
  readonly sounds: Array<FakeSound> = []
  /** Ports there are. */
  portsMax = Infinity

  get open(): number {
    return this.sounds.filter(({ isOpen }) => isOpen).length
  }

  /** The sound opened last, or the one before. */
  last(before = 0): FakeSound {
    return this.sounds[this.sounds.length - 1 - before]
  }

  get layer(): Layer.Layer<Media> {
    return Layer.succeed(
      Media,
      Media.of({
        open: () =>
          Effect.map(
            Effect.acquireRelease(this.#open, (sound) => this.#close(sound)),
            toLeg
          ),
        bridge: (a, b) =>
          answered(
            Effect.suspend(() => {
              const [one, two] = [this.sounds[a.id], this.sounds[b.id]]
              if (!one.isOpen || !two.isOpen) return Effect.fail(new LegUnusable({ sentence: "closed" }))
              for (const [sound, other] of [
                [one, two],
                [two, one]
              ]) {
                unbridge(sound)
                sound.playing = undefined
                sound.peer = other
                sound.log.push(`bridged to ${other.id}`)
              }
              return Effect.void
            })
          ),
        load: (prompt) => Effect.sync(() => ({ id: 0, millis: promptMillis(prompt) })),
        state: Effect.succeed({ kind: "up" }),
        changes: Stream.make({ kind: "up" } as const)
      })
    )
  }

  readonly #open = Effect.gen({ self: this }, function* () {
    if (this.open >= this.portsMax) return yield* new PortsExhausted({ sentence: "all media ports are in use" })
    const sound = new FakeSound(this.sounds.length, yield* Queue.unbounded<LegHappening, Cause.Done>())
    this.sounds.push(sound)
    return sound
  })

  #close(sound: FakeSound): Effect.Effect<void> {
    return Effect.suspend(() => {
      unbridge(sound)
      sound.isOpen = false
      return Effect.asVoid(Queue.shutdown(sound.happenings))
    })
  }
}

const unbridge = (sound: FakeSound): void => {
  if (sound.peer?.peer === sound) sound.peer.peer = undefined
  sound.peer = undefined
}

/** A command is done at once, and its answer takes its time. */
const answered = <A, E>(done: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.tap(done, () => Effect.repeat(Effect.yieldNow, { times: 5 }))

const toLeg = (sound: FakeSound): MediaLeg => {
  const log = (text: string) => answered(Effect.sync(() => void sound.log.push(text)))
  const play = (prompt: LoadedPrompt, loop: boolean) =>
    Effect.suspend(() => {
      const playing = { prompt, loop }
      sound.playing = playing
      sound.log.push(`${loop ? "loops" : "plays"} ${prompt.millis} ms`)
      const stop = Effect.sync(() => {
        if (sound.playing === playing) sound.playing = undefined
      })
      const ended = Effect.sync((): PlayEnd => (sound.playing === playing ? "finished" : "replaced"))
      return (loop ? Effect.never : Effect.delay(ended, prompt.millis)).pipe(Effect.ensuring(stop))
    })
  return {
    id: sound.id,
    local: { address: "192.0.2.1", port: 10_000 + 2 * sound.id },
    setRemote: (remote) => answered(Effect.sync(() => void (sound.remote = remote))),
    play: (prompt) => play(prompt, false),
    loop: (prompt) => play(prompt, true),
    beep: Effect.as(log("beep"), "finished"),
    sendKeys: (keys) => Effect.as(log(`keys ${keys}`), "finished"),
    stop: Effect.sync(() => void (sound.playing = undefined)),
    listen: (listening) => answered(Effect.sync(() => void (sound.listening = listening))),
    unbridge: answered(
      Effect.sync(() => {
        if (sound.peer !== undefined) sound.log.push("unbridged")
        unbridge(sound)
      })
    ),
    record: (path) =>
      Effect.sync(() => {
        sound.recording = path
        sound.log.push(`records ${path}`)
      }),
    pauseRecording: log("pauses recording"),
    resumeRecording: log("resumes recording"),
    stopRecording: Effect.sync(() => {
      sound.recording = undefined
      sound.log.push("stops recording")
      return { millis: 1_000, late: 0 }
    }),
    statistics: Effect.die(new Error("not asked here")),
    events: Stream.fromQueue(sound.happenings)
  }
}
