import { Effect, type Scope } from "effect"
import { Outcome, outcomeNames } from "../../domain/Outcome.ts"
import { outcomeOf } from "../../sip/outcomeOf.ts"
import type { FinalEvent } from "../../sip/Sip.ts"
import { freePhone, phoneFor, releasePhone } from "./AgentPhone.ts"
import { type Board, nameOf } from "./Board.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import { hasCrossed } from "./Line.ts"
import { stopJob } from "./jobs.ts"
import { stopRecording } from "./recordCall.ts"

/** Ends the call and does not wait for it: its end is told when the far end has confirmed it. */
export const hangUp = (call: CustomerCall): Effect.Effect<void, never, Scope.Scope> =>
  Effect.gen(function* () {
    yield* stopJob(call)
    const { line } = call
    if (line === undefined) return
    yield* Effect.ignore(line.media.unbridge)
    yield* Effect.forkScoped(line.leg.hangUp)
  })

/** The core has no more to say to it. */
export const forget = (board: Board, call: CustomerCall): void => {
  const name = nameOf(call.key)
  if (board.calls.get(name) === call) board.calls.delete(name)
}

/** Sets the agent free, then tells the core that the call is none of its calls any more; once. */
export const leave = (board: Board, call: CustomerCall, tell: () => Effect.Effect<void>): Effect.Effect<void> =>
  Effect.suspend(() => {
    if (call.hasLeft) return Effect.void
    call.hasLeft = true
    const { phone } = call
    call.phone = undefined
    const rung = phoneFor(board, call.key)
    forget(board, call)
    if (rung !== undefined && rung !== phone) releasePhone(board, rung)
    // The agent may be given another call as soon as the core knows.
    const free = phone?.call === call ? freePhone(board, phone) : Effect.void
    return Effect.andThen(free, Effect.suspend(tell))
  })

/** The line is down. */
export const finish = Effect.fnUntraced(function* (board: Board, call: CustomerCall, final: FinalEvent) {
  yield* stopJob(call)
  yield* leave(board, call, () => tellFinal(board, call, final))
  yield* stopRecording(board, call)
})

const tellFinal = (board: Board, call: CustomerCall, final: FinalEvent): Effect.Effect<void> => {
  const { key } = call
  if (call.isArrival) return tellEnded(board, call)
  if (call.isMute && call.answeredAt < 0) return board.tell({ kind: "failed", ...key, outcome: Outcome.congestion })
  if (final._tag === "Failed") {
    const outcome = outcomeNames.indexOf(outcomeOf(final.cause, call.hasRung))
    return board.tell({ kind: "failed", ...key, outcome })
  }
  if (call.answeredAt >= 0 || !hasCrossed(final)) return tellEnded(board, call)
  // The answer crossed our taking back: somebody picked up, and heard nothing.
  return Effect.andThen(board.tell({ kind: "answered", ...key, machine: false }), tellEnded(board, call))
}

export const tellEnded = (board: Board, call: CustomerCall): Effect.Effect<void> =>
  board.tell({ kind: "ended", ...call.key, machine: call.isMachine })

/** Something of ours went wrong. */
export const tellBroken = (board: Board, call: CustomerCall): Effect.Effect<void> =>
  call.isArrival || call.answeredAt >= 0
    ? tellEnded(board, call)
    : board.tell({ kind: "failed", ...call.key, outcome: Outcome.congestion })
