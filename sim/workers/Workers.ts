import { Context, Effect, Layer, Pool } from "effect"
import { availableParallelism } from "node:os"
import { runJob, type ShiftJob, type ShiftOutcome } from "./shiftJob.ts"
import { ShiftThread } from "./ShiftThread.ts"

/**
 * Runs jobs of shifts, several at once. What comes back depends on the job alone, never on how many workers there are or
 * which of them was free. Jobs wait in the caller: offer no more than a few for every worker.
 */
export class Workers extends Context.Service<
  Workers,
  {
    readonly count: number
    /** Dies, naming replication and seed, when a shift or its worker does. */
    readonly run: (job: ShiftJob) => Effect.Effect<ReadonlyArray<ShiftOutcome>>
  }
>()("sim/workers/Workers") {
  /** Worker threads, one for every core unless told; all are terminated when the scope closes, also in mid-shift. */
  static readonly layer = (count: number = availableParallelism()): Layer.Layer<Workers> =>
    Layer.effect(
      Workers,
      Effect.gen(function* () {
        const pool = yield* Pool.make({ acquire: ShiftThread.make, size: count })
        const run = Effect.fnUntraced(function* (job: ShiftJob) {
          const thread = yield* Pool.get(pool)
          return yield* Effect.onExit(thread.run(job), () =>
            thread.isUsable ? Effect.void : Pool.invalidate(pool, thread)
          )
        }, Effect.scoped)
        return Workers.of({ count, run })
      })
    )

  /** The same on this thread, one job after the other. */
  static readonly layerInline: Layer.Layer<Workers> = Layer.succeed(Workers, {
    count: 1,
    run: (job) =>
      Effect.andThen(
        Effect.yieldNow,
        Effect.sync(() => runJob(job))
      )
  })
}
