import "./inlining.ts"
import { parentPort } from "node:worker_threads"
import { runJob, type ShiftJob, type ShiftOutcome } from "./shiftJob.ts"

/** What a worker answers to a job. */
export type ShiftReply =
  | { readonly kind: "ran"; readonly outcomes: ReadonlyArray<ShiftOutcome> }
  | { readonly kind: "failed"; readonly message: string }

const buffersOf = ({ boundMillis, counts }: ShiftOutcome): ReadonlyArray<ArrayBuffer> =>
  [counts.outcomes, counts.stateMillis, counts.answerWaits, counts.idleWaits, boundMillis].map(
    (values) => values.buffer as ArrayBuffer
  )

parentPort?.on("message", (job: ShiftJob) => {
  let reply: ShiftReply
  try {
    reply = { kind: "ran", outcomes: runJob(job) }
  } catch (error) {
    reply = { kind: "failed", message: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(reply, reply.kind === "ran" ? reply.outcomes.flatMap(buffersOf) : [])
})
