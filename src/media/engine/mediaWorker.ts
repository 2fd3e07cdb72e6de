import { Effect, Fiber } from "effect"
import { parentPort, workerData } from "node:worker_threads"
import { EngineFault } from "./Engine.ts"
import type { CommandInput, CommandKind, Fault, LegHappening } from "./protocol.ts"
import { runEngine } from "./runEngine.ts"
import { type PortRange, udpNetwork } from "./udpNetwork.ts"

/** What a media thread begins with. */
export interface ThreadStart {
  readonly range: PortRange
  /** Names up to this one belong to a thread that was here before. */
  readonly namesAfter: number
}
/** A command on its way to the media thread. */
export interface Request {
  readonly id: number
  readonly kind: CommandKind
  readonly input: CommandInput<CommandKind>
}
/** What comes back. */
export type Reply =
  | { readonly kind: "done"; readonly id: number; readonly output: unknown }
  | { readonly kind: "fault"; readonly id: number; readonly fault: Fault }
  | { readonly kind: "happened"; readonly happening: LegHappening }
  /** A bug; the thread goes on. */
  | { readonly kind: "defect"; readonly sentence: string }

const send = (reply: Reply): void => parentPort?.postMessage(reply)

const sentenceOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
const faultOf = (error: unknown): Fault =>
  error instanceof EngineFault ? error.fault : { reason: "defect", sentence: sentenceOf(error) }

const program = Effect.gen(function* () {
  const { namesAfter, range } = workerData as ThreadStart
  const engine = yield* runEngine(
    udpNetwork(range),
    (happening) => send({ kind: "happened", happening }),
    (error) => send({ kind: "defect", sentence: sentenceOf(error) }),
    namesAfter
  )
  parentPort?.on("message", ({ id, input, kind }: Request) => {
    engine.handle(kind, input).then(
      (output) => {
        send({ kind: "done", id, output })
        // Nothing is left to do, and nothing keeps the thread.
        if (kind === "shutdown") Effect.runFork(Fiber.interrupt(fiber))
      },
      (error: unknown) => send({ kind: "fault", id, fault: faultOf(error) })
    )
  })
  return yield* Effect.never
}).pipe(Effect.scoped, Effect.ensuring(Effect.sync(() => parentPort?.close())))

const fiber = Effect.runFork(program)
