import { Context, Effect, Layer, Queue, type Scope } from "effect"
import { type Channel, channelInline, channelThread } from "./engine/Channel.ts"
import type { Network } from "./engine/Network.ts"
import type { LegHappening, LegOptions } from "./engine/protocol.ts"
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

/** Audio of calls: see docs/media.md. Nothing of RTP leaves this service. */
export class Media extends Context.Service<
  Media,
  {
    readonly open: (options: LegOptions) => Effect.Effect<MediaLeg, PortsExhausted | MediaStopped, Scope.Scope>
    /** Both hear each other from now on; what was playing to them ends, and so do their bridges to others. */
    readonly bridge: (a: MediaLeg, b: MediaLeg) => Effect.Effect<void, LegError>
    readonly load: (prompt: Prompt) => Effect.Effect<LoadedPrompt, LegError | NotPlayable, Scope.Scope>
  }
>()("media/Media") {
  /** On a thread of its own, over UDP. Closing the layer leaves nothing running. */
  static readonly layer = (range: PortRange): Layer.Layer<Media> =>
    Layer.effect(
      Media,
      mediaOver((emit) => channelThread(range, emit))
    )

  /** On this thread, over any network: for tests, under their clock. */
  static readonly layerInline = (network: Network): Layer.Layer<Media> =>
    Layer.effect(
      Media,
      mediaOver((emit) => channelInline(network, emit))
    )
}

const mediaOver = Effect.fnUntraced(function* (
  connect: (emit: (happening: LegHappening) => void) => Effect.Effect<Channel, never, Scope.Scope>
) {
  const desks = new Map<number, LegDesk>()
  const channel = yield* connect((happening) => desks.get(happening.leg)?.take(happening))
  const endAll = Effect.suspend(() => Effect.forEach([...desks.values()], ({ events }) => Queue.end(events)))
  yield* Effect.forkScoped(Effect.andThen(Effect.ignore(channel.stopped), endAll))
  const open = Effect.fn("Media.open")(function* (options: LegOptions) {
    const desk = yield* LegDesk.make
    const opened = yield* Effect.acquireRelease(
      channel.request("open", options).pipe(
        Effect.tap(({ leg }) => Effect.sync(() => desks.set(leg, desk))),
        Effect.mapError(({ reason, sentence }) =>
          reason === "stopped" ? new MediaStopped({ sentence }) : new PortsExhausted({ sentence })
        )
      ),
      ({ leg }) =>
        channel
          .request("close", { leg })
          .pipe(
            Effect.ignore,
            Effect.andThen(Effect.sync(() => desks.delete(leg))),
            Effect.andThen(Queue.end(desk.events))
          )
    )
    return mediaLeg(channel, opened, desk)
  })
  const load = Effect.fn("Media.load")(function* (prompt: Prompt) {
    const id = yield* Effect.acquireRelease(
      Effect.mapError(channel.request("loadPrompt", { prompt }), asNotPlayable),
      (id) => Effect.ignore(channel.request("dropPrompt", { prompt: id }))
    )
    return { id, millis: promptMillis(prompt) }
  })
  const bridge = Effect.fn("Media.bridge")((a: MediaLeg, b: MediaLeg) =>
    Effect.asVoid(Effect.mapError(channel.request("bridge", { a: a.id, b: b.id }), asLegError))
  )
  return Media.of({ open, bridge, load })
})
