import { Clock, Context, Effect, Layer, Queue } from "effect"
import type { FloorEvent, Stamped } from "./FloorEvent.ts"

/** Events that wait for the core at most. Whoever has one more waits with it: nothing that happened is lost. */
const waitingMax = 8_192

/** How the world tells the floor what happened. */
export class Inbox extends Context.Service<
  Inbox,
  {
    /** Hands in an event, with the time it is now. Waits while the inbox is full. */
    readonly tell: (event: FloorEvent) => Effect.Effect<void>
    /** Milliseconds of the core's clock. */
    readonly now: Effect.Effect<number>
    readonly events: Queue.Dequeue<Stamped>
  }
>()("outpace/floor/Inbox") {
  /**
   * `startMillis`: what the core's clock shows now. It runs with the monotonic clock, so a step of the wall clock neither
   * ends nor prolongs anything.
   */
  static readonly layer = (startMillis: number): Layer.Layer<Inbox> =>
    Layer.effect(
      Inbox,
      Effect.gen(function* () {
        const clock = yield* Clock.Clock
        const events = yield* Queue.bounded<Stamped>(waitingMax)
        const startNanos = clock.monotonicTimeNanosUnsafe()
        const now = () => startMillis + Number((clock.monotonicTimeNanosUnsafe() - startNanos) / 1_000_000n)
        return Inbox.of({
          tell: (event) => Effect.suspend(() => Queue.offer(events, { at: now(), event })),
          now: Effect.sync(now),
          events
        })
      })
    )
}
