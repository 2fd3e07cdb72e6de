import { type Cause, Deferred, Effect, Queue, Stream } from "effect"
import type { Channel } from "./engine/Channel.ts"
import type { CommandInput, LegHappening, LegOpened, LegStatistics, Listening, PlayEnd } from "./engine/protocol.ts"
import type { RecordingResult } from "./engine/Recording.ts"
import {
  asLegError,
  asNotPlayable,
  asRecordingFailed,
  type LegError,
  type NotPlayable,
  type RecordingFailed
} from "./MediaError.ts"
import type { Endpoint } from "./rtp/Latch.ts"
import type { RemoteMedia } from "./sdp/offerAnswer.ts"

/** A prompt the media thread holds, until the scope it was loaded in closes. */
export interface LoadedPrompt {
  readonly id: number
  readonly millis: number
}

/** One side of a call. It is closed with the scope it was opened in. */
export interface MediaLeg {
  readonly id: number
  /** Where the far end has to send, for the SDP. */
  readonly local: Endpoint
  /** Says where the far end is and what was agreed on; again after each re-INVITE. */
  readonly setRemote: (remote: RemoteMedia) => Effect.Effect<void, LegError>
  /** Plays a prompt instead of what is playing; waits until it ends, and says how. Interrupting it stops the prompt. */
  readonly play: (prompt: LoadedPrompt) => Effect.Effect<PlayEnd, LegError | NotPlayable>
  /** Plays a prompt again and again, until something else is played, the leg is bridged, or it is interrupted. */
  readonly loop: (prompt: LoadedPrompt) => Effect.Effect<PlayEnd, LegError | NotPlayable>
  /** The tone that tells of a recording, over whatever is heard. */
  readonly beep: Effect.Effect<PlayEnd, LegError>
  /** Presses keys, at most 64: as events where these are agreed on, else as tones. Waits until they are out. */
  readonly sendKeys: (keys: string) => Effect.Effect<PlayEnd, LegError | NotPlayable>
  /** Ends whatever is playing. */
  readonly stop: Effect.Effect<void, LegError>
  /** Listens from now on; anew each time it is called. Keys that come as events are heard without it. */
  readonly listen: (listening: Listening) => Effect.Effect<void, LegError>
  readonly unbridge: Effect.Effect<void, LegError>
  /** Records to a new WAV file: left what the far end says, right what it hears. It goes on until stopped or closed. */
  readonly record: (path: string) => Effect.Effect<void, LegError | RecordingFailed>
  /** What is said until `resumeRecording` is silence in the file. */
  readonly pauseRecording: Effect.Effect<void, LegError>
  readonly resumeRecording: Effect.Effect<void, LegError>
  readonly stopRecording: Effect.Effect<RecordingResult, LegError | RecordingFailed>
  readonly statistics: Effect.Effect<LegStatistics, LegError>
  /**
   * What happens on it, for one reader. Of more than 256 that nobody has read the oldest are forgotten. It ends when the
   * leg is closed.
   */
  readonly events: Stream.Stream<LegHappening>
}

const eventsMax = 256

/** What is known here of an open leg: its unread events, and who waits for something played to end. */
export class LegDesk {
  readonly events: Queue.Queue<LegHappening, Cause.Done>
  readonly #waiting = new Map<number, Deferred.Deferred<PlayEnd>>()
  #plays = 0

  private constructor(events: Queue.Queue<LegHappening, Cause.Done>) {
    this.events = events
  }

  static readonly make = Effect.map(Queue.sliding<LegHappening, Cause.Done>(eventsMax), (events) => new LegDesk(events))

  take(happening: LegHappening): void {
    const { event } = happening
    if (event.kind !== "playEnded") return void Queue.offerUnsafe(this.events, happening)
    const waiting = this.#waiting.get(event.play)
    this.#waiting.delete(event.play)
    if (waiting !== undefined) Deferred.doneUnsafe(waiting, Effect.succeed(event.how))
  }

  /** A number for something to play, and the end of it; it is waited for from now on. */
  expect(): { readonly play: number; readonly ended: Deferred.Deferred<PlayEnd> } {
    this.#plays += 1
    const ended = Deferred.makeUnsafe<PlayEnd>()
    this.#waiting.set(this.#plays, ended)
    return { play: this.#plays, ended }
  }

  forget(play: number): void {
    this.#waiting.delete(play)
  }
}

/** The leg of that name on the other side of the channel; `nameOf`: what is there the name of a prompt of ours. */
export const mediaLeg = (
  channel: Channel,
  { leg, local }: LegOpened,
  desk: LegDesk,
  nameOf: (prompt: number) => number
): MediaLeg => {
  const command = <K extends "setRemote" | "unbridge" | "stop" | "listen" | "pauseRecording" | "resumeRecording">(
    kind: K,
    input: CommandInput<K>
  ) => Effect.asVoid(Effect.mapError(channel.request(kind, input), asLegError))
  const play = <K extends "play" | "beep" | "sendKeys">(kind: K, input: (play: number) => CommandInput<K>) =>
    Effect.suspend(() => {
      const { ended, play } = desk.expect()
      const stop = Effect.ignore(channel.request("stop", { leg, play }))
      return channel.request(kind, input(play)).pipe(
        Effect.andThen(Effect.raceFirst(Deferred.await(ended), channel.stopped)),
        Effect.onInterrupt(() => stop),
        Effect.ensuring(Effect.sync(() => desk.forget(play)))
      )
    })
  const prompted = (prompt: LoadedPrompt, loop: boolean) =>
    Effect.mapError(
      play("play", (play) => ({ leg, play, prompt: nameOf(prompt.id), loop })),
      asNotPlayable
    )
  return {
    id: leg,
    local,
    setRemote: (remote) => command("setRemote", { leg, remote }),
    play: (prompt) => prompted(prompt, false),
    loop: (prompt) => prompted(prompt, true),
    beep: Effect.mapError(
      play("beep", (play) => ({ leg, play })),
      asLegError
    ),
    sendKeys: (keys) =>
      Effect.mapError(
        play("sendKeys", (play) => ({ leg, play, keys })),
        asNotPlayable
      ),
    stop: command("stop", { leg, play: null }),
    listen: (listening) => command("listen", { leg, listening }),
    unbridge: command("unbridge", { leg }),
    record: (path) => Effect.asVoid(Effect.mapError(channel.request("record", { leg, path }), asRecordingFailed)),
    pauseRecording: command("pauseRecording", { leg }),
    resumeRecording: command("resumeRecording", { leg }),
    stopRecording: Effect.mapError(channel.request("stopRecording", { leg }), asRecordingFailed),
    statistics: Effect.mapError(channel.request("statistics", { leg }), asLegError),
    events: Stream.fromQueue(desk.events)
  }
}
