import { Deferred, Effect, Option, Queue, type Scope } from "effect"
import { FlowAction } from "../../dialler/flow/FlowProgram.ts"
import type { E164 } from "../../domain/Contact.ts"
import { Outcome } from "../../domain/Outcome.ts"
import { announce, closeQueue, keepOpen, playAbandoned } from "./announce.ts"
import type { Board } from "./Board.ts"
import { control, notReached, phoneIsGone, reached } from "./controlCall.ts"
import type { CallCommand, CallMessage, CustomerCall, Dial } from "./CustomerCall.ts"
import { doesFlow } from "./doesFlow.ts"
import { finish, forget, hangUp, leave, tellBroken, tellEnded } from "./endCall.ts"
import { handedOver, notHandedOver } from "./handOver.ts"
import type { InboundLine } from "./inboundLine.ts"
import { joinAgent } from "./joinAgent.ts"
import { startJob } from "./jobs.ts"
import { type LineEvent, monotonicMillis, openLine } from "./Line.ts"
import { startMusic } from "./music.ts"
import { stopRecording } from "./recordCall.ts"

/**
 * A customer's call from its placing to its end: to be run apart, and never waited for. Tells the core what happens, and at
 * the end exactly one of `failed` and `ended`. Interrupted, it hangs up and tells nothing.
 */
export const serveCall = (board: Board, call: CustomerCall, dial: Dial): Effect.Effect<void> =>
  whole(board, call, served(board, call, dial))

/** A call to us from its answer on, in the same way; its line is closed by whoever opened it. */
export const serveArrival = (board: Board, call: CustomerCall, inbound: InboundLine): Effect.Effect<void> =>
  whole(board, call, welcomed(board, call, inbound))

/** `work`: false when nothing has been told yet of how the call ended. */
const whole = (
  board: Board,
  call: CustomerCall,
  work: Effect.Effect<boolean, never, Scope.Scope>
): Effect.Effect<void> =>
  Effect.gen(function* () {
    // A recording is handed over also when the floor closes.
    const isTold = yield* Effect.scoped(Effect.ensuring(work, stopRecording(board, call)))
    if (!isTold) yield* leave(board, call, () => tellEnded(board, call))
  }).pipe(
    Effect.catchDefect((defect) =>
      Effect.andThen(
        Effect.logError("a call broke down", defect),
        leave(board, call, () => tellBroken(board, call))
      )
    ),
    Effect.ensuring(
      Effect.sync(() => {
        forget(board, call)
        Deferred.doneUnsafe(call.over, Effect.void)
      })
    )
  )

/** False when it was taken back before it was placed. */
const served = Effect.fnUntraced(function* (board: Board, call: CustomerCall, dial: Dial) {
  call.scope = yield* Effect.scope
  const opening = Effect.result(place(board, call, dial))
  const opened = yield* Effect.raceFirst(
    Effect.map(opening, Option.some),
    Effect.as(Deferred.await(call.hangUpAsked), Option.none())
  )
  if (Option.isNone(opened)) return false
  if (opened.value._tag === "Failure") {
    const outcome = opened.value.failure
    yield* leave(board, call, () => board.tell({ kind: "failed", ...call.key, outcome }))
    return true
  }
  call.line = opened.value.success
  return yield* untilOver(board, call)
})

/** The caller hears music until an agent is there. */
const welcomed = Effect.fnUntraced(function* (board: Board, call: CustomerCall, inbound: InboundLine) {
  call.scope = yield* Effect.scope
  call.line = inbound.line
  call.answeredAt = yield* monotonicMillis
  yield* Effect.forkScoped(
    Effect.forever(
      Effect.map(Queue.take(inbound.events), (event) => {
        call.post({ kind: "line", event })
      })
    )
  )
  yield* inbound.answer
  yield* startMusic(board, call)
  return yield* untilOver(board, call)
})

const untilOver = Effect.fnUntraced(function* (board: Board, call: CustomerCall) {
  for (;;) {
    const message = yield* Queue.take(call.mailbox)
    if (message.kind === "line" && message.event.kind === "over") {
      yield* finish(board, call, message.event.final)
      return true
    }
    yield* handle(board, call, message)
  }
})

