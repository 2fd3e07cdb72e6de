import { Deferred, Effect, Exit, type Scope } from "effect"
import { type AgentPhone, keepQuiet } from "./AgentPhone.ts"
import type { Board } from "./Board.ts"
import { type ControlRefused, NotNow, NotOnCall, NotTransferred } from "./ControlRefused.ts"
import type { CallMessage, CustomerCall, Reply } from "./CustomerCall.ts"
import { hangUp, leave, tellEnded } from "./endCall.ts"
import { handOver } from "./handOver.ts"
import { stopJob } from "./jobs.ts"
import { startMusic } from "./music.ts"
import { reachFar } from "./reachFar.ts"
import { stopRecording } from "./recordCall.ts"

type Of<K extends CallMessage["kind"]> = Extract<CallMessage, { readonly kind: K }>

/** Does what an agent wants of the call in hand, and answers. */
export const control = (
  board: Board,
  call: CustomerCall,
  { agent, control: wanted, reply }: Of<"control">
): Effect.Effect<void, never, Scope.Scope> => {
  const { line, phone } = call
  if (line === undefined || phone?.agent !== agent) return refuse(reply, new NotOnCall({ agent }))
  if (wanted.kind === "pauseRecording" || wanted.kind === "resumeRecording") {
    if (call.recording === undefined) return refuse(reply, new NotNow({ sentence: "the call is not being recorded" }))
    return answering(reply, Effect.ignore(line.media[wanted.kind]))
  }
  if (call.isReaching || call.giving !== undefined)
    return refuse(reply, new NotNow({ sentence: "the call is being transferred" }))
  if (wanted.kind === "transfer") return transfer(board, call, wanted.number, reply)
  if (wanted.kind === "handOver") return handOver(board, call, agent, wanted.to, reply)
  return answering(reply, wanted.kind === "hold" ? hold(board, call) : resume(board, call))
}

const refuse = (reply: Reply, error: ControlRefused): Effect.Effect<void> => Effect.asVoid(Deferred.fail(reply, error))

const answering = (reply: Reply, act: Effect.Effect<void, ControlRefused>): Effect.Effect<void> =>
  Effect.flatMap(Effect.exit(act), (exit) => Effect.asVoid(Deferred.done(reply, exit)))

const hold = Effect.fnUntraced(function* (board: Board, call: CustomerCall) {
  if (call.isHeld) return yield* new NotNow({ sentence: "the call is on hold already" })
  yield* part(board, call)
  call.isHeld = true
  yield* board.tell({ kind: "held", ...call.key })
})

const resume = Effect.fnUntraced(function* (board: Board, call: CustomerCall) {
  if (!call.isHeld) return yield* new NotNow({ sentence: "the call is not on hold" })
  yield* rejoin(board, call)
  call.isHeld = false
  yield* board.tell({ kind: "resumed", ...call.key })
})

/** The customer hears music, and the agent nothing. */
const part = Effect.fnUntraced(function* (board: Board, call: CustomerCall) {
  const { line, phone } = call
  if (line !== undefined) yield* Effect.ignore(line.media.unbridge)
  if (phone !== undefined) yield* keepQuiet(board, phone)
  yield* startMusic(board, call)
})

const rejoin = Effect.fnUntraced(function* (board: Board, call: CustomerCall) {
  yield* stopJob(call)
  const { line, phone } = call
  if (line === undefined || phone?.line === undefined) return
  yield* Effect.ignore(board.media.bridge(line.media, phone.line.media))
})

/** The customer hears music while the other's phone rings; the agent has the call until it is answered. */
const transfer = Effect.fnUntraced(function* (board: Board, call: CustomerCall, number: string, reply: Reply) {
  call.isReaching = true
  yield* part(board, call)
  const reaching = Effect.matchEffect(reachFar(board, call, number), {
    onSuccess: (far) => Effect.sync(() => call.post({ kind: "reached", far, reply })),
    onFailure: (outcome) =>
      Effect.sync(() => call.post({ kind: "notReached", refused: new NotTransferred({ outcome }), reply }))
  })
  yield* Effect.forkScoped(reaching)
})

/** The customer goes on with somebody else: for the core, and for the agent, the call is over. */
export const reached = Effect.fnUntraced(function* (board: Board, call: CustomerCall, { far, reply }: Of<"reached">) {
  call.isReaching = false
  call.far = far
  yield* stopJob(call)
  if (call.line !== undefined) yield* Effect.ignore(board.media.bridge(call.line.media, far.media))
  // Whoever talks now has not been told of a recording.
  yield* stopRecording(board, call)
  yield* leave(board, call, () => tellEnded(board, call))
  yield* Deferred.done(reply, Exit.void)
})

/** The agent has the call again; without an agent it is over. */
export const notReached = Effect.fnUntraced(function* (
  board: Board,
  call: CustomerCall,
  { refused, reply }: Of<"notReached">
) {
  call.isReaching = false
  if (call.phone === undefined) yield* hangUp(call)
  else if (!call.isHeld) yield* rejoin(board, call)
  yield* refuse(reply, refused)
})

/**
 * The agent's phone is down: the customer's call ends, but for one that is being transferred or handed over, which goes on
 * without the agent. What becomes of the call of an always-on agent the core decides: it is told that the agent is lost.
 */
export const phoneIsGone = Effect.fnUntraced(function* (board: Board, call: CustomerCall, phone: AgentPhone) {
  if (call.phone !== phone) return
  call.phone = undefined
  if (call.giving !== undefined) return
  if (call.isReaching) {
    yield* stopRecording(board, call)
    yield* leave(board, call, () => tellEnded(board, call))
  } else if (!phone.settings.alwaysOn) yield* hangUp(call)
})
