import { Clock, Effect, Option, Queue } from "effect"
import { type FlowProgram, isEntryOver } from "../../dialler/flow/FlowProgram.ts"
import type { CustomerCall } from "./CustomerCall.ts"

/** How long a terminator that was not needed any more still belongs to the entry before it. */
const lateMillis = 1_500

const entryKeys = /^[0-9*#]$/

/**
 * The entry at a question: keys without the terminator; null when nobody pressed one in time. `play` is its prompt, which a
 * key cuts short where the question allows that; otherwise keys pressed during it are ignored.
 */
export const collectKeys = Effect.fnUntraced(function* <E>(
  call: CustomerCall,
  program: FlowProgram,
  step: number,
  play: Effect.Effect<void, E>
) {
  yield* Queue.clear(call.keys)
  const bargeIn = program.bargeIn[step] === 1
  const terminator = program.terminator[step] === 0 ? "" : String.fromCharCode(program.terminator[step])
  let first: string | undefined
  if (bargeIn) {
    // Whichever is first: the prompt's end or a key.
    const key = yield* Effect.raceFirst(Effect.as(play, undefined), nextKey(call))
    first = key
  } else {
    yield* play
    yield* Queue.clear(call.keys)
  }
  let entry = ""
  for (;;) {
    const key = first ?? Option.getOrUndefined(yield* Effect.timeoutOption(nextKey(call), program.timeoutMillis[step]))
    first = undefined
    if (key === undefined) return entry === "" ? null : entry
    if (key === terminator) return entry
    entry += key
    if (!isEntryOver(program, step, entry)) continue
    call.lateKey = { key: terminator, until: (yield* Clock.currentTimeMillis) + lateMillis }
    return entry
  }
})

/** The next key that counts. */
export const nextKey = (call: CustomerCall): Effect.Effect<string> =>
  Effect.gen(function* () {
    for (;;) {
      const key = yield* Queue.take(call.keys)
      const { key: late, until } = call.lateKey
      call.lateKey = { key: "", until: -Infinity }
      if (key === late && (yield* Clock.currentTimeMillis) <= until) continue
      if (entryKeys.test(key)) return key
    }
  })
