import { Effect, type Scope } from "effect"
import { Worker } from "node:worker_threads"
import { jobName, type ShiftJob, type ShiftOutcome } from "./shiftJob.ts"
import type { ShiftReply } from "./shiftWorker.ts"

/** One worker thread; it runs one job at a time and is terminated with its scope, whatever it is doing. */
export class ShiftThread {
  readonly #worker = new Worker(new URL("./shiftWorker.ts", import.meta.url))
  #onReply: ((reply: ShiftReply) => void) | null = null
  /** Why the thread is gone, once it is. */
  #gone: string | null = null

  private constructor() {
    this.#worker.on("message", (reply: ShiftReply) => this.#onReply?.(reply))
    this.#worker.on("error", (error: unknown) => this.#stopped(String(error)))
    this.#worker.on("exit", (code) => this.#stopped(`it ended with code ${code}`))
  }

  static readonly make: Effect.Effect<ShiftThread, never, Scope.Scope> = Effect.acquireRelease(
    Effect.sync(() => new ShiftThread()),
    (thread) => Effect.promise(() => thread.#worker.terminate())
  )

  /** Whether the thread still takes jobs. */
  get isUsable(): boolean {
    return this.#gone === null && this.#onReply === null
  }

  get isGone(): boolean {
    return this.#gone !== null
  }

  #stopped(why: string): void {
    this.#gone ??= why
    this.#onReply?.({ kind: "failed", message: `the worker stopped: ${this.#gone}` })
  }

  /** Dies when the shift does, or the thread. An interrupted job leaves the thread unusable: it cannot be called off. */
  run(job: ShiftJob): Effect.Effect<ReadonlyArray<ShiftOutcome>> {
    return Effect.callback((resume) => {
      const failed = (message: string) => resume(Effect.die(new Error(message)))
      if (this.#gone !== null) return failed(`${jobName(job)}: the worker stopped: ${this.#gone}`)
      this.#onReply = (reply) => {
        this.#onReply = null
        if (reply.kind === "ran") resume(Effect.succeed(reply.outcomes))
        else failed(this.#gone === null ? reply.message : `${jobName(job)}: ${reply.message}`)
      }
      this.#worker.postMessage(job)
    })
  }
}
