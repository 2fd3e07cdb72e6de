import { Effect, Queue } from "effect"
import { credentialsOf } from "../../sip/trunks/callOf.ts"
import type { CallsLeft, KeptCalls } from "../../sip/kept/KeptCalls.ts"
import type { TrunkSettings } from "../../sip/trunks/TrunkSettings.ts"
import { openCalls } from "../../store/floor/openCalls.ts"
import { Journal } from "../floor/Journal.ts"
import type { CallBook } from "../store/CallBook.ts"

/** How long a change waits for a commit of the journal that takes it along, before it gets one of its own. */
const waitMillis = 20

/**
 * Calls as a floor that was killed has left them in the store, and those of this one, which are kept there while the scope is
 * open. A call's change is on the disk with the journal's next commit, 20 ms and a commit later at most.
 */
export const keepCalls = Effect.fnUntraced(function* (book: CallBook, trunks: ReadonlyArray<TrunkSettings>) {
  const journal = yield* Journal
  const known = yield* openCalls.pipe(
    Effect.catch((error) => Effect.as(Effect.logError("calls of the last time cannot be read", error), []))
  )
  // A journal that cannot be written ends the floor, which its own next commit finds out.
  const write = Effect.suspend(() => (book.isEmpty ? Effect.void : Effect.ignore(journal.commit([], noRecords))))
  const noted = yield* Queue.sliding<void>(1)
  yield* Effect.addFinalizer(() => write)
  const keep = Effect.andThen(Queue.take(noted), Effect.andThen(Effect.sleep(waitMillis), write))
  yield* Effect.forkScoped(Effect.forever(keep))
  const kept: KeptCalls = {
    known,
    changed: (change) => {
      book.note(change)
      Queue.offerUnsafe(noted, undefined)
    },
    credentialsOf: (name) => {
      const trunk = trunks.find((each) => each.name === name)
      return trunk && credentialsOf(trunk)
    },
    told: (left) => Effect.logInfo(leftText(left))
  }
  return kept
})

const noRecords = { attempts: [], arrivals: [], spans: [], holds: [], notes: [] }

const leftText = ({ ended, gone, refused, silent }: CallsLeft): string => {
  const parts = [`${ended} ended`, `${gone} gone already`, `${silent} silent`]
  if (refused > 0) parts.push(`${refused} not to be ended`)
  return `calls that were up when the floor was killed: ${parts.join(", ")}`
}
