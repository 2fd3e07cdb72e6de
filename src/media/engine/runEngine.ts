import { Clock, Effect, type Scope } from "effect"
import { createFile } from "./createFile.ts"
import { Engine } from "./Engine.ts"
import type { Network } from "./Network.ts"
import type { LegHappening } from "./protocol.ts"

/** Longest sleep of the loop: how late the first packet of something played may be. Later ones are due on the dot. */
const sleepMillisMax = 10

const random32 = (): number => crypto.getRandomValues(new Uint32Array(1))[0]

/** An engine that runs on the clock until the scope closes; then its legs are closed and its recordings are ended. */
export const runEngine = Effect.fnUntraced(function* (
  network: Network,
  emit: (happening: LegHappening) => void,
  defect: (error: unknown) => void,
  namesAfter: number = 0
): Effect.fn.Return<Engine, never, Scope.Scope> {
  const clock = yield* Clock.Clock
  const now = () => Number(clock.monotonicTimeNanosUnsafe()) / 1e6
  const unixOffsetMillis = clock.currentTimeMillisUnsafe() - now()
  const engine = new Engine({ network, now, unixOffsetMillis, random32, createFile, emit, defect, namesAfter })
  yield* Effect.addFinalizer(() => Effect.promise(() => engine.handle("shutdown", null)))
  const turn = Effect.suspend(() => {
    engine.advance()
    return Effect.sleep(Math.max(1, Math.min(sleepMillisMax, engine.nextMillis - now())))
  })
  yield* Effect.forkScoped(Effect.forever(turn))
  return engine
})
