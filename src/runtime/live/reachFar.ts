import { Deferred, Effect, Exit, Option, Scope } from "effect"
import type { E164 } from "../../domain/Contact.ts"
import type { OutcomeName } from "../../domain/Outcome.ts"
import { outcomeOf } from "../../sip/outcomeOf.ts"
import type { Board } from "./Board.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import { type Line, type LineEvent, openLine } from "./Line.ts"

/**
 * Calls somebody a call is to be given to, over the trunks, and waits for the answer; fails with what came of it instead.
 * Once answered the line is the call's, and hung up with it. Interrupted before, it is hung up.
 */
export const reachFar = (board: Board, call: CustomerCall, number: string): Effect.Effect<Line, OutcomeName> =>
  Effect.suspend(() => {
    const whole = call.scope
    if (whole === undefined) return Effect.fail<OutcomeName>("congestion")
    return Effect.flatMap(Scope.fork(whole), (scope) =>
      Effect.onExit(Scope.provide(reached(board, call, number), scope), (exit) =>
        // Its end is waited for with that of the call.
        Exit.isSuccess(exit)
          ? Effect.void
          : Effect.asVoid(Effect.forkIn(Effect.uninterruptible(Scope.close(scope, Exit.void)), whole))
      )
    )
  })

const reached = Effect.fnUntraced(function* (board: Board, call: CustomerCall, number: string) {
  const answer = yield* Deferred.make<void, OutcomeName>()
  let hasRung = false
  const tell = (event: LineEvent): Effect.Effect<void> => {
    if (event.kind === "ringing") hasRung = true
    if (event.kind === "answered") return Effect.asVoid(Deferred.done(answer, Exit.void))
    if (event.kind === "noSound") return Effect.asVoid(Deferred.fail(answer, "congestion"))
    if (event.kind === "key" && event.byInfo) return sendKey(call, event.key)
    if (event.kind === "silent") return Effect.sync(() => call.post({ kind: "farGone" }))
    if (event.kind !== "over") return Effect.void
    const { final } = event
    const outcome = final._tag === "Failed" ? outcomeOf(final.cause, hasRung) : "no-answer"
    return Effect.flatMap(Deferred.fail(answer, outcome), (wasWaiting) =>
      wasWaiting ? Effect.void : Effect.sync(() => call.post({ kind: "farGone" }))
    )
  }
  const { silenceMillis, transferRingMillisMax } = board.settings.limits
  const line = yield* openLine(board.media, { silenceMillis, tell }, (sdp) =>
    // The trunks look at the number.
    Effect.map(board.trunks.place({ number: number as E164, sdp }), ({ leg }) => leg)
  ).pipe(Effect.mapError((error): OutcomeName => (error._tag === "CallInvalid" ? "invalid" : "congestion")))
  const answered = yield* Effect.timeoutOption(Deferred.await(answer), transferRingMillisMax)
  return Option.isNone(answered) ? yield* Effect.fail<OutcomeName>("no-answer") : line
})

const sendKey = (call: CustomerCall, key: string): Effect.Effect<void> => {
  const { line, scope } = call
  if (line === undefined || scope === undefined) return Effect.void
  return Effect.asVoid(Effect.forkIn(Effect.ignore(line.media.sendKeys(key)), scope))
}
