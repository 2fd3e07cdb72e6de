import { Deferred, Effect, Exit, type Scope } from "effect"
import { Worker } from "node:worker_threads"
import { EngineFault } from "./Engine.ts"
import type { Reply, Request, ThreadStart } from "./mediaWorker.ts"
import type { Network } from "./Network.ts"
import type { CommandInput, CommandKind, CommandOutput, Fault, LegHappening } from "./protocol.ts"
import { runEngine } from "./runEngine.ts"

/** A fault of the engine, or the end of the thread it ran on. */
export type ChannelFault = Fault | { readonly reason: "stopped"; readonly sentence: string }

/** The way to an engine, wherever it runs. */
export interface Channel {
  /** Dies when the engine has a bug. */
  readonly request: <K extends CommandKind>(
    kind: K,
    input: CommandInput<K>
  ) => Effect.Effect<CommandOutput<K>, ChannelFault>
  /** Fails once the engine is gone; never otherwise. */
  readonly stopped: Effect.Effect<never, ChannelFault>
}
export type Emit = (happening: LegHappening) => void

/** Bugs of the engine that it lives on with are logged. */
const logDefect = Effect.map(Effect.context<never>(), (context) => (sentence: string) => {
  Effect.runForkWith(context)(Effect.logError("media defect", sentence))
})

/** How long the thread may take to say goodbye to its calls before it is ended. */
const shutdownMillisMax = 2_000

const failed = (fault: ChannelFault): Effect.Effect<never, ChannelFault> =>
  fault.reason === "defect" ? Effect.die(new Error(fault.sentence)) : Effect.fail(fault)

/** An engine on this thread, over any network; in tests under a virtual clock. */
export const channelInline = (
  network: Network,
  emit: Emit,
  namesAfter = 0
): Effect.Effect<Channel, never, Scope.Scope> =>
  logDefect.pipe(
    Effect.flatMap((log) => runEngine(network, emit, (error) => log(String(error)), namesAfter)),
    Effect.map((engine): Channel => ({
      stopped: Effect.never,
      request: (kind, input) =>
        Effect.tryPromise({
          try: () => engine.handle(kind, input),
          catch: (error) => error
        }).pipe(Effect.catch((error) => (error instanceof EngineFault ? Effect.fail(error.fault) : Effect.die(error))))
    }))
  )

/** An engine on a thread of its own, over UDP. Closing the scope ends its calls, its recordings and the thread. */
export const channelThread = (start: ThreadStart, emit: Emit): Effect.Effect<Channel, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.map(logDefect, (log) => new MediaThread(start, emit, log)),
    (thread) =>
      thread
        .request("shutdown", null)
        .pipe(Effect.timeoutOption(shutdownMillisMax), Effect.ignore, Effect.andThen(thread.end))
  )

class MediaThread implements Channel {
  readonly #worker: Worker
  readonly #waiting = new Map<number, (exit: Exit.Exit<unknown, ChannelFault>) => void>()
  readonly #end = Deferred.makeUnsafe<never, ChannelFault>()
  #ids = 0
  /** Why the thread is gone, once it is. */
  #gone: string | null = null

  constructor(start: ThreadStart, emit: Emit, logDefect: (sentence: string) => void) {
    this.#worker = new Worker(new URL("./mediaWorker.ts", import.meta.url), { workerData: start })
    this.#worker.on("message", (reply: Reply) => {
      if (reply.kind === "happened") emit(reply.happening)
      else if (reply.kind === "defect") logDefect(reply.sentence)
      else if (reply.kind === "done") this.#answer(reply.id, Exit.succeed(reply.output))
      else this.#answer(reply.id, faultExit(reply.fault))
    })
    this.#worker.on("error", (error: unknown) => this.#stopped(String(error)))
    this.#worker.on("exit", (code) => this.#stopped(`it ended with code ${code}`))
  }

  request<K extends CommandKind>(kind: K, input: CommandInput<K>): Effect.Effect<CommandOutput<K>, ChannelFault> {
    return Effect.callback<CommandOutput<K>, ChannelFault>((resume) => {
      if (this.#gone !== null) return resume(failed({ reason: "stopped", sentence: this.#gone }))
      const id = (this.#ids += 1)
      this.#waiting.set(id, (exit) => resume(exit as Exit.Exit<CommandOutput<K>, ChannelFault>))
      const request: Request = { id, kind, input }
      this.#worker.postMessage(request)
      return Effect.sync(() => void this.#waiting.delete(id))
    })
  }

  get stopped(): Effect.Effect<never, ChannelFault> {
    return Deferred.await(this.#end)
  }

  readonly end = Effect.promise(() => this.#worker.terminate())

  #answer(id: number, exit: Exit.Exit<unknown, ChannelFault>): void {
    const answer = this.#waiting.get(id)
    this.#waiting.delete(id)
    answer?.(exit)
  }

  #stopped(why: string): void {
    this.#gone ??= `the media thread stopped: ${why}`
    const fault: ChannelFault = { reason: "stopped", sentence: this.#gone }
    Deferred.doneUnsafe(this.#end, Effect.fail(fault))
    for (const id of this.#waiting.keys()) this.#answer(id, Exit.fail(fault))
  }
}

const faultExit = (fault: Fault): Exit.Exit<never, ChannelFault> =>
  fault.reason === "defect" ? Exit.die(new Error(fault.sentence)) : Exit.fail(fault)
