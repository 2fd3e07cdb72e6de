import { Clock, Effect, Schedule, type Scope } from "effect"
import { Progress, type ProgressState } from "../../../sim/experiments/Progress.ts"
import { ascii, barLine, blocks, plainLine, type Standing } from "./bar.ts"
import { canDraw, Screen, showsUnicode } from "./Screen.ts"

const drawMillis = 200
/** A log gets no more than one line in this time. */
const lineMillis = 5_000

const hideCursor = "\u001b[?25l"
const showCursor = "\u001b[?25h"
const clearLine = "\r\u001b[2K"

/** Shows how far the experiments inside have come: a bar with the time left on a terminal, a line now and then in a log. */
export const showProgress = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, Exclude<R, Scope.Scope>> =>
  Effect.gen(function* () {
    const report = (yield* canDraw) ? yield* drawnBar : yield* lines
    return yield* Effect.provideService(effect, Progress, { report })
  }).pipe(Effect.scoped)

type Report = (state: ProgressState) => Effect.Effect<void>

const drawnBar = Effect.gen(function* () {
  const screen = yield* Screen
  const glyphs = (yield* showsUnicode) ? blocks : ascii
  const startedAt = yield* Clock.currentTimeMillis
  let state: ProgressState | null = null
  const draw = Effect.gen(function* () {
    if (state === null) return
    const standing = { ...state, elapsedMillis: (yield* Clock.currentTimeMillis) - startedAt }
    // The last column is left free: some terminals wrap as soon as it is written.
    screen.write(clearLine + barLine(standing, screen.columns() - 1, glyphs))
  })
  yield* Effect.acquireRelease(
    Effect.sync(() => screen.write(hideCursor)),
    () => Effect.sync(() => screen.write(clearLine + showCursor))
  )
  yield* Effect.forkScoped(Effect.repeat(draw, Schedule.spaced(drawMillis)))
  const report: Report = (next) =>
    Effect.suspend(() => {
      const isFirst = state === null
      state = next
      return isFirst ? draw : Effect.void
    })
  return report
})

const lines = Effect.gen(function* () {
  const screen = yield* Screen
  const startedAt = yield* Clock.currentTimeMillis
  let writtenAt = startedAt
  const report: Report = Effect.fnUntraced(function* (state) {
    const now = yield* Clock.currentTimeMillis
    if (now - writtenAt < lineMillis) return
    writtenAt = now
    const standing: Standing = { ...state, elapsedMillis: now - startedAt }
    screen.write(`${plainLine(standing)}\n`)
  })
  return report
})
