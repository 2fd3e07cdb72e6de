import { Deferred, Effect, Exit } from "effect"
import { freePhone } from "./AgentPhone.ts"
import type { Board } from "./Board.ts"
import { NotNow } from "./ControlRefused.ts"
import type { CallMessage, CustomerCall, Reply } from "./CustomerCall.ts"
import { hangUp } from "./endCall.ts"
import { monotonicMillis } from "./Line.ts"
import { startMusic } from "./music.ts"
import { stopRecording } from "./recordCall.ts"

/** How long the core's word is waited for: it needs no more than a commit of the journal. */
const wordMillisMax = 5_000

/** The agent who is on the call wants another to have it. They talk on until the core has found the other free. */
export const handOver = Effect.fnUntraced(function* (
  board: Board,
  call: CustomerCall,
  agent: number,
  to: number,
  reply: Reply
) {
  call.giving = reply
  yield* board.tell({ kind: "handsOver", ...call.key, agent, to })
  const over = Effect.sync(() => call.post({ kind: "notHandedOver", reply }))
  yield* Effect.forkScoped(Effect.delay(over, wordMillisMax))
})

/** The agent is free of the call, and the customer hears music until another has it. */
export const handedOver = Effect.fnUntraced(function* (board: Board, call: CustomerCall) {
  const { giving, line, phone } = call
  call.giving = undefined
  call.phone = undefined
  call.isHeld = false
  call.isMachine = false
  call.answeredAt = yield* monotonicMillis
  yield* stopRecording(board, call)
  if (line !== undefined) yield* Effect.ignore(line.media.unbridge)
  if (phone?.call === call) yield* freePhone(board, phone)
  yield* startMusic(board, call)
  if (giving !== undefined) yield* Deferred.done(giving, Exit.void)
})

/** The core has not handed the call over: the agent has it still. */
export const notHandedOver = Effect.fnUntraced(function* (
  call: CustomerCall,
  { reply }: Extract<CallMessage, { readonly kind: "notHandedOver" }>
) {
  if (call.giving !== reply) return
  call.giving = undefined
  yield* Deferred.fail(reply, new NotNow({ sentence: "the other agent is not free any more" }))
  // Whoever gave it away has put down the phone.
  if (call.phone === undefined) yield* hangUp(call)
})
