import { Clock, Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { Closed } from "../../dialler/ContactList.ts"
import { appendAudit } from "../../store/floor/audit.ts"
import { askErasure } from "../../store/floor/erasures.ts"
import { type Erasure, NotNow } from "../control/ControlApi.ts"
import { Inbox } from "../floor/Inbox.ts"
import type { OpenFloor } from "../store/openFloor.ts"
import { readNumbers } from "./readNumbers.ts"

/**
 * Takes the wish of people to be erased while the floor works: it is in the store, then nobody calls them any more. What is
 * known of them goes when the floor is started next, as the journal of this time must be told to contacts as they were.
 */
export const erasing = Effect.fnUntraced(function* ({ campaigns }: FloorConfig, { contacts, core }: OpenFloor) {
  const sql = yield* SqlClient.SqlClient
  const inbox = yield* Inbox
  const { country } = campaigns[0].list.options
  return Effect.fn("erasing")(
    function* ({ forget, numbers: given }: Erasure) {
      const { numbers, wrong } = readNumbers(given, country)
      if (wrong.length > 0) {
        const which = wrong.map((text) => `"${text}"`).join(", ")
        return yield* new NotNow({
          sentence: `No telephone number of ${country}, nor with + of any country: ${which}.`
        })
      }
      const now = yield* Clock.currentTimeMillis
      yield* sql.withTransaction(
        Effect.andThen(
          askErasure(numbers, forget, now),
          appendAudit({ at: now, who: "control", what: `people are to be erased, by ${numbers.length} numbers` })
        )
      )
      yield* allListed({ contacts, core })
      const found = contacts.stillCalledAt(numbers, true)
      for (const each of found) yield* inbox.tell({ kind: "withdrawn", as: Closed.doNotCall, ...each })
      return (
        `Nobody calls there any more (contacts: ${found.length}). ` +
        "What is known of them is erased when the floor is started next."
      )
    },
    Effect.provideService(SqlClient.SqlClient, sql),
    Effect.catchTag("SqlError", (error) =>
      Effect.fail(new NotNow({ sentence: `It could not be kept, so nothing was done: ${error.reason.message}.` }))
    )
  )
})

const pollMillis = 10
const pollsMax = 500

/** Waits until contacts that came just before are on their lists: who comes later is known as one not to be called. */
const allListed = Effect.fnUntraced(function* ({ contacts, core }: Pick<OpenFloor, "contacts" | "core">) {
  const { campaigns } = core.dialler
  const sizes = campaigns.map(({ index }) => contacts.loaded(index))
  for (let polls = 0; polls < pollsMax; polls += 1) {
    if (campaigns.every(({ index, list }) => list.size >= sizes[index])) return
    yield* Effect.sleep(pollMillis)
  }
})