/** Begins the call; fails with the outcome it then has. */
const place = (board: Board, call: CustomerCall, { campaign, contact, number, shown }: Dial) => {
  const called = board.numbers.numberOf(campaign, contact, number)
  if (called === undefined) return Effect.fail<number>(Outcome.invalid)
  call.number = called as E164
  const callerId = board.numbers.shownOf(campaign, shown)
  const tell = (event: LineEvent) => Effect.sync(() => call.post({ kind: "line", event }))
  return openLine(board.media, { silenceMillis: board.settings.limits.silenceMillis, tell }, (sdp) =>
    Effect.map(
      // The trunks look at the number.
      board.trunks.place({ number: called as E164, sdp, ...(callerId === undefined ? {} : { callerId }) }),
      ({ leg }) => leg
    )
  ).pipe(Effect.mapError((error): number => (error._tag === "CallInvalid" ? Outcome.invalid : Outcome.congestion)))
}

const handle = (board: Board, call: CustomerCall, message: CallMessage): Effect.Effect<void, never, Scope.Scope> => {
  switch (message.kind) {
    case "line":
      return follow(board, call, message.event)
    case "command":
      return obey(board, call, message.command)
    case "connect":
      return joinAgent(board, call, message.phone)
    case "phoneGone":
      return phoneIsGone(board, call, message.phone)
    case "detectionOver":
      return detected(board, call, false)
    case "control":
      return control(board, call, message)
    case "reached":
      return reached(board, call, message)
    case "notReached":
      return notReached(board, call, message)
    case "notHandedOver":
      return notHandedOver(call, message)
    case "farGone":
      return hangUp(call)
  }
}

/** What happens on the customer's line. */
const follow = (board: Board, call: CustomerCall, event: LineEvent): Effect.Effect<void, never, Scope.Scope> => {
  switch (event.kind) {
    case "ringing":
      if (call.hasRung) return Effect.void
      call.hasRung = true
      return board.tell({ kind: "ringing", ...call.key })
    case "answered":
      return answered(board, call, event.at)
    case "noSound":
      call.isMute = true
      return Effect.andThen(board.notice({ kind: "noSound", key: call.key, sentence: event.sentence }), hangUp(call))
    case "key":
      return pressed(call, event.key, event.byInfo)
    case "silent":
      if (call.answeredAt < 0) return Effect.void
      return Effect.andThen(board.notice({ kind: "silent", key: call.key }), hangUp(call))
    case "verdict":
      // Of an answer that is being recorded: it is over.
      if (!call.isDetecting) return Effect.sync(() => call.fellSilent())
      return detected(board, call, event.isMachine)
    case "recordingFailed":
      return board.notice({ kind: "notRecorded", key: call.key, sentence: event.sentence })
    case "held":
    case "resumed":
    case "over":
      return Effect.void
  }
}

const obey = (board: Board, call: CustomerCall, command: CallCommand): Effect.Effect<void, never, Scope.Scope> => {
  switch (command.kind) {
    case "hangUp":
      return hangUp(call)
    case "detect":
      return detect(call)
    case "startScript":
      return announce(board, call)
    case "playAbandoned":
      return playAbandoned(board, call)
    case "queueOver":
      return closeQueue(board, call)
    case "handedOver":
      return handedOver(board, call)
    case "flowDoes":
      if (command.action === FlowAction.giveUp) return Effect.void
      return startJob(call, doesFlow(board, call, command))
  }
}

const answered = Effect.fnUntraced(function* (board: Board, call: CustomerCall, at: number) {
  // Of a call to us the core knows; the journal keeps with the word how it would be ended after a crash.
  const { isArrival } = call
  if (!isArrival) call.answeredAt = at
  yield* board.tell({ kind: "answered", ...call.key, machine: false })
  if (!isArrival) yield* keepOpen(board, call)
})

/** A key reaches whoever is bridged to the call by itself when it comes with the sound. */
const pressed = (call: CustomerCall, key: string, byInfo: boolean): Effect.Effect<void, never, Scope.Scope> => {
  call.pressed(key)
  const other = call.far ?? call.phone?.line
  if (!byInfo || other === undefined) return Effect.void
  return Effect.asVoid(Effect.forkScoped(Effect.ignore(other.media.sendKeys(key))))
}

/** Longer than the analysis takes by itself. */
const detectionSpareMillis = 1_000

const detect = Effect.fnUntraced(function* (call: CustomerCall) {
  const { detection } = call.settings
  call.isDetecting = true
  yield* Effect.ignore(call.line?.listen(detection) ?? Effect.void)
  const over = Effect.sync(() => call.post({ kind: "detectionOver" }))
  yield* Effect.forkScoped(Effect.delay(over, detection.analysisMillis + detectionSpareMillis))
})

const detected = Effect.fnUntraced(function* (board: Board, call: CustomerCall, isMachine: boolean) {
  if (!call.isDetecting) return
  call.isDetecting = false
  yield* board.tell({ kind: "detected", ...call.key, machine: isMachine, wrong: false })
  yield* Effect.ignore(call.line?.listen(null) ?? Effect.void)
})
