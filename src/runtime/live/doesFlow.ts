import { Effect, Queue } from "effect"
import { FlowAction, type FlowProgram } from "../../dialler/flow/FlowProgram.ts"
import { answeringMachineDefaults } from "../../media/detection/AnsweringMachine.ts"
import type { FloorEvent } from "../floor/FloorEvent.ts"
import type { Board } from "./Board.ts"
import { collectKeys, nextKey } from "./collectKeys.ts"
import type { CustomerCall } from "./CustomerCall.ts"
import type { Line } from "./Line.ts"
import { musicFor } from "./music.ts"
import { reachFar } from "./reachFar.ts"
import { startRecording, stopRecording } from "./recordCall.ts"

interface FlowDoes {
  readonly action: number
  readonly step: number
  readonly turn: number
}

/** How long a call hears nothing after a step before it hears music: the next step is usually there at once. */
const quietMillis = 1_000

/** Does one step of an automatic campaign's flow and tells the core what came of it; then the call waits for what is next. */
export const doesFlow = (board: Board, call: CustomerCall, does: FlowDoes): Effect.Effect<void> => {
  const { line } = call
  const { flow } = call.settings
  if (line === undefined || flow === null) return Effect.void
  const event = stepDone(board, call, line, flow, does)
  const quiet = Effect.timeoutOption(line.media.loop(board.prompts.silence), quietMillis)
  return Effect.flatMap(event, (told) => board.tell({ ...call.key, turn: does.turn, ...told })).pipe(
    Effect.andThen(does.action === FlowAction.transferToNumber ? Effect.void : Effect.ignore(quiet)),
    Effect.andThen(Effect.suspend(() => (call.far === undefined ? musicFor(board, call) : Effect.void)))
  )
}

type FlowEvent = Extract<FloorEvent, { readonly turn: number }>
type Told = FlowEvent extends infer E ? (E extends FlowEvent ? Omit<E, "call" | "generation" | "turn"> : never) : never

/** What is told of the step. */
const stepDone = (
  board: Board,
  call: CustomerCall,
  line: Line,
  program: FlowProgram,
  { action, step }: FlowDoes
): Effect.Effect<Told> => {
  const play = playPrompt(board, call, line, program, step)
  switch (action) {
    case FlowAction.collect:
      return Effect.andThen(
        Effect.ignore(line.listen(null)),
        Effect.map(collectKeys(call, program, step, play), (keys): Told =>
          keys === null ? { kind: "flowTimedOut" } : { kind: "flowKeys", keys }
        )
      )
    case FlowAction.record:
      return Effect.as(Effect.andThen(play, recordAnswer(board, call, line, program, step)), { kind: "flowRecorded" })
    case FlowAction.transferToNumber:
      return transferToNumber(board, call, line, program.numbers[program.detail[step]])
    default:
      return Effect.as(play, { kind: "flowPlayed" })
  }
}

/** A prompt that cannot be played is passed over: the call goes on. */
const playPrompt = (
  board: Board,
  call: CustomerCall,
  line: Line,
  program: FlowProgram,
  step: number
): Effect.Effect<void> =>
  Effect.gen(function* () {
    if (program.prompt[step] < 0) return
    const valueOf = (field: string) => board.fields.valueOf(call, field)
    const loaded = yield* board.prompts.get(program.prompts[program.prompt[step]], program, valueOf)
    yield* line.media.play(loaded)
  }).pipe(
    Effect.scoped,
    Effect.catch(({ message }) => Effect.logWarning(`a step of ${program.name} was not heard: ${message}`))
  )

/** Records until a key, silence or the longest time. */
const recordAnswer = (board: Board, call: CustomerCall, line: Line, program: FlowProgram, step: number) =>
  Effect.gen(function* () {
    if (program.beep[step] === 1) yield* Effect.ignore(line.media.beep)
    yield* Queue.clear(call.keys)
    // The rule that tells a greeting from silence, with nothing left of it but the silence.
    const silence = {
      ...answeringMachineDefaults,
      analysisMillis: program.recordMillisMax[step],
      initialSilenceMillis: program.silenceMillis[step],
      silenceAfterGreetingMillis: program.silenceMillis[step],
      greetingMillis: Infinity,
      wordsMax: Infinity,
      wordMillisMax: Infinity
    }
    yield* Queue.clear(call.silences)
    yield* Effect.ensuring(
      Effect.gen(function* () {
        yield* startRecording(board, call, program.stepNames[step])
        yield* Effect.ignore(line.listen(silence))
        const ends = Effect.raceFirst(Effect.asVoid(nextKey(call)), Queue.take(call.silences))
        yield* Effect.timeoutOption(ends, program.recordMillisMax[step])
        yield* Effect.ignore(line.listen(null))
      }),
      stopRecording(board, call)
    )
  })

const transferToNumber = (board: Board, call: CustomerCall, line: Line, number: string): Effect.Effect<Told> =>
  Effect.gen(function* () {
    yield* Effect.forkScoped(musicFor(board, call))
    const far = yield* reachFar(board, call, number)
    call.far = far
    yield* Effect.ignore(board.media.bridge(line.media, far.media))
    return { kind: "flowTransferred" as const }
  }).pipe(
    Effect.scoped,
    Effect.catch(() => Effect.succeed({ kind: "flowTransferFailed" as const }))
  )
