import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { contactCount } from "../../store/floor/contactRows.ts"
import { problemOf } from "../../store/floor/floorFile.ts"
import { FloorFileProblem } from "../../store/floor/FloorFileProblem.ts"
import { openWindow } from "../../store/floor/windows.ts"
import { replay } from "./replay.ts"
import type { WindowSettings } from "./WindowSettings.ts"

/** What a store holds, of which nothing is wrong. */
export interface StoreCheck {
  /** Unix milliseconds; null where no window is open. */
  readonly openedAt: number | null
  readonly events: number
  /** Calls that were up, or being wrapped up, when the journal ended. */
  readonly callsInHand: number
  readonly campaigns: ReadonlyArray<{ readonly name: string; readonly contacts: number; readonly closed: number }>
}

/** Problems of the file that are named. */
const problemsMax = 5

/** Reads all of a store, and tells its journal to a core once more. Changes nothing. */
export const checkStore = Effect.fn("checkStore")(
  function* (path: string) {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql<{
      readonly integrity_check: string
    }>`PRAGMA integrity_check(${sql.literal(String(problemsMax))})`
    const wrong = rows.map((row) => row.integrity_check).filter((each) => each !== "ok")
    if (wrong.length > 0) return yield* new FloorFileProblem({ path, problem: "broken", detail: wrong.join("; ") })
    const window = yield* openWindow
    if (window === null) {
      const nothing: StoreCheck = { openedAt: null, events: 0, callsInHand: 0, campaigns: [] }
      return nothing
    }
    const { core, eventCount } = yield* replay(path, window)
    const campaigns: Array<StoreCheck["campaigns"][number]> = []
    for (const [index, { name }] of (window.settings as WindowSettings).dialler.campaigns.entries()) {
      const { closed } = core.dialler.campaigns[index].list
      campaigns.push({ name, contacts: yield* contactCount(name), closed })
    }
    const { openedAt } = window
    const found: StoreCheck = { openedAt, events: eventCount, callsInHand: core.dialler.calls.size, campaigns }
    return found
  },
  (checking, path) => Effect.catchTag(checking, "SqlError", (error) => Effect.fail(problemOf(path, error)))
)
