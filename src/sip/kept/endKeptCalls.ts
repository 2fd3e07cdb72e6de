import { Effect } from "effect"
import type { Credentials } from "../Leg.ts"
import { countedOn } from "./CallEnder.ts"
import { type CallsLeft, type Ending, endingOf, type KeptCall, type KeptCalls } from "./KeptCalls.ts"

/** A BYE that is refused is sent so many times, with so long in between. */
const triesMax = 4
const againMillis = 4_000

/** Sends the message that ends a call; answers with the final status, 408 for silence. */
export type AskEnd = (ending: Ending, credentials: Credentials | undefined) => Effect.Effect<number>

/** Ends all calls that a process before us left, side by side, and says what came of them. Without any it says nothing. */
export const endKeptCalls = Effect.fnUntraced(function* (
  { changed, credentialsOf, known, told }: KeptCalls,
  ask: AskEnd
) {
  if (known.length === 0) return
  const left = { ended: 0, gone: 0, silent: 0, refused: 0 }
  const end = (call: KeptCall) =>
    Effect.map(ended(call, call.trunk === null ? undefined : credentialsOf(call.trunk), ask), (how) => {
      left[how] += 1
      changed({ kind: "over", id: call.id })
    })
  yield* Effect.forEach(known, end, { concurrency: "unbounded", discard: true })
  yield* told(left)
})

const ended = Effect.fnUntraced(function* (
  call: KeptCall,
  credentials: Credentials | undefined,
  ask: AskEnd
): Effect.fn.Return<keyof CallsLeft> {
  const ending = endingOf(call)
  if (ending === undefined) return "refused"
  const { message } = ending
  const isBye = message.kind === "request" && message.method === "BYE"
  for (let tries = 1; ; tries += 1) {
    // With a challenge each takes two numbers.
    const next = isBye ? countedOn(message, 2 * (tries - 1)) : message
    const status = yield* ask({ ...ending, message: next }, credentials)
    if (status < 300) return "ended"
    if (status === 481) return "gone"
    if (status === 408) return "silent"
    if (!isBye || tries === triesMax) return "refused"
    yield* Effect.sleep(againMillis)
  }
})
