import { Effect } from "effect"
import { Worker } from "node:worker_threads"

/** Media threads of this process that are asked for something from now on, in order, so that they can be ended as by a crash. */
export const threadsBegun = Effect.acquireRelease(
  Effect.sync(() => {
    const begun = new Set<Worker>()
    const { prototype } = Worker
    const original = prototype.postMessage
    prototype.postMessage = function (this: Worker, ...given) {
      begun.add(this)
      original.apply(this, given)
    }
    return { begun, restore: () => void (prototype.postMessage = original) }
  }),
  ({ restore }) => Effect.sync(restore)
)
