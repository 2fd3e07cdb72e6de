import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** Where an agent's phone can be reached, until its registration is over. */
export interface RegisteredPhone {
  readonly user: string
  /** SIP URI. */
  readonly contact: string
  /** Address and port its registration came from. */
  readonly source: string
  /** Unix milliseconds. */
  readonly expiresAt: number
}

/** Keeps a registration in place of the one the user had with that contact; it is the user's newest then. */
export const keepPhone = Effect.fn("keepPhone")(function* ({ contact, expiresAt, source, user }: RegisteredPhone) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`INSERT OR REPLACE INTO phones ${sql.insert({ user, contact, source, expires_at: expiresAt })}`
})

export const forgetPhone = Effect.fn("forgetPhone")(function* (user: string, contact: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM phones WHERE user = ${user} AND contact = ${contact}`
})

/** The registrations that hold at `now` (Unix milliseconds), the oldest first; those that are over are forgotten. */
export const phonesAt = Effect.fn("phonesAt")(function* (now: number) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM phones WHERE expires_at <= ${now}`
  return yield* sql<RegisteredPhone>`SELECT user, contact, source, expires_at AS "expiresAt" FROM phones ORDER BY id`
})
