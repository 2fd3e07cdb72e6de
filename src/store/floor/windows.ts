import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { readJson, writeJson } from "../losslessJson.ts"

/** The life of one core. `settings` and `opening` are whatever its keeper puts there, given back exactly. */
export interface FloorWindow {
  readonly id: number
  /** Unix milliseconds. */
  readonly openedAt: number
  /** Unix milliseconds at instant 0 of the core's clock. */
  readonly epoch: number
  readonly settings: unknown
  readonly opening: unknown
}

const runPrefix = "window-"

/** The name of a window in the tables of what happened. */
export const runOf = (window: number): string => `${runPrefix}${window}`

/** The window that is open; null without one. Fails with a SyntaxError where its text is damaged. */
export const openWindow = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{
    readonly id: number
    readonly opened_at: number
    readonly epoch: number
    readonly settings: string
    readonly opening: string
  }>`SELECT id, opened_at, epoch, settings, opening FROM floor_windows WHERE closed_at IS NULL`
  if (rows.length === 0) return null
  const [{ epoch, id, opened_at: openedAt, opening, settings }] = rows
  const window: FloorWindow = { id, openedAt, epoch, settings: readJson(settings), opening: readJson(opening) }
  return window
})

/** Opens a window, of which there can be one at a time, and gives it as it will be read: nothing in it is shared. */
export const insertWindow = Effect.fn("insertWindow")(function* (given: Omit<FloorWindow, "id">) {
  const sql = yield* SqlClient.SqlClient
  const { epoch, openedAt } = given
  const opening = writeJson(given.opening)
  const settings = writeJson(given.settings)
  const rows = yield* sql<{ readonly id: number }>`
    INSERT INTO floor_windows (opened_at, epoch, settings, opening)
    VALUES (${openedAt}, ${epoch}, ${settings}, ${opening}) RETURNING id`
  const window: FloorWindow = {
    id: rows[0].id,
    openedAt,
    epoch,
    settings: readJson(settings),
    opening: readJson(opening)
  }
  return window
})

export const closeWindow = Effect.fn("closeWindow")(function* (id: number, at: number) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`UPDATE floor_windows SET closed_at = ${at} WHERE id = ${id}`
})

/** When each campaign began, Unix milliseconds: `at` for those that are new. */
export const campaignsBegan = Effect.fn("campaignsBegan")(function* (names: ReadonlyArray<string>, at: number) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    INSERT INTO campaigns (name, began_at) SELECT value, ${at} FROM json_each(${JSON.stringify(names)}) WHERE true
    ON CONFLICT DO NOTHING`
  const rows = yield* sql<{ readonly name: string; readonly began_at: number }>`SELECT name, began_at FROM campaigns`
  return new Map(rows.map(({ began_at: beganAt, name }) => [name, beganAt]))
})
