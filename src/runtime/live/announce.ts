import { Effect } from "effect"
import type { Board } from "./Board.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import { startJob } from "./jobs.ts"

/** Silence, which keeps the way to the far end open. */
export const keepOpen = (board: Board, call: CustomerCall): Effect.Effect<void> => {
  const { line } = call
  return line === undefined ? Effect.void : startJob(call, Effect.asVoid(line.media.loop(board.prompts.silence)))
}

const valueOf = (board: Board, call: CustomerCall) => (field: string) => board.fields.valueOf(call, field)

/** The whole script of an automatic campaign without a flow. */
export const announce = (board: Board, call: CustomerCall): Effect.Effect<void> => {
  const { announcement } = call.settings
  const playing = Effect.gen(function* () {
    if (announcement === null || call.line === undefined) return
    yield* call.line.media.play(yield* board.prompts.get(announcement, null, valueOf(board, call)))
  }).pipe(Effect.scoped, Effect.ignore)
  return startJob(
    call,
    Effect.andThen(
      playing,
      Effect.suspend(() => board.tell({ kind: "scriptEnded", ...call.key, transfer: false }))
    )
  )
}

/** The message for somebody no agent was free for, then the end; how much of it was heard is told. */
export const playAbandoned = (board: Board, call: CustomerCall): Effect.Effect<void> => {
  const { abandonMessage } = call.settings
  const { line } = call
  const told = (heard: "whole" | "part" | "none") => board.notice({ kind: "abandonMessage", key: call.key, heard })
  const playing = Effect.gen(function* () {
    if (abandonMessage === null || line === undefined) return "none" as const
    const prompt = yield* board.prompts.get(abandonMessage, null, valueOf(board, call))
    return (yield* line.media.play(prompt)) === "finished" ? ("whole" as const) : ("part" as const)
  }).pipe(
    Effect.scoped,
    Effect.catch(() => Effect.succeed("none" as const)),
    Effect.onInterrupt(() => told("part"))
  )
  const ending = Effect.andThen(Effect.flatMap(playing, told), line === undefined ? Effect.void : line.leg.hangUp)
  return startJob(call, Effect.asVoid(ending))
}

/** The caller has waited long enough: is called back where the campaign does that, hears its last message, and is hung up. */
export const closeQueue = Effect.fnUntraced(function* (board: Board, call: CustomerCall) {
  const { closingMessage, takesRequests } = call.settings
  const { line, number } = call
  if (takesRequests && number !== undefined) yield* board.requests.request(call.campaign, number)
  if (line === undefined) return
  const playing = Effect.gen(function* () {
    if (closingMessage === null) return
    yield* line.media.play(yield* board.prompts.get(closingMessage, null, valueOf(board, call)))
  }).pipe(
    Effect.scoped,
    Effect.catch(({ message }) => Effect.logWarning(`a caller did not hear the closing message: ${message}`))
  )
  yield* startJob(call, Effect.andThen(playing, Effect.asVoid(line.leg.hangUp)))
})
