import { Effect, type Scope } from "effect"
import type { AgentPhone } from "./AgentPhone.ts"
import type { Board } from "./Board.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import { stopJob } from "./jobs.ts"
import { monotonicMillis } from "./Line.ts"
import { startRecording } from "./recordCall.ts"

/**
 * Customer and agent hear each other from now on; what the customer heard stops. An agent whose phone is always on is told
 * by a beep. Where the phone is gone nothing is done: that it is gone is on its way to the core.
 */
export const joinAgent = (
  board: Board,
  call: CustomerCall,
  phone: AgentPhone
): Effect.Effect<void, never, Scope.Scope> =>
  Effect.gen(function* () {
    const { line } = call
    const agentLine = phone.line
    if (line === undefined || agentLine === undefined || call.hasLeft) return
    phone.call = call
    call.phone = phone
    yield* stopJob(call)
    yield* board.media.bridge(line.media, agentLine.media)
    const millis = (yield* monotonicMillis) - call.answeredAt
    yield* board.notice({ kind: "joined", key: call.key, agent: phone.agent, millis })
    if (phone.settings.alwaysOn) yield* Effect.forkScoped(Effect.ignore(agentLine.media.beep))
    if (call.settings.record) yield* startRecording(board, call, null)
  }).pipe(Effect.catch(({ message }) => Effect.logError(`customer and agent were not joined: ${message}`)))
