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
  let hasAnswered = false
  const tell = (event: LineEvent): Effect.Effect<void> => {
    if (event.kind === "ringing") hasRung = true
    if (event.kind === "answered") {
      hasAnswered = true
      return Effect.asVoid(Deferred.done(answer, Exit.void))
    }
    if (event.kind === "key" && event.byInfo) return sendKey(call, event.key)
    const outcome = failureOf(event, hasRung)
    if (outcome === undefined) return Effect.void
    if (hasAnswered) return Effect.sync(() => call.post({ kind: "farGone" }))
    return Effect.asVoid(Deferred.fail(answer, outcome))
  }
  const { silenceMillis, transferRingMillisMax } = board.settings.limits
  const onBehalfOf = call.number === undefined ? {} : { onBehalfOf: call.number }
  const line = yield* openLine(board.media, { silenceMillis, tell }, (sdp) =>
    // The trunks look at the number.
    Effect.map(board.trunks.place({ number: number as E164, sdp, ...onBehalfOf }), ({ leg }) => leg)
  ).pipe(Effect.mapError((error): OutcomeName => (error._tag === "CallInvalid" ? "invalid" : "congestion")))
  const answered = yield* Effect.timeoutOption(Deferred.await(answer), transferRingMillisMax)
  return Option.isNone(answered) ? yield* Effect.fail<OutcomeName>("no-answer") : line
})

/** What a call comes to that ends or falls silent; undefined for one that goes on. */
const failureOf = (event: LineEvent, hasRung: boolean): OutcomeName | undefined => {
  if (event.kind === "noSound") return "congestion"
  if (event.kind === "silent") return "no-answer"
  if (event.kind !== "over") return undefined
  return event.final._tag === "Failed" ? outcomeOf(event.final.cause, hasRung) : "no-answer"
}

const sendKey = (call: CustomerCall, key: string): Effect.Effect<void> => {
  const { line, scope } = call
  if (line === undefined || scope === undefined) return Effect.void
  return Effect.asVoid(Effect.forkIn(Effect.ignore(line.media.sendKeys(key)), scope))
}
