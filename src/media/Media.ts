import { Context, Effect, Layer, Queue, type Scope, type Stream } from "effect"
import { channelInline, channelThread } from "./engine/Channel.ts"
import type { Network } from "./engine/Network.ts"
import type { LegOptions } from "./engine/protocol.ts"
import type { PortRange } from "./engine/udpNetwork.ts"
import {
  asLegError,
  asNotPlayable,
  type LegError,
  MediaStopped,
  type NotPlayable,
  PortsExhausted
} from "./MediaError.ts"
import { LegDesk, type LoadedPrompt, type MediaLeg, mediaLeg } from "./MediaLeg.ts"
import { type Prompt, promptMillis } from "./prompts/Prompt.ts"
import { type Connect, type SoundState, type SoundThread, SoundThreads } from "./SoundThreads.ts"

/** Audio of calls: see docs/media.md. Nothing of RTP leaves this service. */
export class Media extends Context.Service<
  Media,
  {
    /** Waits while the thread is being replaced. */
    readonly open: (options: LegOptions) => Effect.Effect<MediaLeg, PortsExhausted | MediaStopped, Scope.Scope>
    /** Both hear each other from now on; what was playing to them ends, and so do their bridges to others. */
    readonly bridge: (a: MediaLeg, b: MediaLeg) => Effect.Effect<void, LegError>
    /** A prompt outlives the thread: the next one holds it, too. */
    readonly load: (prompt: Prompt) => Effect.Effect<LoadedPrompt, LegError | NotPlayable, Scope.Scope>
    readonly state: Effect.Effect<SoundState>
    /** How it stands, and then each change. */
    readonly changes: Stream.Stream<SoundState>
  }
>()("media/Media") {
  /**
   * On a thread of its own, over UDP. One that dies takes its legs with it and is replaced, three times in ten minutes at
   * most. Closing the layer leaves nothing running.
   */
  static readonly layer = (range: PortRange): Layer.Layer<Media> =>
    Media.layerOver((emit, { namesAfter, portAfter }) =>
      channelThread({ range: { ...range, portAfter }, namesAfter }, emit)
    )

  /** On this thread, over any network: for tests, under their clock. */
  static readonly layerInline = (network: Network): Layer.Layer<Media> =>
    Media.layerOver((emit, { namesAfter }) => channelInline(network, emit, namesAfter))

  /** On whatever `connect` leads to; it is asked again when that dies. */
  static readonly layerOver = (connect: Connect): Layer.Layer<Media> => Layer.effect(Media, mediaOver(connect))
}

const mediaOver = Effect.fnUntraced(function* (connect: Connect) {
  const threads = yield* SoundThreads.make(connect)
  const openOn = Effect.fnUntraced(function* (thread: SoundThread, options: LegOptions) {
    const { channel, desks, prompts } = thread
    const desk = yield* LegDesk.make
    const opened = yield* Effect.acquireRelease(
      Effect.tap(channel.request("open", options), ({ leg }) => Effect.sync(() => desks.set(leg, desk))),
      ({ leg }) =>
        channel
          .request("close", { leg })
          .pipe(
            Effect.ignore,
            Effect.andThen(Effect.sync(() => desks.delete(leg))),
            Effect.andThen(Queue.end(desk.events))
          )
    )
    threads.gaveAway(opened.local.port)
    return mediaLeg(channel, opened, desk, (prompt) => prompts.get(prompt) ?? -1)
  })
  const open = Effect.fn("Media.open")((options: LegOptions) =>
    Effect.mapError(
      threads.use((thread) => openOn(thread, options)),
      ({ reason, sentence }) =>
        reason === "stopped" ? new MediaStopped({ sentence }) : new PortsExhausted({ sentence })
    )
  )
  const load = Effect.fn("Media.load")(function* (prompt: Prompt) {
    const id = yield* Effect.acquireRelease(threads.addPrompt(prompt), (id) => threads.dropPrompt(id))
    yield* Effect.mapError(threads.holding(id, prompt), asNotPlayable)
    return { id, millis: promptMillis(prompt) }
  })
  const bridge = Effect.fn("Media.bridge")((a: MediaLeg, b: MediaLeg) =>
    Effect.asVoid(
      Effect.mapError(
        threads.once(({ channel }) => channel.request("bridge", { a: a.id, b: b.id })),
        asLegError
      )
    )
  )
  return Media.of({ open, bridge, load, state: threads.state, changes: threads.changes })
})
